// A pull request as GitHub knows it now: which head, onto which base, and whether it is a draft.

import type { Place } from "../jobs/ask.ts";
import type { GitHubClient } from "./client.ts";

export interface PullRequest {
  readonly number: number;
  readonly isOpen: boolean;
  readonly isDraft: boolean;
  /** Commit ids; `base` is the tip of the base branch, not the merge base. */
  readonly head: string;
  readonly base: string;
  /** ISO 8601; grows with every change of the pull request. */
  readonly updatedAt: string;
  /** How many comments there are, in threads and below the pull request. */
  readonly comments: number;
  /** The pull request's page. */
  readonly url: string;
  /** `undefined` where the head is in another repository: a fork. */
  readonly headBranch: { readonly name: string; readonly isDefault: boolean } | undefined;
}

export async function readPullRequest(
  client: GitHubClient,
  { owner, repo }: Place,
  number: number,
): Promise<PullRequest> {
  const { data } = await client.rest.pulls.get({ owner, repo, pull_number: number });
  return {
    number,
    isOpen: data.state === "open",
    isDraft: data.draft ?? false,
    head: data.head.sha,
    base: data.base.sha,
    updatedAt: data.updated_at,
    comments: data.comments + data.review_comments,
    url: data.html_url,
    headBranch:
      // The repository of a fork may be gone, whatever the description says.
      (data.head.repo as { readonly id: number } | null)?.id === data.base.repo.id
        ? { name: data.head.ref, isDefault: data.head.ref === data.base.repo.default_branch }
        : undefined,
  };
}
