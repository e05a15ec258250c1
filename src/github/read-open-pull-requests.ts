// Every open pull request that the App can see and that changed lately: for making good what was missed.

import type { Place } from "../jobs/ask.ts";
import type { GitHub, GitHubClient } from "./client.ts";
import { isStatus } from "./failure.ts";
import { checkName } from "./publish-check.ts";

export interface OpenPullRequest {
  readonly place: Place;
  readonly number: number;
  readonly head: string;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** Numbers of the installations that are not suspended. */
export async function readInstallations(github: GitHub): Promise<readonly number[]> {
  const app = await github.app();
  const all = await app.paginate(app.rest.apps.listInstallations, { per_page: 100 });
  return all.filter((each) => each.suspended_at === null).map((each) => each.id);
}

/** Is the App installed there still? Only GitHub's clear word counts as a no. */
export async function isInstalled(github: GitHub, installation: number): Promise<boolean> {
  const app = await github.app();
  try {
    await app.rest.apps.getInstallation({ installation_id: installation });
    return true;
  } catch (error) {
    if (isStatus(error, 404)) return false;
    throw error;
  }
}

/** Open pull requests of one installation that changed since then; at most 100 of a repository. */
export async function* openPullRequests(
  client: GitHubClient,
  installation: number,
  since: Date,
): AsyncGenerator<OpenPullRequest> {
  const pages = client.paginate.iterator(client.rest.apps.listReposAccessibleToInstallation, {
    per_page: 100,
  });
  for await (const { data: repositories } of pages) {
    for (const { id, name, owner, archived, pushed_at } of repositories) {
      // A repository without a push since then has no pull request with a new head.
      if (archived || (pushed_at !== null && Date.parse(pushed_at) < since.getTime())) continue;
      const place = { installation, repositoryId: id, owner: owner.login, repo: name };
      yield* openIn(client, place, since);
    }
  }
}

async function* openIn(
  client: GitHubClient,
  place: Place,
  since: Date,
): AsyncGenerator<OpenPullRequest> {
  const { data: pulls } = await client.rest.pulls.list({
    ...{ owner: place.owner, repo: place.repo, state: "open" },
    ...{ sort: "updated", direction: "desc", per_page: 100 },
  });
  for (const { number, head, updated_at: updatedAt } of pulls) {
    if (Date.parse(updatedAt) < since.getTime()) return;
    yield { place, number, head: head.sha, updatedAt };
  }
}

/** Does a commit carry a concluded check run of this App? */
export async function hasConcludedCheck(
  client: GitHubClient,
  { owner, repo }: Place,
  head: string,
  appId: number,
): Promise<boolean> {
  const { data } = await client.rest.checks.listForRef({
    ...{ owner, repo, ref: head, check_name: checkName, app_id: appId },
    ...{ status: "completed", per_page: 1 },
  });
  return data.check_runs.length > 0;
}
