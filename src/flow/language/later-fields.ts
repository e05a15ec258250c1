// Fields that a method fills some time after the object was made: `connect()` makes the connection,
// `initialize()` the session factory. What it is, other methods find there.

import { newObject } from "../data/containers.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { bake, newState, type State } from "../values/state.ts";
import { cutOut } from "../values/transplant.ts";
import {
  type ClassDefinition,
  type HeapObject,
  joinValues,
  makeValue,
  type Value,
} from "../values/value.ts";

const containers: ReadonlySet<string> = new Set(["dict", "list", "set"]);

/** What methods have left in the fields of their objects, by class. */
export class LaterFields {
  readonly #known = new Map<ClassDefinition, Map<string, Value | undefined>>();

  /** What some method of the class, or of one it is derived from, puts into a field. */
  find(definition: ClassDefinition, name: string, seen = 0): Value | undefined {
    const own = this.#known.get(definition)?.get(name);
    if (own || seen > 20) return own;
    for (const { references } of definition.bases) {
      for (const reference of references) {
        const found = reference.kind === "class" && this.find(reference.definition, name, seen + 1);
        if (found) return found;
      }
    }
    return undefined;
  }

  /** Looks at the object that a method ran on; gives the fields in which it left something that nobody knew of. */
  keep(
    frame: Frame,
    definition: ClassDefinition,
    self: Value,
    states: readonly State[],
  ): readonly string[] {
    const news: string[] = [];
    const atFirst = { ...frame, state: undefined };
    for (const id of self.objects) {
      const made = frame.machine.sharedHeap.get(id);
      for (const state of states) {
        const left = state.heap.get(id) ?? made;
        for (const [name, value] of left?.entries ?? []) {
          const before = made?.entries.get(name);
          if (before && !isVacant(atFirst, before)) continue;
          const lasting = asLeft({ ...frame, state }, value);
          if (lasting && this.#note(definition, name, lasting)) news.push(name);
        }
      }
    }
    return news;
  }

  /** Methods that put different things into a field say nothing of what it is. */
  #note(definition: ClassDefinition, name: string, value: Value): boolean {
    const fields = this.#known.get(definition) ?? new Map<string, Value | undefined>();
    this.#known.set(definition, fields);
    if (!fields.has(name)) {
      fields.set(name, value);
      return true;
    }
    const known = fields.get(name);
    if (known && known.types.join() !== value.types.join()) fields.set(name, undefined);
    else if (known && containers.has(known.types[0] ?? ""))
      fields.set(name, joinValues(known, value));
    return false;
  }
}

/** Whether a field holds nothing yet: `None`, an empty list, or something of which nothing at all is known. */
export function isVacant(frame: Frame, value: Value): boolean {
  if (value.labels.length + value.references.length > 0 || value.elements) return false;
  if (value.constants) return value.constants.every((constant) => constant === null);
  const held = objectsOf(frame, value);
  if (held.length === 0) return value.types.every((type) => containers.has(type));
  return held.every(
    ({ object: { kind, entries, items, rest } }) =>
      kind !== "instance" && entries.size === 0 && (items?.length ?? 0) === 0 && !rest,
  );
}

/** The value with what it holds, for others: types and objects, no constants and nothing from outside. */
function asLeft(frame: Frame, value: Value): Value | undefined {
  const { state, machine } = frame;
  if (!state) return undefined;
  const held = objectsOf(frame, value);
  const isFilled = held.some(({ object }) => containers.has(object.kind) && hasContent(object));
  const isTyped = value.types.some((type) => type.includes("."));
  if (!isTyped && !isFilled) return undefined;
  const plain = (inner: Value): Value =>
    makeValue({ types: bake(inner, state).types, objects: inner.objects });
  for (const [id, object] of cutOut(frame, [value], newState()) ?? [])
    machine.sharedHeap.set(id, withEach(object, plain));
  if (!isFilled) return plain(value);
  const copies = held.flatMap(({ object }) => newObject(frame, object).objects);
  for (const [index, id] of copies.entries()) {
    const object = held[index]?.object;
    if (object) machine.sharedHeap.set(id, withEach(object, plain));
  }
  return makeValue({ types: value.types, objects: copies });
}

function hasContent({ entries, items, rest }: HeapObject): boolean {
  return entries.size + (items?.length ?? 0) > 0 || rest !== undefined;
}

function withEach(object: HeapObject, change: (value: Value) => Value): HeapObject {
  return {
    ...object,
    items: object.items?.map(change),
    entries: new Map([...object.entries].map(([key, inner]) => [key, change(inner)])),
    rest: object.rest && change(object.rest),
    ...(object.keys ? { keys: change(object.keys) } : {}),
  };
}
