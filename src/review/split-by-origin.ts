// Which findings a change brings, and which were there before: compared by what they are, since
// lines move, functions are renamed and files too.

import { type Finding, severities } from "../analysis/finding.ts";
import type { ChangedFile } from "./change-set.ts";
import { fingerprintOf, identityOf } from "./fingerprint.ts";
import type { RecognisedFinding } from "./reviewed-finding.ts";

export interface Origin {
  /** Findings at the head. */
  readonly head: readonly Finding[];
  /** Findings at the merge base, under the paths that their files have at the head. */
  readonly base: readonly Finding[];
  /** Paths at the head of files that could not be wholly looked at, at the merge base. */
  readonly unsure: ReadonlySet<string>;
  readonly changed: readonly ChangedFile[];
}

export interface SplitFindings {
  readonly introduced: readonly RecognisedFinding[];
  readonly existing: readonly RecognisedFinding[];
}

/**
 * A finding is matched with one at the merge base that has the same rule, path, symbol and code. Of
 * several such, those on untouched lines are the old ones. One that the change makes graver is new: a
 * public function that might be given anything is now given what a visitor sent. What is left over on
 * both sides was moved: it is matched again without its symbol, then without its path, if its whole
 * trace reads the same. So a fault that is mended here and made again, word for word, elsewhere in the file counts as moved.
 */
export function splitByOrigin({ head, base, unsure, changed }: Origin): SplitFindings {
  const introduced: RecognisedFinding[] = [];
  const existing: RecognisedFinding[] = [];
  const touches = touchOf(changed);
  const baseOf = Map.groupBy(base, identityOf);
  const headOf = Map.groupBy(head, identityOf);
  const gone = [...baseOf].flatMap(([identity, old]) =>
    old.slice(headOf.get(identity)?.length ?? 0),
  );
  const takeMoved = matcher(gone);

  for (const [identity, findings] of headOf) {
    const untouchedFirst = findings.toSorted((a, b) => Number(touches(a)) - Number(touches(b)));
    const old = baseOf.get(identity) ?? [];
    for (const [occurrence, finding] of untouchedFirst.entries()) {
      const reviewed = { finding, fingerprint: fingerprintOf(finding, occurrence) };
      const same = old[occurrence];
      const isOld =
        (same !== undefined && !(isGraver(finding, same) && touches(finding))) ||
        takeMoved(finding, touches(finding)) ||
        (unsure.has(finding.place.path) && !touches(finding));
      (isOld ? existing : introduced).push(reviewed);
    }
  }
  return { introduced, existing };
}

/** First by severity, then by confidence. */
function isGraver(finding: Finding, before: Finding): boolean {
  const rank = ({ severity, confidence }: Finding) =>
    severities.indexOf(severity) * severities.length + severities.indexOf(confidence);
  return rank(finding) < rank(before);
}

/** Does a finding, or the path that its data takes, stand on a line that the change adds? */
function touchOf(changed: readonly ChangedFile[]): (finding: Finding) => boolean {
  const addedIn = new Map(
    changed.map(({ path, hunks }) => [
      path,
      // Without a diff any line may be new.
      hunks === undefined ? undefined : new Set(hunks.flatMap(({ added }) => added)),
    ]),
  );
  const known = new Map<Finding, boolean>();
  return (finding) => {
    const before = known.get(finding);
    if (before !== undefined) return before;
    const places = [finding.place, ...finding.trace.map(({ place }) => place)];
    const touched = places.some(({ path, startLine, endLine }) => {
      if (!addedIn.has(path)) return false;
      const added = addedIn.get(path);
      if (added === undefined) return true;
      for (let line = startLine; line <= endLine; line += 1) if (added.has(line)) return true;
      return false;
    });
    known.set(finding, touched);
    return touched;
  };
}

/** Takes a finding that is gone for one that has come; each is taken once. */
function matcher(gone: readonly Finding[]): (finding: Finding, touched: boolean) => boolean {
  const byLine = Map.groupBy(gone, sameLine);
  const byEvidence = Map.groupBy(gone, sameEvidence);
  const bySymbol = Map.groupBy(gone, sameSymbol);
  const taken = new Set<Finding>();
  return (finding, touched) => {
    const candidates = [
      ...(touched ? [] : (byLine.get(sameLine(finding)) ?? [])),
      ...(byEvidence.get(sameEvidence(finding)) ?? []),
      ...(bySymbol.get(sameSymbol(finding)) ?? []),
    ];
    const match = candidates.find((candidate) => !taken.has(candidate));
    if (match !== undefined) taken.add(match);
    return match !== undefined;
  };
}

function sameLine({ rule, place, code }: Finding): string {
  return JSON.stringify([rule, place.path, code]);
}

function sameEvidence({ rule, place, code, trace }: Finding): string {
  return JSON.stringify([rule, place.path, code, trace.map((step) => step.code)]);
}

function sameSymbol({ rule, symbol, code, trace }: Finding): string {
  return JSON.stringify([rule, symbol, code, trace.map((step) => step.code)]);
}
