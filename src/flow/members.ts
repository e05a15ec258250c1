// Methods of Python's own texts and containers, and of objects whose type is not known.

import type { Span } from "../python/module.ts";
import { everyArgument } from "./arguments.ts";
import { carry, transformed } from "./carry.ts";
import {
  anyItem,
  appendItem,
  deepLabels,
  extendItems,
  joinAll,
  keyConstant,
  newObject,
  readItem,
  writeItem,
} from "./containers.ts";
import { joinTexts } from "./expressions.ts";
import { type CallArguments, type Frame, objectsOf } from "./frame.ts";
import { allBits, parseSignature } from "./models.ts";
import { checkSink, fixesHost } from "./sinks.ts";
import {
  type Constant,
  constantValue,
  joinValues,
  labelledValue,
  labelsOf,
  makeValue,
  soleString,
  unknownValue,
  type Value,
} from "./value.ts";

/** Calls `receiver.name(...)` where no model or class of the project says what it is. */
export function callMember(
  frame: Frame,
  name: string,
  receiver: Value,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
): Value {
  const held = objectsOf(frame, receiver).filter(({ object }) => object.kind !== "instance");
  if (held.length > 0) {
    const value = callContainer(frame, name, receiver, given, span);
    if (value) return value;
  }
  const text = callText(frame, name, receiver, given, span);
  if (text) return text;
  checkNamedSinks(frame, name, receiver, given, span, calleeSpan);
  return readByMethod(frame, name, receiver, given, span) ?? carry(receiver, given, 1, frame);
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
  const fallback = given.positional[1]?.value ?? given.keywords.get("default")?.value;
  return fallback && fallback.labels.length > 0 ? joinValues(part, fallback) : part;
}

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

function callContainer(
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
    case "appendleft":
      if (first) appendItem(frame, receiver, first);
      return constantValue(null);
    case "insert":
      if (second)
        appendItem(
          frame,
          receiver,
          joinAll([second, ...(only ? [anyItem(only.object) ?? second] : [])]) ?? second,
        );
      return constantValue(null);
    case "extend":
    case "update": {
      for (const argument of given.positional) {
        extendItems(
          frame,
          receiver,
          argument.value,
          frame.machine.iterate(frame, argument.value, argument.span),
        );
      }
      for (const [key, argument] of given.keywords)
        writeItem(frame, receiver, constantValue(key), argument.value);
      return constantValue(null);
    }
    case "get":
    case "pop":
    case "popitem":
    case "popleft": {
      if (!first) return frame.machine.iterate(frame, receiver, span);
      const value = readItem(frame, receiver, first, span);
      if (
        only?.object.kind === "dict" &&
        isAbsent(only.object.entries, only.object.rest, only.object.isClosed, first)
      ) {
        return second ?? constantValue(null);
      }
      if (name !== "get" || only?.object.kind !== "dict") return value;
      const key = soleString(first);
      if (key !== undefined && only.object.entries.has(key)) return value;
      return joinValues(value, second ?? constantValue(null));
    }
    case "setdefault": {
      if (!first) return unknownValue;
      const present = readItem(frame, receiver, first, span);
      const value = second ? joinValues(present, second) : present;
      writeItem(frame, receiver, first, value);
      return value;
    }
    case "keys":
      return newObject(frame, {
        kind: "list",
        items: undefined,
        entries: new Map(),
        rest: keysOf(receiver, frame),
        isClosed: true,
      });
    case "values":
      return newObject(frame, {
        kind: "list",
        items: undefined,
        entries: new Map(),
        rest: frame.machine.iterate(frame, receiver, span),
        isClosed: true,
      });
    case "items": {
      const value = joinAll(
        objectsOf(frame, receiver).flatMap(({ object }) => anyItem(object) ?? []),
      );
      const pair = makeValue({ elements: [keysOf(receiver, frame), value ?? unknownValue] });
      return newObject(frame, {
        kind: "list",
        items: undefined,
        entries: new Map(),
        rest: pair,
        isClosed: true,
      });
    }
    case "copy":
    case "union":
    case "intersection":
    case "difference":
      return only ? newObject(frame, only.object) : undefined;
    case "clear":
      for (const { id, object } of objectsOf(frame, receiver)) {
        frame.state?.heap.set(id, {
          ...object,
          items: object.kind === "dict" ? undefined : [],
          entries: new Map(),
          rest: undefined,
        });
      }
      return constantValue(null);
    case "sort":
    case "reverse":
    case "remove":
    case "discard":
      return constantValue(null);
    case "index":
    case "count":
      return makeValue({ types: ["int"] });
    default:
      return undefined;
  }
}

function isAbsent(
  entries: ReadonlyMap<string, Value>,
  rest: Value | undefined,
  isClosed: boolean,
  key: Value,
): boolean {
  const name = soleString(key);
  return name !== undefined && isClosed && !rest && !entries.has(name);
}

function keysOf(receiver: Value, frame: Frame): Value {
  const names = objectsOf(frame, receiver).flatMap(({ object }) => [...object.entries.keys()]);
  const isClosed = objectsOf(frame, receiver).every(
    ({ object }) => object.isClosed && !object.rest,
  );
  return isClosed && names.length > 0 && names.length <= 12
    ? constantValue(...names.map(keyConstant))
    : labelledValue(receiver.labels);
}

/** Methods of `str` and `bytes`; `undefined` for a name that is none of theirs. */
function callText(
  frame: Frame,
  name: string,
  receiver: Value,
  given: CallArguments,
  span: Span,
): Value | undefined {
  const isText = receiver.types.includes("str") || receiver.constants !== undefined;
  const isMaybeText = isText || (receiver.types.length === 0 && receiver.references.length === 0);
  if (!isMaybeText) return undefined;
  if (name === "join" && given.positional[0]) {
    const element = frame.machine.iterate(frame, given.positional[0].value, span);
    return labelledValue(
      labelsOf(receiver, { ...element, labels: deepLabels(frame, element, 2) }),
      { types: ["str"] },
    );
  }
  if (name === "format" || name === "format_map")
    return isText || receiver.labels.length > 0 ? formatted(frame, receiver, given) : undefined;
  if (questions.has(name)) {
    const cleared = safeQuestions.has(name) ? allBits : prefixBits(frame, name, receiver, given);
    const fact = { symbol: receiver.symbol, cleared, constants: undefined };
    const known = foldQuestion(name, receiver, given);
    if (known !== undefined) return constantValue(known);
    return {
      ...makeValue({ types: ["bool"] }),
      implies: cleared ? { whenTrue: [fact], whenFalse: [] } : undefined,
    };
  }
  if (numbers.has(name)) return isText ? makeValue({ types: ["int"] }) : undefined;
  if (!texts.has(name)) return undefined;
  const folded = foldText(name, receiver, given);
  if (folded) return folded;
  const labels = labelsOf(receiver, ...everyArgument(given));
  const value = transformed(frame, labels, 0, lists.has(name) ? [] : ["str"]);
  if (!lists.has(name)) return value;
  return newObject(frame, {
    kind: "list",
    items: undefined,
    entries: new Map(),
    rest: { ...value, types: ["str"] },
    isClosed: true,
  });
}

const safeQuestions = new Set([
  "isdigit",
  "isdecimal",
  "isnumeric",
  "isalnum",
  "isalpha",
  "isidentifier",
]);
const questions = new Set([
  ...safeQuestions,
  "startswith",
  "endswith",
  "isspace",
  "isupper",
  "islower",
  "istitle",
  "isascii",
  "isprintable",
]);
const numbers = new Set(["find", "rfind", "index", "rindex", "count"]);
const lists = new Set(["split", "rsplit", "splitlines", "partition", "rpartition"]);
const texts = new Set([
  ...lists,
  ...[
    "strip",
    "lstrip",
    "rstrip",
    "lower",
    "upper",
    "title",
    "capitalize",
    "casefold",
    "swapcase",
    "replace",
  ],
  ...[
    "encode",
    "decode",
    "zfill",
    "ljust",
    "rjust",
    "center",
    "expandtabs",
    "translate",
    "removeprefix",
    "removesuffix",
  ],
]);

/**
 * `path.startswith(base)` keeps a path below a folder, if nothing in it climbs any more: after `realpath`
 * and the like. `url.startswith("https://host/")` fixes the host.
 */
function prefixBits(frame: Frame, name: string, receiver: Value, given: CallArguments): number {
  const start = given.positional[0]?.value;
  if (name !== "startswith" || !start || start.labels.length > 0) return 0;
  const { models } = frame.machine;
  const normal = models.bit("normal-path");
  const isNormal =
    receiver.labels.length > 0 && receiver.labels.every((label) => (label.cleared & normal) !== 0);
  const starts =
    start.constants ?? start.elements?.flatMap((element) => element.constants ?? [null]) ?? [];
  const isUrl =
    starts.length > 0 && starts.every((text) => typeof text === "string" && fixesHost(text));
  return (
    (isNormal ? models.bit("path") : 0) | (isUrl ? models.bit("url") | models.bit("redirect") : 0)
  );
}

function foldQuestion(name: string, receiver: Value, given: CallArguments): boolean | undefined {
  const text = soleString(receiver);
  const part = soleString(given.positional[0]?.value);
  if (text === undefined || part === undefined) return undefined;
  if (name === "startswith") return text.startsWith(part);
  if (name === "endswith") return text.endsWith(part);
  return undefined;
}

function foldText(name: string, receiver: Value, given: CallArguments): Value | undefined {
  const fold = textFolds[name];
  if (!fold || !receiver.constants) return undefined;
  const words = given.positional.map((argument) => soleString(argument.value));
  if (words.some((word) => word === undefined)) return undefined;
  const results: Constant[] = [];
  for (const constant of receiver.constants) {
    if (typeof constant !== "string") return undefined;
    results.push(fold(constant, words as readonly string[]));
  }
  return constantValue(...results);
}

const textFolds: Readonly<Record<string, (text: string, words: readonly string[]) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  casefold: (text) => text.toLowerCase(),
  strip: (text, words) => (words.length === 0 ? text.trim() : text),
  lstrip: (text, words) => (words.length === 0 ? text.trimStart() : text),
  rstrip: (text, words) => (words.length === 0 ? text.trimEnd() : text),
  replace: (text, [from, to]) => (from && to !== undefined ? text.replaceAll(from, to) : text),
  removeprefix: (text, [prefix]) =>
    prefix && text.startsWith(prefix) ? text.slice(prefix.length) : text,
  removesuffix: (text, [suffix]) =>
    suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
};

/** `template.format(...)`: only the fields that the template names are in the text. */
function formatted(frame: Frame, template: Value, given: CallArguments): Value {
  const text = soleString(template);
  const deep = (value: Value): Value => ({ ...value, labels: deepLabels(frame, value, 2) });
  if (text === undefined)
    return labelledValue(labelsOf(template, ...everyArgument(given).map(deep)), { types: ["str"] });
  const parts: Value[] = [];
  let next = 0;
  let last = 0;
  for (const match of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}/gu)) {
    parts.push(constantValue(text.slice(last, match.index)));
    last = match.index + match[0].length;
    if (match[1] === undefined) {
      parts.push(constantValue(match[0][0] ?? ""));
      continue;
    }
    const [field = "", format = ""] = match[1].split(":");
    const name = /^[^.[!]*/u.exec(field)?.[0] ?? "";
    const position = name === "" ? next++ : Number(name);
    const value = Number.isInteger(position)
      ? (given.positional[position]?.value ?? given.spread)
      : (given.keywords.get(name)?.value ?? given.keywordSpread ?? given.positional[0]?.value);
    const isNumber = /[bcdoxXeEfFgGn%]$/u.test(format);
    parts.push(value ? (isNumber ? { ...deep(value), labels: [] } : deep(value)) : unknownValue);
  }
  parts.push(constantValue(text.slice(last)));
  return joinTexts(parts);
}

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
const sqlStart =
  /^\s*(?:select\s|insert\s+into\s|insert\s+or\s|update\s|delete\s+from\s|with\s|create\s|drop\s|alter\s|replace\s+into\s|truncate\s|pragma\s|call\s|merge\s)/iu;

function checkNamedSinks(
  frame: Frame,
  name: string,
  receiver: Value,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
): void {
  const known = namedSinks.find((each) => each.name === name);
  if (!known || receiver.types.length > 0) return;
  const text = given.positional[0]?.value;
  if (!text?.prefix || !sqlStart.test(text.prefix)) return;
  checkSink(frame, known.sink, name, given, span, calleeSpan, false);
}
