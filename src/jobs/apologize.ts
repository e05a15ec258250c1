// Our own failure never blocks a merge: the checks of the slot end neutral, and say so.

import { failureOf } from "../github/failure.ts";
import { concludeCheck } from "../github/publish-check.ts";
import { knownCheckRun } from "./open-check.ts";
import type { Outcome } from "./queue.ts";
import type { ReviewWork } from "./review-job.ts";
import { newestAsk } from "./review-target.ts";
import type { Tools } from "./tools.ts";

/** Seconds until we try again to conclude a check, and how many attempts there are in all. */
const concludeAgainSeconds = 300;
const mostAttempts = 10;

/** Concludes what runs in the slot, then `outcome` holds; or asks to be tried again. */
export async function apologize(
  work: ReviewWork,
  tools: Tools,
  reason: "failed" | "out-of-time",
  outcome: Outcome,
): Promise<Outcome> {
  const ask = newestAsk(work.asks);
  const { place } = ask;
  const number = ask.kind === "review" ? ask.number : undefined;
  const words = tools.words.apology(reason);
  try {
    const client = await tools.github.client(place.installation);
    for (const record of await tools.store.reviews.running(work.slot)) {
      const checkRun = await knownCheckRun(client, { place, number }, record);
      if (checkRun !== undefined) {
        await concludeCheck(client, place, { id: checkRun, annotations: 0 }, "neutral", words);
      }
      await tools.store.reviews.end(record.id, "failed");
    }
    return outcome;
  } catch (error) {
    tools.log.error({ err: error }, "a check could not be concluded");
    const isLost = failureOf(error).kind === "final" || work.attempts >= mostAttempts;
    return isLost ? { kind: "failed" } : { kind: "again", afterSeconds: concludeAgainSeconds };
  }
}
