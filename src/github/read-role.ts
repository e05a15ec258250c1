// What a person may do in a repository.

import type { Place } from "../jobs/ask.ts";
import type { GitHubClient } from "./client.ts";
import { isStatus } from "./failure.ts";

/**
 * May this person write? GitHub's `permission` counts maintainers as writers, and a custom role as
 * the role that it is built on.
 */
export async function mayWrite(
  client: GitHubClient,
  { owner, repo }: Place,
  login: string,
): Promise<boolean> {
  try {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({
      owner,
      repo,
      username: login,
    });
    return data.permission === "admin" || data.permission === "write";
  } catch (error) {
    if (isStatus(error, 404)) return false;
    throw error;
  }
}
