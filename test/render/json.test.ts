// The JSON that other programs rely on: these tests are its promise.

import { expect, test } from "vitest";
import { renderJson } from "../../src/render/json.ts";
import { aPlace, aProblem, aReviewed } from "../makers.ts";
import { aReport } from "./a-report.ts";

test("a review has all its fields under stable names", () => {
  const report = aReport({
    findings: [
      aReviewed({
        path: "a.py",
        line: 7,
        fingerprint: "0123456789abcdef",
        message: "Bind it.",
        trace: [{ place: aPlace({ path: "b.py" }), code: "input()", words: "is typed" }],
      }),
    ],
    problems: [aProblem({ path: "big.py" })],
    skipped: [{ path: "venv/", kind: "virtual-environment" }],
  });

  expect(JSON.parse(renderJson(report))).toEqual({
    version: 1,
    tool: { name: "pyward", version: "0.1.0" },
    command: "review",
    base: "b".repeat(40),
    head: null,
    findings: [
      {
        rule: "security/sql-injection",
        title: "SQL injection",
        severity: "high",
        confidence: "high",
        cwe: ["CWE-89"],
        message: "Bind it.",
        path: "a.py",
        startLine: 7,
        startColumn: 1,
        endLine: 7,
        endColumn: 11,
        symbol: "search",
        fingerprint: "0123456789abcdef",
        state: "new",
        mode: "block",
        trace: [
          {
            path: "b.py",
            startLine: 1,
            startColumn: 1,
            endLine: 1,
            endColumn: 11,
            code: "input()",
            words: "is typed",
          },
        ],
      },
    ],
    notices: [],
    problems: [
      { path: "big.py", kind: "too-large", line: null, message: "The file is larger than 1 MB." },
    ],
    skipped: [{ path: "venv/", kind: "virtual-environment" }],
    summary: {
      high: 1,
      medium: 0,
      low: 0,
      earlier: 0,
      ignored: 0,
      changedFiles: 14,
      pythonFiles: 9,
      contextFiles: 61,
      seconds: 0.42,
    },
  });
});

test("earlier and ignored findings are there, with their state", () => {
  const report = aReport({
    earlier: [aReviewed()],
    suppressed: [{ ...aReviewed(), reason: "only constants" }],
  });

  const { findings } = JSON.parse(renderJson(report)) as { findings: unknown[] };

  expect(findings).toEqual([
    expect.objectContaining({ state: "earlier" }),
    expect.objectContaining({ state: "ignored", reason: "only constants" }),
  ]);
});
