// Where what is in a value comes from, and what stopped it on the way: kept while somebody watches a run.

import { deepLabels } from "../flow/data/containers.ts";
import type { Frame } from "../flow/frame.ts";
import { childrenOf } from "../flow/language/definitions.ts";
import { lookUpName } from "../flow/language/names.ts";
import { allBits } from "../flow/models.ts";
import { clearedBits } from "../flow/values/state.ts";
import { type Label, unknownValue, type Value } from "../flow/values/value.ts";
import { codeOf, placeOf, type Span } from "../python/module.ts";
import type { Expression } from "../python/syntax.ts";
import type { KnownOrigin, KnownStop } from "./insight.ts";
import { stepsOf, traceStep } from "./taint.ts";

/** A condition or call after which something is known to be harmless for these bits. */
interface Clearing {
  readonly stop: KnownStop;
  readonly bits: number;
}

export interface ValueOrigins {
  /** Takes in that an expression was evaluated. */
  note(frame: Frame, expression: Expression, value: Value): void;
  /** What is in a value here, and what would be if nothing had stopped it. */
  of(frame: Frame, value: Value): readonly KnownOrigin[];
  /** The value that an expression had when it was last evaluated. */
  latest(expression: Expression): Value | undefined;
}

/** Begins with nothing known. */
export function followOrigins(): ValueOrigins {
  const values = new WeakMap<Expression, Value>();
  /** By the symbol of the value that something was stopped on the way to. */
  const stopped = new Map<number, readonly KnownOrigin[]>();
  const clearings = new Map<number, Clearing[]>();

  function noteClearing(symbol: number, stop: KnownStop, bits: number): void {
    const known = clearings.get(symbol) ?? [];
    const isKnown = known.some(({ stop: { place } }) => isSamePlace(place, stop.place));
    if (!isKnown) clearings.set(symbol, [...known, { stop, bits }]);
  }

  function originOf(frame: Frame, label: Label): KnownOrigin {
    const bits = frame.state ? clearedBits(label, frame.state) : label.cleared;
    const stops = label.via
      .flatMap((symbol) => clearings.get(symbol) ?? [])
      .filter((clearing) => (clearing.bits & bits) !== 0)
      .map(({ stop }) => stop);
    const { span, concept } = label.source;
    return {
      concept,
      place: placeOf(span),
      code: codeOf(span),
      harmlessFor: frame.machine.models.conceptsOf(bits),
      stops: stops.filter((stop, index) => stops.indexOf(stop) === index),
      steps: stepsOf(label).map((step) => traceStep(step.span, step.words)),
      unknownCalls: label.hops,
    };
  }

  /** What was in the parts of an expression and is not in its value. */
  function stoppedIn(
    frame: Frame,
    expression: Expression,
    value: Value,
    span: Span,
  ): readonly KnownOrigin[] {
    if (expression.kind === "name") {
      const raw = value.labels.length === 0 ? lookUpName(frame, expression.id) : undefined;
      return raw?.labels.map((label) => originOf(frame, label)) ?? [];
    }
    if (value.types.includes("bool") || expression.kind === "compare") return [];
    const kind = stopKinds[expression.kind];
    const parts = partsOf(expression).flatMap((part) => values.get(part) ?? []);
    const stop: KnownStop | undefined = kind && {
      kind,
      place: placeOf(span),
      code: codeOf(span),
    };
    return parts.flatMap((part) => {
      const before = stopped.get(part.symbol) ?? [];
      const live = deepLabels(frame, part, 2).map((label) => originOf(frame, label));
      const gone = stop
        ? live.map((origin) => ({
            ...origin,
            harmlessFor: ["all"],
            stops: [...origin.stops, stop],
          }))
        : live.filter(({ harmlessFor }) => harmlessFor.includes("all"));
      return [...before, ...gone];
    });
  }

  return {
    latest: (expression) => values.get(expression),
    note(frame, expression, value) {
      values.set(expression, value);
      const span = { module: frame.module, start: expression.start, end: expression.end };
      const stop: KnownStop = { kind: "guard", place: placeOf(span), code: codeOf(span) };
      // `not x` says nothing that `x` has not said.
      const implied = expression.kind === "unary" ? undefined : value.implies;
      for (const fact of [...(implied?.whenTrue ?? []), ...(implied?.whenFalse ?? [])])
        noteClearing(fact.symbol, stop, fact.constants ? allBits : fact.cleared);
      if (expression.kind === "call") {
        for (const label of value.labels)
          if (label.cleared !== 0)
            noteClearing(value.symbol, { ...stop, kind: "call" }, label.cleared);
      }
      if (value.labels.length > 0 || value.constants || value.symbol === unknownValue.symbol)
        return;
      const origins = stoppedIn(frame, expression, value, span);
      if (origins.length > 0 && !stopped.has(value.symbol))
        stopped.set(value.symbol, origins.slice(0, 8));
    },
    of(frame, value) {
      const live = deepLabels(frame, value, 2).map((label) => originOf(frame, label));
      return once([...live, ...(stopped.get(value.symbol) ?? [])]);
    },
  };
}

/** What gives a value of its own, whatever is put into it. */
const stopKinds: { readonly [Kind in Expression["kind"]]?: KnownStop["kind"] } = {
  call: "call",
  subscript: "lookup",
};

/** What goes into an expression's value; what only decides between values does not. */
function partsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === "conditional") return [expression.whenTrue, expression.whenFalse];
  if (expression.kind === "call" && expression.callee.kind === "attribute")
    return [expression.callee.object, ...expression.arguments.map(({ value }) => value)];
  return childrenOf(expression);
}

function once(origins: readonly KnownOrigin[]): readonly KnownOrigin[] {
  return origins.filter(
    (origin, index) =>
      origins.findIndex(
        (other) => other.concept === origin.concept && isSamePlace(other.place, origin.place),
      ) === index,
  );
}

function isSamePlace(left: KnownStop["place"], right: KnownStop["place"]): boolean {
  return (
    left.path === right.path &&
    left.startLine === right.startLine &&
    left.startColumn === right.startColumn &&
    left.endColumn === right.endColumn
  );
}
