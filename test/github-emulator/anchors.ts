// Where a comment may stand in a pull request's diff, with GitHub's words when it may not,
// and where it stands after a push.

import type { DiffHunk, DiffLine, FileDiff } from "./diff.ts";
import { bareHunks, diffFiles } from "./diff.ts";
import type { GitRepository } from "./git.ts";
import type { Place, Side, Thread } from "./world.ts";

/** A place as a request asks for it. */
export interface WantedPlace {
  readonly path: string;
  readonly line?: number;
  readonly side?: string;
  readonly start_line?: number | null;
  readonly start_side?: string;
  readonly position?: number;
}

export type Placed =
  | { readonly ok: true; readonly place: Place; readonly diffHunk: string }
  | { readonly ok: false; readonly faults: readonly AnchorFault[] };

/** One refusal: the field it is about and GitHub's sentence without the field's name. */
export interface AnchorFault {
  readonly field: "path" | "line" | "start_line" | "diff_hunk" | "position" | "side";
  readonly says: string;
}

/** Finds a wanted place in the diff of a pull request at `commit`. */
export function placeComment(
  files: readonly FileDiff[],
  wanted: WantedPlace,
  commit: string,
): Placed {
  const file = files.find((each) => each.path === wanted.path);
  if (!file) return refused({ field: "path", says: "is invalid" }, noHunk);
  if (wanted.line === undefined) return placeByPosition(file, wanted.position, commit);

  const side = sideOf(wanted.side) ?? "RIGHT";
  const end = find(file.hunks, side, wanted.line);
  const startLine = wanted.start_line ?? undefined;
  const startSide = sideOf(wanted.start_side) ?? side;
  const start = startLine === undefined ? end : find(file.hunks, startSide, startLine);
  const badStart: AnchorFault = {
    field: "start_line",
    says: "must be part of the same hunk as the line.",
  };
  if (!end) {
    const notInDiff: AnchorFault = { field: "line", says: "must be part of the diff" };
    return startLine === undefined
      ? refused(notInDiff, noHunk)
      : refused(notInDiff, badStart, noHunk);
  }
  if (start?.hunk !== end.hunk) return refused(badStart);
  if (startLine !== undefined && start.line.position >= end.line.position) {
    return refused({ field: "start_line", says: "must precede the end line." });
  }
  const place: Place = {
    commit,
    side,
    line: wanted.line,
    startLine,
    startSide: startLine === undefined ? undefined : startSide,
    position: end.line.position,
  };
  return { ok: true, place, diffHunk: hunkUpTo(end.hunk, end.line) };
}

/** Where a thread stands at the present head; `undefined` where its lines were changed or left the diff. */
export async function placeAfterPush(
  repository: GitRepository,
  thread: Thread,
  was: { readonly mergeBase: string },
  now: { readonly mergeBase: string; readonly head: string },
): Promise<Place | undefined> {
  const { original } = thread;
  if (!original) return undefined;
  const files = await diffFiles(repository, now.mergeBase, now.head);
  // All lines of a range must have stayed as they are, and together.
  const moved = async (side: Side, first: number, last: number): Promise<number | undefined> => {
    const [from, to] =
      side === "RIGHT" ? [original.commit, now.head] : [was.mergeBase, now.mergeBase];
    const hunks = await bareHunks(repository, from, to, thread.path);
    const start = movedLine(hunks, first);
    if (start === undefined) return undefined;
    for (let offset = 1; offset <= last - first; offset++) {
      if (movedLine(hunks, first + offset) !== start + offset) return undefined;
    }
    return start + last - first;
  };
  const { side, startSide = side, startLine: wasStart = original.line } = original;
  const line = await moved(side, startSide === side ? wasStart : original.line, original.line);
  if (line === undefined) return undefined;
  let startLine: number | undefined;
  if (original.startLine !== undefined) {
    startLine =
      startSide === side
        ? line - (original.line - original.startLine)
        : await moved(startSide, original.startLine, original.startLine);
    if (startLine === undefined) return undefined;
  }
  const placed = placeComment(
    files,
    {
      path: thread.path,
      line,
      side: original.side,
      ...(startLine === undefined ? {} : { start_line: startLine }),
      ...(original.startSide === undefined ? {} : { start_side: original.startSide }),
    },
    now.head,
  );
  return placed.ok ? placed.place : undefined;
}

const noHunk: AnchorFault = { field: "diff_hunk", says: "can't be blank" };

function refused(...faults: AnchorFault[]): Placed {
  return { ok: false, faults };
}

function placeByPosition(file: FileDiff, position: number | undefined, commit: string): Placed {
  const hunk = file.hunks.find((each) => each.lines.some((line) => line.position === position));
  const line = hunk?.lines.find((each) => each.position === position);
  const number = line?.newLine ?? line?.oldLine;
  if (!hunk || !line || number === undefined) {
    return refused({ field: "position", says: "is invalid" }, noHunk);
  }
  const side = line.newLine === undefined ? "LEFT" : "RIGHT";
  const place: Place = {
    commit,
    side,
    line: number,
    startLine: undefined,
    startSide: undefined,
    position: line.position,
  };
  return { ok: true, place, diffHunk: hunkUpTo(hunk, line) };
}

function sideOf(word: string | undefined): Side | undefined {
  return word === "LEFT" || word === "RIGHT" ? word : undefined;
}

function find(
  hunks: readonly DiffHunk[],
  side: Side,
  number: number,
): { hunk: DiffHunk; line: DiffLine } | undefined {
  for (const hunk of hunks) {
    const line = hunk.lines.find(
      (each) => (side === "RIGHT" ? each.newLine : each.oldLine) === number,
    );
    if (line) return { hunk, line };
  }
  return undefined;
}

function hunkUpTo(hunk: DiffHunk, last: DiffLine): string {
  const lines = hunk.lines.filter((line) => line.position <= last.position);
  return [hunk.header, ...lines.map((line) => line.text)].join("\n");
}

/** The number of an old line in the new file; `undefined` where a hunk without context replaces it. */
function movedLine(hunks: readonly DiffHunk[], line: number): number | undefined {
  let shift = 0;
  for (const hunk of hunks) {
    // With no old lines, `oldStart` is the line before the insertion.
    const first = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
    if (line < first) break;
    if (line < first + hunk.oldLines) return undefined;
    shift += hunk.newLines - hunk.oldLines;
  }
  return line + shift;
}
