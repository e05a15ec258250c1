// Regular expressions: which of them make what they match harmless, and what they leave of a text.
// https://docs.python.org/3/library/re.html

import { transformed } from "../calls/carry.ts";
import { emptyObject, newObject } from "../data/containers.ts";
import type { Frame } from "../frame.ts";
import { objectsOf } from "../frame.ts";
import { bitsWithout } from "../guards/comparisons.ts";
import { fixesHostByPattern } from "../guards/host-pattern.ts";
import { bitsOfMatched } from "../guards/pattern-characters.ts";
import {
  groupPattern,
  isSafePattern,
  leavesSafeText,
  matchesWhole,
} from "../guards/safe-pattern.ts";
import { allBits } from "../models.ts";
import {
  labelsOf,
  makeValue,
  soleConstant,
  soleString,
  unknownValue,
  type Value,
} from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

export const patternCalls: KnownCalls = new Map(
  Object.entries({
    "re.compile": compilePattern,
    "re.fullmatch": match,
    "re.match": match,
    "re.search": match,
    "re.Pattern.fullmatch": match,
    "re.Pattern.match": match,
    "re.Pattern.search": match,
    "re.Match.group": group,
    "re.Match.__getitem__": group,
    "re.findall": findAll,
    "re.Pattern.findall": findAll,
    "re.sub": substitute,
    "re.Pattern.sub": substitute,
  }),
);

/** A compiled pattern carries where it was made, so that rules find its text where it is used. */
function compilePattern({ frame, path, given, span }: KnownCall): Value {
  const pattern =
    given.positional[0]?.value ?? given.keywords.get("pattern")?.value ?? unknownValue;
  const flags = given.positional[1]?.value ?? given.keywords.get("flags")?.value;
  const known = areHarmless(frame, flags) ? pattern : unknownValue;
  const made = instance(frame, "re.Pattern", known);
  const concept = frame.machine.models.find(path)?.callSource;
  if (concept === undefined) return made;
  const label = { source: { concept, span }, via: [], cleared: 0, steps: undefined, hops: 0 };
  return { ...made, labels: [label] };
}

/** A pattern that leaves nothing but harmless characters makes what it matches whole harmless. */
function match({ frame, path, receiver, given }: KnownCall): Value {
  const values = given.positional.map((argument) => argument.value);
  const pattern = receiver ? patternOf(frame, receiver) : values.shift();
  const subject = values[0] ?? given.keywords.get("string")?.value;
  const flags = receiver ? undefined : (values[1] ?? given.keywords.get("flags")?.value);
  const text = soleString(pattern);
  const isKnown = text !== undefined && areHarmless(frame, flags);
  const anchored = path.endsWith("fullmatch") ? "both" : path.endsWith("match") ? "start" : "none";
  const isWhole = isKnown && matchesWhole(text, anchored);
  const isSafe = isWhole && isSafePattern(text, anchored);
  const bits = isSafe
    ? allBits
    : (isWhole ? bitsOfMatched(frame.machine.models, text) : 0) |
      (isKnown && (isOwnPage(text, anchored) || fixesHostByPattern(text, anchored))
        ? pageBits(frame)
        : 0);
  const facts =
    subject && bits !== 0 ? frame.machine.identities.factsAbout(subject.symbol, bits) : [];
  const found = instance(frame, "re.Match", isKnown ? pattern : undefined);
  const { labels } = transformed(frame, subject && !isSafe ? subject.labels : [], 0);
  const result = labels.length > 0 ? { ...found, labels } : found;
  const absent = isKnown && anchored === "none" ? bitsOfUnmatched(frame, text) : 0;
  const whenFalse =
    subject && absent !== 0 ? frame.machine.identities.factsAbout(subject.symbol, absent) : [];
  return { ...result, implies: { whenTrue: facts, whenFalse } };
}

/** `re.search(r"[^a-z]", text)` or `re.search(r"[\r\n]", text)` was false: no such character is in it. */
function bitsOfUnmatched(frame: Frame, pattern: string): number {
  if (leavesSafeText(pattern)) return allBits;
  const characters = /^\[(?!\^)((?:[^\]\\-]|\\[^wdsbWDSBux])+)\]\+?$/u.exec(pattern)?.[1];
  const literal = /^(?:[^\\^$.|?*+()[\]{}]|\\[.\\/-])+$/u.test(pattern);
  const texts =
    characters?.match(/\\.|./gsu)?.map(unescaped) ??
    (literal ? [pattern.replaceAll(/\\(.)/gu, "$1")] : []);
  return bitsWithout(frame, texts);
}

function unescaped(character: string): string {
  const [, escaped] = character;
  if (escaped === undefined) return character;
  return { n: "\n", r: "\r", t: "\t" }[escaped] ?? escaped;
}

/** `^/(?!/)`, `/[a-z]`: an address that begins so leads to a page of the same host. */
function isOwnPage(pattern: string, anchored: "both" | "start" | "none"): boolean {
  const isAtStart = anchored !== "none" || /^(?:\^|\\A)/u.test(pattern);
  const rest = pattern.replace(/^(?:\^|\\A)/u, "");
  return isAtStart && /^\\?\/(?:\(\?!|\[\^[^\]]*\/|\[\w|\\w|\w)/u.test(rest);
}

function pageBits(frame: Frame): number {
  return frame.machine.models.bit("redirect") | frame.machine.models.bit("url");
}

/** `match.group(1)`: harmless if that group of the pattern is. */
function group({ frame, receiver, given }: KnownCall): Value | undefined {
  const key = given.positional.length === 0 ? 0 : soleConstant(given.positional[0]?.value);
  const text = receiver && soleString(patternOf(frame, receiver));
  if (!receiver || text === undefined || given.positional.length > 1) return undefined;
  const inner =
    typeof key === "number" || typeof key === "string" ? groupPattern(text, key) : undefined;
  if (inner !== undefined && isSafePattern(inner, "both")) return makeValue({ types: ["str"] });
  return transformed(frame, receiver.labels, 0, ["str"]);
}

/** `re.findall(r"\d+", text)` gives harmless pieces; of a pattern with groups, the first group's. */
function findAll({ frame, receiver, given }: KnownCall): Value | undefined {
  const pattern = receiver ? patternOf(frame, receiver) : given.positional[0]?.value;
  const text = soleString(pattern);
  if (text === undefined) return undefined;
  const groups = text.match(/(?<!\\)\((?!\?)/gu)?.length ?? 0;
  const found = groups === 0 ? text : groups === 1 ? groupPattern(text, 1) : undefined;
  if (found === undefined || !isSafePattern(found, "both")) return undefined;
  const rest = makeValue({ types: ["str"] });
  return newObject(frame, { ...emptyObject("list"), items: undefined, rest });
}

/** `re.sub(r"\W", "", text)` leaves letters, digits and underscores. */
function substitute({ frame, receiver, given }: KnownCall): Value | undefined {
  const values = given.positional.map((argument) => argument.value);
  const pattern = receiver ? patternOf(frame, receiver) : values.shift();
  const replacement = values[0] ?? given.keywords.get("repl")?.value;
  const subject = values[1] ?? given.keywords.get("string")?.value;
  if (!replacement || !subject) return undefined;
  const text = soleString(pattern);
  const isSafe = text !== undefined && leavesSafeText(text);
  const labels = labelsOf(replacement, isSafe ? undefined : subject);
  if (labels.length === 0) return makeValue({ types: ["str"] });
  const left = text === undefined ? 0 : bitsOfLeft(frame, text, soleString(replacement));
  const value = transformed(frame, labels, 0, ["str"]);
  return {
    ...value,
    labels: value.labels.map((label) => ({ ...label, cleared: label.cleared | left })),
  };
}

/** What is left when everything but some characters is replaced: those, and the replacement's. */
function bitsOfLeft(frame: Frame, pattern: string, replacement: string | undefined): number {
  const kept = /^\[\^((?:[^\]\\]|\\.)+)\][+*]?$/u.exec(pattern)?.[1];
  if (kept === undefined || replacement === undefined || /[\\\]]/u.test(replacement)) return 0;
  return bitsOfMatched(frame.machine.models, `[${kept}${replacement}]*`);
}

function patternOf(frame: Frame, receiver: Value): Value | undefined {
  const held = objectsOf(frame, receiver);
  return held.length === 1 ? held[0]?.object.entries.get("pattern") : undefined;
}

function instance(frame: Frame, type: string, pattern: Value | undefined): Value {
  const entries = new Map<string, Value>(pattern ? [["pattern", pattern]] : []);
  return newObject(frame, { ...emptyObject("instance"), entries, isClosed: false }, [type]);
}

/** Flags under which the pattern still means what it says: none, or the case of letters. */
function areHarmless(frame: Frame, flags: Value | undefined): boolean {
  if (!flags || flags.constants?.[0] === 0) return true;
  return (
    flags.references.length > 0 &&
    flags.references.every(
      (reference) =>
        reference.kind === "api" &&
        /^re\.(?:I|IGNORECASE|A|ASCII|U|UNICODE)$/u.test(
          frame.machine.models.canonical(reference.path),
        ),
    )
  );
}
