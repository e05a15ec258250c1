// Whether an expression is what certain calls gave, perhaps in another form: by name, encoded, cut,
// or out of a helper of the same file. For rules that ask about comparisons, which are no calls.
// Missed: helpers of other files, attributes of objects, names bound by loops and unpacking.

import type { Module } from "../python/module.ts";
import type { CallExpression, Expression, FunctionStatement, Statement } from "../python/syntax.ts";
import { enclosingNodes, everyNode, type SyntaxNode } from "./enclosing.ts";
import type { Program } from "./program.ts";

/** Asks of an expression of a module whether it is made by one of the calls. */
export type MadeBy = (module: Module, expression: Expression) => boolean;

/** The calls are those of these API paths; a rule that asks must watch them. */
export function madeBy(program: Program, paths: ReadonlySet<string>): MadeBy {
  const calls = new Set(
    program.calls
      .filter((call) => call.paths.some((path) => paths.has(path)))
      .map(({ module, span }) => `${module.path}:${span.start}:${span.end}`),
  );
  // `undefined` is the name or helper that is being asked for: `x = "sha256=" + x` is as good as its first `x`.
  const isMade = (
    module: Module,
    expression: Expression,
    asked: ReadonlySet<unknown>,
  ): boolean | undefined => {
    const ask = (part: Expression): boolean | undefined => isMade(module, part, asked);
    const askEvery = (parts: readonly Expression[], whom: unknown): boolean => {
      const answers = parts.map((part) => isMade(module, part, new Set([...asked, whom])));
      return answers.includes(true) && !answers.includes(false);
    };
    switch (expression.kind) {
      case "call": {
        if (calls.has(`${module.path}:${expression.start}:${expression.end}`)) return true;
        const changed = changedText(expression);
        if (changed) return ask(changed);
        const helper = helperOf(module, expression);
        if (!helper) return false;
        return asked.has(helper) ? undefined : askEvery(returnsOf(helper), helper);
      }
      case "binary":
        return expression.operator === "+"
          ? anyOf([ask(expression.left), ask(expression.right)])
          : false;
      case "formatted":
        return anyOf(
          expression.parts.map((part) => (typeof part === "string" ? false : ask(part.value))),
        );
      case "subscript":
        return expression.index.kind === "slice" ? ask(expression.object) : false;
      case "await":
      case "walrus":
        return ask(expression.value);
      case "name": {
        const values = assignedTo(expression, module, everyNode(module));
        if (!values) return false;
        return asked.has(values.scope) ? undefined : askEvery(values.given, values.scope);
      }
      default:
        return false;
    }
  };
  return (module, expression) => isMade(module, expression, new Set()) === true;
}

function anyOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** The text that a call gives in another form. */
function changedText({ callee, arguments: given }: CallExpression): Expression | undefined {
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  if (callee.kind === "attribute" && methods.has(name)) return callee.object;
  return functions.has(name) ? given[0]?.value : undefined;
}

const methods = new Set(["decode", "encode", "hex", "lower", "upper", "strip", "rstrip"]);
const functions = new Set([
  ...["b64encode", "standard_b64encode", "urlsafe_b64encode", "b16encode", "hexlify"],
  ...["str", "bytes", "force_str", "force_bytes"],
]);

/** `sign(...)` of the same file, `self.sign(...)` of the same class. */
function helperOf(module: Module, { callee }: CallExpression): FunctionStatement | undefined {
  if (callee.kind === "name") return soleFunction(module.body, callee.id);
  const isOwn =
    callee.kind === "attribute" &&
    callee.object.kind === "name" &&
    ["self", "cls"].includes(callee.object.id);
  if (!isOwn) return undefined;
  const owner = enclosingNodes({ module, start: callee.start, end: callee.end }).findLast(
    (node) => node.kind === "class",
  );
  return owner && soleFunction(owner.body, callee.name);
}

function soleFunction(body: readonly Statement[], name: string): FunctionStatement | undefined {
  const found = body.filter(
    (statement): statement is FunctionStatement =>
      statement.kind === "function" && statement.name === name,
  );
  return found.length === 1 ? found[0] : undefined;
}

/** What a function gives; one that gives nothing gives `None`, which is nobody's text. */
function returnsOf(helper: FunctionStatement): readonly Expression[] {
  const nested = new Set<unknown>();
  const values: Expression[] = [];
  for (const node of everyNode({ body: helper.body })) {
    if (node.kind === "function") {
      for (const inner of everyNode({ body: [node] })) if (inner !== node) nested.add(inner);
    }
    if (node.kind === "return" && !nested.has(node)) {
      values.push(node.value ?? { kind: "unknown", start: node.start, end: node.end });
    }
  }
  return values.length > 0 ? values : [{ kind: "unknown", start: 0, end: 0 }];
}

/** What the function around a name assigns to it; `undefined` where the name comes from elsewhere. */
function assignedTo(
  name: Extract<Expression, { kind: "name" }>,
  module: Module,
  nodes: readonly SyntaxNode[],
): { readonly scope: string; readonly given: readonly Expression[] } | undefined {
  const around = enclosingNodes({ module, start: name.start, end: name.end }).findLast(
    (node) => node.kind === "function",
  );
  if (around?.parameters.some((parameter) => parameter.name === name.id)) return undefined;
  const start = around?.start ?? 0;
  const end = around?.end ?? Number.POSITIVE_INFINITY;
  const given: Expression[] = [];
  for (const node of nodes) {
    if (node.start < start || node.end > end) continue;
    const targets =
      node.kind === "assign" ? node.targets : node.kind === "annotated" ? [node.target] : [];
    const isTarget = targets.some((target) => target.kind === "name" && target.id === name.id);
    if (isTarget && "value" in node && node.value) given.push(node.value as Expression);
  }
  return given.length > 0 ? { scope: `${start}:${name.id}`, given } : undefined;
}
