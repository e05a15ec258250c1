// What a plan says of one comment: one to make, one that stands, one to open again.

import type { Anchor } from "./anchor.ts";
import type { EarlierComment } from "./earlier.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";
import type { LineChange } from "./suggestion.ts";

export interface PlannedComment {
  readonly reviewed: ReviewedFinding;
  readonly anchor: Anchor;
  /** What can be put in the place of the lines on which the comment stands, by a click. */
  readonly offer?: LineChange;
  /** Milder findings of the same line, which the comment names too. */
  readonly also?: readonly ReviewedFinding[];
}

/** A finding that an earlier comment tells. */
export interface ToldBefore {
  readonly reviewed: ReviewedFinding;
  readonly earlier: EarlierComment;
}

/** A finding that came back: its comment says again what it said, and its thread is open again. */
export interface Reopened extends ToldBefore, PlannedComment {}
