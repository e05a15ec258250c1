// The unchanged files of a repository that a change is understood by.

import { join } from "node:path";
import { readImports } from "../python/read-imports.ts";
import type { SourceFile } from "../python/source-file.ts";
import type { Skipped } from "../render/report.ts";
import type { ChangeSet, Project } from "../review/change-set.ts";
import { type Candidate, chooseContext } from "../review/choose-context.ts";
import { withoutInstalledCode } from "../review/installed-code.ts";
import { isCodeFile, isContextFile } from "../review/is-reviewed-file.ts";
import { nearestFirst } from "../review/nearest-first.ts";
import { git } from "./git.ts";
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

/** As much as is read to choose the context from. */
export const projectLimits = { files: 20_000, characters: 64_000_000 } as const;

export interface ReadProject {
  readonly project: Project;
  /** Files of the project that there was no room for. */
  readonly notSeen: readonly Skipped[];
}

/** Reads the head of the change: its commit, or the working tree. */
export async function readProject(
  repository: Repository,
  change: ChangeSet,
  limits: ProjectLimits,
): Promise<ReadProject> {
  const changed = change.files.filter(({ path }) => isCodeFile(path));
  // Without changed code there is nothing to understand.
  if (changed.length === 0) return { project: { files: [] }, notSeen: [] };

  const cwd = repository.root;
  const listed = await (change.head === undefined ? listTree(cwd) : listCommit(change.head, cwd));
  const own = new Set(withoutInstalledCode(listed.map(({ path }) => path)).kept);
  const nearest = nearestFirst(
    listed.filter(({ path }) => isContextFile(path) && own.has(path)),
    changed.map(({ path }) => path),
  );
  const seen = nearest.slice(0, limits.files);

  const candidates: Candidate[] = [];
  const notSeen = nearest.slice(limits.files).map(({ path }) => path);
  let characters = 0;
  for (let at = 0; at < seen.length; at += 500) {
    const part = seen.slice(at, at + 500);
    if (characters > limits.characters) {
      notSeen.push(...part.map(({ path }) => path));
      continue;
    }
    for (const { path, text } of await readTexts(part, change.head, limits.fileSize, cwd)) {
      characters += text.length;
      candidates.push({ path, text, imports: readImports(text) });
    }
  }
  const { files, left } = chooseContext(change, candidates);
  return {
    project: { files },
    notSeen: [...left, ...notSeen].map((path) => ({ path, kind: "not-seen" })),
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
