// SARIF 2.1.0, held against the official schema (OASIS; the copy that Microsoft's multitool carries).

import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/render/report.ts";
import { renderSarif } from "../../src/render/sarif.ts";
import { aPlace, aProblem, aReviewed, aRulebook, aRulePage } from "../makers.ts";
import { aReport } from "./a-report.ts";

const schema = JSON.parse(
  readFileSync(new URL("../fixtures/sarif-2.1.0.schema.json", import.meta.url), "utf8"),
) as object;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

const body =
  "## Why it matters\n\nSee [the docs](https://docs.python.org/3/).\n\n```python\nx\n```\n";

const full = aReport({
  rulebook: aRulebook([
    aRulePage({ body }),
    aRulePage({ name: "design/missing-index", title: "Missing index", severity: "low", cwe: [] }),
  ]),
  findings: [
    aReviewed({
      path: "a b#1%/ü.py",
      trace: [
        { place: aPlace({ path: "b.py", line: 3 }), code: "input()", words: "is typed" },
        { place: aPlace({ path: "a.py", line: 9 }), code: "execute()", words: "runs as SQL" },
      ],
    }),
  ],
  earlier: [aReviewed({ rule: "design/missing-index", severity: "low" })],
  suppressed: [
    { ...aReviewed(), reason: "only constants" },
    { ...aReviewed({ line: 2 }), reason: "" },
  ],
  problems: [aProblem({ line: 3, kind: "syntax-error" }), aProblem()],
});

describe("the official schema is satisfied", () => {
  test.each([
    { what: "a review with everything", report: full },
    { what: "a scan with everything", report: aReport({ ...full, command: "scan" }) },
    { what: "a review with nothing", report: aReport() },
  ])("by $what", ({ report }) => {
    validate(JSON.parse(renderSarif(report)));

    expect(validate.errors).toBeNull();
  });

  test("and it does refuse what is wrong", () => {
    const wrong = renderSarif(full).replace('"error"', '"grave"');

    expect(validate(JSON.parse(wrong))).toBe(false);
  });
});

test("a security rule carries its help, its weakness and its severity for GitHub", () => {
  expect(runOf(full).tool.driver.rules[0]).toEqual({
    id: "security/sql-injection",
    name: "SqlInjection",
    shortDescription: { text: "SQL injection" },
    fullDescription: { text: "Text from outside becomes part of an SQL statement." },
    help: {
      text: "Why it matters\n\nSee the docs (https://docs.python.org/3/).\n\nx",
      markdown: body,
    },
    helpUri: "https://cwe.mitre.org/data/definitions/89.html",
    defaultConfiguration: { level: "error" },
    properties: {
      tags: ["security", "external/cwe/cwe-89"],
      precision: "high",
      "problem.severity": "error",
      "security-severity": "8.0",
    },
  });
});

test("a design rule is no alert of security", () => {
  const rule = runOf(full).tool.driver.rules[1];

  expect(rule).not.toHaveProperty("helpUri");
  expect(rule?.properties).toEqual({
    tags: ["maintainability"],
    precision: "high",
    "problem.severity": "recommendation",
  });
});

test("the page of a rule is linked where the App has an address", () => {
  const rulePage = (name: string) => `https://pyward.example/rules/${name}`;

  const { helpUri } = runOf(full, { rulePage }).tool.driver.rules[0] ?? {};

  expect(helpUri).toBe("https://pyward.example/rules/security/sql-injection");
});

test("a finding has its place, its fingerprint and the path of its data", () => {
  const result = runOf(full).results[0];

  expect(result?.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: "a%20b%231%25/%C3%BC.py", uriBaseId: "%SRCROOT%" },
        region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 11 },
      },
      logicalLocations: [{ fullyQualifiedName: "search" }],
    },
  ]);
  expect(result?.partialFingerprints).toEqual({
    primaryLocationLineHash: "0000000000000001:1",
    "pyward/v1": "0000000000000001",
  });
  expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations.map(stepOf)).toEqual([
    "b.py:3 input(): is typed",
    "a.py:9 execute(): runs as SQL",
  ]);
  expect(runOf(full).columnKind).toBe("utf16CodeUnits");
});

test("new, earlier and ignored findings can be told apart", () => {
  const told = runOf(full).results.map(({ baselineState, suppressions }) => ({
    baselineState,
    suppressions,
  }));

  expect(told).toEqual([
    { baselineState: "new", suppressions: undefined },
    { baselineState: "unchanged", suppressions: undefined },
    {
      baselineState: "unchanged",
      suppressions: [{ kind: "inSource", justification: "only constants" }],
    },
    { baselineState: "unchanged", suppressions: [{ kind: "inSource" }] },
  ]);
});

test("files that were not wholly read are told as notifications", () => {
  expect(runOf(full).invocations[0]?.toolExecutionNotifications[0]).toEqual({
    descriptor: { id: "syntax-error" },
    level: "warning",
    message: { text: "The file is larger than 1 MB." },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "big.py", uriBaseId: "%SRCROOT%" },
          region: { startLine: 3 },
        },
      },
    ],
  });
});

test("code under review cannot make a link, nor break the encoding", () => {
  const report = aReport({
    findings: [aReviewed({ path: "\ud800.py", message: "`[x](https://evil.example) \ud800`" })],
  });

  const [result] = runOf(report).results;

  expect(result?.message.text).toBe("`\\[x](https://evil.example) \u{fffd}`");
  expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe("%EF%BF%BD.py");
});

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number };
  };
  readonly message?: { readonly text: string };
}

interface Run {
  readonly columnKind: string;
  readonly tool: {
    readonly driver: {
      readonly rules: readonly { readonly helpUri?: string; readonly properties: unknown }[];
    };
  };
  readonly invocations: readonly { readonly toolExecutionNotifications: readonly unknown[] }[];
  readonly results: readonly {
    readonly message: { readonly text: string };
    readonly locations: readonly Location[];
    readonly partialFingerprints: unknown;
    readonly baselineState?: string;
    readonly suppressions?: unknown;
    readonly codeFlows?: readonly {
      readonly threadFlows: readonly {
        readonly locations: readonly { readonly location: Location }[];
      }[];
    }[];
  }[];
}

function runOf(report: Report, settings?: Parameters<typeof renderSarif>[1]): Run {
  const log = JSON.parse(renderSarif(report, settings)) as { runs: [Run] };
  return log.runs[0];
}

function stepOf({ location }: { readonly location: Location }): string {
  const { artifactLocation, region } = location.physicalLocation;
  return `${artifactLocation.uri}:${region.startLine} ${location.message?.text}`;
}

const mended = aReport({
  findings: [
    {
      ...aReviewed(),
      suggestion: {
        path: "app.py",
        change: { startLine: 1, endLine: 1, before: ["a(b)"], after: ["a(c)"] },
        imports: [],
        edits: [{ ...aPlace({ column: 3, endColumn: 4 }), text: "c" }],
      },
    },
  ],
});

test("a fix is a replacement of a region", () => {
  const log = JSON.parse(renderSarif(mended)) as {
    runs: { results: { fixes: unknown }[] }[];
  };

  expect(validate(log)).toBe(true);
  expect(log.runs[0]?.results[0]?.fixes).toEqual([
    {
      artifactChanges: [
        {
          artifactLocation: { uri: "app.py", uriBaseId: "%SRCROOT%" },
          replacements: [
            {
              deletedRegion: { startLine: 1, startColumn: 3, endLine: 1, endColumn: 4 },
              insertedContent: { text: "c" },
            },
          ],
        },
      ],
    },
  ]);
});
