// Which files `pyward scan` reads under the paths it was given, and what it passes over.

import { lstat, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Skipped } from "../render/report.ts";
import { installedFolderKind, withoutInstalledCode } from "../review/installed-code.ts";
import { isPythonFile } from "../review/is-python-file.ts";
import { isScannedFile } from "../review/is-reviewed-file.ts";
import { git, runGit } from "./git.ts";
import type { FileToRead } from "./read-files.ts";
import { findRepository } from "./repository.ts";
import { UserMistake } from "./user-mistake.ts";
import { type Listing, walkFolder } from "./walk-folder.ts";

export interface FoundFiles {
  /** Absolute path that the other paths are relative to: the repository's root, if there is one. */
  readonly root: string;
  /** Sorted by path. */
  readonly files: readonly FileToRead[];
  readonly skipped: readonly Skipped[];
}

/** Files and folders that are named are looked at even where git ignores them. */
export async function findFiles(paths: readonly string[]): Promise<FoundFiles> {
  const targets = await Promise.all(paths.map(readTarget));
  const root = await findRoot(targets);
  const files = new Map<string, FileToRead>();
  const skipped = new Map<string, Skipped>();
  const pathOf = (absolute: string): string => relative(root, absolute).split(sep).join("/");

  for (const { absolute, isFolder } of targets) {
    const listing = isFolder ? await listFolder(absolute, root) : { paths: [""], skipped: [] };
    for (const path of listing.paths) {
      const file = path === "" ? absolute : join(absolute, path);
      files.set(file, { path: pathOf(file), absolute: file });
    }
    for (const { path, kind } of listing.skipped) {
      const end = path.endsWith("/") ? "/" : "";
      const told = pathOf(join(absolute, path)).replace(/\/$/u, "") + end;
      skipped.set(told, { path: told, kind });
    }
  }
  return { root, files: byPath(files.values()), skipped: byPath(skipped.values()) };
}

interface Target {
  /** Without symbolic links. */
  readonly absolute: string;
  readonly isFolder: boolean;
}

async function readTarget(path: string): Promise<Target> {
  const info = await stat(resolve(path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") {
      throw new UserMistake(`${path} does not exist.`);
    }
    const reason = error.code === "ELOOP" ? "its symbolic links go in a circle" : error.code;
    throw new UserMistake(`${path} cannot be read: ${reason}.`);
  });
  if (!info.isDirectory() && !isScannedFile(path)) {
    throw new UserMistake(
      `${path} is no Python file (.py or .pyw), no configuration and no folder.`,
    );
  }
  return { absolute: await realpath(resolve(path)), isFolder: info.isDirectory() };
}

/** One repository's root if it holds all targets, else the folder that does. */
async function findRoot(targets: readonly Target[]): Promise<string> {
  const folders = targets.map(({ absolute, isFolder }) =>
    isFolder ? absolute : dirname(absolute),
  );
  const first = folders[0] ?? process.cwd();
  const repository = await repositoryOf(first);
  const candidates = [repository, process.cwd()];
  const holder = candidates.find(
    (candidate) =>
      candidate !== undefined && folders.every((folder) => isWithin(folder, candidate)),
  );
  if (holder !== undefined) return holder;
  let common = first;
  while (!folders.every((folder) => isWithin(folder, common))) common = dirname(common);
  return common;
}

/** Without git installed, folders are simply walked. */
async function repositoryOf(folder: string): Promise<string | undefined> {
  try {
    const repository = await findRepository(folder);
    return repository?.bare === false ? repository.root : undefined;
  } catch (error) {
    if (error instanceof UserMistake) return undefined;
    throw error;
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function listFolder(folder: string, root: string): Promise<Listing> {
  const repository = await repositoryOf(folder);
  if (repository === undefined) return walkFolder(folder, root);
  const ignored = await runGit(["check-ignore", "--quiet", "--", folder], { cwd: repository });
  return ignored.code === 0 ? walkFolder(folder, folder) : listByGit(folder);
}

async function listByGit(cwd: string): Promise<Listing> {
  const list = async (...which: string[]): Promise<string[]> => {
    const listing = await git(["ls-files", "--exclude-standard", "-z", ...which], { cwd });
    return listing.split("\0").filter((path) => path !== "");
  };
  const [all, ignored] = await Promise.all([
    list("--cached", "--others", "--deduplicate"),
    list("--others", "--ignored", "--directory"),
  ]);
  const { kept, skipped } = withoutInstalledCode(all);
  const found: string[] = [];
  const passed: Skipped[] = [...skipped];
  for (const path of kept) {
    // A submodule, a link to a folder and another repository have names like files without an ending.
    const isWanted = isScannedFile(path);
    if (!isWanted && /\.[^/]*[^/]$/u.test(basename(path))) continue;
    const kind = await kindOf(join(cwd, path));
    if (kind === "file" && isWanted) found.push(path);
    else if (kind === "submodule") passed.push({ path: withSlash(path), kind });
    else if (kind === "symbolic-link" && isPythonFile(path)) passed.push({ path, kind });
  }
  const told = await Promise.all(ignored.map((path) => ignoredEntry(path, cwd)));
  return { paths: found, skipped: [...passed, ...told.filter((entry) => entry !== undefined)] };
}

async function kindOf(path: string): Promise<"file" | "submodule" | "symbolic-link" | undefined> {
  const info = await lstat(path).catch(() => undefined);
  if (info === undefined) return undefined;
  if (info.isSymbolicLink()) return "symbolic-link";
  if (info.isDirectory()) return "submodule";
  return info.isFile() ? "file" : undefined;
}

/** An ignored path that is worth telling: a folder that may hold code, or a Python file. */
async function ignoredEntry(path: string, cwd: string): Promise<Skipped | undefined> {
  if (!path.endsWith("/")) return isPythonFile(path) ? { path, kind: "ignored" } : undefined;
  const name = basename(path);
  if (name === "__pycache__" || name === ".git") return undefined;
  const environment = await lstat(join(cwd, path, "pyvenv.cfg")).catch(() => undefined);
  if (environment !== undefined) return { path, kind: "virtual-environment" };
  return { path, kind: installedFolderKind(name) ?? "ignored" };
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}

function byPath<Entry extends { readonly path: string }>(entries: Iterable<Entry>): Entry[] {
  return [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
}
