// When there is nothing to analyse again: the review at hand is of the same files.

import type { GitHubClient } from "../github/client.ts";
import { readTreeId } from "../github/read-tree-id.ts";
import { ordersOf } from "./hear.ts";
import type { RecentReview } from "./recent-reviews.ts";
import type { ReviewWork, Target } from "./review-target.ts";
import type { Tools } from "./tools.ts";

/** Where people only gave orders, the analysis of the same commits is taken up again. */
export function recallOrdered(
  work: ReviewWork,
  { slot, head, base }: Target,
  { recent }: Tools,
): RecentReview | undefined {
  const known = recent.newest(slot);
  const isOnlyOrders =
    ordersOf(work).length > 0 &&
    work.asks.every((ask) => ask.kind === "review" && (ask.order ?? ask.isGlance) !== undefined);
  return isOnlyOrders && known?.head === head && known.base === base ? known : undefined;
}

/**
 * A merge group that holds, file by file, what was reviewed on its pull request, and brings it onto the
 * commit it was compared with: there is nothing to analyse again.
 */
export async function recallQueued(
  client: GitHubClient,
  { place, base, queued }: Target,
  { recent }: Tools,
): Promise<RecentReview | undefined> {
  if (queued?.tree === undefined) return undefined;
  const known = recent.newest(`${place.repositoryId}#${queued.number}`);
  if (known === undefined || known.change.base !== base) return undefined;
  return (await readTreeId(client, place, known.head)) === queued.tree ? known : undefined;
}
