// A review that began and never ended leaves a check hanging: it is taken up once more, and where that
// fails too, let go.

import { sweepDelivery } from "../store/upkeep-records.ts";
import { bareAsk } from "./ask.ts";
import type { UpkeepTools } from "./upkeep-tools.ts";

export async function sweepForgotten(
  { store, log, submit }: UpkeepTools,
  afterSeconds: number,
): Promise<void> {
  for (const { id, ask, wasRetried } of await store.upkeep.forgottenReviews(afterSeconds)) {
    const again = ask && bareAsk(ask);
    if (again === undefined || wasRetried) {
      log.error({ review: id }, "a review that cannot be ended is let go");
      await store.reviews.end(id, "failed");
      continue;
    }
    log.warn({ review: id }, "a forgotten review is taken up again");
    await submit(sweepDelivery(id), again);
  }
}
