// Comprehensions and generator expressions: a loop whose names are its own.

import type { ComprehensionExpression } from "../../python/syntax.ts";
import { keyName, newObject } from "../data/containers.ts";
import { type Frame, spanOf } from "../frame.ts";
import { assume } from "../guards/conditions.ts";
import { impliedOfEach, impliedOfSome } from "../guards/each.ts";
import { bake, forkState, joinStates } from "../values/state.ts";
import { type HeapObject, unknownValue, type Value } from "../values/value.ts";
import { collectTargets } from "./definitions.ts";

/** The list, set or dict that a comprehension makes; a generator is taken for the list of its elements. */
export function evaluateComprehension(frame: Frame, expression: ComprehensionExpression): Value {
  if (!frame.state) return unknownValue;
  const before = frame.state;
  const outer = frame.comprehended;
  const names = new Set<string>();
  for (const clause of expression.clauses) collectTargets(clause.target, names);
  frame.comprehended = new Set([...outer, ...names]);
  frame.state = forkState(before);

  const looped = runClauses(frame, expression);
  let key: Value | undefined;
  let value: Value | undefined;
  let each: HeapObject["each"];
  let some: HeapObject["some"];
  if (frame.state) {
    key = frame.machine.evaluate(frame, expression.element);
    value = expression.value ? frame.machine.evaluate(frame, expression.value) : key;
    if (looped) {
      each = impliedOfEach(frame, looped.whole, looped.element, value);
      some = impliedOfSome(frame, looped.whole, value);
    }
  }
  const after = frame.state as Frame["state"];
  if (after && value && key) {
    value = bake(value, after);
    key = bake(key, after);
    for (const name of names) {
      const hidden = before.variables.get(name);
      if (hidden) after.variables.set(name, hidden);
      else after.variables.delete(name);
    }
  }
  frame.comprehended = outer;
  // It may have had nothing to go through.
  frame.state = joinStates(before, after);
  if (expression.form === "dict") return dictOf(frame, key, value);
  const kind = expression.form === "set" ? "set" : "list";
  return newObject(frame, {
    kind,
    items: value ? undefined : [],
    entries: new Map(),
    rest: value,
    isClosed: true,
    ...(each ? { each } : {}),
    ...(some ? { some } : {}),
  });
}

/** Binds the names of all clauses; what is iterated and its element, if there is one clause without condition. */
function runClauses(
  frame: Frame,
  expression: ComprehensionExpression,
): { readonly whole: Value; readonly element: Value } | undefined {
  let looped: { readonly whole: Value; readonly element: Value } | undefined;
  for (const clause of expression.clauses) {
    const whole = frame.machine.evaluate(frame, clause.iterable);
    if (!frame.state) return undefined;
    const effects = frame.effects.length;
    const element = frame.machine.iterate(frame, whole, spanOf(frame, clause.iterable));
    if (clause.isAsync) frame.effects.length = effects;
    looped = { whole, element };
    frame.machine.assign(frame, clause.target, element);
    for (const condition of clause.conditions) {
      const held = frame.machine.evaluate(frame, condition);
      assume(frame, held, true);
      if (!frame.state) return undefined;
    }
  }
  const [only] = expression.clauses;
  return expression.clauses.length === 1 && only?.conditions.length === 0 ? looped : undefined;
}

function dictOf(frame: Frame, key: Value | undefined, value: Value | undefined): Value {
  const entries = new Map<string, Value>();
  for (const constant of key?.constants ?? []) if (value) entries.set(keyName(constant), value);
  const isKnown = key?.constants !== undefined;
  return newObject(frame, {
    kind: "dict",
    items: undefined,
    entries,
    rest: isKnown ? undefined : value,
    isClosed: true,
    ...(key && !isKnown ? { keys: key } : {}),
  });
}
