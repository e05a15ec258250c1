// Which of our earlier comments have nothing more to ask for, and why: only what was looked at and is
// not there any more counts as fixed.

import type { Decision } from "./decision.ts";
import type { EarlierComment } from "./earlier.ts";
import { recognise } from "./recognise.ts";
import type { Review } from "./review.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";

/** What a comment says once its finding needs nothing more. */
export type Closing =
  | { readonly kind: "fixed" }
  /** Gone from the code, while the history keeps it: a secret. Its thread is a person's to end. */
  | { readonly kind: "leaked" }
  /** The base has it too by now, so it is no matter of this change. */
  | { readonly kind: "not-new" }
  | { readonly kind: "ignored-in-code"; readonly reason: string }
  | { readonly kind: "ignored"; readonly decision: Decision };

export interface Closed {
  readonly earlier: EarlierComment;
  readonly closing: Closing;
  /** `false` where people talk in the thread: then it is theirs to end. */
  readonly endsThread: boolean;
}

export interface IgnoredFinding {
  readonly reviewed: ReviewedFinding;
  readonly decision: Decision;
}

export interface ClosingFacts {
  readonly review: Review;
  readonly earlier: readonly EarlierComment[];
  /** The finding that an earlier comment is about, where it is among the introduced ones. */
  readonly recognised: ReadonlyMap<EarlierComment, ReviewedFinding>;
  readonly ignored: readonly IgnoredFinding[];
}

/** Comments to close, oldest first; those that are closed already are left as they are. */
export function planClosing({ review, earlier, recognised, ignored }: ClosingFacts): Closed[] {
  const decisionOn = new Map(ignored.map(({ reviewed, decision }) => [reviewed, decision]));
  const introduced = recognise(review.introduced, earlier);
  const suppressed = recognise(review.suppressed, earlier);
  const { standing = [], unseen } = review.beyond ?? {};
  const existing = recognise([...review.existing, ...standing], earlier);

  const closingOf = (comment: EarlierComment): Closing | undefined => {
    const reviewed = recognised.get(comment);
    const decision = reviewed && decisionOn.get(reviewed);
    if (decision !== undefined) {
      return comment.standing === "ignored" ? undefined : { kind: "ignored", decision };
    }
    // Still there; told or not is no matter of this comment.
    if (comment.standing !== "open" || introduced.has(comment)) return undefined;
    const answered = suppressed.get(comment);
    if (answered !== undefined) {
      const reason = review.suppressed.find((each) => each === answered)?.reason ?? "";
      return { kind: "ignored-in-code", reason };
    }
    if (existing.has(comment)) return { kind: "not-new" };
    if (!isSure(review, comment.rule) || unseen?.has(comment.path)) return undefined;
    return review.lasting.has(comment.rule) ? { kind: "leaked" } : { kind: "fixed" };
  };

  return earlier.flatMap((comment) => {
    const closing = closingOf(comment);
    return closing === undefined
      ? []
      : [{ earlier: comment, closing, endsThread: isOurs(comment, closing) }];
  });
}

function isOurs({ hasReplies }: EarlierComment, { kind }: Closing): boolean {
  return !hasReplies && kind !== "leaked";
}

/**
 * A file that does not parse today hides what was found in it, and what its code brought to light in
 * others. One that is too large was not looked at before either. Without the files around a change
 * what ran through them is not seen. And a rule that got no answer today says nothing.
 */
function isSure({ problems, coverage, unanswered }: Review, rule: string): boolean {
  if (unanswered?.includes(rule)) return false;
  const gap = coverage.contextGap?.kind;
  if (gap === "unreachable" || gap === "incomplete") return false;
  return problems.every(({ kind }) => kind === "too-large" || kind === "not-text");
}
