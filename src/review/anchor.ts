// Where a comment on a finding can stand, so that GitHub accepts it and the author sees why there.

import type { Finding } from "../analysis/finding.ts";
import type { Place } from "../python/source-file.ts";
import type { ChangedFile, ChangeSet } from "./change-set.ts";
import { clampToHunk, isAdded } from "./patch.ts";

/**
 * Where a finding can be told, by the fallback order: on its own lines; on the nearest changed line
 * of its function; on the file; in the check's summary only.
 */
export type Anchor =
  | {
      readonly kind: "lines";
      /** `false` when the finding itself stands elsewhere and the comment must say so. */
      readonly exact: boolean;
      readonly path: string;
      /** 1-based lines of the head; a single line has `startLine === line`. Within one hunk. */
      readonly startLine: number;
      readonly line: number;
    }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "summary" };

/**
 * The first of these that the diff allows: the finding's own lines; a changed line that the data
 * passes on its way; the changed line of its function that is nearest (where the function is not
 * known, within `nearby` lines); its file, if that is part of the change; else the summary.
 */
export function findAnchor(finding: Finding, change: ChangeSet): Anchor {
  const file = fileAtHead(change, finding.place.path);
  return (
    onOwnLines(finding, file) ??
    onTrace(finding, change) ??
    onNearestLine(finding, file) ??
    (file === undefined ? { kind: "summary" } : { kind: "file", path: file.path })
  );
}

/** Over more lines than this a comment stands on the first one: what it is about stays in sight. */
const longestRange = 12;

/** How far a changed line may be from a finding to be called its neighbour, in lines. */
const nearby = 20;

function fileAtHead(change: ChangeSet, path: string): ChangedFile | undefined {
  return change.files.find((file) => file.path === path && file.status !== "removed");
}

function onOwnLines(finding: Finding, file: ChangedFile | undefined): Anchor | undefined {
  return file && onPlace(finding.place, file, true);
}

function onPlace(place: Place, file: ChangedFile, exact: boolean): Anchor | undefined {
  const range = clampToHunk(file.hunks ?? [], place.startLine, place.endLine);
  if (range === undefined) return undefined;
  const { startLine, endLine } = range;
  const line = endLine - startLine < longestRange ? endLine : startLine;
  return { kind: "lines", exact, path: file.path, startLine, line };
}

/** From the sink back: the nearer to the finding, the easier it is to see what one has to do with it. */
function onTrace(finding: Finding, change: ChangeSet): Anchor | undefined {
  for (const { place } of finding.trace.toReversed()) {
    const file = fileAtHead(change, place.path);
    if (file === undefined || !isAdded(file.hunks ?? [], place.startLine)) continue;
    return onPlace(place, file, false);
  }
  return undefined;
}

function onNearestLine(finding: Finding, file: ChangedFile | undefined): Anchor | undefined {
  const { startLine } = finding.place;
  const from = finding.symbolPlace?.startLine ?? startLine - nearby;
  const to = finding.symbolPlace?.endLine ?? startLine + nearby;
  const [line] = (file?.hunks ?? [])
    .flatMap(({ added }) => added)
    .filter((added) => from <= added && added <= to)
    .toSorted((a, b) => Math.abs(a - startLine) - Math.abs(b - startLine) || a - b);
  if (file === undefined || line === undefined) return undefined;
  return { kind: "lines", exact: false, path: file.path, startLine: line, line };
}
