// What is counted and timed while the App works, whoever looks at it. No name of a repository or a
// person is among it, so that the number of series stays bounded.

export interface Metrics {
  /** A delivery came in; `event` is GitHub's name of it, where its signature was right. */
  heard(outcome: HeardOutcome, event?: string): void;
  /** A request to GitHub ended, after so many seconds, pauses for its limits included. */
  asked(outcome: AskedOutcome, seconds: number): void;
  /** The check of a pull request stands there, so many seconds after we were asked. */
  checkBegun(seconds: number): void;
  /** The check ended, so many seconds after we were asked. */
  concluded(conclusion: string, seconds: number): void;
  /** The engine was done, after so many seconds. */
  analysed(seconds: number): void;
  /** A review found something new; the next review of the same pull request finds it again. */
  found(rule: string, severity: string): void;
  /** A comment on a finding was made, or something became of one that was made before. */
  commented(rule: string, outcome: CommentOutcome): void;
  /** A review told its findings in the summary only, because few requests are left. */
  degraded(): void;
  failed(kind: FailureKind): void;
}

export type HeardOutcome = "accepted" | "malformed" | "too-large" | "unsigned" | "not-stored";
export type AskedOutcome = "ok" | "not-modified" | "limited" | "refused" | "failed";
export type CommentOutcome = "made" | "fixed" | "ignored" | "returned";
export type FailureKind =
  /** GitHub asked to wait; GitHub refused; GitHub, the store or the way there was down; we broke. */
  | "limit"
  | "final"
  | "passing"
  | "ours"
  /** The analysis took too long. */
  | "out-of-time"
  /** A job is not tried again. */
  | "given-up"
  /** Work broke off in a way nobody foresaw. */
  | "broken-off"
  | "upkeep";

/** For where nobody looks. */
export const noMetrics: Metrics = {
  heard() {},
  asked() {},
  checkBegun() {},
  concluded() {},
  analysed() {},
  found() {},
  commented() {},
  degraded() {},
  failed() {},
};
