// What one run at the terminal has to tell: the one shape that text, JSON, SARIF and workflow commands are made of.

import type { FileProblem } from "../analysis/finding.ts";
import type { Rulebook } from "../analysis/rulebook.ts";
import type { IgnoreNotice } from "../review/ignore-notices.ts";
import type { SuppressedFinding } from "../review/review.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";

export interface Report {
  /** `scan` looks at whole files; `review` at what a change introduces. */
  readonly command: "review" | "scan";
  /** Pyward's own version: `0.1.0`. */
  readonly version: string;
  readonly rulebook: Rulebook;
  /** Commit ids of the merge base and the head of a review; a working tree has no head. */
  readonly base: string | undefined;
  readonly head: string | undefined;
  /** What is to be told, gravest first, then by path and line. */
  readonly findings: readonly ReviewedFinding[];
  /** What a review found that was there before the change; empty for a scan. */
  readonly earlier: readonly ReviewedFinding[];
  /** What an ignore comment in the code, or the baseline, answers for. */
  readonly suppressed: readonly SuppressedFinding[];
  /** What there is to say of ignore comments. */
  readonly notices: readonly IgnoreNotice[];
  /** Files that could not be (wholly) looked at. */
  readonly problems: readonly FileProblem[];
  /** What was passed over on purpose. */
  readonly skipped: readonly Skipped[];
  readonly coverage: Coverage;
  /** How long reading and analysing took. */
  readonly seconds: number;
}

export interface Skipped {
  /** A file, or a folder with a `/` at its end. */
  readonly path: string;
  readonly kind: SkippedKind;
}

/**
 * `not-seen`: a file of the project that a review had no room for in its context; `left-out`: one that the
 * config ignores.
 */
export type SkippedKind =
  | "ignored"
  | "virtual-environment"
  | "installed-packages"
  | "node-modules"
  | "symbolic-link"
  | "submodule"
  | "left-out"
  | "generated"
  | "vendored"
  | "not-seen";

export interface Coverage {
  /** All changed files of a review; 0 for a scan. */
  readonly changedFiles: number;
  /** Python files that were analysed: of the change, or of the scan. */
  readonly pythonFiles: number;
  /** Unchanged files that a review read for context. */
  readonly contextFiles: number;
}
