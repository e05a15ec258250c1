// What a person may do in a repository.

import type { Place } from "../jobs/ask.ts";
import { type Role, roles } from "../review/config.ts";
import type { GitHubClient } from "./client.ts";
import { isStatus } from "./failure.ts";

/**
 * The person's role. `role_name` alone tells maintainers from writers; a custom role, whose name is
 * its own, counts as the old permission that it is built on. https://docs.github.com/en/rest/collaborators
 */
export async function readRole(
  client: GitHubClient,
  { owner, repo }: Place,
  login: string,
): Promise<Role | undefined> {
  try {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({
      owner,
      repo,
      username: login,
    });
    return (
      roles.find((role) => role === data.role_name) ?? roles.find((r) => r === data.permission)
    );
  } catch (error) {
    if (isStatus(error, 404)) return undefined;
    throw error;
  }
}

/** Each role may what the ones before it may. */
export function isAtLeast(role: Role | undefined, least: Role): boolean {
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(least);
}
