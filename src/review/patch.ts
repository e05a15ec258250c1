// The hunks of a unified diff: which lines are new, which lines may carry a comment.

/** One hunk (`@@ -oldStart,oldLines +newStart,newLines @@`); line numbers are 1-based. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Lines of the new file that this hunk adds, ascending. */
  readonly added: readonly number[];
  /** Lines of the old file that this hunk removes, ascending. */
  readonly removed: readonly number[];
}

/** 1-based lines of the new file; both within one hunk. */
export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * Reads the diff of one file: the `patch` of GitHub's "list files", which begins at its first hunk,
 * or what `git diff` prints, with its header. Text outside hunks is passed over; a diff that breaks
 * off within a hunk counts as far as it goes. An empty text has no hunks.
 */
export function parsePatch(patch: string): Hunk[] {
  const hunks: Hunk[] = [];
  const lines = patch.split("\n");
  let at = 0;
  while (at < lines.length) {
    const header = readHeader(lines[at] ?? "");
    at += 1;
    if (header === undefined) continue;
    const { hunk, next } = readHunk(header, lines, at);
    hunks.push(hunk);
    at = next;
  }
  return hunks;
}

/** Is this line of the new file added by the change? */
export function isAdded(hunks: readonly Hunk[], line: number): boolean {
  return hunkAt(hunks, line)?.added.includes(line) ?? false;
}

/**
 * The hunk that shows this line of the new file. GitHub takes a comment on the RIGHT side of any
 * such line, added or context, and refuses the whole review for a comment on any other.
 */
export function hunkAt(hunks: readonly Hunk[], line: number): Hunk | undefined {
  return hunks.find((hunk) => hunk.newStart <= line && line < hunk.newStart + hunk.newLines);
}

/**
 * The part of a range that may carry one comment: GitHub wants both ends in the same hunk. The hunk
 * of the first line is preferred, else the first hunk that the range touches.
 */
export function clampToHunk(
  hunks: readonly Hunk[],
  startLine: number,
  endLine: number,
): LineRange | undefined {
  const touched =
    hunkAt(hunks, startLine) ??
    hunks.find(
      (hunk) =>
        hunk.newLines > 0 && hunk.newStart <= endLine && startLine < hunk.newStart + hunk.newLines,
    );
  if (touched === undefined) return undefined;
  return {
    startLine: Math.max(startLine, touched.newStart),
    endLine: Math.min(endLine, touched.newStart + touched.newLines - 1),
  };
}

interface Header {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

/** `@@ -1,2 +3,4 @@ def f():`; a count that is left out is one. */
function readHeader(line: string): Header | undefined {
  const found = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/u.exec(line);
  if (found === null) return undefined;
  return {
    oldStart: Number(found[1]),
    oldLines: Number(found[2] ?? 1),
    newStart: Number(found[3]),
    newLines: Number(found[4] ?? 1),
  };
}

/** The counts of the header say where a hunk ends: its lines may look like anything, even `--- a`. */
function readHunk(header: Header, lines: readonly string[], from: number) {
  const added: number[] = [];
  const removed: number[] = [];
  let oldLines = 0;
  let newLines = 0;
  let at = from;
  while (at < lines.length && (oldLines < header.oldLines || newLines < header.newLines)) {
    const line = lines[at] ?? "";
    // The empty text after the last line break is no line of the diff.
    if (line === "" && at === lines.length - 1) break;
    const mark = line.charAt(0);
    if (mark === "+") {
      added.push(header.newStart + newLines);
      newLines += 1;
    } else if (mark === "-") {
      removed.push(header.oldStart + oldLines);
      oldLines += 1;
    } else if (mark !== "\\") {
      // Context; some tools strip the single space of an empty context line.
      oldLines += 1;
      newLines += 1;
    }
    at += 1;
  }
  const { oldStart, newStart } = header;
  return { hunk: { oldStart, oldLines, newStart, newLines, added, removed }, next: at };
}
