// Versions of files that commits of a change made and later ones replaced: where a secret may have been.

import type { PassingVersion } from "../review/change-set.ts";
import { isReviewedFile } from "../review/is-reviewed-file.ts";
import { git } from "./git.ts";
import { readBlobs } from "./read-blobs.ts";
import type { Range, Repository } from "./repository.ts";

/** More versions than these are not read, the latest first. */
const mostVersions = 200;

/**
 * Merges are passed over: what they bring was made elsewhere.
 * @param known blob ids that are looked at anyway: those at both ends of the change.
 * @param limit bytes over which a file is left unread.
 */
export async function readPassingVersions(
  { root: cwd }: Repository,
  { base, head }: Range,
  known: ReadonlySet<string>,
  limit: number,
): Promise<readonly PassingVersion[]> {
  const format = ["--raw", "-z", "--no-abbrev", "--no-renames", "--no-merges", "--format=%x00%H"];
  const log = await git(["log", ...format, `${base}..${head ?? "HEAD"}`, "--"], { cwd }).catch(
    // Before the first commit there is no history.
    () => "",
  );
  const wanted = new Map<string, { commit: string; path: string }>();
  let commit = "";
  const parts = log.split("\0");
  for (const [index, part] of parts.entries()) {
    const line = part.trim();
    if (/^[\da-f]{40,64}$/u.test(line)) commit = line;
    const newBlob = /^:\d+ 100\d+ \S+ (\S+) \w$/u.exec(line)?.[1];
    const path = parts[index + 1] ?? "";
    if (newBlob === undefined) continue;
    if (known.has(newBlob) || wanted.has(newBlob) || !isReviewedFile(path)) continue;
    if (wanted.size < mostVersions) wanted.set(newBlob, { commit, path });
  }
  const blobs = await readBlobs([...wanted.keys()], limit, cwd);
  return [...wanted].flatMap(([id, version]) => {
    const read = blobs.get(id);
    return read !== undefined && "text" in read ? [{ ...version, text: read.text }] : [];
  });
}
