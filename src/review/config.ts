// What a team may set; today the defaults, so that every reader already takes them from one place.

import type { Severity } from "../analysis/finding.ts";

export interface Config {
  /** A new finding at or over this severity makes the check fail. */
  readonly failOn: Severity | "never";
  /**
   * Comments that stand at one time on a pull request, and those of one rule; the rest goes to the
   * summary. Comments of earlier reviews count as long as their finding is there.
   */
  readonly maxComments: number;
  readonly maxCommentsPerRule: number;
  /** Findings milder than this are told in the summary only. */
  readonly commentFrom: Severity;
  /** Findings of less confidence than this are told in SARIF and JSON only. */
  readonly confidenceFrom: "high" | "medium" | "low";
}

export const defaultConfig: Config = {
  failOn: "high",
  maxComments: 20,
  maxCommentsPerRule: 5,
  commentFrom: "medium",
  confidenceFrom: "medium",
};
