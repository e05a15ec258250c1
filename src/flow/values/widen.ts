// Whether a round of a loop has brought anything new, and what to forget so that it comes to an end.

import type { State } from "./state.ts";
import { type HeapObject, type Label, labelsOf, sameConstant, type Value } from "./value.ts";

/**
 * Whether `after`, which is `before` joined with a round of the loop, is worth another round. After the first
 * one anything new is, another identity too: what guards the one does not guard the other. Later, only what
 * comes from outside.
 */
export function hasGrown(before: State, after: State, isFirst: boolean): boolean {
  const isNews = (value: Value, known: Value): boolean =>
    isFirst
      ? value.labels.length > 0 || !isWithin(value, known)
      : !areLabelsWithin(value.labels, known.labels);
  for (const name of after.variables.changedSince(before.variables)) {
    const known = before.variables.get(name);
    const value = after.variables.get(name);
    if (!value || value === known) continue;
    if (known ? isNews(value, known) : isFirst || value.labels.length > 0) return true;
  }
  for (const id of after.heap.changedSince(before.heap)) {
    const known = before.heap.get(id);
    const object = after.heap.get(id);
    if (!known || !object || object === known) continue;
    if (
      isFirst ? !isObjectWithin(object, known) : !areLabelsWithin(labelsIn(object), labelsIn(known))
    )
      return true;
  }
  return false;
}

function labelsIn(object: HeapObject): readonly Label[] {
  const values = [...(object.items ?? []), ...object.entries.values()];
  return labelsOf(...values, object.rest, object.keys);
}

/** `after`, without the constants of what is still changing. */
export function widened(before: State, after: State): State {
  for (const name of after.variables.changedSince(before.variables)) {
    const known = before.variables.get(name);
    const value = after.variables.get(name);
    if (value && known) after.variables.set(name, withoutConstants(value, known));
  }
  for (const id of after.heap.changedSince(before.heap)) {
    const known = before.heap.get(id);
    const object = after.heap.get(id);
    if (!known || !object) continue;
    const entries = new Map(object.entries);
    for (const [key, value] of object.entries) {
      const old = known.entries.get(key);
      if (old) entries.set(key, withoutConstants(value, old));
    }
    const rest = object.rest && withoutConstants(object.rest, known.rest);
    after.heap.set(id, { ...object, entries, rest });
  }
  return after;
}

function withoutConstants(value: Value, known: Value | undefined): Value {
  if (!value.constants || !known || isWithin(value, known)) return value;
  const [first] = value.constants;
  const types = value.constants.every((constant) => typeof constant === typeof first)
    ? typesOf[typeof first]
    : undefined;
  return { ...value, constants: undefined, types: types ? [types] : value.types };
}

const typesOf: Readonly<Record<string, string>> = { number: "int", string: "str", boolean: "bool" };

function isWithin(value: Value, known: Value): boolean {
  if (value === known) return true;
  return (
    areLabelsWithin(value.labels, known.labels) &&
    (!known.constants ||
      (value.constants?.every((constant) =>
        known.constants?.some((other) => sameConstant(constant, other)),
      ) ??
        false)) &&
    value.types.every((type) => known.types.includes(type)) &&
    value.objects.every((id) => known.objects.includes(id)) &&
    value.references.length <= known.references.length &&
    areElementsWithin(value.elements, known.elements)
  );
}

function areLabelsWithin(labels: readonly Label[], known: readonly Label[]): boolean {
  return labels.every((label) =>
    known.some(
      (other) =>
        other.source.span.start === label.source.span.start &&
        other.source.span.module === label.source.span.module &&
        other.source.concept === label.source.concept &&
        (other.cleared & ~label.cleared) === 0,
    ),
  );
}

function areElementsWithin(
  elements: readonly Value[] | undefined,
  known: readonly Value[] | undefined,
): boolean {
  if (!known) return true;
  if (!elements || elements.length !== known.length) return false;
  return elements.every((value, index) => {
    const other = known[index];
    return other !== undefined && isWithin(value, other);
  });
}

function isObjectWithin(object: HeapObject, known: HeapObject): boolean {
  if (object === known) return true;
  if (object.rest && !(known.rest && isWithin(object.rest, known.rest))) return false;
  if (object.keys && !(known.keys && isWithin(object.keys, known.keys))) return false;
  if (!areElementsWithin(object.items, known.items)) return false;
  for (const [key, value] of object.entries) {
    const other = known.entries.get(key);
    if (!other || !isWithin(value, other)) return false;
  }
  return true;
}
