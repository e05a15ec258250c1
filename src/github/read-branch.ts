// All of a commit that Pyward reads, as a change that adds it: for a branch, of which nothing is older.

import type { Place } from "../jobs/ask.ts";
import type { RepositoryCode } from "../jobs/code-cache.ts";
import type { ChangedFile, ChangeSet } from "../review/change-set.ts";
import { withoutInstalledCode } from "../review/installed-code.ts";
import { isReviewedFile } from "../review/is-reviewed-file.ts";
import { largestFile, textOf } from "./blob-text.ts";
import type { GitHubClient } from "./client.ts";
import { readArchive } from "./read-archive.ts";
import { readNewBlobs } from "./read-blobs.ts";
import { type ListedFile, readTree } from "./read-tree.ts";

/** As much as is looked at; what comes after it in the tree is told as unread. */
const limits = { files: 20_000, bytes: 64_000_000 } as const;

/** So many texts come by queries; for more the archive is the shorter way. */
const mostByQuery = 80;

export async function readBranch(
  client: GitHubClient,
  place: Place,
  head: string,
  code: RepositoryCode,
): Promise<ChangeSet> {
  const listed = (await readTree(client, place, head)).files.filter(({ path }) =>
    isReviewedFile(path),
  );
  const own = new Set(withoutInstalledCode(listed.map(({ path }) => path)).kept);
  const files = listed.filter(({ path }) => own.has(path));
  const read = withinLimits(files);
  await fetchTexts(client, place, head, code, read);
  const isRead = new Set(read);
  return {
    base: head,
    head,
    files: files.map((file) => describe(file, isRead.has(file) ? code : undefined)),
  };
}

function withinLimits(files: readonly ListedFile[]): readonly ListedFile[] {
  let bytes = 0;
  return files
    .filter(({ size }) => size <= largestFile)
    .slice(0, limits.files)
    .filter(({ size }) => {
      bytes += size;
      return bytes <= limits.bytes;
    });
}

async function fetchTexts(
  client: GitHubClient,
  place: Place,
  head: string,
  code: RepositoryCode,
  files: readonly ListedFile[],
): Promise<void> {
  const missing = files.filter(({ blob }) => code.file(blob) === undefined);
  if (missing.length <= mostByQuery) {
    const wanted = missing.map(({ path, blob }) => ({ commit: head, path, blob }));
    await readNewBlobs(client, place, wanted, code);
    return;
  }
  await code.fetch(() =>
    readArchive(client, place, {
      commit: head,
      blobs: new Set(missing.map(({ blob }) => blob)),
      isWanted: (path, size) => isReviewedFile(path) && size <= largestFile,
      take: (blob, bytes) => code.keep(blob, textOf(bytes)),
    }),
  );
}

function describe({ path, blob }: ListedFile, code: RepositoryCode | undefined): ChangedFile {
  const text = code?.file(blob)?.text;
  return {
    ...{ path, previousPath: undefined, status: "added", baseText: undefined, headText: text },
    hunks: undefined,
    unread: text === undefined ? "It is too large, or no UTF-8 text." : undefined,
  };
}
