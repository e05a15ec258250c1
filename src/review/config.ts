// What a team may set; today the defaults, so that every reader already takes them from one place.

import type { Severity } from "../analysis/finding.ts";

/** A role in a repository, as GitHub names them; each may what the ones before it may. */
export type Role = "read" | "triage" | "write" | "maintain" | "admin";

export interface CommandRights {
  /** To ask for a review: also the author of the pull request may. */
  readonly review: Role;
  /** To ignore a finding, to take that back, to pause and to resume. */
  readonly ignore: Role;
  /** To ignore a finding that makes the check fail. */
  readonly ignoreBlocking: Role;
  /** May the author of the pull request do that, given the role? */
  readonly authorMayIgnoreBlocking: boolean;
}

export interface Config {
  /** A new finding at or over this severity makes the check fail. */
  readonly failOn: Severity | "never";
  /**
   * Comments that stand at one time on a pull request, and those of one rule; the rest goes to the
   * summary. Comments of earlier reviews count as long as their finding is there.
   */
  readonly maxComments: number;
  readonly maxCommentsPerRule: number;
  /** Who may do what by a command. */
  readonly commands: CommandRights;
  /** Findings milder than this are told in the summary only. */
  readonly commentFrom: Severity;
  /** Findings of less confidence than this are told in SARIF and JSON only. */
  readonly confidenceFrom: "high" | "medium" | "low";
}

export const defaultConfig: Config = {
  failOn: "high",
  maxComments: 20,
  maxCommentsPerRule: 5,
  commands: {
    review: "write",
    ignore: "write",
    ignoreBlocking: "maintain",
    authorMayIgnoreBlocking: false,
  },
  commentFrom: "medium",
  confidenceFrom: "medium",
};
