// A text that is put together, as it is written: the literal stretches and the holes between them, whether the
// author joined them with an f-string, with `%`, with `format` or with `+`.

import type { Module } from "../../python/module.ts";
import type { BinaryExpression, CallExpression, Expression } from "../../python/syntax.ts";
import type { Edit } from "../fix.ts";

/** Literal text between the quotes, as it stands in the file. */
export interface LiteralText {
  readonly kind: "text";
  readonly start: number;
  readonly end: number;
  /** What ends the literal: `"`, `'''`. */
  readonly quote: string;
  /** Signs that stand for themselves when doubled: `{}` of an f-string, `%`. */
  readonly doubled: string;
}

/** What is to be replaced to put a placeholder in place of a value. */
export interface Hole {
  readonly kind: "hole";
  readonly start: number;
  readonly end: number;
  readonly value: Expression;
  /** What must follow the placeholder: the quote that the hole took along. */
  readonly tail: string;
}

export interface Template {
  /** In the order of the file. */
  readonly pieces: readonly (LiteralText | Hole)[];
  /** What makes a plain literal of it once every hole is filled: no `f`, no `% (...)`. */
  readonly plain: readonly Edit[];
}

/** `undefined` for a text without holes, and for whatever is written in another way. */
export function templateOf(module: Module, expression: Expression): Template | undefined {
  const template = readTemplate(module, expression);
  return template?.pieces.some(({ kind }) => kind === "hole") ? template : undefined;
}

function readTemplate(module: Module, expression: Expression): Template | undefined {
  switch (expression.kind) {
    case "string":
      return readLiterals(module, expression, "");
    case "formatted":
      return readFormatted(module, expression);
    case "binary":
      if (expression.operator === "%") return readPercent(module, expression);
      return expression.operator === "+" ? readSum(module, expression) : undefined;
    case "call":
      return readFormatCall(module, expression);
    default:
      return undefined;
  }
}

interface Literal {
  readonly prefix: string;
  readonly quote: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** The literals that stand side by side; nothing for raw ones and bytes. */
function literalsIn({ text }: Module, from: number, to: number): readonly Literal[] | undefined {
  const literals: Literal[] = [];
  let at = from;
  while (at < to) {
    if (/[\s\\]/u.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const [opening, prefix = "", quote = ""] =
      /^([fF]?)("""|'''|"|')/u.exec(text.slice(at, at + 4)) ?? [];
    if (opening === undefined) return undefined;
    const bodyStart = at + opening.length;
    let end = bodyStart;
    while (end < to && !text.startsWith(quote, end)) end += text.charAt(end) === "\\" ? 2 : 1;
    if (end >= to) return undefined;
    literals.push({ prefix, quote, start: at, bodyStart, bodyEnd: end });
    at = end + quote.length;
  }
  return literals;
}

function readLiterals(
  module: Module,
  { start, end }: Expression,
  doubled: string,
): Template | undefined {
  const literals = literalsIn(module, start, end);
  if (!literals || literals.some(({ prefix }) => prefix !== "")) return undefined;
  const pieces = literals.map(({ bodyStart, bodyEnd, quote }) => {
    return { ...({ kind: "text", start: bodyStart, end: bodyEnd } as const), quote, doubled };
  });
  return { pieces, plain: [] };
}

function readFormatted(
  module: Module,
  expression: Extract<Expression, { kind: "formatted" }>,
): Template | undefined {
  const literals = literalsIn(module, expression.start, expression.end);
  if (!literals) return undefined;
  const { text } = module;
  const holes: Hole[] = [];
  for (const part of expression.parts) {
    if (typeof part === "string") continue;
    if (part.format !== "" || !["", "s"].includes(part.conversion)) return undefined;
    const open = text.lastIndexOf("{", part.value.start);
    const close = text.indexOf("}", part.value.end);
    const isSimple =
      text.slice(open + 1, part.value.start).trim() === "" &&
      ["", "!s"].includes(text.slice(part.value.end, close).trim());
    if (open < 0 || close < 0 || !isSimple) return undefined;
    holes.push({ kind: "hole", start: open, end: close + 1, value: part.value, tail: "" });
  }
  const pieces = literals.flatMap(({ bodyStart, bodyEnd, quote, prefix }) =>
    cutAt(holes, bodyStart, bodyEnd, quote, prefix === "" ? "" : "{}"),
  );
  const isWhole = pieces.filter(({ kind }) => kind === "hole").length === holes.length;
  const plain = literals
    .filter(({ prefix }) => prefix !== "")
    .map(({ start }) => ({ start, end: start + 1, text: "" }));
  return isWhole ? { pieces, plain } : undefined;
}

/** The stretches of a literal between its holes. */
function cutAt(
  holes: readonly Hole[],
  from: number,
  to: number,
  quote: string,
  doubled: string,
): readonly (LiteralText | Hole)[] {
  const inside = holes.filter(({ start, end }) => start >= from && end <= to);
  const ends = [...inside.map(({ start }) => start), to];
  return ends.flatMap((end, index) => {
    const start = inside[index - 1]?.end ?? from;
    const hole = inside[index];
    const piece = { kind: "text", start, end, quote, doubled } as const;
    return hole ? [piece, hole] : [piece];
  });
}

/** `"... %s ..." % (a, b)`. */
function readPercent(module: Module, expression: BinaryExpression): Template | undefined {
  const { left, right } = expression;
  if (left.kind !== "string" || right.kind === "dict") return undefined;
  const values = right.kind === "tuple" ? right.elements : [right];
  return filled(module, left, values, /%(?:%|[sd]|.)/gsu, "%", {
    start: left.end,
    end: expression.end,
  });
}

/** `"... {} ... {name}".format(a, name=b)`. */
function readFormatCall(module: Module, call: CallExpression): Template | undefined {
  const { callee } = call;
  if (callee.kind !== "attribute" || callee.name !== "format") return undefined;
  if (callee.object.kind !== "string") return undefined;
  if (call.arguments.some(({ spread }) => spread !== "")) return undefined;
  const named = new Map(call.arguments.map(({ name, value }) => [name, value]));
  const positional = call.arguments.filter(({ name }) => name === undefined);
  let next = 0;
  return filled(
    module,
    callee.object,
    (sign) => {
      const key = sign.slice(1, -1);
      if (key === "") return positional[next++]?.value;
      return /^\d+$/u.test(key) ? positional[Number(key)]?.value : named.get(key);
    },
    /\{\{|\}\}|\{[^{}]*\}/gu,
    "{}",
    { start: callee.object.end, end: call.end },
  );
}

type Values = readonly Expression[] | ((sign: string) => Expression | undefined);

function filled(
  module: Module,
  literal: Expression,
  values: Values,
  signs: RegExp,
  doubled: string,
  rest: { readonly start: number; readonly end: number },
): Template | undefined {
  const literals = literalsIn(module, literal.start, literal.end);
  // Parentheses around the literals stay; what follows them goes.
  const between = module.text.slice(literal.end, rest.end);
  const closing = /^\s*\)/u.exec(between)?.[0] ?? "";
  if (!literals || literals.some(({ prefix }) => prefix !== "")) return undefined;
  const holes: Hole[] = [];
  let count = 0;
  for (const { bodyStart, bodyEnd } of literals) {
    const body = module.text.slice(bodyStart, bodyEnd);
    for (const { 0: sign, index } of body.matchAll(signs)) {
      if (sign === "%%" || sign === "{{" || sign === "}}") continue;
      if (doubled === "%" && sign !== "%s" && sign !== "%d") return undefined;
      const value = typeof values === "function" ? values(sign) : values[count];
      count += 1;
      if (!value) return undefined;
      const start = bodyStart + index;
      holes.push({ kind: "hole", start, end: start + sign.length, value, tail: "" });
    }
  }
  if (typeof values !== "function" && values.length !== count) return undefined;
  return {
    pieces: literals.flatMap(({ bodyStart, bodyEnd, quote }) =>
      cutAt(holes, bodyStart, bodyEnd, quote, doubled),
    ),
    plain: [{ start: rest.start + closing.length, end: rest.end, text: "" }],
  };
}

/** `"..." + a + "..."`: a hole reaches from the quote before it to the quote after it. */
function readSum(module: Module, sum: BinaryExpression): Template | undefined {
  const terms = termsOf(sum);
  const pieces: (LiteralText | Hole)[] = [];
  const plain: Edit[] = [];
  for (const [index, term] of terms.entries()) {
    const isText = term.kind === "string" || term.kind === "formatted";
    if (isText) {
      const part = readTemplate(module, term);
      if (!part) return undefined;
      pieces.push(...part.pieces);
      plain.push(...part.plain);
      continue;
    }
    const before = pieces.at(-1);
    const next = terms[index + 1];
    if (before?.kind !== "text") return undefined;
    const isLast = next === undefined;
    const [after] = isLast ? [] : (literalsIn(module, next.start, next.end) ?? []);
    if (!isLast && (after?.quote !== before.quote || after.prefix !== "")) return undefined;
    const end = isLast ? term.end : (after?.bodyStart ?? term.end);
    if (module.text.slice(before.end, end).includes("#")) return undefined;
    const tail = isLast ? before.quote : "";
    pieces.push({ kind: "hole", start: before.end, end, value: term, tail });
  }
  return { pieces, plain };
}

function termsOf(expression: Expression): readonly Expression[] {
  return expression.kind === "binary" && expression.operator === "+"
    ? [...termsOf(expression.left), expression.right]
    : [expression];
}
