// Which patterns a text can keep busy. Every attack was tried on CPython 3.11 and kept it busy.

import { expect, test } from "vitest";
import { backtrackingOf } from "../../src/analysis/regex/backtracking.ts";

const none: ReadonlySet<string> = new Set();

test.each([
  ["^(a+)+$", "start"],
  ["(a|a)*$", "start"],
  ["(a*)*b", "start"],
  ["^(\\w+\\s?)*$", "none"],
  ["(a|ab|b)*c", "start"],
  ["(a(b?)*)*c", "start"],
  ['"(?:[^"]|\\\\.)*"', "start"],
  ["^(([a-z])+)+[0-9]$", "both"],
  ["^(?:[a-z]{2}|[0-9]+)*$", "start"],
  ["(<!--(-?[^-])*-*-->|<!--[\\s\\S]*?--)+$", "start"],
] as const)("%s can be made to take exponential time", (pattern, anchoring) => {
  expect(backtrackingOf(pattern, none, anchoring)?.degree).toBe("exponential");
});

test.each([
  ["^\\s*(.*?)\\s*=$", "start"],
  ["\\s+$", "none"],
  ["^.*,.*$", "start"],
  ["^\\w+\\d+$", "start"],
  ["a*a*b", "start"],
] as const)("%s can be made to take polynomial time", (pattern, anchoring) => {
  expect(backtrackingOf(pattern, none, anchoring)?.degree).toBe("polynomial");
});

test.each([
  ["(a+)+", "start"],
  ["^[\\w.+-]+@[\\w-]+\\.[\\w-]+$", "start"],
  ["^(\\w+\\s)*\\w*$", "start"],
  ["^(\\w|-)*$", "start"],
  ["^(?:a++)+$", "start"],
  ["^(?>a+)+$", "start"],
  ["^(\\d{3}-)*\\d{4}$", "start"],
  ['"(?:[^"\\\\]|\\\\.)*"', "none"],
  ["^(?:(?!end).)*end$", "start"],
  ["[a-z]+(_[a-z]+)*", "both"],
  ["(", "start"],
  ["(a+)\\1", "start"],
] as const)("%s is not told of", (pattern, anchoring) => {
  expect(backtrackingOf(pattern, none, anchoring)).toBeUndefined();
});

test("the attack is a text: what it begins with, what is repeated, and what makes it fail", () => {
  expect(backtrackingOf("^x(a|aa)+$", none, "start")).toEqual({
    degree: "exponential",
    prefix: "xa",
    pump: "aaa",
    suffix: "!",
  });
});

test("flags change what is found", () => {
  const pattern = "^ ( a + # letters\n ) + $";

  expect(
    [none, new Set(["x"])].map((flags) => backtrackingOf(pattern, flags, "start")?.degree),
  ).toEqual([undefined, "exponential"]);
});

test.each([
  `${"(".repeat(1_500)}a${")*".repeat(1_500)}$`,
  `^${"(a?b?c?)*".repeat(60)}$`,
  "^(.{1,500}){1,500}$",
  `^(${"a|".repeat(900)}b)*$`,
  `${"\\w*".repeat(140)}$`,
])("a hostile pattern of the kind %# gets an answer", (pattern) => {
  expect(["exponential", "polynomial", undefined]).toContain(
    backtrackingOf(pattern, none, "start")?.degree,
  );
});
