// Watches a run for one line: what its expressions were worth, what arrived at its sinks and what stopped it.

import type { Arrival, Frame, Observer } from "../flow/frame.ts";
import { type Constant, pathOf, type Reference, type Value } from "../flow/values/value.ts";
import { codeOf, type Module, placeOf } from "../python/module.ts";
import type { Expression } from "../python/syntax.ts";
import { sinkWords } from "./concepts.ts";
import type { Finding } from "./finding.ts";
import type {
  Insight,
  InsightArrival,
  KnownExpression,
  KnownOrigin,
  LineOfCode,
} from "./insight.ts";
import type { Program } from "./program.ts";
import { symbolAt } from "./symbols.ts";
import { followOrigins } from "./value-origins.ts";
import { effectsOn, executionAround, functionAround, startOf } from "./watch-function.ts";

export interface LineWatch {
  readonly observer: Observer;
  /** What was seen, once the run is over. */
  insight(program: Program, findings: readonly Finding[]): Insight;
}

/** `undefined` where the file is not among the modules. */
export function watchLine(modules: readonly Module[], at: LineOfCode): LineWatch | undefined {
  const module = modules.find(({ path }) => path === at.path);
  if (!module) return undefined;
  const origins = followOrigins();
  const expressions = new Map<string, KnownExpression>();
  const arrivals = new Map<string, InsightArrival>();

  const observer: Observer = {
    evaluated(frame, expression, value) {
      origins.note(frame, expression, value);
      const span = { module: frame.module, start: expression.start, end: expression.end };
      if (frame.module !== module || placeOf(span).startLine !== at.line) return;
      if (!isWorthTelling(expression)) return;
      const callee = expression.kind === "call" ? origins.latest(expression.callee) : undefined;
      const known: KnownExpression = {
        place: placeOf(span),
        code: codeOf(span),
        names: namesOf(frame, callee ?? value),
        types: value.types,
        constants: value.constants?.map(writtenOut),
        origins: origins.of(frame, value),
      };
      const key = `${span.start}:${span.end}`;
      // Of `a + b + c` the whole is told, and its names.
      if (expression.kind === "binary") dropLeft(expressions, expression.left);
      const before = expressions.get(key);
      expressions.set(key, before ? joinKnown(before, known) : known);
    },
    arrived(frame, arrival) {
      const { call } = arrival;
      const place = placeOf(call);
      if (call.module !== module || place.startLine > at.line || place.endLine < at.line) return;
      const known = arrivalOf(arrival, origins.of(frame, arrival.argument.value));
      const key = `${known.concept}:${call.start}:${known.parameter}`;
      const before = arrivals.get(key);
      arrivals.set(key, before ? worse(before, known) : known);
    },
  };

  return {
    observer,
    insight(program, findings) {
      const here = findings.filter(
        ({ place }) =>
          place.path === at.path && place.startLine <= at.line && at.line <= place.endLine,
      );
      const start = module.lineStarts[at.line - 1] ?? 0;
      const text = module.text.slice(start, module.lineStarts[at.line]).replace(/\r?\n$/u, "");
      const offset = start + text.length - text.trimStart().length;
      const isCode = !/^\s*(?:#.*)?$/u.test(text);
      const around = functionAround(program, module, offset);
      const effects = effectsOn(program, module, at.line);
      const wasSeen = expressions.size > 0 || arrivals.size > 0;
      return {
        ...at,
        code: text,
        symbol: symbolAt(module, offset).name,
        state: wasSeen ? "looked-at" : isCode ? "never-reached" : "no-code",
        start: around && startOf(around),
        execution: around && executionAround(program, around),
        blocking: [...new Set(effects.map(({ kind, path }) => `${kind}: ${path}`))],
        effects,
        expressions: [...expressions.values()]
          .filter(tellsSomething)
          .map((known) => (isSink(known, arrivals) ? { ...known, origins: [] } : known))
          .toSorted(
            (a, b) => a.place.startColumn - b.place.startColumn || b.code.length - a.code.length,
          ),
        arrivals: [...arrivals.values()].map((arrival) => ({
          ...arrival,
          outcome: isReported(arrival, here) ? "reported" : arrival.outcome,
        })),
        findings: here,
      };
    },
  };
}

function dropLeft(expressions: Map<string, KnownExpression>, left: Expression): void {
  if (left.kind === "binary") expressions.delete(`${left.start}:${left.end}`);
}

const literals = new Set(["string", "bytes", "number", "singleton", "slice", "starred", "lambda"]);

function isWorthTelling(expression: Expression): boolean {
  return !literals.has(expression.kind);
}

/** A name that only says where a function or module is to be found is told with the call of it. */
function tellsSomething({ code, names, types, constants, origins }: KnownExpression): boolean {
  const isKnown = types.length > 0 || constants !== undefined || origins.length > 0;
  return isKnown || code.endsWith(")") || names.length === 0;
}

/** What a sink is given is told of its argument. */
function isSink(
  { place }: KnownExpression,
  arrivals: ReadonlyMap<string, InsightArrival>,
): boolean {
  return [...arrivals.values()].some(
    (arrival) =>
      arrival.sink !== "route.return" &&
      arrival.place.startLine === place.startLine &&
      arrival.place.startColumn === place.startColumn &&
      arrival.place.endColumn === place.endColumn,
  );
}

/** The same expression in two runs of its function: what holds in both. */
function joinKnown(left: KnownExpression, right: KnownExpression): KnownExpression {
  return {
    ...left,
    names: union(left.names, right.names),
    types: union(left.types, right.types),
    constants:
      left.constants && right.constants ? union(left.constants, right.constants) : undefined,
    origins: joinOrigins(left.origins, right.origins),
  };
}

function joinOrigins(
  left: readonly KnownOrigin[],
  right: readonly KnownOrigin[],
): readonly KnownOrigin[] {
  const joined = [...left];
  for (const origin of right) {
    const at = joined.findIndex(
      ({ concept, place }) =>
        concept === origin.concept &&
        place.path === origin.place.path &&
        place.startLine === origin.place.startLine &&
        place.startColumn === origin.place.startColumn,
    );
    const known = joined[at];
    if (!known) joined.push(origin);
    // Told is the run in which less is harmless.
    else if (known.harmlessFor.length > origin.harmlessFor.length) joined[at] = origin;
  }
  return joined;
}

function arrivalOf(arrival: Arrival, origins: readonly KnownOrigin[]): InsightArrival {
  const { concept, path, parameter, argument, call, isFixed } = arrival;
  const { value, span } = argument;
  const isLive = origins.some(
    ({ harmlessFor }) => !harmlessFor.includes("all") && !harmlessFor.includes(concept),
  );
  const outcome = isFixed
    ? "fixed-beginning"
    : value.constants
      ? "constant"
      : isLive
        ? "not-asked"
        : origins.length > 0
          ? "harmless"
          : "nothing";
  return {
    sink: path,
    concept,
    parameter,
    place: placeOf(call),
    code: codeOf(span),
    outcome,
    origins,
  };
}

/** Of two runs the one in which something arrives. */
function worse(left: InsightArrival, right: InsightArrival): InsightArrival {
  const origins = joinOrigins(left.origins, right.origins);
  const order = ["not-asked", "harmless", "fixed-beginning", "nothing", "constant"];
  const [first = left] = [left, right].toSorted(
    (a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome),
  );
  return { ...first, origins };
}

function isReported(arrival: InsightArrival, findings: readonly Finding[]): boolean {
  return (
    arrival.outcome === "not-asked" &&
    findings.some(
      ({ place, trace }) =>
        place.startLine === arrival.place.startLine &&
        place.startColumn === arrival.place.startColumn &&
        trace.at(-1)?.words === sinkWords(arrival.concept),
    )
  );
}

function namesOf({ machine }: Frame, { references }: Value): readonly string[] {
  const nameOf = (reference: Reference): string => {
    switch (reference.kind) {
      case "api":
        return machine.models.canonical(reference.path);
      case "module":
        return reference.module.name;
      case "class":
        return reference.definition.path;
      case "function":
        return pathOf(reference.definition);
      case "member":
        return `?.${reference.name}`;
      case "partial":
        return "functools.partial";
    }
  };
  return [...new Set(references.map(nameOf))];
}

/** As Python writes it. */
function writtenOut(constant: Constant): string {
  if (constant === null) return "None";
  if (typeof constant === "boolean") return constant ? "True" : "False";
  if (typeof constant === "number") return String(constant);
  return typeof constant === "string"
    ? JSON.stringify(constant)
    : `b${JSON.stringify(constant.bytes)}`;
}

function union(left: readonly string[], right: readonly string[]): readonly string[] {
  return [...new Set([...left, ...right])];
}
