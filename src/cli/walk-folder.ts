// Files to read under a folder that git does not know: nested .gitignore files are heard all the same.

import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { Skipped } from "../render/report.ts";
import { installedFolderKind } from "../review/installed-code.ts";
import { isPythonFile } from "../review/is-python-file.ts";
import { isScannedFile } from "../review/is-reviewed-file.ts";
import { readFileText } from "./read-files.ts";

/** What stands under a folder; paths are relative to it and use `/`. */
export interface Listing {
  readonly paths: readonly string[];
  readonly skipped: readonly Skipped[];
}

/**
 * Symbolic links are not followed, so that no circle of them can be walked.
 * @param root absolute path at or above `top`: from there on .gitignore files are heard, unless they
 *   ignore `top` itself, which was named.
 */
export async function walkFolder(top: string, root: string): Promise<Listing> {
  const paths: string[] = [];
  const skipped: Skipped[] = [];
  const waiting: Folder[] = [{ path: "", rules: await rulesAbove(top, root) }];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await readdir(join(top, folder.path), { withFileTypes: true }).catch(() => []);
    if (folder.path !== "" && entries.some(({ name }) => name === "pyvenv.cfg")) {
      skipped.push({ path: folder.path, kind: "virtual-environment" });
      continue;
    }
    const rules = await withOwnRules(folder, top);
    for (const entry of entries) {
      const found = judge(entry, folder.path, rules);
      if (found === undefined) continue;
      if (found.kind === "file") paths.push(found.path);
      else if (found.kind === "folder") waiting.push({ path: found.path, rules });
      else skipped.push({ path: found.path, kind: found.kind });
    }
  }
  return { paths, skipped };
}

interface Folder {
  /** Empty for the top, else with `/` at its end. */
  readonly path: string;
  /** From the outermost folder inwards. */
  readonly rules: readonly Rules[];
}

interface Rules {
  /** Where the .gitignore stands, as in `Folder`; empty for one above the top. */
  readonly folder: string;
  /** What to put before a path, so that it is relative to a .gitignore above the top. */
  readonly prefix: string;
  readonly matcher: Ignore;
}

async function rulesAbove(top: string, root: string): Promise<readonly Rules[]> {
  const parts = relative(root, top).split(sep).filter(Boolean);
  const rules: Rules[] = [];
  for (const [depth] of parts.entries()) {
    const above = parts.slice(depth).join("/");
    const matcher = await readRules(join(root, ...parts.slice(0, depth)));
    if (matcher !== undefined) rules.push({ folder: "", prefix: `${above}/`, matcher });
  }
  return isIgnored("", rules) ? [] : rules;
}

async function withOwnRules({ path, rules }: Folder, top: string): Promise<readonly Rules[]> {
  const matcher = await readRules(join(top, path));
  return matcher === undefined ? rules : [...rules, { folder: path, prefix: "", matcher }];
}

async function readRules(folder: string): Promise<Ignore | undefined> {
  const read = await readFileText(join(folder, ".gitignore"), 1_000_000);
  return "text" in read ? ignore().add(read.text) : undefined;
}

type Judged = { readonly path: string; readonly kind: Skipped["kind"] | "file" | "folder" };

function judge(entry: Dirent, folder: string, rules: readonly Rules[]): Judged | undefined {
  const { name } = entry;
  if (name === ".git" || name === "__pycache__") return undefined;
  if (entry.isSymbolicLink()) {
    return isPythonFile(name) ? { path: folder + name, kind: "symbolic-link" } : undefined;
  }
  if (entry.isDirectory()) {
    const path = `${folder}${name}/`;
    const kind = isIgnored(path, rules) ? "ignored" : installedFolderKind(name);
    return { path, kind: kind ?? "folder" };
  }
  if (!entry.isFile() || !isScannedFile(folder + name)) return undefined;
  const path = folder + name;
  if (!isIgnored(path, rules)) return { path, kind: "file" };
  // An ignored `.env` is as it should be.
  return isPythonFile(name) ? { path, kind: "ignored" } : undefined;
}

/** The innermost .gitignore that says something of a path decides. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  let ignored = false;
  for (const { folder, prefix, matcher } of rules) {
    const result = matcher.test(prefix + path.slice(folder.length));
    if (result.ignored) ignored = true;
    if (result.unignored) ignored = false;
  }
  return ignored;
}
