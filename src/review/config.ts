// What a team has set, all of it decided: every reader takes its values from here. How they come about
// is told in `config-file.ts` (the file) and `resolve-config.ts` (who may overrule whom).

import { type ConfigFileKind, configFileKinds } from "../analysis/config-file.ts";
import type { Severity } from "../analysis/finding.ts";
import type { TeamModel } from "../analysis/team-models.ts";
import type { BaselineEntry } from "./baseline.ts";

/** A role in a repository, as GitHub names them; each may what the ones before it may. */
export const roles = ["read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof roles)[number];

/**
 * What becomes of a new finding: `block` makes the check fail, `comment` is told at its line,
 * `summary` in the check's summary only, `monitor` in SARIF and JSON only, `off` nowhere.
 */
export const modes = ["off", "monitor", "summary", "comment", "block"] as const;
export type Mode = (typeof modes)[number];

export const commentPers = ["line", "function"] as const;
export type CommentPer = (typeof commentPers)[number];

/** Plain data: it is handed to the review thread. */
export interface Config {
  /** A new finding at or over this severity makes the check fail. */
  readonly failOn: Severity | "never";
  /**
   * Comments that stand at one time on a pull request, and those of one rule; the rest goes to the
   * summary. Comments of earlier reviews count as long as their finding is there.
   */
  readonly maxComments: number;
  readonly maxCommentsPerRule: number;
  /** Which findings share a comment: those of one line; or also those of one rule in one function. */
  readonly commentPer: CommentPer;
  /** Findings milder than this are told in the summary only. */
  readonly commentFrom: Severity;
  /** Findings of less confidence than this are told in SARIF and JSON only. */
  readonly confidenceFrom: "high" | "medium" | "low";
  /** What is said of single rules, severities and paths; the last layer that says something decides. */
  readonly layers: readonly ModeLayer[];
  /** What no repository may weaken: of each finding at least this becomes. */
  readonly enforced: EnforcedModes | undefined;
  /** Files whose findings nobody wants to hear of. */
  readonly leaveOut: LeaveOut;
  /** What a draft gets: the same as every other, its check without comments, or nothing. */
  readonly drafts: "full" | "check-only" | "skip";
  /** Are findings uploaded to GitHub's code scanning, too? */
  readonly codeScanning: boolean;
  readonly suppressions: SuppressionSettings;
  /** Who may do what by a command. */
  readonly commands: CommandRights;
  /** Kinds of files beside Python in which secrets are looked for. */
  readonly secretFiles: readonly ConfigFileKind[];
  /** What the team says of its own functions; a row each. */
  readonly models: readonly TeamModel[];
  /** Findings that the team has looked at and lives with. */
  readonly baseline: readonly BaselineEntry[];
}

/** What one file says of modes: paths before rules, rules before severities. */
export interface ModeLayer {
  readonly severities: Readonly<Partial<Record<Severity, Mode>>>;
  /** Rule or glob of rules (`design/*`) -> mode; the most exact pattern decides. */
  readonly rules: Readonly<Record<string, Mode>>;
  /** The last one that holds a path decides. */
  readonly paths: readonly PathModes[];
}

export interface PathModes {
  /** Globs as in .gitignore, from the repository's root. */
  readonly match: readonly string[];
  readonly severities: Readonly<Partial<Record<Severity, Mode>>>;
  readonly rules: Readonly<Record<string, Mode>>;
}

export interface EnforcedModes {
  readonly failOn: Severity | "never";
  readonly severities: Readonly<Partial<Record<Severity, Mode>>>;
  readonly rules: Readonly<Record<string, Mode>>;
}

export interface LeaveOut {
  /** Globs as in .gitignore, from the repository's root; enforced modes hold there all the same. */
  readonly paths: readonly string[];
  /** Globs that the organisation set: there not even enforced modes hold. */
  readonly enforcedPaths: readonly string[];
  /** Files that say of themselves that a program wrote them, and copies of other projects. */
  readonly generated: boolean;
  readonly vendored: boolean;
  /** What `.gitattributes` calls `linguist-generated` and `linguist-vendored`. */
  readonly attributes: {
    readonly generated: readonly string[];
    readonly vendored: readonly string[];
  };
}

export interface SuppressionSettings {
  /** Comments of Bandit and of Ruff answer for the rules that look for the same. */
  readonly nosec: boolean;
  readonly noqa: boolean;
  /** An ignore comment without a reason is none. */
  readonly requireReason: boolean;
}

export interface CommandRights {
  /** To ask for a review: also the author of the pull request may. */
  readonly review: Role;
  /** To ignore a finding, to take that back, to pause and to resume. */
  readonly ignore: Role;
  /** To ignore a finding that makes the check fail. */
  readonly ignoreBlocking: Role;
  /** May the author of the pull request do that, given the role? */
  readonly authorMayIgnoreBlocking: boolean;
  /** To have fixes committed; never less than `write`. */
  readonly fix: Role;
}

export const defaultConfig: Config = {
  failOn: "high",
  maxComments: 20,
  maxCommentsPerRule: 5,
  commentPer: "line",
  commentFrom: "medium",
  confidenceFrom: "medium",
  layers: [],
  enforced: undefined,
  leaveOut: {
    paths: [],
    enforcedPaths: [],
    generated: true,
    vendored: true,
    attributes: { generated: [], vendored: [] },
  },
  drafts: "check-only",
  codeScanning: false,
  suppressions: { nosec: false, noqa: false, requireReason: false },
  commands: {
    review: "write",
    ignore: "write",
    ignoreBlocking: "maintain",
    authorMayIgnoreBlocking: false,
    fix: "write",
  },
  secretFiles: configFileKinds,
  models: [],
  baseline: [],
};
