// From a review and what was said earlier to what is to be said now: pure, no GitHub. What is planned
// is what should stand there; whoever carries it out twice changes nothing the second time.

import { type Anchor, findAnchor } from "./anchor.ts";
import type { ChangeSet } from "./change-set.ts";
import type { Config } from "./config.ts";
import type { Decision } from "./decision.ts";
import type { Earlier, EarlierComment } from "./earlier.ts";
import { isPythonFile } from "./is-python-file.ts";
import { type Closed, type IgnoredFinding, planClosing } from "./plan-closing.ts";
import { writeTitle } from "./plan-title.ts";
import { recognise } from "./recognise.ts";
import type { Review } from "./review.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";

export interface PlannedComment {
  readonly reviewed: ReviewedFinding;
  readonly anchor: Anchor;
}

/** A finding that an earlier comment tells. */
export interface ToldBefore {
  readonly reviewed: ReviewedFinding;
  readonly earlier: EarlierComment;
}

/** A finding that came back: its comment says again what it said, and its thread is open again. */
export interface Reopened extends ToldBefore, PlannedComment {}

export interface Plan {
  /**
   * Every introduced finding that people are told of, gravest first: the rows of the summary. Those
   * that the config has only monitored are not among them, nor in anything below.
   */
  readonly told: readonly ReviewedFinding[];
  /** Inline and file comments to make now; none of them was made before. */
  readonly say: readonly PlannedComment[];
  /** Introduced findings that an earlier comment already tells: nothing is to be done. */
  readonly leave: readonly ToldBefore[];
  readonly reopen: readonly Reopened[];
  /** Comments to edit because their finding is fixed or ignored, and whose thread then ends. */
  readonly close: readonly Closed[];
  /** Introduced findings told in the summary only: over a cap, mild, or without a place in the diff. */
  readonly summaryOnly: readonly ReviewedFinding[];
  /** Introduced findings that somebody decided to ignore; they are not among `told`. */
  readonly ignored: readonly IgnoredFinding[];
  /** Introduced findings that make the check fail. */
  readonly blocking: number;
  readonly conclusion: "success" | "failure" | "neutral";
  /** The check's title: "2 new findings, 1 must be fixed". */
  readonly title: string;
}

export interface PlanOptions {
  /** `false` for a draft, or where somebody paused us: then nothing new is said beside the check. */
  readonly mayComment: boolean;
}

/**
 * Decides what is said where. A finding is said once: not again after a push, and not twice in one
 * review. Findings on the same line get a comment each, so that each can be answered and resolved by
 * itself. A thread that a person resolved stays resolved as long as its finding is there.
 */
export function planReview(
  review: Review,
  change: ChangeSet,
  earlier: Earlier,
  config: Config,
  options: PlanOptions = { mayComment: true },
): Plan {
  const audible = review.introduced.filter(({ mode }) => mode !== "monitor");
  const ignored = findIgnored(audible, earlier.decisions);
  const isIgnored = new Set(ignored.map(({ reviewed }) => reviewed));
  const told = audible.filter((reviewed) => !isIgnored.has(reviewed));

  const recognised = recognise(audible, earlier.comments);
  const commentOf = firstCommentOf(recognised);
  const leave: ToldBefore[] = [];
  const reopen: Reopened[] = [];
  for (const reviewed of told) {
    const comment = commentOf.get(reviewed);
    if (comment === undefined) continue;
    if (comment.standing === "open") leave.push({ reviewed, earlier: comment });
    else reopen.push({ reviewed, earlier: comment, anchor: findAnchor(reviewed.finding, change) });
  }

  const { say, summaryOnly } = planNew(told, commentOf, change, config, options);
  const blocking = told.filter(({ mode }) => mode === "block").length;
  const isPartial = review.problems.length > 0;
  const hasPython = told.length > 0 || change.files.some(({ path }) => isPythonFile(path));
  return {
    told,
    say,
    leave,
    reopen,
    close: planClosing({ review, earlier: earlier.comments, recognised, ignored }),
    summaryOnly,
    ignored,
    blocking,
    conclusion: blocking > 0 ? "failure" : isPartial ? "neutral" : "success",
    title: writeTitle({ found: told.length, blocking, problems: review.problems, hasPython }),
  };
}

function findIgnored(
  findings: readonly ReviewedFinding[],
  decisions: readonly Decision[],
): IgnoredFinding[] {
  const marks = decisions.flatMap((decision) =>
    decision.subject.kind === "finding" ? [{ ...decision.subject, decision }] : [],
  );
  const decided = new Map<ReviewedFinding, Decision>();
  for (const [{ decision }, reviewed] of recognise(findings, marks)) {
    if (!decided.has(reviewed)) decided.set(reviewed, decision);
  }
  const ofRule = new Map(
    decisions.flatMap((decision) =>
      decision.subject.kind === "rule" ? [[decision.subject.rule, decision] as const] : [],
    ),
  );
  return findings.flatMap((reviewed) => {
    const decision = decided.get(reviewed) ?? ofRule.get(reviewed.finding.rule);
    return decision === undefined ? [] : [{ reviewed, decision }];
  });
}

/** Should a finding have been said twice, its oldest comment is the one that counts. */
function firstCommentOf(
  recognised: ReadonlyMap<EarlierComment, ReviewedFinding>,
): ReadonlyMap<ReviewedFinding, EarlierComment> {
  const first = new Map<ReviewedFinding, EarlierComment>();
  for (const [comment, reviewed] of recognised) {
    const known = first.get(reviewed);
    if (known === undefined || comment.comment < known.comment) first.set(reviewed, comment);
  }
  return first;
}

function planNew(
  told: readonly ReviewedFinding[],
  commentOf: ReadonlyMap<ReviewedFinding, EarlierComment>,
  change: ChangeSet,
  config: Config,
  { mayComment }: PlanOptions,
): Pick<Plan, "say" | "summaryOnly"> {
  const room = roomFor(
    told.filter((reviewed) => commentOf.has(reviewed)),
    config,
  );
  const say: PlannedComment[] = [];
  const summaryOnly: ReviewedFinding[] = [];
  const seen = new Set<string>();
  for (const reviewed of told) {
    const isSaid = seen.has(reviewed.fingerprint);
    seen.add(reviewed.fingerprint);
    if (commentOf.has(reviewed)) continue;
    const isMild = reviewed.mode === "summary";
    // Looking for a place takes its time; where there is no room none is looked for.
    const isLeft = !mayComment || isSaid || isMild || !room.isFreeFor(reviewed);
    const anchor: Anchor = isLeft ? { kind: "summary" } : findAnchor(reviewed.finding, change);
    if (room.take(reviewed, anchor)) say.push({ reviewed, anchor });
    else summaryOnly.push(reviewed);
  }
  return { say, summaryOnly };
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
