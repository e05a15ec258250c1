// Programs that stand side by side in one large repository and never speak of each other: each is
// analysed by itself, so that it can be kept, or left to another core.

import type { SourceFile } from "../python/source-file.ts";
import { isDatabaseHint, isSqlFile } from "./database-file.ts";

/** Below this there is nothing to win, and all files are one program. */
const fewestFiles = 500;

/**
 * Puts the files into groups, in the order of their first files. Top-level folders are one group where
 * a file of the one imports from the other, or names its modules in a text, as Django's settings do.
 * Everything under one top-level folder, or in one package, stays together. Depends on nothing but the files.
 */
export function partsOf(files: readonly SourceFile[]): readonly (readonly SourceFile[])[] {
  if (files.length < fewestFiles) return [files];
  const prefix = sharedFolders(files);
  const packageFile = [...prefix, "__init__.py"].join("/");
  if (files.some(({ path }) => path === packageFile)) return [files];
  const folders = files.map(({ path }) => path.split("/").slice(prefix.length, -1)[0] ?? "");
  const groups = new Groups();
  for (const [index, { path }] of files.entries()) {
    const folder = folders[index] ?? "";
    // A file beside the folders is imported by its own name, and goes with its neighbours.
    const name = folder === "" ? moduleName(path) : folder;
    groups.join(`name ${name}`, `folder ${folder}`);
  }
  for (const [index, { path, text }] of files.entries()) {
    if (!path.endsWith(".py")) continue;
    const tops = [
      ...namesSpokenOf(text).flatMap((name) => topNames(name, prefix)),
      ...relativeNames(path, text, prefix.length),
    ];
    for (const top of tops)
      if (groups.has(`name ${top}`)) groups.join(`folder ${folders[index] ?? ""}`, `name ${top}`);
  }

  const parts = Map.groupBy(files.entries(), ([index]) => groups.of(`folder ${folders[index]}`));
  return withDatabases(
    [...parts.values()].map((part) => part.map(([, file]) => file)),
    files.filter(({ path }, index) => folders[index] === "" && isDatabaseHint(path)),
  );
}

/** What tells of the database beside all code, or in a folder without any, speaks to every part. */
function withDatabases(
  parts: readonly (readonly SourceFile[])[],
  beside: readonly SourceFile[],
): readonly (readonly SourceFile[])[] {
  const isCode = ({ path }: SourceFile): boolean => /\.pyw?$/iu.test(path);
  const apart = parts
    .filter((part) => !part.some(isCode))
    .flat()
    .filter(({ path }) => isSqlFile(path) || isDatabaseHint(path));
  const spoken = new Set([...beside, ...apart]);
  if (spoken.size === 0) return parts;
  return parts.map((part) =>
    part.some(isCode) ? [...part, ...spoken.difference(new Set(part))] : part,
  );
}

/** The folders that every file stands in. */
function sharedFolders(files: readonly SourceFile[]): readonly string[] {
  let shared = files[0]?.path.split("/").slice(0, -1) ?? [];
  for (const { path } of files) {
    const folders = path.split("/").slice(0, -1);
    const differs = shared.findIndex((folder, index) => folder !== folders[index]);
    if (differs >= 0) shared = shared.slice(0, differs);
  }
  return shared;
}

function moduleName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.pyi?$/u, "");
}

const imported = /^[ \t]*(?:from|import)[ \t]+(?<names>\w[\w. \t,]*)/gmu;
const dotted = /["'](?<name>[A-Za-z_]\w*\.[\w.]+)/gu;
const word = /["'](?<name>[A-Za-z_]\w*)["']/gu;

/** Dotted names of modules, and what may be some. */
function namesSpokenOf(text: string): readonly string[] {
  const found: string[] = [];
  for (const { groups } of text.matchAll(imported))
    for (const name of (groups?.names ?? "").split(","))
      found.push(name.trim().split(/\s/u)[0] ?? "");
  for (const { groups } of text.matchAll(dotted)) found.push(groups?.name ?? "");
  if (text.includes("INSTALLED_APPS"))
    for (const { groups } of text.matchAll(word)) found.push(groups?.name ?? "");
  return found;
}

const relative =
  /^[ \t]*from[ \t]+(?<dots>\.+)(?<name>[\w.]*)[ \t]+import[ \t]+(?<given>\([^)]*\)|[^\n]*)/gmu;

/** The top-level names that imports with leading dots reach: `from ..db import session`, `from .. import db`. */
function relativeNames(path: string, text: string, depth: number): readonly string[] {
  const folders = path.split("/").slice(0, -1);
  return Array.from(text.matchAll(relative)).flatMap(({ groups }) => {
    const up = (groups?.dots ?? "").length - 1;
    if (folders.length - up > depth) return [];
    const [first = ""] = (groups?.name ?? "").split(".");
    return first === "" ? ((groups?.given ?? "").match(/\w+/gu) ?? []) : [first];
  });
}

/** The top-level names that a dotted name may begin with, from whichever shared folder it counts. */
function topNames(name: string, prefix: readonly string[]): readonly string[] {
  const names = name.split(".");
  const tails = prefix.map((_, from) => prefix.slice(from));
  const below = tails.filter((tail) => tail.every((folder, index) => names[index] === folder));
  return [names[0] ?? "", ...below.map((tail) => names[tail.length] ?? "")];
}

/** Names that belong together, by union and find. */
class Groups {
  readonly #parents = new Map<string, string>();

  has(name: string): boolean {
    return this.#parents.has(name);
  }

  of(name: string): string {
    const parent = this.#parents.get(name) ?? name;
    if (parent === name) return name;
    const root = this.of(parent);
    this.#parents.set(name, root);
    return root;
  }

  join(one: string, other: string): void {
    const root = this.of(one);
    this.#parents.set(one, root);
    this.#parents.set(this.of(other), root);
    if (!this.#parents.has(root)) this.#parents.set(root, root);
  }
}
