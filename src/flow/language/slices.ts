// Slices: of texts and tuples that are known the part itself, of everything else what they hold.

import type { Expression } from "../../python/syntax.ts";
import { emptyObject, newObject } from "../data/containers.ts";
import { type Frame, objectsOf, spanOf } from "../frame.ts";
import { isNormalPath, noteOnlyPart } from "../guards/path-facts.ts";
import {
  type Constant,
  constantValue,
  labelledValue,
  labelsOf,
  makeValue,
  unknownText,
  type Value,
} from "../values/value.ts";

/** `value[lower:upper:step]`. */
export function evaluateSlice(
  frame: Frame,
  object: Value,
  slice: Extract<Expression, { kind: "slice" }>,
): Value {
  const bounds = [slice.lower, slice.upper, slice.step].map((bound) =>
    bound ? frame.machine.evaluate(frame, bound) : undefined,
  );
  const [lower, upper, step] = bounds.map((bound) => (bound ? bound.constants?.[0] : null));
  const isKnown =
    [lower, upper].every((bound) => bound === null || typeof bound === "number") && step === null;
  const text = object.constants?.length === 1 ? object.constants[0] : undefined;
  if (isKnown && typeof text === "string") {
    return constantValue(
      text.slice((lower as number | null) ?? 0, (upper as number | null) ?? undefined),
    );
  }
  const beginning = isKnown && cutOfBeginning(object.prefix, lower, upper);
  if (beginning) return constantValue(beginning);
  if (isKnown && object.elements) {
    const elements = object.elements.slice(
      (lower as number | null) ?? 0,
      (upper as number | null) ?? undefined,
    );
    return makeValue({ elements, labels: labelsOf(...elements) });
  }
  const held = objectsOf(frame, object);
  const [listed] = held;
  if (listed && frame.state) {
    const items = held.length === 1 && isKnown && !listed.object.rest && listed.object.items;
    if (items) {
      const cut = items.slice((lower as number | null) ?? 0, (upper as number | null) ?? undefined);
      return newObject(frame, { ...emptyObject("list"), items: cut });
    }
    const rest = frame.machine.iterate(frame, object, spanOf(frame, slice));
    return newObject(frame, { ...emptyObject("list"), items: undefined, rest });
  }
  const part = labelledValue(labelsOf(object), { types: object.types });
  // `path[:len(base)] == base`
  if (lower === null && isNormalPath(frame, object)) noteOnlyPart(frame, part, [object]);
  return part;
}

/** `("book-" + name)[:4]`: what lies within the beginning that is known. */
function cutOfBeginning(
  prefix: string | undefined,
  lower: Constant | undefined,
  upper: Constant | undefined,
): string | undefined {
  const from = lower ?? 0;
  if (prefix === undefined || typeof from !== "number" || typeof upper !== "number")
    return undefined;
  const isWithin = from >= 0 && upper >= from && upper <= prefix.length;
  const part = isWithin ? prefix.slice(from, upper) : unknownText;
  return part.includes(unknownText) ? undefined : part;
}
