// The objects that a remembered call gave, made anew for each who asks for it again.

import { type Frame, objectsOf } from "../frame.ts";
import type { State } from "./state.ts";
import { type HeapObject, newSymbol, type Value } from "./value.ts";

const maxObjects = 24;

/**
 * The objects that values lead to and that `before` did not have; `undefined` if they are too many. Objects that
 * were there before are the same for everybody.
 */
export function cutOut(
  frame: Frame,
  values: readonly Value[],
  before: State,
): ReadonlyMap<number, HeapObject> | undefined {
  const objects = new Map<number, HeapObject>();
  const queue = [...values];
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
  return objects;
}

/**
 * Puts objects that were cut out into the frame's state, under numbers of their own. Gives what makes a value that
 * leads to them one that leads to the new ones. `ids` and `symbols` say what stands for the objects and values
 * that went in: by number of the object, by symbol of the value.
 */
export function transplant(
  frame: Frame,
  objects: ReadonlyMap<number, HeapObject>,
  given: ReadonlyMap<number, number>,
  symbols: ReadonlyMap<number, Value>,
): (value: Value) => Value {
  const { state } = frame;
  const ids = new Map(given);
  for (const id of objects.keys()) ids.set(id, newSymbol());
  const moved = (value: Value): Value => {
    const self = symbols.get(value.symbol);
    const isTouched = value.objects.some((id) => ids.has(id));
    if (!self && !isTouched && !value.elements) return value;
    const put = {
      ...value,
      objects: value.objects.map((id) => ids.get(id) ?? id),
      elements: self ? self.elements : value.elements?.map(moved),
    };
    if (!self) return put;
    // Long texts have one key: the constants are those of this call, unless fewer of them came through.
    const isSame = value.constants?.length === self.constants?.length;
    const constants = isSame ? self.constants : value.constants;
    return { ...put, symbol: self.symbol, references: self.references, constants };
  };
  for (const [id, object] of objects) {
    state?.heap.set(ids.get(id) ?? id, {
      ...object,
      items: object.items?.map(moved),
      entries: new Map([...object.entries].map(([key, inner]) => [key, moved(inner)])),
      rest: object.rest && moved(object.rest),
      ...(object.keys ? { keys: moved(object.keys) } : {}),
    });
  }
  return moved;
}
