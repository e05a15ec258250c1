// What a call that a rule watches was given: its arguments by name or position, and what they can be.

import type { CallEvent } from "../flow/frame.ts";
import type { Constant, HeapObject, Value } from "../flow/values/value.ts";

/**
 * The value given for a parameter; `position` counts from 0, and is left out where it is given by name only.
 * `undefined` where none is seen: it may still come out of `*args` or `**kwargs` (see `hasSpread`).
 */
export function argumentOfCall(
  call: CallEvent,
  name: string,
  position?: number,
): Value | undefined {
  const named = call.arguments.keywords.get(name);
  if (named) return named.value;
  return position === undefined ? undefined : call.arguments.positional[position]?.value;
}

/** Whether `*args` or `**kwargs` may bring arguments that are not seen. */
export function hasSpread(call: CallEvent): boolean {
  return call.arguments.spread !== undefined || call.arguments.keywordSpread !== undefined;
}

/** The constants that a value must be one of, where all of them are known. */
export function constantsOf(value: Value | undefined): readonly Constant[] {
  return value?.constants ?? [];
}

/** The API paths a value may be, or be an instance of: `cryptography....modes.ECB`. */
export function pathsOf(value: Value | undefined): readonly string[] {
  if (!value) return [];
  const named = value.references.flatMap((reference) =>
    reference.kind === "api" ? [reference.path] : [],
  );
  return [...named, ...value.types];
}

/** Whether all that a value can be is known, and each of it is one of these constants. */
export function isOnly(value: Value | undefined, ...constants: readonly Constant[]): boolean {
  const known = value?.constants;
  return known !== undefined && known.length > 0 && known.every((each) => constants.includes(each));
}

/** The value under a literal key of a dict; `objects` are those of the call, or of the program for a global. */
export function entryOf(
  objects: ReadonlyMap<number, HeapObject>,
  value: Value | undefined,
  key: string,
): Value | undefined {
  const [only, ...others] = value?.objects ?? [];
  if (only === undefined || others.length > 0) return undefined;
  return objects.get(only)?.entries.get(key);
}

/** The elements of a tuple, or of a list all of whose elements are known; `undefined` for anything else. */
export function itemsOf(
  objects: ReadonlyMap<number, HeapObject>,
  value: Value | undefined,
): readonly Value[] | undefined {
  if (value?.elements) return value.elements;
  const [only, ...others] = value?.objects ?? [];
  if (only === undefined || others.length > 0) return undefined;
  const held = objects.get(only);
  return held?.rest ? undefined : held?.items;
}

/** Whether a value is surely something of these last names: `CERT_NONE` for `ssl.CERT_NONE`, an instance too. */
export function isNamed(value: Value | undefined, names: ReadonlySet<string>): boolean {
  const paths = pathsOf(value);
  return (
    value?.constants === undefined &&
    paths.length > 0 &&
    paths.every((path) => names.has(path.slice(path.lastIndexOf(".") + 1)))
  );
}
