// From a review and what was said earlier to what is to be said now: pure, no GitHub.

import type { Severity } from "../analysis/finding.ts";
import { severities } from "../analysis/finding.ts";
import { type Anchor, findAnchor } from "./anchor.ts";
import type { ChangeSet } from "./change-set.ts";
import type { Config } from "./config.ts";
import { isPythonFile } from "./is-python-file.ts";
import { writeTitle } from "./plan-title.ts";
import type { Review } from "./review.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";

/** What we said earlier on this pull request, read back from the markers in our own comments. */
export interface EarlierComment {
  readonly fingerprint: string;
}

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

/**
 * Decides what is said where. `earlier` are our own comments on this pull request that still stand.
 * A finding is said once: not again after a push, and not twice in one review. Findings on the same
 * line get a comment each, so that each can be answered and resolved by itself.
 */
export function planReview(
  review: Review,
  change: ChangeSet,
  earlier: readonly EarlierComment[],
  config: Config,
): Plan {
  const told = review.introduced.filter(
    ({ finding }) => !isMilder(finding.confidence, config.confidenceFrom),
  );
  const saidBefore = new Set(earlier.map(({ fingerprint }) => fingerprint));
  const alreadySaid = told.filter(({ fingerprint }) => saidBefore.has(fingerprint));
  const room = roomFor(alreadySaid, config);

  const say: PlannedComment[] = [];
  const summaryOnly: ReviewedFinding[] = [];
  const seen = new Set(saidBefore);
  for (const reviewed of told) {
    if (saidBefore.has(reviewed.fingerprint)) continue;
    const isSaid = seen.has(reviewed.fingerprint);
    seen.add(reviewed.fingerprint);
    const isMild = isMilder(reviewed.finding.severity, config.commentFrom);
    // Looking for a place takes its time; where there is no room none is looked for.
    const isLeft = isSaid || isMild || !room.isFreeFor(reviewed);
    const anchor: Anchor = isLeft ? { kind: "summary" } : findAnchor(reviewed.finding, change);
    if (room.take(reviewed, anchor)) say.push({ reviewed, anchor });
    else summaryOnly.push(reviewed);
  }

  const blocking = told.filter(({ finding }) => blocks(finding.severity, config)).length;
  const isPartial = review.problems.length > 0;
  const hasPython = change.files.some(({ path }) => isPythonFile(path));
  return {
    told,
    say,
    alreadySaid: alreadySaid.map(({ fingerprint }) => fingerprint),
    summaryOnly,
    blocking,
    conclusion: blocking > 0 ? "failure" : isPartial ? "neutral" : "success",
    title: writeTitle({ found: told.length, blocking, problems: review.problems, hasPython }),
  };
}

/** Does a new finding of this severity make the check fail? */
export function blocks(severity: Severity, { failOn }: Config): boolean {
  return failOn !== "never" && !isMilder(severity, failOn);
}

function isMilder(level: Severity, than: Severity): boolean {
  return severities.indexOf(level) > severities.indexOf(than);
}

/** Every file comment is a request and a notification of its own, where lines go out as one review. */
const maxFileComments = 5;

/** Counts the comments against the caps of the config. */
function roomFor(standing: readonly ReviewedFinding[], config: Config) {
  let all = standing.length;
  let onFiles = 0;
  const ofRule = new Map<string, number>();
  for (const { finding } of standing) ofRule.set(finding.rule, (ofRule.get(finding.rule) ?? 0) + 1);
  const isFreeFor = ({ finding }: ReviewedFinding): boolean =>
    all < config.maxComments && (ofRule.get(finding.rule) ?? 0) < config.maxCommentsPerRule;
  return {
    isFreeFor,
    take(reviewed: ReviewedFinding, anchor: Anchor): boolean {
      const isOneFileTooMany = anchor.kind === "file" && onFiles >= maxFileComments;
      if (anchor.kind === "summary" || isOneFileTooMany || !isFreeFor(reviewed)) return false;
      const { rule } = reviewed.finding;
      all += 1;
      ofRule.set(rule, (ofRule.get(rule) ?? 0) + 1);
      if (anchor.kind === "file") onFiles += 1;
      return true;
    },
  };
}
