// What is known of paths, and of which other values the same is known.
// A path is "normal" once nothing in it climbs any more: after `resolve`, `realpath` and the like.

import type { Frame } from "../frame.ts";
import { clearedBits } from "../values/state.ts";
import type { Fact, Value } from "../values/value.ts";

/** Whether nothing in a path climbs any more, whoever wrote it. */
export function isNormalPath(frame: Frame, value: Value): boolean {
  const { state } = frame;
  const normal = frame.machine.models.bit("normal-path");
  return (
    state !== undefined &&
    value.labels.length > 0 &&
    value.labels.every((label) => (clearedBits(label, state) & normal) !== 0)
  );
}

/** What is known of a path once it is known to stand below a folder. */
export function factsOfBelow(frame: Frame, path: Value): readonly Fact[] {
  if (!isNormalPath(frame, path)) return [];
  return frame.machine.identities.factsAbout(path.symbol, frame.machine.models.bit("path"));
}

/** Below a folder, or below it as far as its letters tell: enough for an archive that is unpacked there. */
export function pathBits(frame: Frame): number {
  return frame.machine.models.bit("path") | frame.machine.models.bit(byLetters);
}

export const byLetters = "below-by-letters";

/** `BASE / name`: when the whole stays below a folder, so does the one part that came from outside. */
export function noteOnlyPart(frame: Frame, whole: Value, parts: readonly Value[]): void {
  const foreign = parts.filter((part) => part.labels.length > 0);
  const [only] = foreign;
  if (only && foreign.length === 1)
    frame.machine.identities.noteSame(whole.symbol, only.symbol, pathBits(frame));
}

/** `BASE / name`: when the part is found out later to stay below a folder, the whole does too. */
export function noteWhole(frame: Frame, whole: Value, parts: readonly Value[]): void {
  const [only, ...others] = parts.filter((part) => part.labels.length > 0);
  if (only && others.length === 0)
    frame.machine.identities.noteSame(only.symbol, whole.symbol, frame.machine.models.bit("path"));
}

/** `path.parents`, `path.parts`: what is learnt of them is learnt of the path. */
export function notePathPart(frame: Frame, path: Value, name: string, part: Value): void {
  const isPart = part.types.some((type) => type === `pathlib.PurePath.${name}`);
  if (isPart && (name === "parts" || isNormalPath(frame, path))) noteOnlyPart(frame, part, [path]);
}
