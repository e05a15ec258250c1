// Methods of Python's own lists, sets and dicts, on objects that were made in the code at hand.

import type { Span } from "../../python/module.ts";
import { everyArgument } from "../calls/arguments.ts";
import { type CallArguments, type Frame, objectsOf } from "../frame.ts";
import { compareValues } from "../guards/comparisons.ts";
import { subsetFacts } from "../guards/each.ts";
import { applyOperator } from "../language/operators.ts";
import { learn } from "../values/state.ts";
import {
  constantValue,
  joinValues,
  makeValue,
  sameConstant,
  soleConstant,
  unknownValue,
  type Value,
} from "../values/value.ts";
import {
  anyItem,
  appendItem,
  deleteItem,
  emptyObject,
  extendItems,
  isAbsent,
  joinAll,
  keysOf,
  newObject,
  readItem,
  readPart,
  writeItem,
} from "./containers.ts";

/** `undefined` for a name that is none of theirs. */
export function callContainer(
  frame: Frame,
  name: string,
  receiver: Value,
  given: CallArguments,
  span: Span,
): Value | undefined {
  const first = given.positional[0]?.value;
  const second = given.positional[1]?.value ?? given.keywords.get("default")?.value;
  const [only] = objectsOf(frame, receiver);
  switch (name) {
    case "append":
    case "add":
      if (first) appendItem(frame, receiver, first);
      return constantValue(null);
    case "appendleft":
    case "insert": {
      const value = name === "insert" ? second : first;
      const at = name === "insert" ? first?.constants?.[0] : 0;
      if (value) insertItem(frame, receiver, at === 0, value);
      return constantValue(null);
    }
    case "extend":
    case "update":
    case "extendleft":
      for (const { value, span: at } of given.positional)
        extendItems(frame, receiver, value, frame.machine.iterate(frame, value, at));
      for (const [key, argument] of given.keywords)
        writeItem(frame, receiver, constantValue(key), argument.value);
      return constantValue(null);
    case "get":
      return first && get(frame, receiver, first, second, span);
    case "pop":
    case "popitem":
    case "popleft":
      return take(frame, name, receiver, first, second, span);
    case "setdefault": {
      if (!first) return unknownValue;
      const isMissing =
        receiver.labels.length === 0 &&
        only?.object.kind === "dict" &&
        isAbsent(only.object, first);
      const fallback = second ?? constantValue(null);
      const present = isMissing ? undefined : readItem(frame, receiver, first, span);
      const isSure = present && only?.object.kind === "dict" && has(only.object.entries, first);
      const value = isSure ? present : present ? joinValues(present, fallback) : fallback;
      writeItem(frame, receiver, first, value);
      return value;
    }
    case "keys":
      return newObject(frame, {
        ...emptyObject("list"),
        items: undefined,
        rest: keysOf(frame, receiver),
      });
    case "values":
      return newObject(frame, {
        ...emptyObject("list"),
        items: undefined,
        rest: valuesOf(frame, receiver, span),
      });
    case "items": {
      const value = valuesOf(frame, receiver, span) ?? unknownValue;
      const pair = makeValue({ elements: [keysOf(frame, receiver) ?? unknownValue, value] });
      return newObject(frame, { ...emptyObject("list"), items: undefined, rest: pair });
    }
    case "copy":
      return only && { ...newObject(frame, only.object, receiver.types), labels: receiver.labels };
    case "union":
    case "intersection":
    case "difference":
    case "symmetric_difference":
      return everyArgument(given).reduce(
        (result, value) => applyOperator(frame, setOperators[name] ?? "|", result, value, span),
        receiver,
      );
    case "__contains__":
      return first && compareValues(frame, "in", first, receiver);
    // It came back, so there is one.
    case "index": {
      const known = first && compareValues(frame, "in", first, receiver);
      if (frame.state) learn(frame.state, known?.implies?.whenTrue ?? []);
      return makeValue({ types: ["int"] });
    }
    case "issubset":
      return {
        ...makeValue({ types: ["bool"] }),
        implies: {
          whenTrue: first ? subsetFacts(frame, receiver, first) : [],
          whenFalse: [],
        },
      };
    case "issuperset":
      return {
        ...makeValue({ types: ["bool"] }),
        implies: {
          whenTrue: first ? subsetFacts(frame, first, receiver) : [],
          whenFalse: [],
        },
      };
    case "clear":
      for (const { id, object } of objectsOf(frame, receiver)) {
        const items = object.kind === "dict" ? undefined : [];
        frame.state?.heap.set(id, { ...emptyObject(object.kind), items });
      }
      return constantValue(null);
    case "sort":
    case "reverse":
      shuffle(frame, receiver);
      return constantValue(null);
    case "remove":
    case "discard":
      if (first) removeItem(frame, receiver, first);
      return constantValue(null);
    case "count": {
      const implies = first && compareValues(frame, "in", first, receiver).implies;
      return { ...makeValue({ types: ["int"] }), implies };
    }
    case "most_common":
      return newObject(frame, {
        ...emptyObject("list"),
        items: undefined,
        rest: makeValue({
          elements: [keysOf(frame, receiver) ?? unknownValue, makeValue({ types: ["int"] })],
        }),
      });
    default:
      return undefined;
  }
}

const setOperators: Readonly<Record<string, string>> = {
  union: "|",
  intersection: "&",
  difference: "-",
  symmetric_difference: "^",
};

function get(
  frame: Frame,
  receiver: Value,
  key: Value,
  fallback: Value | undefined,
  span: Span,
): Value {
  const [only] = objectsOf(frame, receiver);
  if (only?.object.kind !== "dict") return readItem(frame, receiver, key, span);
  const otherwise = fallback ?? constantValue(null);
  // `request.json or {}` may be either: what is not in the dict may be in the other.
  if (receiver.labels.length === 0 && isAbsent(only.object, key)) return otherwise;
  // A `defaultdict` makes nothing for `get`.
  const value = readItem(frame, receiver, key, span, false);
  return has(only.object.entries, key) ? value : joinValues(value, otherwise);
}

/** What `pop` takes out is no longer there, as far as its place is known. */
function take(
  frame: Frame,
  name: string,
  receiver: Value,
  key: Value | undefined,
  fallback: Value | undefined,
  span: Span,
): Value {
  const [only] = objectsOf(frame, receiver);
  if (only?.object.kind === "dict") {
    if (!key) {
      const value = valuesOf(frame, receiver, span) ?? unknownValue;
      return makeValue({ elements: [keysOf(frame, receiver) ?? unknownValue, value] });
    }
    const value = get(frame, receiver, key, fallback, span);
    deleteItem(frame, receiver, key);
    return value;
  }
  const position = key ?? constantValue(name === "popleft" ? 0 : -1);
  const value = readItem(frame, receiver, position, span);
  deleteItem(frame, receiver, position);
  return value;
}

/** `names.remove("x")` takes out the first one that is this, where every one before it is known. */
function removeItem(frame: Frame, receiver: Value, value: Value): void {
  const [only, ...others] = objectsOf(frame, receiver);
  const wanted = soleConstant(value);
  if (!only || others.length > 0 || wanted === undefined || !frame.state) return;
  const { isFilled: _, whenEmpty: __, ...object } = only.object;
  const at = object.items?.findIndex(
    ({ constants }) => !constants || constants.some((constant) => sameConstant(constant, wanted)),
  );
  const found = at === undefined ? undefined : object.items?.[at];
  const isThis = found?.constants?.length === 1;
  const items = isThis ? object.items?.filter((_, index) => index !== at) : object.items;
  frame.state.heap.set(only.id, { ...object, items });
}

function insertItem(frame: Frame, receiver: Value, isFirst: boolean, value: Value): void {
  const held = objectsOf(frame, receiver);
  for (const { id, object } of held) {
    const items =
      held.length === 1 && isFirst && object.items ? [value, ...object.items] : undefined;
    const rest = items
      ? object.rest
      : joinAll([...(object.items ?? []), ...(object.rest ? [object.rest] : []), value]);
    frame.state?.heap.set(id, { ...object, items, rest });
  }
}

/** The order is another one: any element may stand anywhere. */
function shuffle(frame: Frame, receiver: Value): void {
  for (const { id, object } of objectsOf(frame, receiver)) {
    const rest = anyItem(object);
    if (rest && object.kind === "list")
      frame.state?.heap.set(id, { ...object, items: undefined, rest });
  }
}

/** What the objects hold, and what else the receiver may be: `request.json or {}`. */
function valuesOf(frame: Frame, receiver: Value, span: Span): Value | undefined {
  const held = objectsOf(frame, receiver).flatMap(({ object }) => anyItem(object) ?? []);
  const others = receiver.labels.length > 0 ? [readPart(frame, receiver, "(value)", span)] : [];
  return joinAll([...held, ...others]);
}

function has(entries: ReadonlyMap<string, Value>, key: Value): boolean {
  const name = key.constants?.length === 1 ? key.constants[0] : undefined;
  return typeof name === "string" && entries.has(name);
}
