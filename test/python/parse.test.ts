import { describe, expect, test } from "vitest";
import type { Expression, Statement } from "../../src/python/syntax.ts";
import { aParser, parsed, shape } from "./a-parser.ts";

const parser = await aParser();

const only = (text: string): Statement => {
  const [statement, ...others] = parsed(parser, text).body;
  if (!statement || others.length > 0) throw new Error(`not one statement: ${text}`);
  return statement;
};
const expression = (text: string): Expression => {
  const statement = only(text);
  if (statement.kind !== "expression") throw new Error(`no expression: ${text}`);
  return statement.value;
};
const name = (id: string): unknown => ({ kind: "name", id });
const number = (value: number): unknown => ({ kind: "number", value, isFloat: false });

describe("literals", () => {
  test.each([
    [String.raw`"a\tb"`, "a\tb"],
    [String.raw`r"a\tb"`, String.raw`a\tb`],
    [String.raw`"\x41\u00e9\101\N{BULLET}"`, "AéA�"],
    [String.raw`'it''s'`, "its"],
    [String.raw`"a" 'b' """c"""`, "abc"],
    ['"""two\nlines"""', "two\nlines"],
    ['"one \\\nline"', "one line"],
    [String.raw`"\q"`, String.raw`\q`],
  ])("%s is its text", (text, value) => {
    expect(shape(expression(text))).toEqual({ kind: "string", value });
  });

  test.each([
    ["0x1F", 31],
    ["1_000", 1000],
    ["0b101", 5],
    ["0o17", 15],
    ["1e3", 1000],
  ])("%s is its number", (text, value) => {
    expect(shape(expression(text))).toMatchObject({ kind: "number", value });
  });

  test("bytes are kept apart from text", () => {
    expect(shape(expression(String.raw`b"\x00a"`))).toEqual({ kind: "bytes", value: "\u0000a" });
  });

  test("an f-string is its literal text and the expressions between", () => {
    expect(shape(expression(String.raw`f"a{b!r:>10}{{c}}" "d{e}" f"{f=}"`))).toEqual({
      kind: "formatted",
      parts: [
        "a",
        { value: name("b"), conversion: "r", format: ">10" },
        "{c}",
        "d{e}",
        "f=",
        { value: name("f"), conversion: "", format: "" },
      ],
    });
  });
});

describe("expressions", () => {
  test("a comparison keeps its chain, with operators of two words", () => {
    expect(shape(expression("a not  in b is not c <= d"))).toEqual({
      kind: "compare",
      left: name("a"),
      operators: ["not in", "is not", "<="],
      comparators: [name("b"), name("c"), name("d")],
    });
  });

  test("a slice knows which of its bounds are there", () => {
    expect(shape(expression("a[:b:]"))).toEqual({
      kind: "subscript",
      object: name("a"),
      index: { kind: "slice", upper: name("b") },
    });
    expect(shape(expression("a[{1: 2}[b]::c]"))).toMatchObject({
      index: { kind: "slice", step: name("c") },
    });
  });

  test("arguments are told by how they are passed", () => {
    expect(shape(expression("f(a, *b, c=d, **e)"))).toEqual({
      kind: "call",
      callee: name("f"),
      arguments: [
        { spread: "", value: name("a") },
        { spread: "*", value: name("b") },
        { name: "c", spread: "", value: name("d") },
        { spread: "**", value: name("e") },
      ],
    });
  });

  test("a comprehension has its clauses with their conditions", () => {
    expect(shape(expression("{k: v for k, v in a if k if v async for z in v}"))).toEqual({
      kind: "comprehension",
      form: "dict",
      element: name("k"),
      value: name("v"),
      clauses: [
        {
          target: { kind: "tuple", elements: [name("k"), name("v")] },
          iterable: name("a"),
          conditions: [name("k"), name("v")],
          isAsync: false,
        },
        { target: name("z"), iterable: name("v"), conditions: [], isAsync: true },
      ],
    });
  });

  test("the ternary, the walrus, the lambda and await", () => {
    expect(shape(expression("(x := await a) if b else lambda c=1, *d: e"))).toEqual({
      kind: "conditional",
      test: name("b"),
      whenTrue: { kind: "walrus", target: name("x"), value: { kind: "await", value: name("a") } },
      whenFalse: {
        kind: "lambda",
        parameters: [
          { name: "c", spread: "", default: number(1), passing: "either" },
          { name: "d", spread: "*", passing: "either" },
        ],
        body: name("e"),
      },
    });
  });
});

describe("statements", () => {
  test("parameters are told by how they may be passed", () => {
    const statement = only("async def f(a, /, b: int = 1, *, c, **d) -> str: pass");
    expect(shape(statement)).toMatchObject({
      kind: "function",
      name: "f",
      isAsync: true,
      returns: name("str"),
      parameters: [
        { name: "a", passing: "positional" },
        { name: "b", passing: "either", annotation: name("int"), default: number(1) },
        { name: "c", passing: "keyword" },
        { name: "d", spread: "**" },
      ],
    });
  });

  test("a chain of elif is flat, however long", () => {
    const text = `if a0: pass\n${Array.from({ length: 3000 }, (_, index) => `elif a${index}: pass\n`).join("")}else: pass\n`;
    const statement = only(text);
    expect(statement.kind === "if" && statement.branches.length).toBe(3001);
  });

  test("imports keep their dots and their aliases", () => {
    const [relative, star, plain] = parsed(
      parser,
      "from ..a.b import (c as d, e)\nfrom . import *\nimport f.g as h, i.j\n",
    ).body;
    expect(shape(relative)).toEqual({
      kind: "import-from",
      level: 2,
      module: "a.b",
      names: [{ name: "c", alias: "d" }, { name: "e" }],
    });
    expect(shape(star)).toMatchObject({ level: 1, module: "", names: [{ name: "*" }] });
    expect(shape(plain)).toEqual({
      kind: "import",
      names: [{ name: "f.g", alias: "h" }, { name: "i.j" }],
    });
  });

  test("try has its handlers, with the names they bind", () => {
    const statement = only(
      "try: a\nexcept (B, C) as e: b\nexcept D: c\nexcept: d\nelse: e\nfinally: f\n",
    );
    expect(shape(statement)).toMatchObject({
      kind: "try",
      handlers: [
        { name: "e", type: { kind: "tuple" } },
        { type: name("D") },
        { body: [{ kind: "expression" }] },
      ],
      otherwise: [{ kind: "expression" }],
      finally: [{ kind: "expression" }],
    });
  });

  test("with binds what its managers give, in parentheses too", () => {
    expect(shape(only("async with (a() as b, c): pass"))).toMatchObject({
      kind: "with",
      isAsync: true,
      items: [{ target: name("b") }, { context: name("c") }],
    });
  });

  test("match has its patterns", () => {
    const text = `match a:
    case 1 | "x" | b.c: pass
    case [d, *rest]: pass
    case {"k": e, **more}: pass
    case Point(0, y=-1) as p if q: pass
    case _: pass
`;
    expect(shape(only(text))).toMatchObject({
      cases: [
        {
          pattern: {
            kind: "either",
            patterns: [{ kind: "value" }, { kind: "value" }, { kind: "value" }],
          },
        },
        {
          pattern: {
            kind: "sequence",
            patterns: [
              { kind: "any", name: "d" },
              { kind: "rest", name: "rest" },
            ],
          },
        },
        { pattern: { kind: "mapping", entries: [{ pattern: { name: "e" } }], rest: "more" } },
        {
          pattern: {
            kind: "bound",
            name: "p",
            pattern: {
              kind: "class",
              positional: [{ kind: "value" }],
              keywords: [{ name: "y", pattern: { value: { value: -1 } } }],
            },
          },
          guard: name("q"),
        },
        { pattern: { kind: "any" } },
      ],
    });
  });

  test("a = b = c has both targets, and a comment is nowhere", () => {
    expect(shape(only("a = b = c  # no\n"))).toEqual({
      kind: "assign",
      targets: [name("a"), name("b")],
      value: name("c"),
    });
  });
});

describe("what does not parse", () => {
  test("costs its statement, and what stands around it is kept", () => {
    const tree = parsed(
      parser,
      "a = 1\ndef f(:\n    b = 2\nclass C:\n    def g(self):\n        return h(\n\nz = 3\n",
    );
    expect(tree.firstErrorLine).toBeGreaterThan(0);
    expect(tree.body[0]).toMatchObject({ kind: "assign" });
    expect(
      tree.body.some((statement) => statement.kind === "function" && statement.name === "f"),
    ).toBe(true);
  });

  test("the words of Python 2 are broken statements, not an end of the file", () => {
    const kinds = parsed(parser, 'print "x"\nexec "y" in z\na = 1\n').body.map(
      (statement) => statement.kind,
    );
    expect(kinds).toEqual(["broken", "broken", "assign"]);
  });
});
