// What a call that a rule watches was given: its arguments by name or position, and what they can be.

import type { CallEvent } from "../flow/frame.ts";
import type { Constant, Value } from "../flow/value.ts";

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
