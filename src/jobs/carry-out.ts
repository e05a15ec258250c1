// Carries out a plan on the pull request: what is new is said in one review, comments whose finding is
// gone are closed, those whose finding came back are opened again.

import type { GitHubClient } from "../github/client.ts";
import { failureOf } from "../github/failure.ts";
import { type OutgoingComment, publishReview } from "../github/publish-review.ts";
import { closeThread, reopenThread, rewriteThread } from "../github/publish-threads.ts";
import { readPullRequest } from "../github/read-pull-request.ts";
import type { Links } from "../render/links.ts";
import type { Plan, PlannedComment } from "../review/plan.ts";
import type { Review } from "../review/review.ts";
import type { Place } from "./ask.ts";
import type { Tools } from "./tools.ts";

export interface Stage {
  readonly place: Place;
  readonly number: number;
  /** The commit that was reviewed. */
  readonly head: string;
}

/** Does the plan change anything on the pull request, beside the check? */
export function hasDeeds({ say, close, reopen, rewrite }: Plan): boolean {
  return say.length + close.length + reopen.length + rewrite.length > 0;
}

/**
 * Says and edits what is planned. Each deed is found done when the job is tried again. Where we may
 * not (a locked conversation), the check still tells everything.
 */
export async function carryOut(
  client: GitHubClient,
  stage: Stage,
  review: Review,
  plan: Plan,
  links: Links,
  tools: Pick<Tools, "words" | "log">,
): Promise<void> {
  const { place, head } = stage;
  const { words } = tools;
  for (const closed of plan.close) {
    const { earlier, endsThread } = closed;
    const body = words.closedComment(closed, head);
    await unlessRefused(tools, () => closeThread(client, place, earlier, endsThread, body));
  }
  for (const reopened of plan.reopen) {
    const body = words.reopened(reopened, head, links);
    await unlessRefused(tools, () => reopenThread(client, place, reopened.earlier, body));
  }
  for (const shared of plan.rewrite) {
    const body = words.rewritten(shared, head, links);
    await unlessRefused(tools, () => rewriteThread(client, place, shared, body));
  }
  if (plan.say.length > 0) {
    await unlessRefused(tools, () => say(client, stage, review, plan, links, tools));
  }
}

async function say(
  client: GitHubClient,
  { place, number, head }: Stage,
  review: Review,
  plan: Plan,
  links: Links,
  { words, log }: Pick<Tools, "words" | "log">,
): Promise<void> {
  const comments = plan.say.flatMap((planned) => outgoing(planned, words.comment(planned, links)));
  const body = words.body(plan, review, links);
  const isCurrent = async () => (await readPullRequest(client, place, number)).head === head;
  const outgoingReview = { number, head, body, comments };
  const nowhere = await publishReview(client, place, outgoingReview, isCurrent);
  if (nowhere.length > 0) log.warn({ comments: nowhere.length }, "comments were refused");
}

async function unlessRefused(
  { log }: Pick<Tools, "log">,
  deed: () => Promise<void>,
): Promise<void> {
  try {
    await deed();
  } catch (error) {
    if (failureOf(error).kind !== "final") throw error;
    log.warn({ err: error }, "GitHub refused it");
  }
}

function outgoing({ anchor }: PlannedComment, body: string): OutgoingComment[] {
  switch (anchor.kind) {
    case "lines":
      return [{ path: anchor.path, body, lines: { start: anchor.startLine, end: anchor.line } }];
    case "file":
      return [{ path: anchor.path, body, lines: undefined }];
    case "summary":
      return [];
  }
}
