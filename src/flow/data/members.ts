// Methods of Python's own texts and containers, and of objects whose type is not known.

import type { Span } from "../../python/module.ts";
import { everyArgument } from "../calls/arguments.ts";
import { carry } from "../calls/carry.ts";
import { callElsewhere } from "../calls/offloads.ts";
import { checkSink } from "../calls/sinks.ts";
import { sensitiveValue } from "../entry-points/sensitive.ts";
import { type CallArguments, type Frame, objectsOf } from "../frame.ts";
import { parseSignature } from "../models.ts";
import { joinValues, makeValue, soleString, unknownValue, type Value } from "../values/value.ts";
import { callContainer } from "./container-methods.ts";
import { emptyObject, joinAll, newObject, readItem, readPart } from "./containers.ts";
import { callText } from "./text-methods.ts";

/** Calls `receiver.name(...)` where no model or class of the project says what it is. */
export function callMember(
  frame: Frame,
  name: string,
  receiver: Value,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
): Value {
  // `instance.__dict__` is the instance, looked at as a dict.
  const isDict = receiver.types.includes("dict");
  if (name === "update" && isNamespace(frame, receiver))
    checkSink(frame, fieldsSink, "__dict__.update", given, span, calleeSpan, true);
  const held = objectsOf(frame, receiver).filter(
    ({ object }) => isDict || object.kind !== "instance",
  );
  if (held.length > 0) {
    const value = callContainer(frame, name, receiver, given, span);
    if (value) return value;
  }
  // `send.delay(text)`: a worker runs the task with what it is given.
  if (name === "delay" && receiver.references.some(({ kind }) => kind === "function")) {
    callElsewhere(frame, receiver, given, span, calleeSpan);
    return unknownValue;
  }
  // `Books.as_view()` is still the class, for whoever makes a route of it.
  const classes = receiver.references.filter((reference) => reference.kind === "class");
  if (name === "as_view" && classes.length > 0) return makeValue({ references: classes });
  const text = callText(frame, name, receiver, given, span);
  if (text) return text;
  checkNamedSinks(frame, name, receiver, given, span, calleeSpan);
  const part = readByMethod(frame, name, receiver, given, span) ?? carry(receiver, given, 1, frame);
  const key = name === "get" || name === "pop" ? soleString(given.positional[0]?.value) : undefined;
  return key === undefined ? part : sensitiveValue(part, key, span);
}

const fieldsSink = {
  concept: "fields",
  signature: parseSignature("update(other.keys!, **kwargs.keys!)"),
};

/** `object.__dict__`, `vars(object)`. */
function isNamespace(frame: Frame, value: Value): boolean {
  return (
    value.references.some(
      (reference) => reference.kind === "member" && reference.name === "__dict__",
    ) ||
    (value.types.includes("dict") &&
      objectsOf(frame, value).some(({ object }) => object.kind === "instance"))
  );
}

/** `form.get("name")` of something from outside reads one part of it. */
export function readByMethod(
  frame: Frame,
  name: string,
  receiver: Value,
  given: CallArguments,
  span: Span,
): Value | undefined {
  if (receiver.labels.length === 0 || !partMethods.has(name)) return undefined;
  const [key] = given.positional;
  const part = readItem(frame, receiver, key?.value ?? unknownValue, span);
  if (listMethods.has(name)) {
    const items = joinAll([part]);
    return newObject(frame, { ...emptyObject("list"), items: undefined, rest: items });
  }
  if (name === "items") {
    const pair = makeValue({
      elements: [
        readPart(frame, receiver, "(key)", span),
        readPart(frame, receiver, "(value)", span),
      ],
    });
    return newObject(frame, { ...emptyObject("list"), items: undefined, rest: pair });
  }
  const fallback = given.positional[1]?.value ?? given.keywords.get("default")?.value;
  return fallback && fallback.labels.length > 0 ? joinValues(part, fallback) : part;
}

const listMethods = new Set(["getlist", "get_all", "getall", "keys", "values"]);
const partMethods = new Set([
  "get",
  "getlist",
  "get_all",
  "getall",
  "getone",
  "pop",
  "items",
  "values",
  "keys",
]);

// Sinks told by their method's name alone are believed only with a text that speaks for itself.
const namedSinks = [
  "execute",
  "executemany",
  "executescript",
  "raw",
  "fetch",
  "fetchrow",
  "fetchval",
  "fetch_all",
  "fetch_one",
].map((name) => ({
  name,
  sink: { concept: "sql", signature: parseSignature(`${name}(sql!)`) },
}));
const signatureSink = {
  concept: "signature",
  signature: parseSignature("sign(*args!, **kwargs!)"),
};
const hashType = /^cryptography\.hazmat\.primitives\.hashes\.\w+$/u;
const sqlStart =
  /^\s*(?:select\s|insert\s+into\s|insert\s+or\s|update\s|delete\s+from\s|with\s|create\s|drop\s|alter\s|replace\s+into\s|truncate\s|pragma\s|call\s|merge\s)/iu;

/** `receiver` is `undefined` for a function of a library that nobody described. */
export function checkNamedSinks(
  frame: Frame,
  name: string,
  receiver: Value | undefined,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
): void {
  if (name === "sign" && receiver?.types.length === 0) {
    // Whatever it is that signs: it is given a hash that is made for signing.
    const isHash = everyArgument(given).some(({ types }) =>
      types.some((type) => hashType.test(type)),
    );
    if (isHash) checkSink(frame, signatureSink, name, given, span, calleeSpan, false);
  }
  const known = namedSinks.find((each) => each.name === name);
  if (!known || (receiver && receiver.types.length > 0)) return;
  const text = given.positional[0]?.value;
  if (!text?.prefix || !sqlStart.test(text.prefix)) return;
  checkSink(frame, known.sink, name, given, span, calleeSpan, false);
}
