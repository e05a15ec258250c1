// From a review and what was said earlier to what is to be said now: pure, no GitHub. What is planned
// is what should stand there; whoever carries it out twice changes nothing the second time.

import { type Anchor, findAnchor } from "./anchor.ts";
import type { ChangeSet } from "./change-set.ts";
import type { CommentPer, Config } from "./config.ts";
import { type Decision, keyOf } from "./decision.ts";
import type { Earlier, EarlierComment } from "./earlier.ts";
import { isPythonFile } from "./is-python-file.ts";
import { type Closed, type IgnoredFinding, planClosing } from "./plan-closing.ts";
import { bringTogether, type Rewritten } from "./plan-shared.ts";
import { writeTitle } from "./plan-title.ts";
import type { PlannedComment, Reopened, ToldBefore } from "./planned-comment.ts";
import { recognise } from "./recognise.ts";
import type { Review } from "./review.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";
import { createOffers } from "./suggestable.ts";

export type { PlannedComment, Reopened, ToldBefore } from "./planned-comment.ts";

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
  /** Comments on several findings to edit, because something became of one of them. */
  readonly rewrite: readonly Rewritten[];
  /** Introduced findings told in the summary only: over a cap, mild, or without a place in the diff. */
  readonly summaryOnly: readonly ReviewedFinding[];
  /** Introduced findings that somebody decided to ignore; they are not among `told`. */
  readonly ignored: readonly IgnoredFinding[];
  /** Comments on secrets that are gone from the code but not from the history, while nobody has said that they are replaced. */
  readonly leaked: readonly EarlierComment[];
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
 * review. Findings on the same line share one comment, which leads with the gravest; each keeps its own
 * marker, so that each can be fixed or ignored alone. A thread that a person resolved stays resolved as long as its finding is there.
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
    // Its comment stands where it stood, so that a suggestion in it might replace other lines.
    else reopen.push({ reviewed, earlier: comment, anchor: findAnchor(reviewed.finding, change) });
  }

  const { say, summaryOnly } = planNew(told, commentOf, change, config, options);
  const blocking = told.filter(({ mode }) => mode === "block").length;
  const isPartial = review.problems.length > 0;
  const hasPython = told.length > 0 || change.files.some(({ path }) => isPythonFile(path));
  const close = planClosing({ review, earlier: earlier.comments, recognised, ignored });
  const leaked = findLeaked(earlier, close);
  const mustReplace = leaked.filter(({ rule }) => review.lasting.get(rule) === "block").length;
  const decided = earlier.comments.flatMap((comment) => {
    const answer = ignored.find(({ reviewed }) => reviewed === recognised.get(comment));
    return answer === undefined ? [] : [{ earlier: comment, ignored: answer }];
  });
  return {
    told,
    say,
    ...bringTogether(earlier.comments, { leave, reopen, close }, decided),
    summaryOnly,
    ignored,
    blocking,
    leaked,
    conclusion: blocking + mustReplace > 0 ? "failure" : isPartial ? "neutral" : "success",
    title: writeTitle({
      ...{ found: told.length, blocking, leaked: leaked.length },
      ...{ problems: review.problems, hasPython: hasPython || leaked.length > 0 },
    }),
  };
}

/** Until a person ends the thread, or decides about the finding or its rule. */
function findLeaked(earlier: Earlier, close: readonly Closed[]): readonly EarlierComment[] {
  const decided = new Set(earlier.decisions.map(keyOf));
  const now = new Set(
    close.flatMap((each) => (each.closing.kind === "leaked" ? [each.earlier] : [])),
  );
  return earlier.comments.filter(
    (comment) =>
      (now.has(comment) || (comment.standing === "leaked" && !comment.isResolved)) &&
      !decided.has(comment.fingerprint) &&
      !decided.has(comment.rule),
  );
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
    // One of each comment, however many findings share it.
    [
      ...new Map([...commentOf].map(([reviewed, { comment }]) => [comment, reviewed])).values(),
    ].filter((reviewed) => told.includes(reviewed)),
    config,
  );
  const say: PlannedComment[] = [];
  const summaryOnly: ReviewedFinding[] = [];
  const seen = new Set<string>();
  const offers = createOffers(told, change);
  for (const reviewed of told) {
    const isSaid = seen.has(reviewed.fingerprint);
    seen.add(reviewed.fingerprint);
    if (commentOf.has(reviewed)) continue;
    const isMild = reviewed.mode === "summary";
    // Looking for a place takes its time; where there is no room none is looked for.
    const isLeft = !mayComment || isSaid || isMild || !room.isFreeFor(reviewed);
    const offer = isLeft ? undefined : offers.find(reviewed);
    const anchor: Anchor =
      offer?.anchor ?? (isLeft ? { kind: "summary" } : findAnchor(reviewed.finding, change));
    const offered = offer === undefined ? {} : { offer: offer.lines };
    const shared = say.findIndex((planned) =>
      isShared(planned, { reviewed, anchor }, config.commentPer),
    );
    const standing = say[shared];
    if (standing !== undefined) {
      const also = [...(standing.also ?? []), reviewed];
      // The first suggestion of a comment tells on which lines it stands.
      const moved = !standing.offer && offer && isAtSameLine(standing.anchor, anchor);
      say[shared] = { ...standing, also, ...(moved && { anchor, ...offered }) };
      if (moved) offers.take(offer);
    } else if (room.take(reviewed, anchor)) {
      say.push({ reviewed, anchor, ...offered });
      if (offer !== undefined) offers.take(offer);
    } else summaryOnly.push(reviewed);
  }
  return { say, summaryOnly };
}

/** Does a finding go into the comment on another one? Only where each stands on its own line. */
function isShared(standing: PlannedComment, added: PlannedComment, per: CommentPer): boolean {
  const [one, other] = [standing.anchor, added.anchor];
  if (one.kind !== "lines" || other.kind !== "lines" || !one.exact || !other.exact) return false;
  if (one.path !== other.path) return false;
  const [first, second] = [standing.reviewed.finding, added.reviewed.finding];
  const isOfFunction = per === "function" && first.symbolPlace !== undefined;
  return (
    isAtSameLine(one, other) ||
    (isOfFunction && first.rule === second.rule && first.symbol === second.symbol)
  );
}

function isAtSameLine(one: Anchor, other: Anchor): boolean {
  return one.kind === "lines" && other.kind === "lines" && one.startLine === other.startLine;
}

/** Every finding that has, or gets, a comment on the pull request. */
export function commentedFindings(plan: Plan): ReadonlySet<ReviewedFinding> {
  return new Set([
    ...plan.say.flatMap(({ reviewed, also = [] }) => [reviewed, ...also]),
    ...[...plan.leave, ...plan.reopen].map(({ reviewed }) => reviewed),
    ...plan.rewrite.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === "open" ? [part.reviewed] : [])),
    ),
  ]);
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
