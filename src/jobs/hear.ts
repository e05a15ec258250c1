// What was said on the pull request so far: read back, joined with what the store remembers of other
// pull requests, and with the orders that wait to be heard.

import type { GitHubClient } from "../github/client.ts";
import { readEarlier } from "../github/read-earlier.ts";
import { type Decision, keyOf } from "../review/decision.ts";
import { type Earlier, nothingEarlier } from "../review/earlier.ts";
import { keepMarks } from "../review/keep-marks.ts";
import type { Review } from "../review/review.ts";
import type { Order } from "./ask.ts";
import { type Heard, obeyAll } from "./obey.ts";
import type { ReviewWork, Target } from "./review-target.ts";
import type { Tools } from "./tools.ts";

/** Reads what was said, and carries out the orders among the asks. */
export async function hear(
  client: GitHubClient,
  target: Target,
  review: Review,
  work: ReviewWork,
  tools: Tools,
): Promise<Heard> {
  const { number = target.queued?.number, place, isTalkedAbout } = target;
  if (number === undefined) return { earlier: nothingEarlier, review, obeyed: 0 };
  const orders = ordersOf(work);
  // Nothing is asked where nothing can have been said.
  const isNeeded = isTalkedAbout || review.introduced.length > 0 || orders.length > 0;
  const said = isNeeded ? await readEarlier(client, place, number) : nothingEarlier;
  const rules = [...new Set(review.introduced.map(({ finding }) => finding.rule))];
  const kept = await tools.store.decisions.holding(place.repositoryId, number, rules);
  const earlier: Earlier = { ...said, decisions: join(said.decisions, kept) };
  const known = keepMarks(review, said.comments);
  return await obeyAll(orders, earlier, { client, place, number, review: known, tools });
}

export function ordersOf({ asks }: ReviewWork): Order[] {
  return asks.flatMap((ask) => (ask.kind === "review" && ask.order ? [ask.order] : []));
}

/** What stands on the pull request itself comes first; one subject has one decision. */
function join(said: readonly Decision[], kept: readonly Decision[]): readonly Decision[] {
  const bySubject = new Map([...said, ...kept].toReversed().map((each) => [keyOf(each), each]));
  return [...bySubject.values()];
}
