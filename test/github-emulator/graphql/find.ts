// Finds things by their GraphQL node ids, wherever they are.

import type { Stage } from "../call.ts";
import type { PullRequest, Repository, Thread, User } from "../world.ts";
import { nodeId } from "../world.ts";

interface Found {
  readonly repository: Repository;
  readonly pull: PullRequest;
}

/** The thread of a node id, wherever it is. */
export function findThread(stage: Stage, id: string): (Found & { thread: Thread }) | undefined {
  for (const { repository, pull } of allPullRequests(stage)) {
    const thread = pull.threads.find((each) => each.id === id);
    if (thread) return { repository, pull, thread };
  }
  return undefined;
}

/** A comment or a review that can be minimized. */
export function findMinimizable(
  stage: Stage,
  id: string,
):
  | (Found & { target: { minimized: string | undefined; readonly author: User }; typename: string })
  | undefined {
  for (const { repository, pull } of allPullRequests(stage)) {
    const replies = pull.threads.flatMap((thread) => thread.comments);
    const candidates = [
      ...replies.map((each) => ({
        target: each,
        prefix: "PRRC",
        typename: "PullRequestReviewComment",
      })),
      ...pull.comments.map((each) => ({ target: each, prefix: "IC", typename: "IssueComment" })),
      ...pull.reviews.map((each) => ({
        target: each,
        prefix: "PRR",
        typename: "PullRequestReview",
      })),
    ];
    const found = candidates.find((each) => nodeId(each.prefix, each.target.id) === id);
    if (found) return { repository, pull, target: found.target, typename: found.typename };
  }
  return undefined;
}

function allPullRequests(stage: Stage): Found[] {
  return [...stage.world.repositories.values()].flatMap((repository) =>
    [...repository.pullRequests.values()].map((pull) => ({ repository, pull })),
  );
}
