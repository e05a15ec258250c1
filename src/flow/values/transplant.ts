// The objects that a remembered call gave, made anew for each who asks for it again.

import { type Frame, objectsOf } from "../frame.ts";
import type { Cutting, State } from "./state.ts";
import { type HeapObject, newSymbol, type Value } from "./value.ts";

const maxObjects = 24;

/**
 * Cuts out a value with those of its objects that `before` did not have; `undefined` if they are too many.
 * Objects that were there before are the same for everybody.
 */
export function cutOut(frame: Frame, value: Value, before: State): Cutting | undefined {
  const objects = new Map<number, HeapObject>();
  const queue = [value];
  for (let next = queue.pop(); next; next = queue.pop()) {
    queue.push(...(next.elements ?? []));
    for (const { id, object } of objectsOf(frame, next)) {
      if (objects.has(id) || before.heap.get(id) || frame.machine.sharedHeap.has(id)) continue;
      if (objects.size >= maxObjects) return undefined;
      objects.set(id, object);
      queue.push(...(object.items ?? []), ...object.entries.values());
      for (const inner of [object.rest, object.keys]) if (inner) queue.push(inner);
    }
  }
  return { value, objects };
}

/** Puts a cutting into a state, with identities of its own. */
export function transplant(frame: Frame, { value, objects }: Cutting): Value {
  const { state } = frame;
  if (objects.size === 0 || !state) return value;
  const ids = new Map([...objects.keys()].map((id) => [id, newSymbol()]));
  const renamed = (inner: Value): Value => {
    const isTouched = inner.objects.some((id) => ids.has(id));
    if (!isTouched && !inner.elements) return inner;
    return {
      ...inner,
      objects: inner.objects.map((id) => ids.get(id) ?? id),
      elements: inner.elements?.map(renamed),
    };
  };
  for (const [id, object] of objects) {
    state.heap.set(ids.get(id) ?? id, {
      ...object,
      items: object.items?.map(renamed),
      entries: new Map([...object.entries].map(([key, inner]) => [key, renamed(inner)])),
      rest: object.rest && renamed(object.rest),
      ...(object.keys ? { keys: renamed(object.keys) } : {}),
    });
  }
  return renamed(value);
}
