import { expect, test } from "vitest";
import { normaliseCode } from "../../src/analysis/normalise-code.ts";

test.each([
  ["f(a,\n  b)", "f(a, b)"],
  ["f(  # why\n    a,\n)", "f(a)"],
  ["f(a , b , )", "f(a , b)"],
  ["x[ 1, ]", "x[1]"],
  ['f("# no  comment")', 'f("# no  comment")'],
  ["f('it''s', '''a\n  b''')", "f('it''s', '''a\n  b''')"],
  ['f("\\"# not", x) # yes', 'f("\\"# not", x)'],
  ['"never closed', '"never closed'],
])("%j is %j", (code, normalised) => {
  expect(normaliseCode(code)).toBe(normalised);
});

test("a hostile text is read in one go", () => {
  expect(normaliseCode(`"\\`.repeat(200_000))).not.toBe("");
});
