// `configparser`: what is set under a section and a key is read under that section and key.
// https://docs.python.org/3/library/configparser.html

import { anyItem, emptyObject, newObject, readItem, writeItem } from "../data/containers.ts";
import { type Frame, objectsOf } from "../frame.ts";
import {
  constantValue,
  joinValues,
  soleString,
  unknownValue,
  type Value,
} from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

const parsers = ["ConfigParser", "RawConfigParser", "SafeConfigParser"].map(
  (name) => `configparser.${name}`,
);

export const configCalls: KnownCalls = new Map(
  parsers.flatMap((parser) => [
    [parser, makeConfig] as const,
    [`${parser}.add_section`, addSection] as const,
    [`${parser}.set`, setOption] as const,
    [`${parser}.get`, getOption] as const,
    [`${parser}.read_dict`, readDict] as const,
  ]),
);

/** A dict of dicts, by section and key. */
function makeConfig({ frame, path }: KnownCall): Value {
  return newObject(frame, { ...emptyObject("dict"), isClosed: false }, [path]);
}

function addSection({ frame, receiver, given }: KnownCall): Value | undefined {
  const name = argument(given, "section", 0);
  if (!receiver || !name) return undefined;
  writeItem(frame, receiver, name, newSection(frame));
  return constantValue(null);
}

function setOption({ frame, receiver, given, span }: KnownCall): Value | undefined {
  const [name, option, value] = ["section", "option", "value"].map((word, position) =>
    argument(given, word, position),
  );
  if (!receiver || !name || !option || !value) return undefined;
  const known = soleString(name);
  const isThere =
    known !== undefined &&
    objectsOf(frame, receiver).every(({ object }) => object.entries.has(known));
  if (!isThere) writeItem(frame, receiver, name, newSection(frame));
  // Where the section is not known it may be any of those that are there.
  for (const section of known === undefined ? sectionsOf(frame, receiver) : [])
    writeItem(frame, section, unknownValue, value);
  if (known !== undefined) {
    const section = readItem(frame, receiver, name, span);
    writeItem(frame, section, sameKey(frame, section, option), value);
  }
  return constantValue(null);
}

function getOption({ frame, receiver, given, span }: KnownCall): Value | undefined {
  const name = argument(given, "section", 0);
  const option = argument(given, "option", 1);
  if (!receiver || !name) return undefined;
  // `parser["section"].get(key)` is the section's own `get`.
  if (!option) return undefined;
  const fallback = given.keywords.get("fallback")?.value;
  const section = readItem(frame, receiver, name, span);
  const value = readItem(frame, section, sameKey(frame, section, option), span);
  return fallback ? joinValues(value, fallback) : value;
}

function readDict({ frame, receiver, given, span }: KnownCall): Value | undefined {
  const sections = argument(given, "dictionary", 0);
  if (!receiver || !sections) return undefined;
  for (const { object } of objectsOf(frame, sections)) {
    for (const [name, section] of object.entries)
      writeItem(frame, receiver, constantValue(name), section);
    if (object.rest)
      writeItem(frame, receiver, frame.machine.iterate(frame, sections, span), object.rest);
  }
  return constantValue(null);
}

function newSection(frame: Frame): Value {
  return newObject(frame, { ...emptyObject("dict"), isClosed: false });
}

function sectionsOf(frame: Frame, receiver: Value): readonly Value[] {
  return objectsOf(frame, receiver).flatMap(({ object }) => anyItem(object) ?? []);
}

/** Keys are read without regard to case. */
function sameKey(frame: Frame, section: Value, option: Value): Value {
  const text = soleString(option)?.toLowerCase();
  const names = objectsOf(frame, section).flatMap(({ object }) => [...object.entries.keys()]);
  const found = names.find((name) => name.toLowerCase() === text);
  return found === undefined ? option : constantValue(found);
}

function argument(given: KnownCall["given"], name: string, position: number): Value | undefined {
  return (given.positional[position] ?? given.keywords.get(name))?.value;
}
