// What we said earlier on a pull request, read back from the markers in our own comments.

import type { Place } from "../jobs/ask.ts";
import { readMarker } from "../review/marker.ts";
import type { EarlierComment } from "../review/plan.ts";
import type { GitHubClient } from "./client.ts";

/**
 * Reads the review comments that the App wrote, whose name is `appSlug`. Anybody can write a marker,
 * so only the author counts.
 */
export async function readEarlier(
  client: GitHubClient,
  { owner, repo }: Place,
  number: number,
  appSlug: string,
): Promise<readonly EarlierComment[]> {
  const comments = await client.paginate(client.rest.pulls.listReviewComments, {
    owner,
    repo,
    pull_number: number,
    per_page: 100,
  });
  const earlier: EarlierComment[] = [];
  for (const { user, body } of comments) {
    if (user?.type !== "Bot" || user.login !== `${appSlug}[bot]`) continue;
    const marker = readMarker(body);
    if (marker !== undefined) earlier.push({ fingerprint: marker.fingerprint });
  }
  return earlier;
}
