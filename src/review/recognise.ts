// Which finding a remembered one is now: by its fingerprint, also where its file has another name.

import { fingerprintOf } from "./fingerprint.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";

/** What is remembered of a finding, in a comment or in a decision. */
export interface Mark {
  readonly fingerprint: string;
  readonly rule: string;
  /** Where its file was when it was found. */
  readonly path: string;
}

/** Of findings that are alike but for their count, so many are tried. */
const mostOccurrences = 10;

/**
 * The finding of every mark that has one. A finding whose file was renamed, or that was moved to
 * another file as it is, would have the fingerprint of the mark in the mark's file. One finding is
 * taken for moved only once; with its own fingerprint it answers to every mark.
 */
export function recognise<M extends Mark>(
  findings: readonly ReviewedFinding[],
  marks: readonly M[],
): ReadonlyMap<M, ReviewedFinding> {
  const byFingerprint = new Map(findings.map((reviewed) => [reviewed.fingerprint, reviewed]));
  const found = new Map<M, ReviewedFinding>();
  const known = new Set<ReviewedFinding>();
  for (const mark of marks) {
    const reviewed = byFingerprint.get(mark.fingerprint);
    if (reviewed === undefined) continue;
    found.set(mark, reviewed);
    known.add(reviewed);
  }
  const moved = new Map<string, ReviewedFinding>();
  for (const mark of marks) {
    if (found.has(mark)) continue;
    const reviewed =
      moved.get(mark.fingerprint) ??
      findings.find((each) => !known.has(each) && hasMovedFrom(each, mark));
    if (reviewed === undefined) continue;
    moved.set(mark.fingerprint, reviewed);
    found.set(mark, reviewed);
    known.add(reviewed);
  }
  return found;
}

function hasMovedFrom({ finding }: ReviewedFinding, { fingerprint, rule, path }: Mark): boolean {
  if (finding.rule !== rule || finding.place.path === path) return false;
  const before = { ...finding, place: { ...finding.place, path } };
  for (let occurrence = 0; occurrence < mostOccurrences; occurrence += 1) {
    if (fingerprintOf(before, occurrence) === fingerprint) return true;
  }
  return false;
}
