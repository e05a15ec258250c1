// GitHub sends a webhook once. What we did not take (we were down, or too slow) it sends again when
// asked: after each failed attempt once, and not for ever.

import { type FailedDelivery, readFailedDeliveries, redeliver } from "../github/read-deliveries.ts";
import type { UpkeepTools } from "./upkeep-tools.ts";

/** What we act on; the rest was nothing to us the first time. */
const events = new Set([
  ...["pull_request", "issue_comment", "pull_request_review_comment"],
  ...["pull_request_review_thread", "check_run", "check_suite", "merge_group"],
  ...["installation", "installation_repositories", "repository", "push"],
]);

const mostAttempts = 5;

export async function redeliverFailed(
  { github, store, log }: UpkeepTools,
  youngestMs: number,
  signal: AbortSignal,
): Promise<void> {
  const app = await github.app();
  const isKnown = async (delivery: FailedDelivery) =>
    !events.has(delivery.event) ||
    delivery.attempts > mostAttempts ||
    (await store.wasSaid(keyOf(delivery)));
  const failed = await readFailedDeliveries(app, isKnown, { youngestMs });
  for (const delivery of failed) {
    if (signal.aborted) return;
    await redeliver(app, delivery.id);
    // Afterwards: asked twice is harmless, because a delivery is worked on once.
    await store.sayOnce(keyOf(delivery));
    log.info(
      { delivery: delivery.guid, attempts: delivery.attempts },
      "asked for a delivery again",
    );
  }
}

function keyOf({ guid, attempts }: FailedDelivery): string {
  return `redelivery//${guid}/${attempts}`;
}
