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
