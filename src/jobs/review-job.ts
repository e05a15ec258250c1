// The story of one review: read, review, plan, publish. The one place where what fails is caught;
// whatever happens, the check ends.

import type { GitHubClient } from "../github/client.ts";
import { makeLinks } from "../github/make-links.ts";
import { concludeCheck } from "../github/publish-check.ts";
import { react } from "../github/publish-reply.ts";
import { readChangeSet } from "../github/read-change-set.ts";
import { readEarlier } from "../github/read-earlier.ts";
import { readPullRequest } from "../github/read-pull-request.ts";
import { type Earlier, nothingEarlier } from "../review/earlier.ts";
import { planReview } from "../review/plan.ts";
import type { Review } from "../review/review.ts";
import type { ReviewRecord } from "../store/reviews.ts";
import { apologize } from "./apologize.ts";
import { carryOut, hasDeeds } from "./carry-out.ts";
import { afterFailure } from "./give-up.ts";
import { concludeRunning, type OpenCheck, openCheck, supersede } from "./open-check.ts";
import type { Outcome } from "./queue.ts";
import { findTarget, newestAsk, type ReviewWork, slotOfAsk, type Target } from "./review-target.ts";
import { OutOfTime } from "./reviewer.ts";
import type { Tools } from "./tools.ts";

export async function reviewJob(work: ReviewWork, tools: Tools): Promise<Outcome> {
  try {
    const end = await tellStory(work, tools);
    return end === "newer commits" ? { kind: "again", afterSeconds: 0 } : { kind: "done" };
  } catch (error) {
    if (work.signal.aborted) return { kind: "again", afterSeconds: 0 };
    const isOutOfTime = error instanceof OutOfTime;
    const outcome = isOutOfTime
      ? ({ kind: "done" } as const)
      : afterFailure(error, { ...tools, attempts: work.attempts });
    if (outcome.kind === "again") return outcome;
    return await apologize(work, tools, isOutOfTime ? "out-of-time" : "failed", outcome);
  }
}

type End = "published" | "nothing to do" | "newer commits";

async function tellStory(work: ReviewWork, tools: Tools): Promise<End> {
  const { signal } = work;
  const { store, config, words } = tools;
  const started = Date.now();
  const newest = newestAsk(work.asks);
  const client = await tools.github.client(newest.place.installation);
  const target = await findTarget(client, newest, work.slot);
  if (target === undefined) {
    // Closed while its check ran: nobody waits for that any more.
    const ending = { conclusion: "cancelled", words: words.closed(), state: "superseded" } as const;
    await concludeRunning(client, slotOfAsk(newest, work.slot), ending, tools);
    return "nothing to do";
  }
  const { place, head } = target;
  const open = await openCheck(client, target, tools);
  const log = tools.log.child({ review: open.id, head });

  if (!open.check.isCompleted) {
    const change = await readChangeSet(client, place, target);
    signal.throwIfAborted();
    if (await isSuperseded(client, target, open, tools)) return "newer commits";

    const review = await tools.reviewer.review(change, { files: [] }, config);
    const earlier = await earlierOf(client, target, review);
    const plan = planReview(review, change, earlier, config, target);
    const links = makeLinks(tools.sites, place, head);
    signal.throwIfAborted();
    if (await isSuperseded(client, target, open, tools)) return "newer commits";

    if (target.number !== undefined && hasDeeds(plan)) {
      if (await hasMoved(client, target, open, tools)) return "newer commits";
      const stage = { place, number: target.number, head };
      await carryOut(client, stage, review, plan, links, { words, log });
    }
    const seconds = (Date.now() - started) / 1000;
    const output = words.check(review, plan, links, { seconds });
    await concludeCheck(client, place, open.check, plan.conclusion, output);
    log.info(
      { conclusion: plan.conclusion, introduced: review.introduced.length, said: plan.say.length },
      "reviewed",
    );
  }
  await store.reviews.end(open.id, "done");
  await thank(client, work, tools);
  return "published";
}

/** Nothing is asked where nothing can have been said. */
async function earlierOf(
  client: GitHubClient,
  { place, number, isTalkedAbout }: Target,
  review: Review,
): Promise<Earlier> {
  const isNeeded = isTalkedAbout || review.introduced.length > 0;
  return number !== undefined && isNeeded
    ? await readEarlier(client, place, number)
    : nothingEarlier;
}

/** Has somebody asked meanwhile for a newer head? Then this check is concluded. */
async function isSuperseded(
  client: GitHubClient,
  target: Target,
  open: OpenCheck,
  tools: Tools,
): Promise<boolean> {
  for (const { ask } of await tools.store.requests.waiting(target.slot)) {
    if (ask.kind !== "review" || ask.head === undefined || ask.head === target.head) continue;
    if ((ask.updatedAt ?? "") <= target.updatedAt) continue;
    await supersede(client, target, recordOf(target, open), ask.head, tools);
    return true;
  }
  return false;
}

function recordOf({ slot, head }: Target, { id, check }: OpenCheck): ReviewRecord {
  return { id, slot, head, checkRun: check.id };
}

/** Just before anything is said: is the head still the one that was analysed? */
async function hasMoved(
  client: GitHubClient,
  target: Target,
  open: OpenCheck,
  tools: Tools,
): Promise<boolean> {
  if (target.number === undefined) return false;
  const { head } = await readPullRequest(client, target.place, target.number);
  if (head === target.head) return false;
  await supersede(client, target, recordOf(target, open), head, tools);
  return true;
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
