// The tree of a commit, by its id: two commits with the same one hold the same files.

import type { Place } from "../jobs/ask.ts";
import type { GitHubClient } from "./client.ts";

export async function readTreeId(
  client: GitHubClient,
  { owner, repo }: Place,
  commit: string,
): Promise<string> {
  const { data } = await client.rest.git.getCommit({ owner, repo, commit_sha: commit });
  return data.tree.sha;
}
