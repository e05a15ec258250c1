// A fix that has been proven: what it does to a file, by whole lines, as GitHub and people read it.
// Findings whose fixes work on the same lines have one suggestion in common.

import type { Place } from "../python/source-file.ts";

export interface Suggestion {
  readonly path: string;
  /** The lines that mend the fault. */
  readonly change: LineChange;
  /**
   * The same change with the unchanged lines between it and where its findings stand; absent where it
   * touches those lines itself, or they are far.
   */
  readonly wider?: LineChange;
  /** The imports that must come along, before which line. */
  readonly imports: readonly LineChange[];
  /** The same, character by character. */
  readonly edits: readonly PlacedEdit[];
}

/** Lines of a file and what is to stand in their place. */
export interface LineChange {
  /** 1-based; lines that are only added go before `startLine`, and `endLine` is the one before it. */
  readonly startLine: number;
  readonly endLine: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What stands at the place is replaced by a text. */
export interface PlacedEdit extends Place {
  readonly text: string;
}

/** Every change of a suggestion, from the top of the file down. */
export function changesOf({ change, imports }: Suggestion): readonly LineChange[] {
  return [...imports, change].toSorted(
    (a, b) => a.startLine - b.startLine || a.endLine - b.endLine,
  );
}

/** All changes of one file, each import once; suggestions of one review never overlap. */
export function joinChanges(suggestions: readonly Suggestion[]): readonly LineChange[] {
  const seen = new Set<string>();
  return suggestions
    .flatMap(changesOf)
    .filter((change) => {
      const key = `${change.startLine}:${change.endLine}:${change.after.join("\n")}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => a.startLine - b.startLine || a.endLine - b.endLine);
}

/** The text of a file after changes that do not overlap. */
export function applyChanges(text: string, changes: readonly LineChange[]): string {
  const lines = text.split("\n");
  for (const { startLine, endLine, after } of changes.toReversed()) {
    lines.splice(startLine - 1, endLine - startLine + 1, ...after);
  }
  return lines.join("\n");
}

/** A unified diff of one file, with up to `context` lines around each change; without its header. */
export function diffLines(
  text: string,
  changes: readonly LineChange[],
  context = 3,
): readonly string[] {
  const lines = text.split("\n");
  const isEnded = lines.at(-1) === "";
  const last = isEnded ? lines.length - 1 : lines.length;
  const noEnd = "\\ No newline at end of file";
  const hunks: LineChange[][] = [];
  for (const change of changes) {
    const hunk = hunks.at(-1);
    const end = hunk?.at(-1)?.endLine;
    if (hunk && end !== undefined && change.startLine - end <= 2 * context + 1) hunk.push(change);
    else hunks.push([change]);
  }
  let grown = 0;
  return hunks.flatMap((hunk) => {
    const from = Math.max(1, (hunk[0]?.startLine ?? 1) - context);
    const to = Math.min(last, (hunk.at(-1)?.endLine ?? 1) + context);
    const body: string[] = [];
    let at = from;
    let added = 0;
    for (const { startLine, endLine, after } of hunk) {
      for (; at < startLine; at += 1) body.push(` ${lines[at - 1] ?? ""}`);
      for (; at <= endLine; at += 1) body.push(`-${lines[at - 1] ?? ""}`);
      if (at > last && !isEnded) body.push(noEnd);
      for (const line of after) body.push(`+${line}`);
      if (at > last && !isEnded) body.push(noEnd);
      added += after.length - (endLine - startLine + 1);
    }
    for (; at <= to; at += 1) {
      body.push(` ${lines[at - 1] ?? ""}`);
      if (at === last && !isEnded) body.push(noEnd);
    }
    const size = to - from + 1;
    const header = `@@ -${from},${size} +${from + grown},${size + added} @@`;
    grown += added;
    return [header, ...body];
  });
}
