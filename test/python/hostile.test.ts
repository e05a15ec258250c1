// What strangers write: it must not hang, crash, or leak one file into another.

import { describe, expect, test } from "vitest";
import { childrenOf } from "../../src/flow/language/definitions.ts";
import type { Expression } from "../../src/python/syntax.ts";
import { random } from "../random.ts";
import { aParser, parsed } from "./a-parser.ts";

const parser = await aParser();

describe("size", () => {
  test("a file of 5 MB is refused, not read", () => {
    expect(parser.parse("a = 1\n".repeat(900_000)).kind).toBe("too-large");
  });

  test("a million nodes in one line are refused, and the parser goes on to the next file", () => {
    const dense = `a=[${"1,".repeat(499_000)}]`;
    expect(
      parser.parse(dense, { maxLength: 2_000_000, maxNodes: 400_000, maxProgressCalls: 1e9 }).kind,
    ).toBe("too-complex");
    expect(parsed(parser, "b = 2").body).toHaveLength(1);
  });
});

describe("depth", () => {
  const nested: readonly (readonly [string, string])[] = [
    ["parentheses", `${"(".repeat(100_000)}1${")".repeat(100_000)}`],
    ["brackets that are never closed", "[".repeat(100_000)],
    ["lists", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
    ["calls", `${"f(".repeat(50_000)}${")".repeat(50_000)}`],
    ["attributes", `a${".b".repeat(100_000)}`],
    ["sums", `x = ${"1+".repeat(100_000)}1`],
    ["not", `x = ${"not ".repeat(100_000)}1`],
    ["f-strings", `x = ${'f"{'.repeat(300)}1${'}"'.repeat(300)}`],
    ["lambdas", `x = ${"lambda: ".repeat(20_000)}1`],
    ["blocks", Array.from({ length: 2000 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join("")],
    ["patterns", `match a:\n case ${"[".repeat(20_000)}b${"]".repeat(20_000)}: pass\n`],
  ];

  test.each(nested)("%s without end are read to a bounded depth", (_name, text) => {
    const result = parser.parse(text);
    expect(["parsed", "too-complex", "too-large"]).toContain(result.kind);
    if (result.kind === "parsed") {
      for (const statement of result.tree.body) {
        if (statement.kind === "expression") expect(depthOf(statement.value)).toBeLessThan(2000);
      }
    }
  });
});

describe("bytes that are no text", () => {
  test.each([
    ["NUL", "a = 1\u0000\nb = 2\n"],
    ["lone surrogates", "a = '\ud800'\nb = 2\n"],
    ["replacement characters", "a = '\ufffd\ufffd'\nb = 2\n"],
    ["a byte order mark", "\ufeffa = 1\nb = 2\n"],
    ["carriage returns", "a = 1\rb = 2\r\nc = 3"],
    ["right-to-left overrides", "a = '\u202e'  # \u202d\nb = 2\n"],
    ["nothing", ""],
    ["white space", " \t\n\f\n"],
  ])("%s costs no more than its statement", (_name, text) => {
    expect(parser.parse(text).kind).toBe("parsed");
  });

  test("offsets are those of the text, beyond the basic plane too", () => {
    const text = "s = '😀'; t = name\n";
    const [, second] = parsed(parser, text).body;
    expect(text.slice(second?.start, second?.end)).toBe("t = name");
  });
});

test("after a cancelled parse nothing of that file is in the next one", () => {
  const secret = `secret = [${"'token', ".repeat(60_000)}]\n`;
  const cancelled = parser.parse(secret, {
    maxLength: 1_000_000,
    maxNodes: 1_000_000,
    maxProgressCalls: 0,
  });
  expect(cancelled.kind).toBe("too-complex");
  expect(parsed(parser, "public = 1\n").body).toEqual([
    expect.objectContaining({ kind: "assign", start: 0, end: 10 }),
  ]);
});

test("random texts of Python's own signs never throw, and give the same tree twice", () => {
  const chance = random(20261120);
  const signs = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    "\n",
    "    ",
    "=",
    ",",
    "*",
    "**",
    "'",
    '"',
    "f'",
    "def ",
    "class ",
    "if ",
    "else",
    "async ",
    "await ",
    "lambda ",
    "a",
    "b1",
    "1",
    ".",
    "@",
    "#",
    "\\",
    "not ",
    "in ",
    "yield ",
    "match ",
    "case ",
    "_",
  ];
  for (let round = 0; round < 400; round += 1) {
    const text = Array.from({ length: 60 }, () => chance.pick(signs)).join("");
    const first = parser.parse(text);
    expect(first.kind).toBe("parsed");
    expect(parser.parse(text)).toEqual(first);
  }
});

function depthOf(expression: Expression): number {
  let deepest = 0;
  const open: (readonly [Expression, number])[] = [[expression, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    deepest = Math.max(deepest, depth);
    for (const child of childrenOf(node)) open.push([child, depth + 1]);
  }
  return deepest;
}
