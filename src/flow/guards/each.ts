// What holds of every element holds of the whole: `all(c.isalnum() for c in name)` is a guard on `name`.

import { deepLabels } from "../data/containers.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { allBits } from "../models.ts";
import type { Fact, Implication, Value } from "../values/value.ts";

/** That every element of a value is neutralised for these bits, as facts about what it holds. */
export function factsOfEach(frame: Frame, whole: Value, cleared: number): readonly Fact[] {
  if (cleared === 0) return [];
  const symbols = new Set<number>();
  const add = (value: Value | undefined): void => {
    if (!value || value.labels.length === 0) return;
    symbols.add(value.symbol);
    // `set(names)` holds a part of `names`: what holds of that part's every value holds of names.
    const origin = frame.machine.identities.wholeOf(value.symbol);
    if (origin !== undefined) symbols.add(origin);
  };
  add(whole);
  for (const element of whole.elements ?? []) add(element);
  for (const { object } of objectsOf(frame, whole)) {
    add(object.rest);
    add(object.keys);
    for (const item of object.items ?? []) add(item);
  }
  return [...symbols].flatMap((symbol) => frame.machine.identities.factsAbout(symbol, cleared));
}

/** What a condition on one element teaches of them all, when it holds (or fails) for each. */
export function impliedOfEach(
  frame: Frame,
  whole: Value,
  element: Value,
  condition: Value,
): Implication | undefined {
  if (!condition.implies) return undefined;
  const isFilled = isSurelyFilled(frame, whole);
  const ofAll = (facts: readonly Fact[]): readonly Fact[] => {
    const own = facts.filter(({ symbol }) => symbol === element.symbol);
    const bits = own.reduce((sum, { cleared }) => sum | cleared, 0);
    // `any(address in network for network in NETWORKS)` was false: what each round has found out of the address.
    const others = isFilled ? facts.filter((fact) => !own.includes(fact)) : [];
    return [...factsOfEach(frame, whole, bits), ...others];
  };
  const whenTrue = ofAll(condition.implies.whenTrue);
  const whenFalse = ofAll(condition.implies.whenFalse);
  return whenTrue.length + whenFalse.length > 0 ? { whenTrue, whenFalse } : undefined;
}

/** `for x in ("a", "b")`: a tuple or list that is written here, with something in it. */
export function isSurelyFilled(frame: Frame, iterable: Value): boolean {
  if (iterable.elements) return iterable.elements.length > 0;
  const held = objectsOf(frame, iterable);
  return (
    held.length > 0 &&
    iterable.labels.length === 0 &&
    held.every(
      ({ object }) =>
        object.kind === "list" && ((object.items?.length ?? 0) > 0 || object.isFilled === true),
    )
  );
}

/** `any(url.startswith(ours) for ours in OURS)`: what one true answer teaches of all but the elements. */
export function impliedOfSome(
  frame: Frame,
  whole: Value,
  condition: Value,
): readonly Fact[] | undefined {
  const facts = condition.implies?.whenTrue;
  return facts && facts.length > 0 && deepLabels(frame, whole).length === 0 ? facts : undefined;
}

/** Nothing of a visitor's is in a value: of a container in its elements, of a dict in its keys. */
export function isHarmless(frame: Frame, value: Value): boolean {
  if (!isOurs(value)) return false;
  if (value.elements) return value.elements.every(isOurs);
  return objectsOf(frame, value).every(({ object }) =>
    [
      ...(object.items ?? []),
      ...(object.kind === "dict" ? [] : object.entries.values()),
      ...(object.rest && object.kind !== "dict" ? [object.rest] : []),
      ...(object.keys ? [object.keys] : []),
    ].every(isOurs),
  );
}

/** What the database or the environment says is not what a visitor says; the host is where the program runs. */
function isOurs(value: Value): boolean {
  return value.labels.every(({ source }) => ours.has(source.concept));
}

const ours: ReadonlySet<string> = new Set([
  ...["stored-data", "environment", "http-host", "parameter"],
]);

/** `set(names) <= ALLOWED`: every one of the names is one of ours. */
export function subsetFacts(frame: Frame, part: Value, whole: Value): readonly Fact[] {
  return isHarmless(frame, whole) ? factsOfEach(frame, part, allBits) : [];
}
