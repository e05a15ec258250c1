// The files under analysis as one importable whole: which file does `from ..db import session` mean?

import type { Module } from "./module.ts";

/** What an import is resolved by: a file's dotted name, and what it says of its own package. */
export interface Importable {
  readonly name: string;
  readonly isPackage: boolean;
  readonly text: string;
}

export interface PythonProject<File extends Importable = Module> {
  readonly modules: readonly File[];
  /**
   * The module that `importer` means by a dotted name, or `undefined` for one outside the project.
   * `level` counts leading dots; 0 is an absolute import.
   */
  resolve(importer: File, name: string, level: number): File | undefined;
}

export function makeProject<File extends Importable>(
  modules: readonly File[],
): PythonProject<File> {
  const byName = new Map<string, File>();
  // A repository's packages may stand below `src/` or `backend/`: every tail of a path is a name.
  const byTail = new Map<string, File[]>();
  for (const module of modules) {
    byName.set(module.name, module);
    const parts = module.name.split(".");
    for (let from = 0; from < parts.length; from += 1) {
      const tail = parts.slice(from).join(".");
      const known = byTail.get(tail);
      if (known) known.push(module);
      else byTail.set(tail, [module]);
    }
  }

  function resolve(importer: File, name: string, level: number): File | undefined {
    if (level > 0) {
      const parts = importer.name === "" ? [] : importer.name.split(".");
      const up = importer.isPackage ? level - 1 : level;
      if (up > parts.length) return undefined;
      const base = parts.slice(0, parts.length - up);
      return byName.get([...base, ...(name ? [name] : [])].join("."));
    }
    const candidates = byTail.get(name);
    if (!candidates) return undefined;
    // A file that happens to be called `json.py` somewhere deep is not what `import json` means,
    // unless it stands where the importer's own root is.
    const rootOf = (module: File): string => module.name.slice(0, module.name.length - name.length);
    let best: File | undefined;
    let bestLength = -1;
    for (const candidate of candidates) {
      const root = rootOf(candidate);
      if (!importer.name.startsWith(root) || candidate === importer) continue;
      // `import sqlalchemy` in `shop/db/api.py` is not `shop/db/sqlalchemy`: nothing below a package is
      // at the top, except for scripts that are run where they stand.
      if (isPackage(root) && importsAsMember(importer)) continue;
      if (root.length > bestLength) {
        best = candidate;
        bestLength = root.length;
      }
    }
    return best;
  }

  function isPackage(root: string): boolean {
    return root !== "" && byName.get(root.slice(0, -1))?.isPackage === true;
  }

  return { modules, resolve };
}

const members = new WeakMap<Importable, boolean>();

/** Whether a file speaks of its package by name, or by dots: then it is imported as part of it. */
function importsAsMember(module: Importable): boolean {
  const known = members.get(module);
  if (known !== undefined) return known;
  const parts = module.name.split(".").slice(0, -1);
  const imported = Array.from(
    module.text.matchAll(/^[ \t]*(?:from|import)[ \t]+(?<name>[.\w]+)/gmu),
    ({ groups }) => groups?.name ?? "",
  );
  const isMember = imported.some(
    (name) =>
      name.startsWith(".") || parts.slice(0, -1).some((part) => name.startsWith(`${part}.`)),
  );
  members.set(module, isMember);
  return isMember;
}
