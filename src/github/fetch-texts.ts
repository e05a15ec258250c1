// Many texts of one commit come in one piece, its archive; what it leaves out is asked for by name.

import type { Logger } from "pino";
import type { Place } from "../jobs/ask.ts";
import type { RepositoryCode } from "../jobs/code-cache.ts";
import { largestFile, textOf } from "./blob-text.ts";
import type { GitHubClient } from "./client.ts";
import { failureOf } from "./failure.ts";
import { readArchive } from "./read-archive.ts";
import type { WantedBlob } from "./read-blobs.ts";
import { readTree } from "./read-tree.ts";

/** So many texts of one commit come by queries: an archive holds all else of the repository too. */
const mostByQuery = 250;

/** Fetches what is wanted into `code` where it is that much; never rejects. */
export async function fetchTexts(
  client: GitHubClient,
  place: Place,
  wanted: readonly WantedBlob[],
  code: RepositoryCode,
  log: Logger,
): Promise<void> {
  const own = wanted.filter(({ elsewhere }) => elsewhere === undefined);
  if (own.length <= mostByQuery) return;
  await code.fetched();
  for (const [commit, blobs] of Map.groupBy(own, (each) => each.commit)) {
    if (blobs.length <= mostByQuery) continue;
    try {
      await code.fetch(() => fetchCommit(client, place, commit, blobs, code));
    } catch (error) {
      log.warn({ failure: failureOf(error), what: "archive" }, "a commit's texts come one by one");
    }
  }
}

async function fetchCommit(
  client: GitHubClient,
  place: Place,
  commit: string,
  wanted: readonly WantedBlob[],
  code: RepositoryCode,
): Promise<void> {
  const { files } = await readTree(client, place, commit);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const missing = new Set<string>();
  for (const { path } of wanted) {
    const file = byPath.get(path);
    if (file === undefined) continue;
    code.keepPlace(commit, path, file.blob);
    if (file.size <= largestFile && code.file(file.blob) === undefined) missing.add(file.blob);
  }
  if (missing.size === 0) return;
  const names = new Set(wanted.map(({ path }) => nameOf(path)));
  await readArchive(client, place, {
    commit,
    blobs: missing,
    isWanted: (path, size) => size <= largestFile && names.has(nameOf(path)),
    take: (blob, bytes) => code.keep(blob, textOf(bytes)),
  });
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
