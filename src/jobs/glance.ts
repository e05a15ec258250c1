// Somebody resolved one of our threads, or opened it again: the check's summary says so at once. Its
// verdict does not change, and nothing is said on the pull request.

import type { GitHubClient } from "../github/client.ts";
import { makeLinks } from "../github/make-links.ts";
import { rewordCheck } from "../github/publish-check.ts";
import { planReview } from "../review/plan.ts";
import { hear } from "./hear.ts";
import type { ReviewWork, Target } from "./review-target.ts";
import type { Tools } from "./tools.ts";

export function isGlance({ asks }: ReviewWork): boolean {
  return asks.every((ask) => ask.kind === "review" && ask.isGlance === true);
}

/** Does nothing where the review is not at hand any more: the next one tells of the thread. */
export async function glance(
  client: GitHubClient,
  target: Target,
  work: ReviewWork,
  tools: Tools,
): Promise<void> {
  const recent = tools.recent.newest(target.slot);
  if (recent?.told === undefined || recent.head !== target.head) return;
  const { found, change, told } = recent;
  const heard = await hear(client, target, recent.review, work, { ...tools, config: found.config });
  const nothingNew = { mayComment: false };
  const plan = planReview(heard.review, change, heard.earlier, found.config, nothingNew);
  const links = makeLinks(tools.sites, target.place, target.head);
  const { check, ...facts } = told;
  const output = tools.words.check(heard.review, plan, links, {
    ...facts,
    config: found,
  });
  await rewordCheck(client, target.place, check, output);
}
