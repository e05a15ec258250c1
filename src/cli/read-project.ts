// The unchanged Python files of a repository, as far as there is room: what a change is understood by.

import { join } from "node:path";
import type { SourceFile } from "../python/source-file.ts";
import type { Skipped } from "../render/report.ts";
import type { ChangeSet, Project } from "../review/change-set.ts";
import { isPythonFile } from "../review/is-python-file.ts";
import { git } from "./git.ts";
import { withoutInstalledCode } from "./installed-code.ts";
import { readBlobs } from "./read-blobs.ts";
import { readFiles } from "./read-files.ts";
import type { Repository } from "./repository.ts";

export interface ProjectLimits {
  readonly files: number;
  /** UTF-16 units of all texts together. */
  readonly characters: number;
  /** Bytes of one file. */
  readonly fileSize: number;
}

/** Room for about half a million lines; a review analyses its context twice. */
export const projectLimits = { files: 3000, characters: 20_000_000 } as const;

export interface ReadProject {
  readonly project: Project;
  /** Files that there was no room for. */
  readonly notSeen: readonly Skipped[];
}

/** Reads the head of the change: its commit, or the working tree. Nearest files come first. */
export async function readProject(
  repository: Repository,
  change: ChangeSet,
  limits: ProjectLimits,
): Promise<ReadProject> {
  const changed = change.files.filter(({ path }) => isPythonFile(path));
  // Without a changed Python file there is nothing to understand.
  if (changed.length === 0) return { project: { files: [] }, notSeen: [] };

  const cwd = repository.root;
  const listed = await (change.head === undefined ? listTree(cwd) : listCommit(change.head, cwd));
  const own = new Set(withoutInstalledCode(listed.map(({ path }) => path)).kept);
  const taken = new Set(changed.flatMap(({ path, previousPath }) => [path, previousPath]));
  const wanted = listed.filter(
    ({ path }) => isPythonFile(path) && own.has(path) && !taken.has(path),
  );
  const nearest = nearestFirst(
    wanted,
    changed.map(({ path }) => path),
  );
  const seen = nearest.slice(0, limits.files);

  const files: SourceFile[] = [];
  const notSeen = nearest.slice(limits.files);
  let characters = 0;
  for (let at = 0; at < seen.length; at += 500) {
    const part = seen.slice(at, at + 500);
    if (characters > limits.characters) {
      notSeen.push(...part);
      continue;
    }
    const texts = await readTexts(part, change.head, limits.fileSize, cwd);
    characters += texts.reduce((sum, { text }) => sum + text.length, 0);
    files.push(...texts);
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    project: { files },
    notSeen: notSeen.map(({ path }) => ({ path, kind: "not-seen" })),
  };
}

interface Listed {
  readonly path: string;
  /** `undefined` in the working tree. */
  readonly blob: string | undefined;
}

async function listTree(cwd: string): Promise<Listed[]> {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "-z"];
  const listing = await git(args, { cwd });
  return listing.split("\0").flatMap((path) => (path === "" ? [] : [{ path, blob: undefined }]));
}

/** `<mode> <kind> <id>\t<path>\0`, again and again. */
async function listCommit(commit: string, cwd: string): Promise<Listed[]> {
  const listing = await git(["ls-tree", "-r", "-z", "--full-tree", commit], { cwd });
  return listing.split("\0").flatMap((line) => {
    const tab = line.indexOf("\t");
    const [mode = "", , blob] = line.slice(0, tab).split(" ");
    return mode.startsWith("100") ? [{ path: line.slice(tab + 1), blob }] : [];
  });
}

/** What cannot be read is left out: the change is told of, not its surroundings. */
async function readTexts(
  part: readonly Listed[],
  head: string | undefined,
  limit: number,
  cwd: string,
): Promise<readonly SourceFile[]> {
  if (head === undefined) {
    const wanted = part.map(({ path }) => ({ path, absolute: join(cwd, path) }));
    return (await readFiles(wanted, limit)).files;
  }
  const blobs = await readBlobs(
    part.flatMap(({ blob }) => blob ?? []),
    limit,
    cwd,
  );
  return part.flatMap(({ path, blob }) => {
    const read = blob === undefined ? undefined : blobs.get(blob);
    return read !== undefined && "text" in read ? [{ path, text: read.text }] : [];
  });
}

/** By the folders that a file shares with the nearest changed file; within one distance as listed. */
function nearestFirst(files: readonly Listed[], changed: readonly string[]): Listed[] {
  const folders = new Set(changed.flatMap(foldersOf));
  const depth = (path: string): number => foldersOf(path).findLastIndex((f) => folders.has(f));
  return files
    .map((file) => ({ file, depth: depth(file.path) }))
    .sort((a, b) => b.depth - a.depth)
    .map(({ file }) => file);
}

/** `a/b/c.py` stands in `a` and in `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
