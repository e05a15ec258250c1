// Where a proven fix can be shown so that GitHub applies it by a click: on lines that the change itself adds.

import type { Anchor } from "./anchor.ts";
import type { ChangeSet } from "./change-set.ts";
import { hunkAt } from "./patch.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";

/**
 * The lines that the suggestion replaces, if it needs no import, all of them are added by the change, and they
 * stand in one hunk; else it can only be shown.
 */
export function suggestableAnchor(
  { finding, suggestion }: ReviewedFinding,
  change: ChangeSet,
): Anchor | undefined {
  if (!suggestion || suggestion.imports.length > 0) return undefined;
  const { path, change: lines } = suggestion;
  const file = change.files.find((each) => each.path === path && each.status !== "removed");
  const { startLine, endLine, before, after } = lines;
  const hunk = file?.hunks && hunkAt(file.hunks, startLine);
  const isAdded = before.every((_, index) => hunk?.added.includes(startLine + index));
  if (!hunk || !isAdded || ![...before, ...after].every(isPlain)) return undefined;
  const { place } = finding;
  const exact = place.startLine <= endLine && startLine <= place.endLine;
  return { kind: "lines", exact, path, startLine, line: endLine };
}

/** What would be shown otherwise than it is: ends of lines as on Windows, characters that hide. */
function isPlain(line: string): boolean {
  return !/(?!\t)[\p{Cc}\p{Cf}]/u.test(line) && line.isWellFormed();
}
