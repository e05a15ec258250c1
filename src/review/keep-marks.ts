// Equal findings of one function are told apart by their count alone, which shifts when one of them is
// mended. Where a comment on one of them stands says which one it is about.

import type { EarlierComment } from "./earlier.ts";
import { fingerprintOf, identityOf } from "./fingerprint.ts";
import type { Review } from "./review.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";

/** Of findings that are alike but for their count, so many are told apart. */
const mostOccurrences = 10;

/**
 * The same review, in which every introduced finding goes by the fingerprint under which the comment
 * on its line knows it. Only equal findings exchange theirs.
 */
export function keepMarks(review: Review, comments: readonly EarlierComment[]): Review {
  const rules = new Set(comments.map(({ rule }) => rule));
  const isTold = ({ finding }: ReviewedFinding) => rules.has(finding.rule);
  const taken = new Set(
    [...review.existing, ...review.suppressed].map(({ fingerprint }) => fingerprint),
  );
  const kept = new Map<ReviewedFinding, string>();
  const alike = Map.groupBy(review.introduced.filter(isTold), ({ finding }) => identityOf(finding));
  for (const equals of alike.values()) {
    for (const [reviewed, mark] of marksFor(equals, comments, taken)) kept.set(reviewed, mark);
  }
  if (kept.size === 0) return review;
  const introduced = review.introduced.map((reviewed) => {
    const fingerprint = kept.get(reviewed) ?? reviewed.fingerprint;
    return fingerprint === reviewed.fingerprint ? reviewed : { ...reviewed, fingerprint };
  });
  return { ...review, introduced };
}

/** Comments first, oldest first; the findings without one share what is left. */
function marksFor(
  equals: readonly ReviewedFinding[],
  comments: readonly EarlierComment[],
  taken: ReadonlySet<string>,
): ReadonlyMap<ReviewedFinding, string> {
  const kept = new Map<ReviewedFinding, string>();
  const [first] = equals;
  if (first === undefined) return kept;
  const possible = Array.from({ length: mostOccurrences }, (_, count) =>
    fingerprintOf(first.finding, count),
  ).filter((mark) => !taken.has(mark));
  const free = new Set([...equals.map(({ fingerprint }) => fingerprint), ...possible]);
  for (const comment of comments) {
    if (!possible.includes(comment.fingerprint) || !free.has(comment.fingerprint)) continue;
    const reviewed = equals.find((each) => !kept.has(each) && standsAt(each, comment));
    if (reviewed === undefined) continue;
    kept.set(reviewed, comment.fingerprint);
    free.delete(comment.fingerprint);
  }
  if (kept.size === 0) return kept;
  for (const reviewed of equals) {
    if (kept.has(reviewed)) continue;
    const mark = free.has(reviewed.fingerprint) ? reviewed.fingerprint : [...free][0];
    if (mark === undefined) continue;
    kept.set(reviewed, mark);
    free.delete(mark);
  }
  return kept;
}

function standsAt({ finding }: ReviewedFinding, { path, lines }: EarlierComment): boolean {
  const { startLine, endLine, path: home } = finding.place;
  return lines !== undefined && path === home && startLine <= lines.end && lines.start <= endLine;
}
