// The story of one review: read, review, hear what people ordered, plan, publish. The one place where
// what fails is caught; whatever happens, the check ends.

import { lowBudget } from "../github/budgets.ts";
import type { GitHubClient } from "../github/client.ts";
import { makeLinks } from "../github/make-links.ts";
import { type CheckConclusion, concludeCheck } from "../github/publish-check.ts";
import { react } from "../github/publish-reply.ts";
import type { FoundConfig } from "../github/read-config.ts";
import { makeAccount, type ReviewAccount } from "../review/account.ts";
import type { ChangeSet } from "../review/change-set.ts";
import { type Plan, planReview } from "../review/plan.ts";
import { apologize } from "./apologize.ts";
import { carryOut, hasDeeds } from "./carry-out.ts";
import { commitFixes, fixOrdersOf, isOnlyFix } from "./commit-fixes.ts";
import { countFindings } from "./count-findings.ts";
import { afterFailure } from "./give-up.ts";
import { glance, isGlance } from "./glance.ts";
import { hear, ordersOf } from "./hear.ts";
import { lookBeyond } from "./look-beyond.ts";
import type { Heard } from "./obey.ts";
import { cancelClosed, concludeRunning, type OpenCheck, openCheck } from "./open-check.ts";
import { isSuperseded, lookAgain } from "./overtaken.ts";
import { answerUnreviewed } from "./people-who-asked.ts";
import type { Outcome } from "./queue.ts";
import { type ReadReview, readAll } from "./read-all.ts";
import { recallOrdered, recallQueued } from "./recall.ts";
import { findTarget, newestAsk, type ReviewWork, slotOfAsk, type Target } from "./review-target.ts";
import { OutOfTime } from "./reviewer.ts";
import { shareFindings } from "./share-findings.ts";
import type { Tools } from "./tools.ts";

export async function reviewJob(work: ReviewWork, tools: Tools): Promise<Outcome> {
  let { log } = tools;
  const onBegin = ({ id: review }: OpenCheck) => {
    log = tools.log.child({ review });
    tools.traces.note({ "pyward.review": review });
  };
  try {
    const end = await tellStory(work, tools, onBegin);
    return end === "newer commits" ? { kind: "again", afterSeconds: 0 } : { kind: "done" };
  } catch (error) {
    if (work.signal.aborted) return { kind: "again", afterSeconds: 0 };
    const isOutOfTime = error instanceof OutOfTime;
    if (isOutOfTime) tools.metrics.failed("out-of-time");
    const outcome = isOutOfTime
      ? ({ kind: "done" } as const)
      : afterFailure(error, { ...tools, log, attempts: work.attempts });
    if (outcome.kind === "again") return outcome;
    return await apologize(
      work,
      { ...tools, log },
      isOutOfTime ? "out-of-time" : "failed",
      outcome,
    );
  }
}

type End = "published" | "nothing to do" | "newer commits";

/** `onBegin` is told of the review's check as soon as there is one. */
async function tellStory(
  work: ReviewWork,
  tools: Tools,
  onBegin: (open: OpenCheck) => void,
): Promise<End> {
  const started = Date.now();
  const newest = newestAsk(work.asks);
  const client = await tools.github.client(newest.place.installation);
  const target = await findTarget(client, newest, work.slot);
  if (target === undefined) {
    // Closed while its check ran: nobody waits for that any more.
    await concludeRunning(client, slotOfAsk(newest, work.slot), cancelClosed(tools), tools);
    await answerUnreviewed(client, work, "closed", tools);
    return "nothing to do";
  }
  if (isGlance(work)) {
    await glance(client, target, work, tools);
    return "nothing to do";
  }
  if (asksForNothingNew(work) && (await tools.store.reviews.isDone(target))) return "nothing to do";
  const passed = await recallQueued(client, target, tools);
  if (passed !== undefined) {
    const open = await openFresh(client, target, tools);
    onBegin(open);
    const configured = { ...tools, config: passed.found.config };
    const heard = await hear(client, target, passed.review, work, configured);
    return await publish({ ...passed, client, target, open, heard, work, started }, configured);
  }
  const recalled = recallOrdered(work, target, tools);
  if (recalled !== undefined) {
    const configured = { ...tools, config: recalled.found.config };
    const heard = await hear(client, target, recalled.review, work, configured);
    if (heard.obeyed === 0) return "nothing to do";
    const open = await openFresh(client, target, tools);
    onBegin(open);
    return await publish({ ...recalled, client, target, open, heard, work, started }, configured);
  }

  // What changed is read while the check begins.
  const reading = tools.traces.span({ name: "read" }, () => readAll(client, target, tools));
  if (isOnlyFix(work)) {
    await fixAlone(client, target, await reading, work, tools);
    return "nothing to do";
  }
  reading.catch(() => {});
  const isOrdered = ordersOf(work).length + fixOrdersOf(work).length > 0;
  const open = isOrdered
    ? await openFresh(client, target, tools)
    : await openCheck(client, target, tools);
  onBegin(open);
  if (open.check.isCompleted) {
    await end(client, open, work, tools);
    return "published";
  }
  // An attempt that failed had begun it before.
  if (work.attempts === 1) tools.metrics.checkBegun(work.ageSeconds());
  const { change, project, found } = await reading;
  const configured = { ...tools, config: found.config };
  if (target.isDraft && found.config.drafts === "skip") {
    await concludeCheck(client, target.place, open.check, "skipped", tools.words.draft());
    tools.metrics.concluded("skipped", work.ageSeconds());
    await tools.store.reviews.end(open.id, "done");
    await answerUnreviewed(client, work, "draft", configured);
    return "published";
  }
  work.signal.throwIfAborted();
  if (await isSuperseded(client, target, open, work, tools)) return "newer commits";

  const analysing = performance.now();
  const review = await tools.traces.span({ name: "analyse" }, () =>
    tools.reviewer.review(change, project, found.config),
  );
  tools.metrics.analysed((performance.now() - analysing) / 1000);
  const { slot, head, base } = target;
  const { installation } = target.place;
  work.signal.throwIfAborted();
  if (await isSuperseded(client, target, open, work, tools)) return "newer commits";

  const told = await hear(client, target, review, work, configured);
  const beyond = await lookBeyond(client, target, told, { change, project, found }, tools);
  const heard = { ...told, review: { ...told.review, beyond } };
  tools.recent.keep(slot, {
    ...{ installation, head, base, change, found },
    review: { ...review, beyond },
  });
  const story = { change, found, client, target, open, heard, work, started };
  const ending = await publish(story, configured);
  if (ending === "published") {
    const scene = { client, target, change, project, heard, tools: configured };
    await commitFixes(fixOrdersOf(work), scene);
  }
  return ending;
}

/** Nothing is said but what becomes of the fixes; the commit brings a review of its own. */
async function fixAlone(
  client: GitHubClient,
  target: Target,
  { change, project, found }: ReadReview,
  work: ReviewWork,
  tools: Tools,
): Promise<void> {
  const configured = { ...tools, config: found.config };
  const review = await tools.reviewer.review(change, project, found.config);
  const heard = await hear(client, target, review, work, configured);
  const scene = { client, target, change, project, heard, tools: configured };
  await commitFixes(fixOrdersOf(work), scene);
}

/**
 * Only webhooks that tell of a state which the review before may have seen already, because it reads
 * the pull request as it is; nobody pressed a button or gave an order.
 */
function asksForNothingNew({ asks }: ReviewWork): boolean {
  return asks.every((ask) => ask.kind === "review" && ask.updatedAt !== undefined);
}

/** A check run whose end was not written down any more is not the one to tell something new. */
async function openFresh(client: GitHubClient, target: Target, tools: Tools): Promise<OpenCheck> {
  const open = await openCheck(client, target, tools);
  if (!open.check.isCompleted) return open;
  await tools.store.reviews.end(open.id, "done");
  return await openCheck(client, target, tools);
}

interface Story {
  readonly client: GitHubClient;
  readonly target: Target;
  readonly open: OpenCheck;
  readonly change: ChangeSet;
  readonly found: FoundConfig;
  readonly heard: Heard;
  readonly work: ReviewWork;
  /** In milliseconds, as `Date.now` tells it. */
  readonly started: number;
}

function publish(story: Story, tools: Tools): Promise<End> {
  return tools.traces.span({ name: "publish" }, () => publishAll(story, tools));
}

async function publishAll(story: Story, tools: Tools): Promise<End> {
  const { client, target, open, change, found, heard, work } = story;
  const { review } = heard;
  const { place, head, number } = target;
  const { words, config } = tools;
  const log = tools.log.child({ review: open.id, head });
  const links = makeLinks(tools.sites, place, head);
  const isPaused = heard.earlier.decisions.some(({ subject }) => subject.kind === "comments");
  const planFor = (mayComment: boolean) =>
    planReview(review, change, heard.earlier, config, { mayComment });
  // A draft has its check, so that it is right at once when made ready, but nobody is disturbed.
  const isQuiet = target.isDraft && config.drafts !== "full";
  let plan = planFor(target.mayComment && !isPaused && !isQuiet);

  // Of a merge group nothing is said but its check.
  const isSpoken = number !== undefined && hasDeeds(plan);
  const spareUntil = isSpoken ? spareTime(target, tools) : undefined;
  const ignored = new Set(plan.ignored.map(({ reviewed }) => reviewed));
  const sharing =
    number !== undefined && config.codeScanning && spareUntil === undefined
      ? shareFindings(
          client,
          { place, ref: `refs/pull/${number}/head`, commit: head },
          review,
          ignored,
          tools,
        )
      : undefined;
  if (spareUntil !== undefined) {
    // What is left of the hour is for checks. What was planned is planned again by the next review.
    plan = planFor(false);
    tools.metrics.degraded();
    await tools.store.reviews.holdBack(open.id, spareUntil);
    log.warn({ until: spareUntil }, "few requests are left: told in the summary only");
  } else if (isSpoken) {
    const now = await lookAgain(client, target, open, tools);
    if (now === "moved") return "newer commits";
    if (now === "a draft" && config.drafts !== "full") plan = planFor(false);
    await carryOut(client, { place, number, head }, review, plan, links, { words, log });
  }
  const seconds = (Date.now() - story.started) / 1000;
  const isFull = work.asks.some((ask) => ask.kind === "review" && ask.isFull === true);
  const told = { seconds, isFull, spareUntil, note: await sharing };
  const output = words.check(review, plan, links, { ...told, config: found });
  const conclusion = concludedBy(plan, found);
  await concludeCheck(client, place, open.check, conclusion, output);
  tools.metrics.concluded(conclusion, work.ageSeconds());
  countFindings(tools.metrics, plan, spareUntil === undefined);
  tools.recent.tell(target.slot, { check: open.check.id, ...told });
  log.info({ conclusion, introduced: review.introduced.length, said: plan.say.length }, "reviewed");
  const { owner, repo } = place;
  const settings = [...new Set(found.rows.map(({ origin }) => origin))].filter(
    (origin) => origin !== "default",
  );
  const facts = { owner, repo, ...(number && { number }), conclusion, settings, seconds };
  await end(client, open, work, tools, makeAccount(review, plan, facts));
  return "published";
}

/** Until when we spare an installation's requests; `undefined` while there are enough. */
function spareTime({ place }: Target, { github }: Tools): Date | undefined {
  const low = lowBudget(github.budgets.known(place.installation));
  return low && new Date(low.resetAt);
}

/** A config that cannot be read asks its author to act; one that was so before blocks nobody. */
function concludedBy({ conclusion }: Plan, { proposed }: FoundConfig): CheckConclusion {
  const isBroken = proposed !== undefined && proposed.problems.length > 0;
  return isBroken && conclusion !== "failure" ? "action_required" : conclusion;
}

async function end(
  client: GitHubClient,
  open: OpenCheck,
  work: ReviewWork,
  tools: Tools,
  account?: ReviewAccount,
): Promise<void> {
  await tools.store.reviews.end(open.id, "done", account);
  await thank(client, work, tools);
}

/** A thank-you that fails is no reason to review again. */
async function thank(client: GitHubClient, { asks }: ReviewWork, tools: Tools): Promise<void> {
  for (const ask of asks) {
    if (ask.kind !== "review" || ask.thank === undefined) continue;
    try {
      await react(client, ask.place, ask.thank, "rocket");
    } catch (error) {
      tools.log.warn({ err: error }, "no rocket");
    }
  }
}
