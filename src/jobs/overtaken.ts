// Is a review still of what is there? Newer commits, or a closed pull request, end its check.

import type { GitHubClient } from "../github/client.ts";
import { readPullRequest } from "../github/read-pull-request.ts";
import {
  cancelClosed,
  concludeRunning,
  type OpenCheck,
  recordOf,
  supersede,
} from "./open-check.ts";
import type { ReviewWork, Target } from "./review-target.ts";
import type { Tools } from "./tools.ts";

/** Has somebody asked meanwhile for a newer head, or closed all? Then this check is concluded. */
export async function isSuperseded(
  client: GitHubClient,
  target: Target,
  open: OpenCheck,
  work: ReviewWork,
  tools: Tools,
): Promise<boolean> {
  const asks = (await tools.store.requests.waiting(target.slot)).map(({ ask }) => ask);
  // It was open when its first asks were answered; a late word of its closing may be an old one.
  const last = asks.slice(work.asks.length).at(-1);
  if (last?.kind === "review" && last.isClosed === true) {
    const { isOpen } = await readPullRequest(client, target.place, last.number);
    if (isOpen) return false;
    await concludeRunning(client, target, cancelClosed(tools), tools);
    return true;
  }
  for (const ask of asks) {
    if (ask.kind !== "review" || ask.head === undefined || ask.head === target.head) continue;
    if ((ask.updatedAt ?? "") <= target.updatedAt) continue;
    await supersede(client, target, recordOf(target, open), ask.head, tools);
    return true;
  }
  return false;
}

/** Just before anything is said: is the head still the one that was analysed, and all still open? */
export async function lookAgain(
  client: GitHubClient,
  target: Target,
  open: OpenCheck,
  tools: Tools,
): Promise<"here" | "moved" | "a draft"> {
  if (target.number === undefined) return "here";
  const { head, isOpen, isDraft } = await readPullRequest(client, target.place, target.number);
  if (!isOpen) {
    await concludeRunning(client, target, cancelClosed(tools), tools);
    return "moved";
  }
  if (head === target.head) return isDraft ? "a draft" : "here";
  await supersede(client, target, recordOf(target, open), head, tools);
  return "moved";
}
