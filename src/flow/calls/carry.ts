// What unknown or text-changing code gives back: whatever went in may come out.

import { deepLabels } from "../data/containers.ts";
import type { CallArguments, Frame } from "../frame.ts";
import { allBits } from "../models.ts";
import { clearedBits } from "../values/state.ts";
import { joinLabels, type Label, labelledValue, type Value } from "../values/value.ts";
import { everyArgument } from "./arguments.ts";

/** The result of code that is not known: whatever went in may come out. */
export function carry(
  receiver: Value | undefined,
  given: CallArguments,
  hops: number,
  frame: Frame,
): Value {
  let labels: readonly Label[] = receiver?.labels ?? [];
  for (const value of everyArgument(given))
    labels = joinLabels(labels, deepLabels(frame, value, 2));
  return transformed(frame, labels, hops);
}

/** New text made from old: what is learnt later of the old text does not hold for the new. */
export function transformed(
  frame: Frame,
  labels: readonly Label[],
  hops: number,
  types: readonly string[] = [],
): Value {
  const { state } = frame;
  const kept: Label[] = [];
  for (const label of labels) {
    const cleared = state ? clearedBits(label, state) : label.cleared;
    if (cleared !== allBits) kept.push({ ...label, via: [], cleared, hops: label.hops + hops });
  }
  return labelledValue(kept, { types });
}
