// Our own failure never blocks a merge: the checks of the slot end neutral, and say so.

import type { GitHubClient } from "../github/client.ts";
import { failureOf } from "../github/failure.ts";
import { react } from "../github/publish-reply.ts";
import { concludeRunning, openCheck } from "./open-check.ts";
import type { Outcome } from "./queue.ts";
import { newestAsk, type ReviewWork, slotOfAsk } from "./review-target.ts";
import type { Tools } from "./tools.ts";

/** Seconds until we try again to conclude a check, and how many attempts there are in all. */
const againSeconds = 300;
const mostAttempts = 10;

/** Concludes what runs in the slot, then `outcome` holds; or asks to be tried again. */
export async function apologize(
  work: ReviewWork,
  tools: Tools,
  reason: "failed" | "out-of-time",
  outcome: Outcome,
): Promise<Outcome> {
  const ask = newestAsk(work.asks);
  const slot = slotOfAsk(ask, work.slot);
  const words = tools.words.apology(reason);
  try {
    const client = await tools.github.client(ask.place.installation);
    const running = await tools.store.reviews.running(work.slot);
    if (running.length === 0 && ask.head !== undefined) {
      // We did not get as far as beginning a check; a required one must not be missing for ever.
      await openCheck(client, { ...slot, head: ask.head }, tools);
    }
    await concludeRunning(client, slot, { conclusion: "neutral", words, state: "failed" }, tools);
    tools.metrics.concluded("neutral", work.ageSeconds());
    await tellPeople(client, work, tools);
    return outcome;
  } catch (error) {
    tools.log.error({ err: error }, "a check could not be concluded");
    const isLost = failureOf(error).kind === "final" || work.attempts >= mostAttempts;
    return isLost ? { kind: "failed" } : { kind: "again", afterSeconds: againSeconds };
  }
}

/** Who asked for this by a comment sees that nothing came of it, and may ask again. */
async function tellPeople(
  client: GitHubClient,
  { asks }: ReviewWork,
  { log }: Pick<Tools, "log">,
): Promise<void> {
  for (const ask of asks) {
    const comment =
      ask.kind === "review" ? (ask.order?.comment ?? ask.fix?.comment ?? ask.thank) : undefined;
    if (comment === undefined) continue;
    try {
      await react(client, ask.place, comment, "confused");
    } catch (error) {
      log.warn({ err: error }, "a person could not be told that it failed");
    }
  }
}
