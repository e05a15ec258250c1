// What became of the webhooks that GitHub sent us, and the order to send one again. GitHub never does
// so by itself. https://docs.github.com/en/rest/apps/webhooks

import { z } from "zod";
import type { GitHubClient } from "./client.ts";

export interface FailedDelivery {
  /** Of the newest attempt: what GitHub is asked by to send it again. */
  readonly id: number;
  /** The same for every attempt at one event. */
  readonly guid: string;
  readonly event: string;
  /** How often it was sent in vain. */
  readonly attempts: number;
}

/** Sent longer ago than this, in milliseconds, a delivery is not kept by GitHub any more. */
const windowMs = 3 * 86_400_000;

/** While a delivery may still be under way, it has not failed: GitHub waits 10 seconds, Enterprise 30. */
const patienceMs = 30_000;

/**
 * The deliveries of the last three days that failed and did not arrive on another attempt, oldest
 * first. `isKnown` tells of those that were already sent again after so many attempts: while there is
 * no other, the much longer list of what arrived is not read.
 */
export async function readFailedDeliveries(
  app: GitHubClient,
  isKnown: (delivery: FailedDelivery) => Promise<boolean>,
  { now = Date.now(), youngestMs = patienceMs } = {},
): Promise<readonly FailedDelivery[]> {
  const failed = new Map<string, FailedDelivery>();
  let oldest = now;
  for await (const { id, guid, event, at } of deliveries(app, "failure", now - windowMs)) {
    if (at > now - youngestMs) continue;
    const newer = failed.get(guid);
    const attempts = (newer?.attempts ?? 0) + 1;
    failed.set(guid, { id: newer?.id ?? id, guid, event, attempts });
    oldest = Math.min(oldest, at);
  }
  for (const delivery of failed.values()) {
    if (await isKnown(delivery)) failed.delete(delivery.guid);
  }
  if (failed.size === 0) return [];
  for await (const { guid } of deliveries(app, "success", oldest)) failed.delete(guid);
  return [...failed.values()].toReversed();
}

export async function redeliver(app: GitHubClient, id: number): Promise<void> {
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
}

interface SentDelivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  /** When it was sent, in milliseconds. */
  readonly at: number;
}

/** Page by page, newest first, until `since`. */
async function* deliveries(
  app: GitHubClient,
  status: "failure" | "success",
  since: number,
): AsyncGenerator<SentDelivery> {
  const list = app.rest.apps.listWebhookDeliveries;
  const pages = app.paginate.iterator(list, { per_page: 100, status });
  for await (const { data } of pages) {
    for (const { id, guid, event, delivered_at } of z.array(listed).parse(data)) {
      const at = Date.parse(delivered_at);
      // Times are told in whole seconds.
      if (at + 1000 < since) return;
      yield { id, guid, event, at };
    }
  }
}

const listed = z.object({
  id: z.number(),
  guid: z.string(),
  event: z.string(),
  delivered_at: z.string(),
});
