// Texts of a Python file that are given to a name: `API_KEY = "..."`, `{"password": "..."}`,
// `connect(password="...")`, `def f(token="...")`, `if password == "..."`.

import type { Module } from "../../python/module.ts";
import type {
  CallExpression,
  ConditionalExpression,
  Expression,
  LogicalExpression,
} from "../../python/syntax.ts";
import { everyNode, type SyntaxNode } from "../enclosing.ts";
import { calledName } from "../passage.ts";

export interface NamedLiteral {
  /** As it is written: `DB_PASSWORD`, `X-Api-Key`. */
  readonly name: string;
  readonly literal: Literal;
  /** `fallback`: used where nothing else is given; `compared`: somebody's text is compared with it. */
  readonly use: "given" | "fallback" | "default" | "compared";
}

export type Literal = Extract<Expression, { kind: "string" | "bytes" }>;

/** In the order of the code; a literal may be named twice. */
export function namedLiterals(module: Module): readonly NamedLiteral[] {
  const known = read.get(module);
  if (known) return known;
  const found: NamedLiteral[] = [];
  for (const node of everyNode(module))
    if (naming.has(node.kind)) for (const each of literalsOf(node)) found.push(each);
  read.set(module, found);
  return found;
}

const read = new WeakMap<Module, readonly NamedLiteral[]>();

/** The kinds of nodes that `literalsOf` knows: most nodes are of others. */
const naming: ReadonlySet<SyntaxNode["kind"]> = new Set<SyntaxNode["kind"]>([
  ...(["assign", "annotated", "walrus", "dict", "function", "lambda", "call", "compare"] as const),
]);

function* literalsOf(node: SyntaxNode): Iterable<NamedLiteral> {
  switch (node.kind) {
    case "assign":
      for (const target of node.targets) yield* assigned(target, node.value);
      break;
    case "annotated":
      if (node.value) yield* assigned(node.target, node.value);
      break;
    case "walrus":
      yield* assigned(node.target, node.value);
      break;
    case "dict":
      for (const { key, value } of node.entries)
        if (key?.kind === "string") yield* given(key.value, value);
      break;
    case "function":
    case "lambda":
      for (const { name, default: value } of node.parameters) {
        const literal = value && directLiteral(value);
        if (literal) yield { name, literal, use: "default" };
      }
      break;
    case "call":
      yield* argumentsOf(node);
      break;
    case "compare": {
      const [right] = node.comparators;
      if (!right || !["==", "!="].includes(node.operators[0] ?? "")) break;
      yield* compared(node.left, right);
      yield* compared(right, node.left);
      break;
    }
    default:
  }
}

function* assigned(target: Expression, value: Expression): Iterable<NamedLiteral> {
  if (target.kind === "tuple" || target.kind === "list") {
    if (value.kind !== "tuple" && value.kind !== "list") return;
    if (target.elements.length !== value.elements.length) return;
    for (const [index, element] of target.elements.entries()) {
      const part = value.elements[index];
      if (part) yield* assigned(element, part);
    }
    return;
  }
  const name = nameOf(target);
  if (name !== undefined) yield* given(name, value);
}

function* given(name: string, value: Expression): Iterable<NamedLiteral> {
  for (const literal of literalsWithin(value)) yield { name, ...literal };
}

function* argumentsOf(call: CallExpression): Iterable<NamedLiteral> {
  for (const { name, value } of call.arguments) {
    const literal = name === undefined ? undefined : directLiteral(value);
    if (name !== undefined && literal) yield { name, literal, use: "given" };
  }
  const [first, second] = call.arguments;
  if (first?.value.kind !== "string" || first.name !== undefined) return;
  // `parser.add_argument("--token", default="...")`, `env("TOKEN", default="...")`
  const fallback = call.arguments.find(({ name }) => name === "default")?.value;
  const literal = fallback && directLiteral(fallback);
  const asked = call.arguments
    .filter(({ name, value }) => name === undefined && value.kind === "string")
    .map(({ value }) => (value.kind === "string" ? value.value : ""))
    .find((text) => text.length > 2);
  if (literal && asked !== undefined) yield { name: asked, literal, use: "fallback" };
  // `values.get("TOKEN", "...")`
  if (second?.name !== undefined || !lookups.has(calledName(call))) return;
  const other = second && directLiteral(second.value);
  if (other) yield { name: first.value.value, literal: other, use: "fallback" };
}

const lookups: ReadonlySet<string> = new Set([
  "get",
  "getenv",
  "pop",
  "setdefault",
  "config",
  "env",
]);

function* compared(subject: Expression, other: Expression): Iterable<NamedLiteral> {
  const literal = directLiteral(other);
  const name = subject.kind === "call" ? askedFor(subject) : nameOf(subject);
  if (literal && name !== undefined) yield { name, literal, use: "compared" };
}

/** `password` of `form.get("password")` and of `password.strip()`. */
function askedFor(call: CallExpression): string | undefined {
  const [first] = call.arguments;
  if (first?.value.kind === "string") return first.value.value;
  return call.callee.kind === "attribute" && call.arguments.length === 0
    ? nameOf(call.callee.object)
    : undefined;
}

/** The last part of what a value is known by: `password` of `form["password"]` and of `self.password`. */
function nameOf(expression: Expression): string | undefined {
  if (expression.kind === "name") return expression.id;
  if (expression.kind === "attribute") return expression.name;
  if (expression.kind === "subscript" && expression.index.kind === "string")
    return expression.index.value;
  return undefined;
}

/** The texts that a value may be: either side of a choice, and what stands in for what was not given. */
function literalsWithin(
  value: Expression,
): readonly { readonly literal: Literal; readonly use: "given" | "fallback" }[] {
  if (value.kind === "conditional" || (value.kind === "logical" && value.operator === "or"))
    return choicesOf(value).flatMap((choice) =>
      literalsWithin(choice).map(({ literal }) => ({ literal, use: "fallback" as const })),
    );
  const literal = directLiteral(value);
  return literal ? [{ literal, use: "given" }] : [];
}

function choicesOf(value: ConditionalExpression | LogicalExpression): readonly Expression[] {
  if (value.kind === "logical") return [value.left, value.right];
  return /debug|test|local|dev/iu.test(namesIn(value.test))
    ? []
    : [value.whenTrue, value.whenFalse];
}

function namesIn(expression: Expression): string {
  return JSON.stringify(expression, (key, value) =>
    key === "start" || key === "end" ? undefined : value,
  );
}

/** A literal as it stands, or in what only changes its type: `SecretStr("...")`, `"...".encode()`. */
function directLiteral(value: Expression): Literal | undefined {
  if (value.kind === "string" || value.kind === "bytes") return value;
  if (value.kind !== "call") return undefined;
  if (value.callee.kind === "attribute" && ["encode", "strip"].includes(value.callee.name))
    return directLiteral(value.callee.object);
  const [first] = value.arguments;
  if (first && wrappers.has(calledName(value))) return directLiteral(first.value);
  const fallback = value.arguments.find(({ name }) => name === "default");
  return fallback && ["Field", "field"].includes(calledName(value))
    ? directLiteral(fallback.value)
    : undefined;
}

const wrappers: ReadonlySet<string> = new Set([
  ...["SecretStr", "SecretBytes", "Secret", "bytes", "str", "b64decode", "bytearray", "fromhex"],
  ...["unhexlify", "urlsafe_b64decode", "Field", "quote_plus"],
]);
