// Our own failure never blocks a merge: the checks of the slot end neutral, and say so.

import { failureOf } from "../github/failure.ts";
import { concludeRunning, openCheck } from "./open-check.ts";
import { showFailure } from "./people-who-asked.ts";
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
    await showFailure(client, work, tools);
    return outcome;
  } catch (error) {
    tools.log.error({ err: error }, "a check could not be concluded");
    const isLost = failureOf(error).kind === "final" || work.attempts >= mostAttempts;
    return isLost ? { kind: "failed" } : { kind: "again", afterSeconds: againSeconds };
  }
}
