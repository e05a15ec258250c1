// How findings are recognised again.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { withFingerprints } from "../../src/review/fingerprint.ts";
import { sha256 } from "../../src/review/sha256.ts";
import { aFinding } from "../makers.ts";
import { random } from "../random.ts";

const only = (finding = aFinding()) => withFingerprints([finding])[0]?.fingerprint;

test("a fingerprint is 16 hexadecimal digits", () => {
  expect(only()).toMatch(/^[0-9a-f]{16}$/u);
});

test("lines, severity and message do not matter", () => {
  const moved = aFinding({ line: 80, severity: "low", message: "other words" });

  expect(only(moved)).toBe(only());
});

test.each([
  ["rule", { rule: "security/code-injection" }],
  ["path", { path: "other.py" }],
  ["symbol", { symbol: "other" }],
  ["code", { code: "db.execute(other)" }],
])("the %s matters", (_, difference) => {
  expect(only(aFinding(difference))).not.toBe(only());
});

test("findings that are the same in all else are counted", () => {
  const prints = withFingerprints([aFinding({ line: 1 }), aFinding({ line: 2 })]);

  expect(new Set(prints.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test("our SHA-256 is Node's", () => {
  const dice = random(3);
  for (let round = 0; round < 500; round += 1) {
    const text = Array.from({ length: dice.below(200) }, () => dice.pick(["a", "é", "😀", "\0"]));
    const expected = createHash("sha256").update(text.join("")).digest("hex");

    expect(sha256(text.join(""))).toBe(expected);
  }
});
