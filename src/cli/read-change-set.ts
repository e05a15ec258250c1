// A range of a local git repository as a ChangeSet: the same value that a pull request becomes.

import { join } from "node:path";
import { isConfigFile } from "../analysis/config-file.ts";
import type { ChangedFile, ChangeSet } from "../review/change-set.ts";
import { isPythonFile } from "../review/is-python-file.ts";
import { isCodeFile } from "../review/is-reviewed-file.ts";
import { type ChangedEntry, readChangedEntries } from "./changed-entries.ts";
import { readBlobs } from "./read-blobs.ts";
import { readFileText } from "./read-files.ts";
import { readPassingVersions } from "./read-passing-versions.ts";
import type { ReadText } from "./read-text.ts";
import type { Range, Repository } from "./repository.ts";

/** @param limit bytes over which a Python file is left unread. */
export async function readChangeSet(
  repository: Repository,
  range: Range,
  limit: number,
): Promise<ChangeSet> {
  const entries = await readChangedEntries(repository, range);
  const { root } = repository;
  const ids = entries
    .filter(isRead)
    .flatMap(({ oldMode, oldBlob, newMode, newBlob }) => [
      ...(isRegular(oldMode) ? [oldBlob] : []),
      ...(isRegular(newMode) && range.head !== undefined ? [newBlob] : []),
    ]);
  const blobs = await readBlobs(
    ids.filter((id) => !/^0*$/u.test(id)),
    limit,
    root,
  );

  const readHead = async (entry: ChangedEntry): Promise<ReadText | undefined> => {
    if (!isRegular(entry.newMode)) return undefined;
    return range.head === undefined
      ? readFileText(join(root, entry.path), limit)
      : (blobs.get(entry.newBlob) ?? missing);
  };
  const files: ChangedFile[] = [];
  for (const entry of entries) {
    const known = isRead(entry);
    const base = known && isRegular(entry.oldMode) ? blobs.get(entry.oldBlob) : undefined;
    const head = known ? await readHead(entry) : undefined;
    files.push(changedFile(entry, base, head));
  }
  const ends = new Set(entries.flatMap(({ oldBlob, newBlob }) => [oldBlob, newBlob]));
  const passing = await readPassingVersions(repository, range, ends, limit);
  return { base: range.base, head: range.head, files, passing };
}

const missing: ReadText = { problem: "not-text", message: "Its content is not in this clone." };

function changedFile(
  entry: ChangedEntry,
  base: ReadText | undefined,
  head: ReadText | undefined,
): ChangedFile {
  const { path, previousPath, hunks } = entry;
  return {
    path,
    previousPath,
    status: statusOf(entry),
    baseText: textOf(base),
    headText: isRead({ path }) ? textOf(head) : undefined,
    hunks,
    unread: isPythonFile(path) ? unreadReason(entry, head) : undefined,
    ...(head !== undefined && "problem" in head && { unreadKind: head.problem }),
  };
}

function unreadReason(entry: ChangedEntry, head: ReadText | undefined): string | undefined {
  // What a name that is not UTF-8 becomes when it is read as if it were.
  if (entry.path.includes("\u{fffd}")) return "Its name is not UTF-8.";
  return head !== undefined && "message" in head ? head.message : undefined;
}

/** A file that became a symbolic link is gone as code; a link that became a file is new as code. */
function statusOf({ status, newMode }: ChangedEntry): ChangedFile["status"] {
  if (status === "T") return isRegular(newMode) ? "added" : "removed";
  return ({ A: "added", D: "removed", R: "renamed", M: "modified" } as const)[status];
}

/** Configuration that cannot be read is no text that anybody wrote a secret into. */
function isRead({ path, previousPath }: Partial<ChangedEntry>): boolean {
  return [path, previousPath].some(
    (name) => name !== undefined && (isCodeFile(name) || isConfigFile(name)),
  );
}

/** Not a symbolic link, not a submodule. */
function isRegular(mode: string): boolean {
  return mode.startsWith("100");
}

function textOf(read: ReadText | undefined): string | undefined {
  return read !== undefined && "text" in read ? read.text : undefined;
}
