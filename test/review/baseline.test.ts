// The baseline file: written as it is read, and refused as a whole where it is wrong.

import { expect, test } from "vitest";
import { type BaselineEntry, readBaseline, writeBaseline } from "../../src/review/baseline.ts";

function anEntry(given: Partial<BaselineEntry> = {}): BaselineEntry {
  return {
    fingerprint: "0123456789abcdef",
    rule: "security/sql-injection",
    path: "app.py",
    reason: "test data",
    ...given,
  };
}

test("what is written is read again, by path and once each", () => {
  const late = anEntry({ path: "z.py", by: "mona", at: "2026-11-20", line: 3 });
  const early = anEntry({ fingerprint: "f".repeat(16) });
  const text = writeBaseline([late, early, late]);

  expect(readBaseline(text)).toEqual({ ok: true, entries: [early, late] });
  expect(text.split("\n")).toHaveLength(8);
  expect(readBaseline(writeBaseline([]))).toEqual({ ok: true, entries: [] });
});

test.each([
  ["no JSON", "{", "It is no JSON."],
  ["another version", '{"version": 2, "findings": []}', "`version`: must be 1."],
  [
    "a fingerprint that is none",
    JSON.stringify({ version: 1, findings: [anEntry({ fingerprint: "x" })] }),
    "`findings[0].fingerprint`: must be 16 hexadecimal digits, as a report in JSON gives them.",
  ],
  ["a list alone", "[]", expect.stringContaining("`the file`")],
])("%s is refused with a sentence", (_, text, fault) => {
  expect(readBaseline(text)).toEqual({ ok: false, fault });
});
