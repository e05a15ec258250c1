// What becomes of a finding: who overrules whom.

import { expect, test } from "vitest";
import { type Config, defaultConfig, type ModeLayer } from "../../src/review/config.ts";
import { findingModes, fitsRule } from "../../src/review/finding-mode.ts";
import { aFinding } from "../makers.ts";

function aLayer(given: Partial<ModeLayer> = {}): ModeLayer {
  return { severities: {}, rules: {}, paths: [], ...given };
}

function modeOf(given: Parameters<typeof aFinding>[0], config: Partial<Config>) {
  return findingModes({ ...defaultConfig, ...config })(aFinding(given));
}

test.each([
  ["high", "block"],
  ["medium", "comment"],
  ["low", "summary"],
] as const)("without a word on it, a finding of %s severity becomes %s", (severity, mode) => {
  expect(modeOf({ severity }, {})).toBe(mode);
});

test("a lower bar makes more findings block", () => {
  expect(modeOf({ severity: "low" }, { failOn: "low" })).toBe("block");
  expect(modeOf({ severity: "high" }, { failOn: "never" })).toBe("comment");
});

test("the most exact name of a rule decides", () => {
  const rules = {
    "security/*": "comment",
    "security/sql-*": "monitor",
    "weak-hash": "off",
  } as const;
  const config = { layers: [aLayer({ rules })] };

  expect(modeOf({ rule: "security/path-traversal" }, config)).toBe("comment");
  expect(modeOf({ rule: "security/sql-injection" }, config)).toBe("monitor");
  expect(modeOf({ rule: "security/weak-hash" }, config)).toBe("off");
});

test("paths go before rules, rules before severities", () => {
  const layer = aLayer({
    severities: { high: "monitor" },
    rules: { "design/*": "comment" },
    paths: [
      { match: ["scripts/**"], rules: { "design/*": "off" }, severities: { high: "summary" } },
      { match: ["scripts/deploy/**"], rules: { "*": "block" }, severities: {} },
    ],
  });
  const config = { layers: [layer] };
  const at = (rule: string, path: string) => modeOf({ rule, path }, config);

  expect(at("security/weak-hash", "app.py")).toBe("monitor");
  expect(at("design/missing-index", "app.py")).toBe("comment");
  expect(at("design/missing-index", "scripts/a.py")).toBe("off");
  expect(at("security/weak-hash", "scripts/a.py")).toBe("summary");
  expect(at("design/missing-index", "scripts/deploy/a.py")).toBe("block");
});

test("a repository's general word goes before its organisation's exact one", () => {
  const layers = [
    aLayer({ rules: { "security/sql-injection": "block" } }),
    aLayer({ rules: { "security/*": "comment" } }),
  ];

  expect(modeOf({}, { layers })).toBe("comment");
});

test("what an organisation enforces can be made stricter, not milder", () => {
  const enforced = {
    failOn: "never",
    severities: {},
    rules: { "security/*": "comment" },
  } as const;
  const off = aLayer({ rules: { "*": "off" } });
  const block = aLayer({ rules: { "*": "block" } });

  expect(modeOf({}, { enforced, layers: [off] })).toBe("comment");
  expect(modeOf({}, { enforced, layers: [block] })).toBe("block");
  expect(modeOf({ rule: "design/missing-index" }, { enforced, layers: [off] })).toBe("off");
});

test("what is uncertain is only monitored, however grave", () => {
  const layers = [aLayer({ rules: { "*": "block" } })];

  expect(modeOf({ confidence: "low" }, { layers })).toBe("monitor");
  expect(modeOf({ confidence: "low" }, { layers, confidenceFrom: "low" })).toBe("block");
});

test.each([
  ["*", true],
  ["security/*", true],
  ["*/sql-injection", true],
  ["security/*-injection", true],
  ["sql-injection", true],
  ["s*q*i*n", true],
  ["design/*", false],
  ["security/*-injections", false],
  ["security/sql-injection*security/sql-injection", false],
  ["injection", false],
])("the glob %s fits security/sql-injection: %s", (glob, fits) => {
  expect(fitsRule(glob, "security/sql-injection")).toBe(fits);
});
