// Functions handed to a thread, an executor or a worker: they run with what is handed over beside them, and
// what blocks in them does not block here.

import type { Span } from "../../python/module.ts";
import { keyConstant } from "../data/containers.ts";
import { type ArgumentValue, type CallArguments, type Frame, objectsOf } from "../frame.ts";
import type { Signature } from "../models.ts";
import type { Value } from "../values/value.ts";
import { argumentOf, noArguments } from "./arguments.ts";

/** Runs the callable that a row of `offloads` marks; `undefined` where nothing is handed over with it. */
export function callOffloaded(
  frame: Frame,
  signature: Signature,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
): Value | undefined {
  const marked = signature.parameters?.find((parameter) => parameter.isMarked);
  const callee = marked && argumentOf(signature, marked, given);
  const handed = callee && handedOver(frame, signature, given);
  if (!callee || !handed || callee.value.references.length === 0) return undefined;
  return callElsewhere(frame, callee.value, handed, span, calleeSpan);
}

/** Calls something in another thread or process: it may fail there, and this goes on. */
export function callElsewhere(
  frame: Frame,
  callee: Value,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
): Value {
  const effects = frame.effects.length;
  const { state } = frame;
  const value = frame.machine.call(frame, callee, given, span, calleeSpan);
  frame.effects.length = effects;
  frame.state ??= state;
  return value;
}

/** What stands after the callable: `submit(f, 1, x=2)`, `Thread(target=f, args=(1,), kwargs={"x": 2})`. */
function handedOver(
  frame: Frame,
  signature: Signature,
  given: CallArguments,
): CallArguments | undefined {
  const parameters = signature.parameters ?? [];
  const rest = parameters.findIndex((parameter) => parameter.spread === "*");
  if (parameters[rest]?.name === "iterables") {
    const positional = given.positional
      .slice(rest)
      .map(({ value, span }) => ({ value: frame.machine.iterate(frame, value, span), span }));
    return { ...noArguments, positional };
  }
  if (rest !== -1) {
    const own = new Set(parameters.map(({ name }) => name));
    const keywords = new Map([...given.keywords].filter(([name]) => !own.has(name)));
    return { ...given, positional: given.positional.slice(rest), keywords };
  }
  const [list, dict] = ["args", "kwargs"].map((name) => {
    const parameter = parameters.find((each) => each.name === name);
    return parameter && argumentOf(signature, parameter, given);
  });
  if (parameters.every(({ name }) => name !== "args")) return undefined;
  return {
    ...noArguments,
    positional: list ? itemsOf(frame, list) : [],
    keywords: dict ? entriesOf(frame, dict) : new Map(),
  };
}

function itemsOf(frame: Frame, { value, span }: ArgumentValue): readonly ArgumentValue[] {
  const [held] = objectsOf(frame, value);
  const items = value.elements ??
    (held?.object.rest ? undefined : held?.object.items) ?? [
      frame.machine.iterate(frame, value, span),
    ];
  return items.map((item) => ({ value: item, span }));
}

function entriesOf(
  frame: Frame,
  { value, span }: ArgumentValue,
): ReadonlyMap<string, ArgumentValue> {
  const entries = objectsOf(frame, value).flatMap(({ object }) => [...object.entries]);
  return new Map(
    entries.flatMap(([name, entry]) => {
      const key = keyConstant(name);
      return typeof key === "string" ? [[key, { value: entry, span }] as const] : [];
    }),
  );
}
