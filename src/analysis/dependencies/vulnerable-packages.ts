// Packages that a change adds and that advisories are known of, each with its line in a manifest.

import type { Module, Span } from "../../python/module.ts";
import { severities } from "../finding.ts";
import type { Program } from "../program.ts";
import type { Advisory, DependencyChange } from "./dependency-change.ts";
import { isLockFile } from "./manifest.ts";

export interface VulnerablePackage {
  readonly name: string;
  readonly version: string;
  /** Gravest first; at least one. */
  readonly advisories: readonly Advisory[];
  readonly isForDevelopment: boolean;
  /** Where the manifest names it; the top of the file where it cannot be found there. */
  readonly at: Span;
}

/**
 * One for each package of a folder, in the file that people write rather than in the one that a tool locks.
 * An advisory that holds for what the change takes away too is nothing that the change brings.
 */
export function vulnerablePackages(program: Program): readonly VulnerablePackage[] {
  const modules = new Map(program.manifests.map((module) => [module.path, module]));
  const before = new Map<string, Set<string>>();
  for (const { kind, name, advisories } of program.dependencies) {
    if (kind !== "removed") continue;
    const known = before.get(normalName(name)) ?? new Set();
    for (const { id } of advisories) known.add(id);
    before.set(normalName(name), known);
  }
  const added = program.dependencies.flatMap((change) => {
    if (change.kind !== "added" || !modules.has(change.manifest)) return [];
    const old = before.get(normalName(change.name));
    const advisories = change.advisories.filter(({ id }) => old?.has(id) !== true);
    return advisories.length === 0 ? [] : [{ ...change, advisories }];
  });
  const ofPackage = Map.groupBy(
    added,
    ({ manifest, name }) => `${folderOf(manifest)} ${normalName(name)}`,
  );
  return [...ofPackage.values()].flatMap((changes) => describe(changes, modules));
}

function describe(
  changes: readonly DependencyChange[],
  modules: ReadonlyMap<string, Module>,
): readonly VulnerablePackage[] {
  const found = changes.flatMap((change) => {
    const module = modules.get(change.manifest);
    return module ? [{ change, module, at: placeIn(module, change) }] : [];
  });
  const [best] = found.toSorted(
    (a, b) =>
      Number(a.at === undefined) - Number(b.at === undefined) ||
      Number(isLockFile(a.module.path)) - Number(isLockFile(b.module.path)) ||
      (a.module.path < b.module.path ? -1 : 1),
  );
  if (best === undefined) return [];
  const { change, module, at = { module, start: 0, end: 0 } } = best;
  const advisories = [
    ...new Map(
      changes.flatMap(({ advisories }) => advisories.map((each) => [each.id, each])),
    ).values(),
  ].toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.id < b.id ? -1 : 1),
  );
  const isForDevelopment = changes.every((each) => each.isForDevelopment);
  return [{ name: change.name, version: change.version, advisories, isForDevelopment, at }];
}

/** How the index of packages compares names: https://packaging.python.org/en/latest/specifications/name-normalization/ */
function normalName(name: string): string {
  return name.replace(/[-_.]+/gu, "-").toLowerCase();
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** The line that names the package with this version, else the first one that names it at all. */
function placeIn(module: Module, { name, version }: DependencyChange): Span | undefined {
  const words = normalName(name)
    .split("-")
    .map((word) => word.replace(/[^\w]/gu, "\\$&"))
    .join("[-_.]+");
  const number = /\d[\w.+!]*/u.exec(version)?.[0];
  const named = new RegExp(`(?<![\\w.@/-])${words}(?![\\w-]|\\.\\w)`, "giu");
  let first: Span | undefined;
  for (const { index, 0: written } of module.text.matchAll(named)) {
    const lineStart = module.text.lastIndexOf("\n", index - 1) + 1;
    if (/#/u.test(module.text.slice(lineStart, index))) continue;
    const end = index + written.length;
    first ??= { module, start: index, end };
    const versionEnd = number === undefined ? undefined : endOfVersion(module.text, end, number);
    if (versionEnd !== undefined) return { module, start: index, end: versionEnd };
  }
  return first;
}

/** On the same line, or on the next one where locks write it: `name = "x"` above `version = "1.0"`. */
function endOfVersion(text: string, from: number, version: string): number | undefined {
  const lineEnd = endOfLine(text, from);
  const nextLine = text.slice(lineEnd, endOfLine(text, lineEnd + 1));
  const rest = /^\s*version\s*=/u.test(nextLine)
    ? text.slice(from, lineEnd) + nextLine
    : text.slice(from, lineEnd);
  const at = rest.split("#")[0]?.indexOf(version) ?? -1;
  if (at < 0 || /[\w.]/u.test(rest.charAt(at + version.length))) return undefined;
  return from + at + version.length;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
