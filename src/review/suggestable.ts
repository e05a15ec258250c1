// Where a proven fix can be shown so that GitHub applies it by a click: on lines that the change itself adds.

import type { Anchor } from "./anchor.ts";
import type { ChangedFile, ChangeSet } from "./change-set.ts";
import { hunkAt } from "./patch.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";
import type { LineChange, Suggestion } from "./suggestion.ts";

/** A comment that stands on lines of the head, and what it offers to put in their place. */
export interface Suggestable {
  readonly anchor: Anchor;
  readonly suggestion: Suggestion;
  readonly lines: LineChange;
}

/** Finds the places of the suggestions of one review, of which no two may want the same line. */
export interface Offers {
  /**
   * The lines that the finding's suggestion replaces, if it needs no import, all of them are added by the
   * change, and they stand in one hunk; else it can only be shown. Where there is room they reach up to
   * the finding.
   */
  find(reviewed: ReviewedFinding): Suggestable | undefined;
  /** The place is used. */
  take(place: Suggestable): void;
}

export function createOffers(told: readonly ReviewedFinding[], change: ChangeSet): Offers {
  const all = new Set(told.flatMap(({ suggestion }) => suggestion ?? []));
  const taken = new Map<Suggestion, LineChange>();
  return {
    find({ finding: { place }, suggestion }) {
      if (!suggestion || suggestion.imports.length > 0) return undefined;
      const known = taken.get(suggestion);
      // Findings with one suggestion in common are told where that stands, if they stand there too.
      if (known !== undefined) return overlap(place, known) ? at(suggestion, known) : undefined;
      const { path, wider } = suggestion;
      const file = change.files.find((each) => each.path === path && each.status !== "removed");
      if (file === undefined) return undefined;
      const isFree = (lines: LineChange) =>
        isAdded(file, lines) &&
        ![...taken].some(([each, range]) => each.path === path && overlap(range, lines));
      const isNobodys = (lines: LineChange) =>
        [...all].every(
          (other) => other === suggestion || other.path !== path || !overlap(other.change, lines),
        );
      const lines =
        wider !== undefined && isFree(wider) && isNobodys(wider)
          ? wider
          : isFree(suggestion.change)
            ? suggestion.change
            : undefined;
      return lines && at(suggestion, lines, overlap(place, lines));
    },
    take({ suggestion, lines }) {
      taken.set(suggestion, lines);
    },
  };
}

function at(suggestion: Suggestion, lines: LineChange, exact = true): Suggestable {
  const { startLine, endLine } = lines;
  const { path } = suggestion;
  return { anchor: { kind: "lines", exact, path, startLine, line: endLine }, suggestion, lines };
}

/** Are all lines that would be replaced added, in one hunk, and such as can be shown? */
function isAdded({ hunks = [] }: ChangedFile, { startLine, before, after }: LineChange): boolean {
  const hunk = hunkAt(hunks, startLine);
  return (
    before.every((_, index) => hunk?.added.includes(startLine + index)) &&
    [...before, ...after].every(isPlain)
  );
}

interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

/** Do two ranges of lines have one in common? */
function overlap(one: Lines, other: Lines): boolean {
  return one.startLine <= other.endLine && other.startLine <= one.endLine;
}

/** What would be shown otherwise than it is: ends of lines as on Windows, characters that hide. */
function isPlain(line: string): boolean {
  return !/(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line) && line.isWellFormed();
}
