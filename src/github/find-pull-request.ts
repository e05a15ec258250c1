// Which pull request a commit is the head of, where a webhook does not tell (forks).

import type { Place } from "../jobs/ask.ts";
import type { GitHubClient } from "./client.ts";

/**
 * The number of the one open pull request into this repository with this head; `undefined` where
 * there is none or more than one. GitHub's list for a commit may be empty for forks, so the open
 * pull requests are looked through too, the newest 300 of them.
 */
export async function findPullRequest(
  client: GitHubClient,
  place: Place,
  head: string,
): Promise<number | undefined> {
  const { owner, repo } = place;
  const ofCommit = await client.rest.repos.listPullRequestsAssociatedWithCommit({
    owner,
    repo,
    commit_sha: head,
    per_page: 100,
  });
  const known = theOnly(ofCommit.data, place, head);
  if (known !== undefined) return known;
  for (let page = 1; page <= 3; page += 1) {
    const open = await client.rest.pulls.list({ owner, repo, state: "open", per_page: 100, page });
    const found = theOnly(open.data, place, head);
    if (found !== undefined || open.data.length < 100) return found;
  }
  return undefined;
}

interface Listed {
  readonly number: number;
  readonly state: string;
  readonly head: { readonly sha: string };
  readonly base: { readonly repo: { readonly id: number } };
}

function theOnly(pulls: readonly Listed[], place: Place, head: string): number | undefined {
  const fitting = pulls.filter(
    (pull) =>
      pull.state === "open" && pull.head.sha === head && pull.base.repo.id === place.repositoryId,
  );
  return fitting.length === 1 ? fitting[0]?.number : undefined;
}
