// From a review and what was said earlier to what is to be said now: pure, no GitHub.

import type { ReviewedFinding } from "./review.ts";

/** What we said earlier on this pull request, read back from the markers in our own comments. */
export interface EarlierComment {
  readonly fingerprint: string;
}

/**
 * Where a finding can be told, by the fallback order: on its own lines; on the nearest changed line
 * of its function; on the file; in the check's summary only.
 */
export type Anchor =
  | {
      readonly kind: "lines";
      /** `false` when the finding itself stands elsewhere and the comment must say so. */
      readonly exact: boolean;
      readonly path: string;
      /** 1-based lines of the head; a single line has `startLine === line`. Within one hunk. */
      readonly startLine: number;
      readonly line: number;
    }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "summary" };

export interface PlannedComment {
  readonly reviewed: ReviewedFinding;
  readonly anchor: Anchor;
}

export interface Plan {
  /**
   * Every introduced finding that people are told of, gravest first: the rows of the summary. Those
   * of less confidence than the config asks for are not among them, nor in anything below.
   */
  readonly told: readonly ReviewedFinding[];
  /** Inline and file comments to make now; none of them was made before. */
  readonly say: readonly PlannedComment[];
  /** Fingerprints of introduced findings that an earlier comment already tells. */
  readonly alreadySaid: readonly string[];
  /** Introduced findings told in the summary only: over a cap, mild, or without a place in the diff. */
  readonly summaryOnly: readonly ReviewedFinding[];
  /** Introduced findings that make the check fail. */
  readonly blocking: number;
  readonly conclusion: "success" | "failure" | "neutral";
  /** The check's title: "2 new findings, 1 must be fixed". */
  readonly title: string;
}
