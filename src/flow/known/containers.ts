// Python's own functions that make and go through lists, sets and dicts.

import { noArguments } from "../calls/arguments.ts";
import { emptyObject, joinAll, newObject } from "../data/containers.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { assume } from "../guards/conditions.ts";
import { impliedOfSome } from "../guards/each.ts";
import { bake, forkState } from "../values/state.ts";
import {
  type HeapObject,
  joinValues,
  labelledValue,
  makeValue,
  soleConstant,
  unknownValue,
  type Value,
} from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

export const containerCalls: KnownCalls = new Map(
  Object.entries({
    dict: makeDict,
    "collections.OrderedDict": makeDict,
    "collections.defaultdict": makeDefaultDict,
    "collections.Counter": makeCounter,
    "collections.deque": makeList,
    list: makeList,
    set: makeList,
    frozenset: makeList,
    sorted: makeList,
    reversed: makeList,
    tuple: makeList,
    iter: ({ given }: KnownCall) => given.positional[0]?.value,
    aiter: ({ given }: KnownCall) => given.positional[0]?.value,
    next: iterateFirst,
    range: makeRange,
    anext: iterateFirst,
    enumerate,
    zip,
    map: mapCall,
    filter,
    all: ofEach,
    any: ofEach,
    max: anyOf,
    min: anyOf,
  }),
);

/** A list of which only that its elements are like this is known. */
export function listOf(
  frame: Frame,
  element: Value | undefined,
  kind: "list" | "set" = "list",
): Value {
  return newObject(frame, { ...emptyObject(kind), items: undefined, rest: element });
}

function makeDict({ frame, given, span }: KnownCall): Value {
  const entries = new Map<string, Value>();
  let rest = given.keywordSpread;
  let keys: Value | undefined = given.keywordNames?.value ?? given.keywordSpread;
  let isClosed = !given.keywordSpread;
  const first = given.positional[0];
  if (first) {
    const [held] = objectsOf(frame, first.value);
    if (held?.object.kind === "dict") {
      for (const [key, value] of held.object.entries) entries.set(key, value);
      // What it holds beside what was put in here: `dict(os.environ)`.
      const others = labelledValue(first.value.labels);
      const unseen = others.labels.length > 0 ? others : undefined;
      rest = joinAll([held.object.rest, unseen].filter((each) => each !== undefined)) ?? rest;
      keys = held.object.keys ?? keys;
      isClosed &&= held.object.isClosed;
    } else {
      const element = frame.machine.iterate(frame, first.value, span);
      rest = element.elements?.[1] ?? element;
      keys = element.elements?.[0] ?? element;
      isClosed = false;
    }
  }
  for (const [name, argument] of given.keywords) entries.set(name, argument.value);
  return newObject(frame, {
    ...emptyObject("dict"),
    entries,
    rest,
    isClosed,
    ...(keys ? { keys } : {}),
  });
}

function makeDefaultDict({ frame, given }: KnownCall): Value {
  const factory = given.positional[0]?.value;
  return newObject(frame, { ...emptyObject("dict"), ...(factory ? { factory } : {}) });
}

function makeCounter({ frame, given, span }: KnownCall): Value {
  const first = given.positional[0]?.value;
  const keys = first && frame.machine.iterate(frame, first, span);
  const rest = makeValue({ types: ["int"] });
  return newObject(frame, { ...emptyObject("dict"), rest, ...(keys ? { keys } : {}) });
}

function makeList({ frame, path, given, span }: KnownCall): Value {
  const first = given.positional[0]?.value;
  const kind = path === "set" || path === "frozenset" ? "set" : "list";
  if (!first) return newObject(frame, emptyObject(kind));
  const items = first.elements ?? itemsOf(frame, first);
  if (!items) return listOf(frame, frame.machine.iterate(frame, first, span), kind);
  // Sorted, an element may stand anywhere.
  const isInOrder = path !== "sorted" || items.every((item) => item.labels.length === 0);
  if (!isInOrder) return listOf(frame, joinAll(items), kind);
  const ordered = path === "reversed" ? items.toReversed() : items;
  if (path === "tuple") return makeValue({ elements: ordered, labels: [] });
  return newObject(frame, { ...emptyObject(kind), items: ordered });
}

/** The elements of a list made in the code at hand, if every one is known. */
function itemsOf(frame: Frame, value: Value): HeapObject["items"] {
  const held = objectsOf(frame, value);
  const [only] = held;
  if (held.length !== 1 || !only || only.object.kind === "dict" || only.object.rest)
    return undefined;
  return only.object.items;
}

/** Numbers, and whether there is any: `range(0)` has none. */
function makeRange({ frame, given }: KnownCall): Value | undefined {
  const bounds = given.positional.map(({ value }) => soleConstant(value));
  const [from, to] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  if (typeof from !== "number" || typeof to !== "number" || bounds.length > 2) return undefined;
  if (to <= from) return makeValue({ elements: [] });
  const number = makeValue({ types: ["int"] });
  return newObject(
    frame,
    { ...emptyObject("list"), items: undefined, rest: number, isFilled: true },
    ["range"],
  );
}

function iterateFirst({ frame, given, span }: KnownCall): Value {
  const first = given.positional[0]?.value;
  const element = first ? frame.machine.iterate(frame, first, span) : unknownValue;
  const fallback = given.positional[1]?.value;
  return fallback ? joinValues(element, fallback) : element;
}

function enumerate({ frame, given, span }: KnownCall): Value {
  const first = given.positional[0]?.value;
  const element = first ? frame.machine.iterate(frame, first, span) : unknownValue;
  return listOf(frame, makeValue({ elements: [makeValue({ types: ["int"] }), element] }));
}

function zip({ frame, given, span }: KnownCall): Value {
  const elements = given.positional.map((argument) =>
    frame.machine.iterate(frame, argument.value, span),
  );
  return listOf(frame, makeValue({ elements }));
}

function mapCall(call: KnownCall): Value {
  const { frame, given } = call;
  const [callee, ...iterables] = given.positional;
  if (!callee) return unknownValue;
  const elements = iterables.map(({ value, span }) => frame.machine.iterate(frame, value, span));
  const answer = callWith(call, callee.value, elements);
  const passed = joinAll(elements);
  const some = passed && impliedOfSome(frame, passed, answer);
  return newObject(frame, {
    ...emptyObject("list"),
    items: undefined,
    rest: answer,
    ...(some ? { some } : {}),
  });
}

/** What is left is what the function said yes to: it may be a guard. */
function filter(call: KnownCall): Value {
  const { frame, given } = call;
  const [test, iterable] = given.positional;
  if (!test || !iterable || !frame.state) return unknownValue;
  const element = frame.machine.iterate(frame, iterable.value, iterable.span);
  const isTruth = test.value.constants?.[0] === null;
  const before = frame.state;
  frame.state = forkState(before);
  const answer = isTruth ? element : callWith(call, test.value, [element]);
  assume(frame, answer, true);
  const kept = frame.state && bake(element, frame.state);
  frame.state = before;
  return listOf(frame, kept);
}

function callWith({ frame, span, calleeSpan }: KnownCall, callee: Value, values: readonly Value[]) {
  if (!frame.state) return unknownValue;
  const positional = values.map((value) => ({ value, span }));
  return frame.machine.call(frame, callee, { ...noArguments, positional }, span, calleeSpan);
}

/**
 * `all(test(x) for x in xs)` teaches of every x what the test teaches of one; `not any(...)` likewise. A true
 * `any(...)` teaches what each of the answers would have.
 */
function ofEach({ frame, path, given }: KnownCall): Value {
  const [held] = given.positional[0] ? objectsOf(frame, given.positional[0].value) : [];
  const each = held?.object.each;
  const implies = {
    whenTrue: (path === "all" ? each?.whenTrue : held?.object.some) ?? [],
    whenFalse: path === "any" ? (each?.whenFalse ?? []) : [],
  };
  return { ...makeValue({ types: ["bool"] }), implies };
}

function anyOf({ frame, given, span }: KnownCall): Value {
  const values = given.positional.map((argument) => argument.value);
  const [only] = values;
  const value =
    values.length === 1 && only ? frame.machine.iterate(frame, only, span) : joinAll(values);
  if (!value) return unknownValue;
  const isConstant = values.length === 1 && value.constants && value.labels.length === 0;
  return isConstant ? value : { ...value, constants: undefined };
}
