// Lists, sets, dicts and objects: what is put in at a known place is read at that place, and only there.

import type { Span } from "../../python/module.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { settledLabels } from "../values/state.ts";
import {
  type Constant,
  constantValue,
  type HeapObject,
  joinLabels,
  joinValues,
  type Label,
  labelledValue,
  makeValue,
  newSymbol,
  throughSymbol,
  unknownValue,
  type Value,
} from "../values/value.ts";

const maxItems = 64;
const maxEntries = 200;

/** A literal key as the name of a dict's entry; texts and numbers do not meet. */
export function keyName(key: Constant): string {
  return typeof key === "string" ? key : `\u0000${JSON.stringify(key)}`;
}

/** The literal key that an entry's name stands for. */
export function keyConstant(name: string): Constant {
  return name.startsWith("\u0000") ? (JSON.parse(name.slice(1)) as Constant) : name;
}

/** A container with nothing in it. */
export function emptyObject(kind: HeapObject["kind"]): HeapObject {
  const items = kind === "dict" || kind === "instance" ? undefined : [];
  return { kind, items, entries: new Map(), rest: undefined, isClosed: true };
}

/** Puts a new object on the heap and gives the value that refers to it. */
export function newObject(
  frame: Frame,
  object: HeapObject,
  types: readonly string[] = [object.kind],
): Value {
  if (!frame.state) return unknownValue;
  const id = newSymbol();
  frame.state.heap.set(id, bounded(object));
  return makeValue({ objects: [id], types });
}

/** `object[index]`; `mayMake` lets a `defaultdict` make what is missing. */
export function readItem(
  frame: Frame,
  object: Value,
  index: Value,
  span: Span,
  mayMake = true,
): Value {
  const position = index.constants?.length === 1 ? index.constants[0] : undefined;
  if (object.elements) {
    if (typeof position === "number") return object.elements.at(position) ?? unknownValue;
    return joinAll(object.elements) ?? unknownValue;
  }
  if (
    typeof position === "number" &&
    object.constants?.length === 1 &&
    typeof object.constants[0] === "string"
  ) {
    const character = object.constants[0].at(position);
    return character === undefined ? unknownValue : makeValue({ constants: [character] });
  }
  let result: Value | undefined;
  for (const { id, object: held } of objectsOf(frame, object)) {
    const isMade = mayMake && held.factory && (position === undefined || isAbsent(held, index));
    const value = isMade ? makeMissing(frame, id, held, index, span) : itemOf(held, index);
    if (value) result = result ? joinValues(result, value) : value;
  }
  if (result && hasEntry(frame, object, position)) return result;
  // What was not put in here comes from the object as a whole: `request.args["q"]`.
  const part = readPart(frame, object, typeof position === "string" ? position : undefined, span);
  const typed = readTypedItem(frame, object);
  if (typed)
    return part.labels.length > 0 ? { ...typed, labels: part.labels, symbol: part.symbol } : typed;
  if (!result) return part;
  return part.labels.length > 0 ? joinValues(result, part) : result;
}

/** Whether every object a value may be has something at this very key. */
function hasEntry(frame: Frame, object: Value, key: Constant | undefined): boolean {
  return (
    key !== undefined &&
    !object.isBeside &&
    objectsOf(frame, object).every(({ object: held }) => held.entries.has(keyName(key)))
  );
}

/** The type of what `socket.getaddrinfo` gives, and of its parts: each of them stands for the host. */
export const answersOfLookUp = "socket.getaddrinfo()";

/** A part of a value of which only the labels are known. The same part has the same identity each time. */
export function readPart(frame: Frame, whole: Value, key: string | undefined, span: Span): Value {
  if (whole.labels.length === 0) return unknownValue;
  const part = key === undefined ? `[${span.start}]` : `["${key}"]`;
  const symbol = frame.machine.identities.derivedSymbol(whole.symbol, part);
  if (key === undefined) frame.machine.identities.noteWhole(symbol, whole.symbol);
  const isAnswer = whole.types.includes(answersOfLookUp);
  if (isAnswer)
    frame.machine.identities.noteSame(symbol, whole.symbol, frame.machine.models.bit("url"));
  return {
    ...unknownValue,
    types: isAnswer ? [answersOfLookUp] : [],
    symbol,
    labels: throughSymbol(
      whole.labels.map((label) => widenSource(label, span)),
      symbol,
    ),
  };
}

/** Until the first step, the source of a path is the largest expression that reads it: `request.args["q"]`. */
function widenSource(label: Label, span: Span): Label {
  const { source } = label;
  const isPartOf =
    source.span.module === span.module &&
    source.span.start === span.start &&
    source.span.end < span.end;
  return isPartOf && !label.steps ? { ...label, source: { concept: source.concept, span } } : label;
}

/** `object[index] = value`, or `object.name = value` with a text as index. */
export function writeItem(frame: Frame, object: Value, index: Value, value: Value): void {
  const { state } = frame;
  if (!state) return;
  const held = objectsOf(frame, object);
  const key = index.constants?.length === 1 ? index.constants[0] : undefined;
  for (const { id, object: before } of held) {
    noteShared(frame, id, value);
    // With one object for sure the old content is gone; else it may still be there.
    const isSure = held.length === 1;
    const after = written(before, key, value, isSure);
    const keys = before.kind === "dict" && key === undefined && joinKeys(before, index);
    const filled = { ...after, isFilled: true };
    state.heap.set(id, bounded(keys ? { ...filled, keys } : filled));
  }
}

/** `del object[index]`: gone, as far as its place is known. */
export function deleteItem(frame: Frame, object: Value, index: Value): void {
  const held = objectsOf(frame, object);
  const [only] = held;
  const key = index.constants?.length === 1 ? index.constants[0] : undefined;
  if (!frame.state || !only || held.length > 1 || key === undefined) return;
  const { isFilled: _, whenEmpty: __, ...before } = only.object;
  if (before.kind === "list" && before.items && typeof key === "number") {
    if (before.rest && key < 0) return;
    if (key < 0 && before.rest) return;
    const at = key < 0 ? before.items.length + key : key;
    const items = before.items.filter((_, position) => position !== at);
    frame.state.heap.set(only.id, { ...before, items });
  } else if (before.kind === "dict") {
    const entries = new Map(before.entries);
    entries.delete(keyName(key));
    frame.state.heap.set(only.id, { ...before, entries });
  }
}

/** The elements that iterating over a value gives, as one value. */
export function iterate(frame: Frame, iterable: Value, span: Span): Value {
  if (iterable.elements) return joinAll(iterable.elements) ?? unknownValue;
  const held = objectsOf(frame, iterable);
  if (held.length > 0) {
    const values = held.flatMap(({ object }) => {
      const value = object.kind === "dict" ? keyOf(object) : anyItem(object);
      return value ? [value] : [];
    });
    // Beside what was put in here there is what came with the object: `data = request.get_json()`.
    const isWhole = iterable.labels.length === 0 || held.every(({ object }) => object.isClosed);
    const value = joinAll(
      isWhole ? values : [...values, readPart(frame, iterable, undefined, span)],
    );
    if (value) return value;
  }
  for (const type of iterable.types) {
    const element =
      frame.machine.models.find(`${type}.__iter__`)?.callReturns ??
      frame.machine.models.find(`${type}.__getitem__`)?.callReturns;
    if (element) return { ...readPart(frame, iterable, undefined, span), types: [element] };
  }
  return readPart(frame, iterable, undefined, span);
}

/** The keys of the dicts a value may be, as one value. */
export function keysOf(frame: Frame, value: Value): Value | undefined {
  const keys = objectsOf(frame, value).flatMap(({ object }) => keyOf(object) ?? []);
  return joinAll([...keys, ...(value.labels.length > 0 ? [labelledValue(value.labels)] : [])]);
}

function keyOf(object: HeapObject): Value | undefined {
  const names = [...object.entries.keys()];
  const known =
    names.length > 0
      ? object.isClosed && names.length <= 12
        ? [constantValue(...names.map(keyConstant))]
        : [unknownValue]
      : [];
  return joinAll([...known, ...(object.keys ? [object.keys] : [])]);
}

/** Whether a dict surely has no such key. */
export function isAbsent(object: HeapObject, key: Value): boolean {
  const constant = key.constants?.length === 1 ? key.constants[0] : undefined;
  return (
    constant !== undefined &&
    object.kind === "dict" &&
    object.isClosed &&
    !object.rest &&
    !object.entries.has(keyName(constant))
  );
}

/** What a `defaultdict` makes for a key it does not have, and keeps. */
function makeMissing(
  frame: Frame,
  id: number,
  held: HeapObject,
  index: Value,
  span: Span,
): Value | undefined {
  if (held.rest && index.constants?.length !== 1) return itemOf(held, index);
  const none = { positional: [], keywords: new Map(), spread: undefined, keywordSpread: undefined };
  const { factory } = held;
  if (!factory || !frame.state) return undefined;
  const value = frame.machine.call(frame, factory, none, span, span);
  writeItem(frame, makeValue({ objects: [id] }), index, value);
  return value;
}

function joinKeys(before: HeapObject, index: Value): Value {
  return before.keys ? joinValues(before.keys, index) : index;
}

/** What an object of a module is given in this run is read by functions that were not given it. */
export function noteShared(frame: Frame, id: number, value: Value): void {
  const { machine } = frame;
  if (machine.sharedHeap.has(id) && deepLabels(frame, value, 2).length > 0) machine.noteFilled(id);
}

/** Adds to a list or set at its end; `value` may be any of several. */
export function appendItem(frame: Frame, object: Value, value: Value): void {
  const { state } = frame;
  if (!state) return;
  for (const { id, object: before } of objectsOf(frame, object)) {
    noteShared(frame, id, value);
    const isSure = objectsOf(frame, object).length === 1 && !before.rest;
    const items = isSure && before.items ? [...before.items, value] : before.items;
    const rest =
      isSure && items ? before.rest : joinAll([...(before.rest ? [before.rest] : []), value]);
    state.heap.set(id, bounded({ ...before, items, rest, isFilled: true }));
  }
}

/** Adds whatever another iterable or mapping may hold. */
export function extendItems(frame: Frame, object: Value, other: Value, element: Value): void {
  const { state } = frame;
  if (!state) return;
  for (const { id, object: before } of objectsOf(frame, object)) {
    const source = objectsOf(frame, other);
    const known = source.length === 1 ? source[0]?.object : undefined;
    if (known && before.kind === "dict" && known.kind === "dict") {
      const entries = new Map([...maybeReplaced(before, known.rest), ...known.entries]);
      const rest = joinAll([before.rest, known.rest].filter((value) => value !== undefined));
      const keys = joinAll([before.keys, known.keys].filter((value) => value !== undefined));
      const isClosed = before.isClosed && known.isClosed;
      state.heap.set(
        id,
        bounded({ ...before, entries, rest, isClosed, ...(keys ? { keys } : {}) }),
      );
      continue;
    }
    if (known?.items && before.items && !before.rest) {
      const items = [...before.items, ...known.items];
      state.heap.set(id, bounded({ ...before, items, rest: known.rest }));
      continue;
    }
    const rest = joinAll([...(before.rest ? [before.rest] : []), element]);
    const keys = before.kind === "dict" && joinKeys(before, element);
    const entries = maybeReplaced(before, element);
    state.heap.set(id, bounded({ ...before, entries, rest, ...(keys ? { keys } : {}) }));
  }
}

/** A copy of a list, dict or object, and of what is in it to a depth. */
export function makeCopy(frame: Frame, value: Value, depth: number): Value {
  if (depth === 0 || value.objects.length === 0) return value;
  const down = (inner: Value): Value => makeCopy(frame, inner, depth - 1);
  const objects = objectsOf(frame, value).flatMap(({ object }) => {
    const copy = {
      ...object,
      items: object.items?.map(down),
      entries: new Map([...object.entries].map(([key, inner]) => [key, down(inner)])),
      rest: object.rest && down(object.rest),
    };
    return newObject(frame, copy).objects;
  });
  return { ...value, objects };
}

/** Everything an object may hold, as one value. */
export function anyItem(object: HeapObject): Value | undefined {
  return joinAll([
    ...(object.items ?? []),
    ...object.entries.values(),
    ...(object.rest ? [object.rest] : []),
  ]);
}

export function joinAll(values: readonly Value[]): Value | undefined {
  let result: Value | undefined;
  for (const value of values) result = result ? joinValues(result, value) : value;
  return result;
}

/** Every label a value carries in itself and in what it holds, to a small depth: what formatting it shows. */
export function deepLabels(frame: Frame, value: Value, depth = 3): readonly Label[] {
  if (value.objects.length === 0 && !value.elements) return value.labels;
  if (depth === 0) return value.labels;
  // Several in one: what is known of each has to be written down before.
  const settled = (all: readonly Label[]): readonly Label[] =>
    frame.state ? settledLabels(all, frame.state) : all;
  let labels = settled(value.labels);
  for (const element of value.elements ?? [])
    labels = joinLabels(labels, settled(deepLabels(frame, element, depth - 1)));
  for (const { object } of objectsOf(frame, value)) {
    for (const held of [
      ...(object.items ?? []),
      ...object.entries.values(),
      ...(object.rest ? [object.rest] : []),
      ...(object.keys ? [object.keys] : []),
    ]) {
      const inner = deepLabels(frame, held, depth - 1);
      if (inner.length > 0) labels = joinLabels(labels, settled(inner));
    }
  }
  return labels;
}

function readTypedItem(frame: Frame, object: Value): Value | undefined {
  for (const type of object.types) {
    const element = frame.machine.models.find(`${type}.__getitem__`)?.callReturns;
    if (element) return makeValue({ types: [element] });
  }
  return undefined;
}

function itemOf(object: HeapObject, index: Value): Value | undefined {
  const position = index.constants?.length === 1 ? index.constants[0] : undefined;
  // Behind what is known there may be any number of others: only from the front a place is sure.
  const isSure = object.rest === undefined || (typeof position === "number" && position >= 0);
  if (object.kind !== "dict" && typeof position === "number" && object.items && isSure)
    return object.items.at(position) ?? object.rest;
  if (object.kind === "dict" && position !== undefined) {
    const entry = object.entries.get(keyName(position));
    return entry ?? object.rest ?? unknownValue;
  }
  // `app["store"]` is what was put there under this name, and no other of its fields.
  if (object.kind === "instance" && typeof position === "string")
    return object.entries.get(keyName(position)) ?? object.rest ?? unknownValue;
  return anyItem(object) ?? unknownValue;
}

function written(
  before: HeapObject,
  key: NonNullable<Value["constants"]>[number] | undefined,
  value: Value,
  isSure: boolean,
): HeapObject {
  const isFromBehind = typeof key === "number" && key < 0 && before.rest !== undefined;
  if (before.kind === "list" && before.items && typeof key === "number" && !isFromBehind) {
    const at = key < 0 ? before.items.length + key : key;
    const old = before.items[at];
    if (old && Number.isInteger(at)) {
      return {
        ...before,
        items: before.items.map((item, index) =>
          index === at ? (isSure ? value : joinValues(old, value)) : item,
        ),
      };
    }
  }
  if (before.kind !== "list" && key !== undefined) {
    const name = keyName(key);
    const old = before.entries.get(name);
    const entries = new Map(before.entries);
    entries.set(name, isSure || !old ? value : joinValues(old, value));
    return { ...before, entries };
  }
  const rest = before.rest ? joinValues(before.rest, value) : value;
  return { ...before, entries: maybeReplaced(before, value), rest };
}

/** A dict's entries once `value` was put under a key that is not known: each may be it. */
export function maybeReplaced(
  { kind, entries }: Pick<HeapObject, "kind" | "entries">,
  value: Value | undefined,
): HeapObject["entries"] {
  if (kind !== "dict" || value === undefined || entries.size === 0) return entries;
  return new Map([...entries].map(([name, entry]) => [name, joinValues(entry, value)]));
}

function bounded(object: HeapObject): HeapObject {
  let { items, entries, rest } = object;
  if (items && items.length > maxItems) {
    rest = joinAll([...items, ...(rest ? [rest] : [])]);
    items = undefined;
  }
  if (entries.size > maxEntries) {
    rest = joinAll([...entries.values(), ...(rest ? [rest] : [])]);
    entries = new Map();
  }
  return items === object.items && entries === object.entries
    ? object
    : { ...object, items, entries, rest };
}
