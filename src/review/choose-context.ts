// Which unchanged files a change is understood by: what it imports, who imports it, and so on outwards
// until there is no more room. The terminal and the App choose alike.

import { isTestPath } from "../analysis/paths.ts";
import { nameOfPath } from "../python/module.ts";
import { makeProject, type PythonProject } from "../python/project.ts";
import { type ReadImport, readImports } from "../python/read-imports.ts";
import type { SourceFile } from "../python/source-file.ts";
import type { ChangeSet } from "./change-set.ts";
import { isPythonFile } from "./is-python-file.ts";
import { isCodeFile, isContextFile } from "./is-reviewed-file.ts";
import { nearestFirst } from "./nearest-first.ts";

/** An unchanged file; reading the imports of Python is left to whoever keeps them. */
export interface Candidate extends SourceFile {
  readonly imports: readonly ReadImport[];
}

export interface ContextLimits {
  readonly files: number;
  /** UTF-16 units of all texts together. */
  readonly characters: number;
}

export interface ChosenContext {
  /** Sorted by path. */
  readonly files: readonly SourceFile[];
  /** Paths of files that the change has to do with and for which there was no room. */
  readonly left: readonly string[];
}

/** The engine reads about half a megabyte a second of one processor, twice where it finds something. */
export const contextLimits: ContextLimits = { files: 300, characters: 800_000 };

/** A project of this size is read whole: what hangs together in it is not told by imports alone. */
const smallProject: ContextLimits = { files: 120, characters: 500_000 };

/**
 * Nearest files come first, in waves: what the change imports and who imports it; what stands beside
 * it and tells of models, settings and databases; then the same of those files. Deterministic.
 */
export function chooseContext(
  change: ChangeSet,
  candidates: readonly Candidate[],
  limits: ContextLimits = contextLimits,
): ChosenContext {
  const changed = change.files.filter(({ path }) => isCodeFile(path));
  // Without changed code there is nothing to understand.
  if (changed.length === 0) return { files: [], left: [] };
  const taken = new Set(changed.flatMap(({ path, previousPath }) => [path, previousPath]));
  const others = candidates
    .filter(({ path }) => !taken.has(path) && isPythonFile(path))
    .map(asNode);
  const beside = candidates.filter(({ path }) => !taken.has(path) && !isPythonFile(path));
  const seeds = changed.flatMap(({ path, previousPath, headText, baseText }) => [
    asNode({ path, text: headText ?? "", imports: readImports(headText ?? "") }),
    // What is removed or renamed is imported by its old name.
    asNode({
      path: previousPath ?? path,
      text: baseText ?? "",
      imports: readImports(baseText ?? ""),
    }),
  ]);
  const paths = changed.map(({ path }) => path);
  const room = makeRoom(limits, paths);

  room.take(besideFor(beside, paths));
  if (isWithin(others, smallProject)) room.take(others);
  else {
    // Nobody waits for the tests of a change to understand it, unless they are what changes.
    const isWanted = ({ path }: Node) => !isTestPath(path) || paths.every(isTestPath);
    addInWaves(seeds, others.filter(isWanted), paths, room);
  }
  return {
    files: room.files
      .map(({ path, text }) => ({ path, text }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    left: room.left,
  };
}

/** Manifests and SQL are few and short as a rule; where they are not, the nearest ones say most. */
const besideLimits: ContextLimits = { files: 60, characters: 200_000 };

function besideFor(beside: readonly Candidate[], paths: readonly string[]): readonly Node[] {
  const room = makeRoom(besideLimits, paths);
  // A fixture's rows tell nothing of its table.
  const isWanted = ({ path, text }: Candidate) =>
    isContextFile(path) && !isTestPath(path) && text.length < 60_000;
  const hints = beside.filter(({ path }) => !isCodeFile(path));
  const sql = beside.filter(({ path }) => isCodeFile(path));
  room.take(hints.filter(isWanted).map(asNode));
  room.take(sql.filter(isWanted).map(asNode));
  return room.files;
}

interface Node extends Candidate {
  readonly name: string;
  readonly isPackage: boolean;
}

function asNode({ path, text, imports }: Candidate): Node {
  return { path, text, imports, ...nameOfPath(path) };
}

function isWithin(files: readonly SourceFile[], limits: ContextLimits): boolean {
  return files.length <= limits.files && sizeOf(files) <= limits.characters;
}

function sizeOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}

/** So many steps outwards against the direction of imports: helper, service, route. */
const stepsToImporters = 3;

/** Files of models, settings and databases beside those that imports lead to. */
const mostHints = 60;

function addInWaves(
  seeds: readonly Node[],
  others: readonly Node[],
  paths: readonly string[],
  room: Room,
): void {
  const project = makeProject<Node>([...others, ...seeds]);
  const known = new Set(others);
  const imported = (from: readonly Node[]) =>
    from.flatMap((node) => importsOf(node, project)).filter((node) => known.has(node));

  let importers = room.take(importersOf(seeds, others, project));
  let fresh = [...room.take(imported(seeds)), ...importers];
  const hints = hintsFor(paths, others);
  fresh.push(...room.take(hints.siblings));
  for (let step = 2; fresh.length > 0; step += 1) {
    fresh = room.take(imported(fresh));
    if (step === 2) fresh.push(...room.take(hints.others.slice(0, mostHints)));
    if (step > stepsToImporters) continue;
    importers = room.take(importersOf(importers, others, project));
    fresh.push(...importers);
  }
}

function importsOf(node: Node, project: PythonProject<Node>): readonly Node[] {
  return [
    ...node.imports.flatMap((each) => meantBy(node, each, project)),
    ...packagesOf(node, project),
  ];
}

/** The packages that a file stands in: whether they are there decides what an import means. */
function packagesOf(node: Node, project: PythonProject<Node>): readonly Node[] {
  const depth = node.name.split(".").length;
  return Array.from({ length: depth }, (_, up) => project.resolve(node, "", up + 1)).filter(
    (found) => found !== undefined,
  );
}

/** `from app import db` may mean what `app/__init__.py` holds, or `app/db.py`. */
function meantBy(
  importer: Node,
  { level, name, members }: ReadImport,
  project: PythonProject<Node>,
): readonly Node[] {
  const prefix = name === "" ? "" : `${name}.`;
  return [name, ...members.map((member) => prefix + member)].flatMap(
    (full) => project.resolve(importer, full, level) ?? [],
  );
}

function importersOf(
  wanted: readonly Node[],
  others: readonly Node[],
  project: PythonProject<Node>,
): readonly Node[] {
  if (wanted.length === 0) return [];
  const targets = new Set(wanted);
  // Most imports mean something else altogether: their last word tells so at once.
  const words = new Set(wanted.map(({ name }) => lastWord(name)));
  const isLikely = ({ level, name, members }: ReadImport) =>
    (level > 0 && name === "") ||
    words.has(lastWord(name)) ||
    members.some((member) => words.has(member));
  return others.filter((node) =>
    node.imports.some(
      (each) => isLikely(each) && meantBy(node, each, project).some((meant) => targets.has(meant)),
    ),
  );
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Migrations beside a changed one, models of the same folders; then what tells of databases at all. */
function hintsFor(paths: readonly string[], others: readonly Node[]) {
  const folders = new Set(paths.map(folderOf));
  const isSibling = ({ path }: Node) =>
    folders.has(folderOf(path)) && (isMigration(path) || telling.test(path));
  return {
    siblings: others.filter(isSibling),
    others: others.filter((node) => !isSibling(node) && telling.test(node.path)),
  };
}

const telling =
  /(?:^|\/)(?:models?|settings|config|database|db|extensions|urls|tables|schema)(?:\/[^/]*)?\.pyw?$/iu;

function isMigration(path: string): boolean {
  return /(?:^|\/)(?:migrations|versions)\/[^/]*$/u.test(path);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

interface Room {
  readonly files: readonly Node[];
  readonly left: readonly string[];
  /** Adds what is not yet there, nearest first, as far as it fits; gives what was added. */
  take(files: readonly Node[]): Node[];
}

function makeRoom(limits: ContextLimits, paths: readonly string[]): Room {
  const files: Node[] = [];
  const left: string[] = [];
  const met = new Set<Node>();
  let characters = 0;
  const take = (wave: readonly Node[]): Node[] => {
    const fresh = new Set(wave.filter((node) => !met.has(node)));
    return nearestFirst(fresh, paths).filter((node) => {
      met.add(node);
      const fits =
        files.length < limits.files && characters + node.text.length <= limits.characters;
      if (fits) {
        files.push(node);
        characters += node.text.length;
      } else left.push(node.path);
      return fits;
    });
  };
  return { files, left, take };
}
