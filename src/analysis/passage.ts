// The code that a value passes on its way from source to sink, for what the engine does not tell apart:
// `{name!r}` and `name.replace("\n", "")` change a text without making it another's.

import type { FlowEvent } from "../flow/frame.ts";
import { codeOf, type Module, type Span } from "../python/module.ts";
import type { CallExpression, Expression } from "../python/syntax.ts";
import type { Program } from "./program.ts";

export interface Passage {
  readonly flow: FlowEvent;
  /** The concept and the code of the source: `http-parameter`, `request.args["q"]`. */
  readonly concept: string;
  readonly source: string;
  /** The API path of the sink: `logging.Logger.info`. */
  readonly sink: string;
  /** The call at the end, and the argument that the value is in; `undefined` where they are not found. */
  readonly call: CallExpression | undefined;
  readonly argument: Expression | undefined;
  /**
   * Every expression in the statements on the way, in the argument, and in the project's functions that
   * those call; outermost first. More than the value itself passes: an answer of "maybe".
   */
  readonly passed: readonly Expression[];
  /** Every expression of the function that the sink stands in: what is asked of the value there. */
  readonly around: readonly Expression[];
  /** Whether an expression is the source, or begins with a name that the value was given on its way. */
  holdsValue(expression: Expression): boolean;
}

/** Looks up what a flow passes; what nobody asks for costs nothing. */
export function passageOf(program: Program, flow: FlowEvent): Passage {
  const source = flow.label.source.span;
  const spans: Span[] = [];
  for (let step = flow.label.steps; step; step = step.previous) {
    if (!contains(step.span, flow.call)) spans.unshift(step.span);
  }
  const call = once(() =>
    expressionsIn(flow.call).find(
      (expression) => expression.kind === "call" && expression.end === flow.call.end,
    ),
  );
  const passed = once(() => {
    const own = [...spans, flow.argument].flatMap(expressionsIn);
    const modules = new Set([...spans, flow.call].map(({ module }) => module));
    return [...own, ...calledBodies(program, own, modules, flow.call)];
  });
  const argument = once(() => expressionsIn(flow.argument)[0]);
  const around = once(() => (flow.definition ? expressionsIn(flow.definition.span) : []));
  const names = once(
    () => new Set([codeOf(source), ...spans.flatMap(assignedName), ...handedNames(flow, source)]),
  );
  return {
    flow,
    concept: flow.label.source.concept,
    source: codeOf(source),
    sink: flow.path,
    get call() {
      const found = call();
      return found?.kind === "call" ? found : undefined;
    },
    get argument() {
      return argument();
    },
    get passed() {
      return passed();
    },
    get around() {
      return around();
    },
    holdsValue: (expression) =>
      names().has(rootOf(expression) ?? "") ||
      (expression.start <= source.start && source.end <= expression.end),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The last name of what is called: `replace` of `name.strip().replace(...)`; empty for what has none. */
export function calledName({ callee }: CallExpression): string {
  if (callee.kind === "name") return callee.id;
  return callee.kind === "attribute" ? callee.name : "";
}

/** `data` of `data["author"]["name"]`. */
export function rootOf(expression: Expression): string | undefined {
  if (expression.kind === "name") return expression.id;
  if (expression.kind === "subscript" || expression.kind === "attribute")
    return rootOf(expression.object);
  if (expression.kind === "call" && expression.callee.kind === "attribute")
    return rootOf(expression.callee.object);
  return undefined;
}

/** The parameters of the function at the end, where the value came in by one of them. */
function handedNames({ definition }: FlowEvent, source: Span): readonly string[] {
  if (!definition || contains(definition.span, source)) return [];
  return definition.parameters.flatMap(({ name }) => (name === "self" ? [] : [name]));
}

/** `name` of the statement `name = ...`. */
function assignedName(statement: Span): readonly string[] {
  const target = expressionsIn(statement).find(({ start }) => start === statement.start);
  const isAssigned = target?.kind === "name" && target.end < statement.end;
  return isAssigned ? [target.id] : [];
}

/**
 * What stands in the project's functions of the names called, save the one the sink is in. Functions of the
 * files on the way come before others of the same name.
 */
function calledBodies(
  program: Program,
  passed: readonly Expression[],
  modules: ReadonlySet<Module>,
  sink: Span,
): readonly Expression[] {
  const names = new Set(
    passed.flatMap((expression) => (expression.kind === "call" ? [calledName(expression)] : [])),
  );
  if (names.size === 0) return [];
  const called = program.functions
    .map(({ definition }) => definition)
    .filter(({ name, span }) => names.has(name) && !contains(span, sink));
  const near = new Set(called.flatMap(({ module, name }) => (modules.has(module) ? [name] : [])));
  return called.flatMap(({ module, name, span }) =>
    modules.has(module) || !near.has(name) ? expressionsIn(span) : [],
  );
}

/** The expressions that lie within a span, outermost first. */
function expressionsIn({ module, start, end }: Span): readonly Expression[] {
  const found: Expression[] = [];
  collect(module.body, { module, start, end }, found);
  return found;
}

/** Trees are plain data: what has a start and an end is looked into if it touches the span. */
function collect(node: unknown, span: Span, found: Expression[]): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const child of node) collect(child, span, found);
    return;
  }
  const { start, end } = node as { readonly start?: unknown; readonly end?: unknown };
  if (typeof start === "number" && typeof end === "number") {
    if (end <= span.start || start >= span.end) return;
    if (isExpression(node) && start >= span.start && end <= span.end) found.push(node);
  }
  for (const child of Object.values(node)) collect(child, span, found);
}

const expressionKinds: ReadonlySet<string> = new Set<Expression["kind"]>([
  ...(["name", "string", "bytes", "number", "formatted", "binary", "call"] as const),
  ...(["attribute", "subscript", "dict", "list", "tuple", "conditional", "logical"] as const),
]);

function isExpression(node: object): node is Expression {
  return "kind" in node && typeof node.kind === "string" && expressionKinds.has(node.kind);
}

function contains(outer: { module: Module; start: number; end: number }, inner: Span): boolean {
  return outer.module === inner.module && outer.start <= inner.start && inner.end <= outer.end;
}
