// The files of a change, however many: of a small one GitHub's comparison holds them all, of a larger one
// the pull request's own list, and of what neither holds the trees of both commits tell.

import type { Place } from "../jobs/ask.ts";
import type { GitHubClient } from "./client.ts";
import { readTree, type ListedFile as TreeFile } from "./read-tree.ts";

export interface ListedFile {
  /** Git's name for the bytes at the head, or at the base of a removed file. */
  readonly sha: string | null;
  readonly filename: string;
  readonly status: string;
  readonly changes: number;
  readonly patch?: string | undefined;
  readonly previous_filename?: string | undefined;
}

/**
 * GitHub compares at most so many files, and lists at most so many of a pull request.
 * https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
 */
const comparedFiles = 300;
const mostListed = 3000;

/** @param compared the files of the comparison, from the merge base to the head. */
export async function listChangedFiles(
  client: GitHubClient,
  place: Place,
  range: { readonly base: string; readonly head: string; readonly number: number | undefined },
  compared: readonly ListedFile[],
): Promise<readonly ListedFile[]> {
  const { base, head, number } = range;
  if (compared.length < comparedFiles) return compared;
  const { owner, repo } = place;
  const listed: readonly ListedFile[] =
    number === undefined
      ? compared
      : await client.paginate(client.rest.pulls.listFiles, {
          ...{ owner, repo, pull_number: number },
          per_page: 100,
        });
  if (number !== undefined && listed.length < mostListed) return listed;
  const [before, after] = await Promise.all([
    readTree(client, place, base),
    readTree(client, place, head),
  ]);
  return [...listed, ...unlisted(before.files, after.files, listed)];
}

/** Without a diff, and with a renamed file as a removed and an added one. */
function unlisted(
  before: readonly TreeFile[],
  after: readonly TreeFile[],
  listed: readonly ListedFile[],
): readonly ListedFile[] {
  const known = new Set(
    listed.flatMap(({ filename, previous_filename: previous }) => [filename, previous]),
  );
  const blobBefore = new Map(before.map(({ path, blob }) => [path, blob]));
  const there = new Set(after.map(({ path }) => path));
  const changed = after.filter(
    ({ path, blob }) => !known.has(path) && blobBefore.get(path) !== blob,
  );
  const removed = before.filter(({ path }) => !known.has(path) && !there.has(path));
  return [
    ...changed.map(({ path, blob }) => ({
      ...{ filename: path, sha: blob, changes: 1 },
      status: blobBefore.has(path) ? "modified" : "added",
    })),
    ...removed.map(({ path, blob }) => ({
      ...{ filename: path, sha: blob, changes: 1, status: "removed" },
    })),
  ];
}
