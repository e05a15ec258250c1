// Calls of Python's own library whose meaning is more than a row in a model can say.

import type { Span } from "../python/module.ts";
import { transformed } from "./carry.ts";
import { textOf } from "./constants.ts";
import { deepLabels, joinAll, newObject } from "./containers.ts";
import { joinTexts } from "./expressions.ts";
import { type CallArguments, type Frame, objectsOf } from "./frame.ts";
import { allBits } from "./models.ts";
import { isSafePattern } from "./safe-pattern.ts";
import {
  constantValue,
  joinValues,
  makeValue,
  soleString,
  unknownValue,
  type Value,
} from "./value.ts";

export interface KnownCall {
  readonly frame: Frame;
  readonly path: string;
  readonly receiver: Value | undefined;
  readonly given: CallArguments;
  readonly span: Span;
  readonly calleeSpan: Span;
}

/** By API path; `undefined` as result leaves the call to its model. */
export const knownCalls: ReadonlyMap<string, (call: KnownCall) => Value | undefined> = new Map<
  string,
  (call: KnownCall) => Value | undefined
>([
  ["isinstance", isInstance],
  ["str", toText],
  ["repr", toText],
  ["ascii", toText],
  ["bytes", toText],
  ["dict", makeDict],
  ["collections.OrderedDict", makeDict],
  ["collections.defaultdict", () => undefined],
  ["list", makeList],
  ["set", makeList],
  ["frozenset", makeList],
  ["sorted", makeList],
  ["reversed", makeList],
  ["iter", ({ given }) => given.positional[0]?.value],
  ["tuple", makeList],
  ["next", (call) => iterateFirst(call)],
  ["enumerate", enumerate],
  ["zip", zip],
  ["map", mapCall],
  [
    "filter",
    ({ given, frame, span }) =>
      listOf(
        frame,
        given.positional[1] && frame.machine.iterate(frame, given.positional[1].value, span),
      ),
  ],
  ["max", anyOf],
  ["min", anyOf],
  ["getattr", getAttribute],
  ["setattr", () => constantValue(null)],
  ["vars", ({ given }) => given.positional[0]?.value],
  ["super", superCall],
  ["type", () => undefined],
  ["copy.copy", ({ given }) => given.positional[0]?.value],
  ["copy.deepcopy", ({ given }) => given.positional[0]?.value],
  ["typing.cast", ({ given }) => given.positional[1]?.value],
  ["functools.partial", partial],
  ["functools.wraps", () => makeValue({})],
  ["re.compile", compilePattern],
  ["re.fullmatch", matchWhole],
  ["re.match", matchWhole],
  ["re.Pattern.fullmatch", matchWhole],
  ["re.Pattern.match", matchWhole],
  ["dataclasses.field", fieldDefault],
  ["asyncio.to_thread", offloaded],
  ["asyncio.get_event_loop", () => makeValue({ types: ["asyncio.AbstractEventLoop"] })],
  ["asyncio.get_running_loop", () => makeValue({ types: ["asyncio.AbstractEventLoop"] })],
]);

function isInstance({ given }: KnownCall): Value {
  const subject = given.positional[0]?.value;
  const kinds = given.positional[1]?.value;
  const references = [kinds, ...(kinds?.elements ?? [])].flatMap(
    (value) => value?.references ?? [],
  );
  const names = references.map((reference) => (reference.kind === "api" ? reference.path : "?"));
  const isNumber = names.length > 0 && names.every((name) => numberTypes.has(name));
  const facts =
    subject && isNumber ? [{ symbol: subject.symbol, cleared: allBits, constants: undefined }] : [];
  return { ...makeValue({ types: ["bool"] }), implies: { whenTrue: facts, whenFalse: [] } };
}

const numberTypes = new Set([
  "int",
  "float",
  "bool",
  "complex",
  "decimal.Decimal",
  "uuid.UUID",
  "datetime.datetime",
  "datetime.date",
]);

function toText({ frame, given }: KnownCall): Value | undefined {
  const value = given.positional[0]?.value;
  if (!value) return constantValue("");
  const texts = value.constants?.map(textOf);
  if (texts?.every((text) => text !== undefined))
    return constantValue(...(texts as readonly string[]));
  return joinTexts([{ ...value, labels: deepLabels(frame, value), constants: undefined }]);
}

function makeDict({ frame, given, span }: KnownCall): Value {
  const entries = new Map<string, Value>();
  let rest = given.keywordSpread;
  let isClosed = !given.keywordSpread;
  const first = given.positional[0];
  if (first) {
    const [held] = objectsOf(frame, first.value);
    if (held?.object.kind === "dict") {
      for (const [key, value] of held.object.entries) entries.set(key, value);
      rest = held.object.rest ?? rest;
      isClosed &&= held.object.isClosed;
    } else {
      const element = frame.machine.iterate(frame, first.value, span);
      rest = element.elements?.[1] ?? element;
      isClosed = false;
    }
  }
  for (const [name, argument] of given.keywords) entries.set(name, argument.value);
  return newObject(frame, { kind: "dict", items: undefined, entries, rest, isClosed });
}

function makeList({ frame, path, given, span }: KnownCall): Value {
  const first = given.positional[0]?.value;
  const kind = path === "set" || path === "frozenset" ? "set" : "list";
  if (!first)
    return newObject(frame, {
      kind,
      items: [],
      entries: new Map(),
      rest: undefined,
      isClosed: true,
    });
  if (first.elements)
    return newObject(frame, {
      kind,
      items: first.elements,
      entries: new Map(),
      rest: undefined,
      isClosed: true,
    });
  const [held] = objectsOf(frame, first);
  if (held && held.object.kind !== "dict" && held.object.items)
    return newObject(frame, { ...held.object, kind });
  return listOf(frame, frame.machine.iterate(frame, first, span), kind);
}

function listOf(frame: Frame, element: Value | undefined, kind: "list" | "set" = "list"): Value {
  return newObject(frame, {
    kind,
    items: undefined,
    entries: new Map(),
    rest: element,
    isClosed: true,
  });
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

function mapCall({ frame, given, span, calleeSpan }: KnownCall): Value {
  const [callee, iterable] = given.positional;
  if (!callee || !iterable) return unknownValue;
  const element = frame.machine.iterate(frame, iterable.value, span);
  const passed = {
    positional: [{ value: element, span: iterable.span }],
    keywords: new Map(),
    spread: undefined,
    keywordSpread: undefined,
  };
  return listOf(frame, frame.machine.call(frame, callee.value, passed, span, calleeSpan));
}

function anyOf({ frame, given, span }: KnownCall): Value {
  const values = given.positional.map((argument) => argument.value);
  const [only] = values;
  const value =
    values.length === 1 && only ? frame.machine.iterate(frame, only, span) : joinAll(values);
  return value ? { ...value, constants: undefined } : unknownValue;
}

function getAttribute({ frame, given, span }: KnownCall): Value | undefined {
  const object = given.positional[0]?.value;
  const name = soleString(given.positional[1]?.value);
  const fallback = given.positional[2]?.value;
  if (!object || name === undefined) return undefined;
  const value = frame.machine.readAttribute(frame, object, name, span);
  return fallback ? joinValues(value, fallback) : value;
}

/** `super()` inside a method: the same object, looked at from its bases. */
function superCall({ frame }: KnownCall): Value {
  const owner = frame.definition?.owner;
  const self = frame.definition?.parameters[0];
  const value = self && frame.state?.variables.get(self.name);
  if (!owner || !value) return unknownValue;
  const references = owner.bases.flatMap((base) => base.references);
  const members = references.map((reference) => {
    if (reference.kind === "class") return reference.definition.path;
    return reference.kind === "api" ? frame.machine.models.canonical(reference.path) : "";
  });
  return {
    ...makeValue({ types: members.filter((path) => path !== ""), objects: value.objects }),
    labels: value.labels,
  };
}

function partial({ given }: KnownCall): Value | undefined {
  const [callee, ...bound] = given.positional;
  if (!callee) return undefined;
  const keywords = new Map(
    [...given.keywords].map(([name, argument]) => [name, argument.value] as const),
  );
  return makeValue({
    references: [
      {
        kind: "partial",
        callee: callee.value,
        positional: bound.map((argument) => argument.value),
        keywords,
      },
    ],
  });
}

function compilePattern({ frame, given }: KnownCall): Value {
  const pattern =
    given.positional[0]?.value ?? given.keywords.get("pattern")?.value ?? unknownValue;
  return newObject(
    frame,
    {
      kind: "instance",
      items: undefined,
      entries: new Map([["pattern", pattern]]),
      rest: undefined,
      isClosed: false,
    },
    ["re.Pattern"],
  );
}

/** A pattern that leaves nothing but harmless characters makes what it matches whole harmless. */
function matchWhole({ frame, path, receiver, given }: KnownCall): Value {
  const held = receiver && objectsOf(frame, receiver)[0]?.object.entries.get("pattern");
  const pattern = receiver ? held : given.positional[0]?.value;
  const subject =
    (receiver ? given.positional[0] : given.positional[1])?.value ??
    given.keywords.get("string")?.value;
  const text = soleString(pattern);
  const isWhole = path.endsWith("fullmatch");
  const isSafe = text !== undefined && isSafePattern(text, isWhole);
  const facts =
    subject && isSafe ? [{ symbol: subject.symbol, cleared: allBits, constants: undefined }] : [];
  const result = subject
    ? transformed(frame, isSafe ? [] : subject.labels, 0, ["re.Match"])
    : makeValue({ types: ["re.Match"] });
  return { ...result, implies: { whenTrue: facts, whenFalse: [] } };
}

function fieldDefault({ frame, given, span, calleeSpan }: KnownCall): Value | undefined {
  const factory = given.keywords.get("default_factory");
  if (factory) {
    const none = {
      positional: [],
      keywords: new Map(),
      spread: undefined,
      keywordSpread: undefined,
    };
    return frame.machine.call(frame, factory.value, none, span, calleeSpan);
  }
  return given.keywords.get("default")?.value;
}

/** Run in a thread: what it gives is the function's result, what it blocks is not this thread. */
function offloaded(call: KnownCall): Value {
  const { frame, given, span, calleeSpan } = call;
  const [callee, ...rest] = given.positional;
  if (!callee) return unknownValue;
  const effects = frame.effects.length;
  const value = frame.machine.call(
    frame,
    callee.value,
    { ...given, positional: rest },
    span,
    calleeSpan,
  );
  frame.effects.length = effects;
  return value;
}
