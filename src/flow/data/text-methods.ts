// Methods of Python's own `str` and `bytes`.

import type { Span } from "../../python/module.ts";
import { everyArgument } from "../calls/arguments.ts";
import { transformed } from "../calls/carry.ts";
import { fixesHost } from "../calls/sinks.ts";
import { type ArgumentValue, type CallArguments, type Frame, objectsOf } from "../frame.ts";
import { factsOfBelow, isNormalPath } from "../guards/path-facts.ts";
import { hostType } from "../known/addresses.ts";
import { rewrittenSignature } from "../known/signatures.ts";
import { allBits } from "../models.ts";
import {
  type Constant,
  constantValue,
  type Fact,
  labelledValue,
  labelsOf,
  makeValue,
  soleString,
  throughSymbol,
  type Value,
} from "../values/value.ts";
import { deepLabels, emptyObject, newObject } from "./containers.ts";
import { formatFields } from "./texts.ts";

/** `undefined` for a name that is none of theirs, or a receiver that is surely no text. */
export function callText(
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
    const parts = { ...element, labels: deepLabels(frame, element, 2) };
    return labelledValue(labelsOf(receiver, parts), { types: ["str"] });
  }
  if (name === "format" || name === "format_map") {
    if (!isText && receiver.labels.length === 0) return undefined;
    return formatFields(frame, receiver, name === "format" ? given : spread(frame, given), span);
  }
  if (questions.has(name)) {
    const cleared = safeQuestions.has(name) ? allBits : prefixBits(frame, name, receiver, given);
    const known = foldQuestion(name, receiver, given);
    if (known !== undefined) return constantValue(known);
    const whenTrue = cleared ? frame.machine.identities.factsAbout(receiver.symbol, cleared) : [];
    const whenFalse =
      name === "startswith"
        ? [...factsOfNoClimb(frame, receiver, given), ...factsOfOneSlash(frame, receiver, given)]
        : [];
    const implies = whenTrue.length + whenFalse.length > 0 ? { whenTrue, whenFalse } : undefined;
    return { ...makeValue({ types: ["bool"] }), implies };
  }
  if (numbers.has(name))
    return isText || name !== "find" ? makeValue({ types: ["int"] }) : undefined;
  const signature = rewrittenSignature(name, receiver);
  if (signature) return signature;
  if (name === "hex" && given.positional.length === 0)
    return { ...makeValue({ types: ["str"] }), encodes: { encoder: "bytes.hex", value: receiver } };
  if (!texts.has(name)) return undefined;
  const folded = foldText(name, receiver, given);
  if (folded) return folded;
  // The same text in bytes, or the same bytes as text.
  const isSame = (name === "decode" || name === "encode") && isHarmless(given);
  if (receiver.encodes && isSame)
    return { ...transformed(frame, receiver.labels, 0, ["str"]), encodes: receiver.encodes };
  if (receiver.labels.length > 0 && pieces.has(name) && isHarmless(given))
    return pieceOf(frame, name, receiver, given, span);
  const labels = labelsOf(receiver, ...everyArgument(given));
  const changed = transformed(frame, labels, 0, lists.has(name) ? [] : ["str"]);
  const value = name === "replace" ? withoutCharacter(frame, changed, given) : changed;
  if (name === "replace" && isSlashed(given))
    frame.machine.identities.noteSame(
      value.symbol,
      receiver.symbol,
      frame.machine.models.bit("path"),
    );
  if (!lists.has(name)) return value;
  return newObject(frame, {
    ...emptyObject("list"),
    items: undefined,
    rest: { ...value, types: ["str"] },
  });
}

/**
 * A piece of a text, or the same text in another case. What is known of the whole holds for the piece. The
 * same piece has the same identity each time: after `if x.lower() in names`, `x.lower()` is one of them.
 */
function pieceOf(
  frame: Frame,
  name: string,
  receiver: Value,
  given: CallArguments,
  span: Span,
): Value {
  const code = span.module.text.slice(span.start, span.end);
  const isPlain = given.positional.length === 0 && given.keywords.size === 0;
  const part = lists.has(name) || !isPlain ? code : `.${name}()`;
  const symbol = frame.machine.identities.derivedSymbol(receiver.symbol, part);
  // Only case and white space differ: what is known of it holds for the text it was made of.
  if (isPlain && !lists.has(name))
    frame.machine.identities.noteSame(symbol, receiver.symbol, allBits);
  const labels = throughSymbol(receiver.labels, symbol);
  const types = isPlain && receiver.types.includes(hostType) ? receiver.types : ["str"];
  const value: Value = { ...makeValue({ types }), symbol, labels };
  if (!lists.has(name)) return value;
  frame.machine.identities.noteWhole(symbol, receiver.symbol);
  return newObject(frame, { ...emptyObject("list"), items: undefined, rest: value });
}

/** `text.replace("<", "&lt;")`: what cannot be without a character is harmless once it is gone. */
function withoutCharacter(frame: Frame, value: Value, given: CallArguments): Value {
  const [from, to] = given.positional.map((argument) => soleString(argument.value));
  const concepts = from === undefined ? undefined : classesOfCharacter[from];
  if (!concepts || from === undefined || to === undefined || to.includes(from)) return value;
  const bits = concepts.reduce((sum, concept) => sum | frame.machine.models.bit(concept), 0);
  const labels = value.labels.map((label) => ({ ...label, cleared: label.cleared | bits }));
  return { ...value, labels };
}

/** `path.replace("\\", "/")`: another way of writing the same path. */
function isSlashed(given: CallArguments): boolean {
  const [from, to] = given.positional.map((argument) => soleString(argument.value));
  return from === "\\" && to === "/";
}

const classesOfCharacter: Readonly<Record<string, readonly string[]>> = {
  "<": ["html"],
  "\n": ["log", "header"],
  // An expression's own quotes are left; what the text brings cannot end them.
  "'": ["xpath"],
};

function isHarmless(given: CallArguments): boolean {
  return everyArgument(given).every((value) => value.labels.length === 0);
}

/** `template.format_map(values)` is `template.format(**values)`. */
function spread(frame: Frame, given: CallArguments): CallArguments {
  const [values] = given.positional;
  if (!values) return given;
  const keywords = new Map<string, ArgumentValue>();
  let rest: Value | undefined = labelledValue(values.value.labels);
  for (const { object } of objectsOf(frame, values.value)) {
    for (const [key, value] of object.entries) keywords.set(key, { value, span: values.span });
    rest = object.rest;
  }
  return { positional: [], keywords, spread: undefined, keywordSpread: rest };
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
/** What gives back a part of a text, or the same letters in another case. */
const pieces = new Set([
  ...lists,
  ...["strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "casefold", "swapcase"],
  ...["removeprefix", "removesuffix", "encode"],
]);
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
  const { models } = frame.machine;
  if (name === "endswith" && receiver.types.includes(hostType) && start?.labels.length === 0) {
    // `.example.com`, and not `example.com`, with which `evil-example.com` ends too.
    const isOurs = wordsOf(start).every((text) => typeof text === "string" && /^\.\w/u.test(text));
    return isOurs && wordsOf(start).length > 0 ? models.bit("url") | models.bit("redirect") : 0;
  }
  if (name !== "startswith" || !start || start.labels.length > 0) return 0;
  const isNormal = isNormalPath(frame, receiver);
  const starts =
    start.constants ?? start.elements?.flatMap((element) => element.constants ?? [null]) ?? [];
  const isUrl =
    starts.length > 0 && starts.every((text) => typeof text === "string" && fixesHost(text));
  return (
    (isNormal ? models.bit("path") : 0) |
    (isUrl ? models.bit("url") | models.bit("redirect") : 0) |
    (starts.length > 0 && starts.every((text) => text === "/") ? models.bit("rooted") : 0)
  );
}

/** `next.startswith("//")` was false: what begins with a slash is a page of the same host. */
function factsOfOneSlash(frame: Frame, receiver: Value, given: CallArguments): readonly Fact[] {
  const start = given.positional[0]?.value;
  const isDouble = wordsOf(start).includes("//");
  return isDouble
    ? frame.machine.identities.factsAbout(receiver.symbol, frame.machine.models.bit("one-slash"))
    : [];
}

/** `relpath(path, base).startswith("..")` was false: nothing normal that does not begin by climbing climbs. */
function factsOfNoClimb(frame: Frame, receiver: Value, given: CallArguments): readonly Fact[] {
  const start = given.positional[0]?.value;
  const isClimb = wordsOf(start).some((text) => text === ".." || text === "../");
  return isClimb ? factsOfBelow(frame, receiver) : [];
}

/** The constants that a value, or a tuple of values, may be. */
function wordsOf(value: Value | undefined): readonly Constant[] {
  const inTuple = (value?.elements ?? []).flatMap(({ constants }) => constants ?? []);
  return [...(value?.constants ?? []), ...inTuple];
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
