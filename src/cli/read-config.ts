// The config of a local repository, as its working tree has it, with the baseline and what
// `.gitattributes` says. Files of other repositories count where a person names them.

import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../analysis/analyze.ts";
import { baselinePath, readBaseline } from "../review/baseline.ts";
import { configPaths } from "../review/config-file.ts";
import { readAttributes } from "../review/left-out.ts";
import {
  type ConfigFileResult,
  type ConfigWords,
  readConfigFile,
} from "../review/read-config-file.ts";
import { type ResolvedConfig, resolveConfig } from "../review/resolve-config.ts";
import { readFileText } from "./read-files.ts";
import { UserMistake } from "./user-mistake.ts";

export interface LocalConfig extends ResolvedConfig {
  /** The config file that was read, from the root; `undefined` where there is none. */
  readonly path: string | undefined;
  /** The repository whose config this one begins from, where its file was not named. */
  readonly extended: string | undefined;
}

/** Files of other repositories, as a person has them at hand. */
export interface SharedConfigs {
  /** The organisation's own, which may enforce. */
  readonly org?: string | undefined;
  /** Of the repository that the config extends. */
  readonly extended?: string | undefined;
}

/**
 * Throws UserMistake with a sentence for each problem of a config or a baseline.
 * @param root the repository's root, or the folder that is scanned.
 */
export async function readConfig(
  root: string,
  engine: Engine,
  { org, extended }: SharedConfigs = {},
): Promise<LocalConfig> {
  const path = await findConfig(root);
  const [theirs, before, own, baseline, attributes] = await Promise.all([
    org === undefined ? [] : readSource(org, org, engine, true),
    extended === undefined ? [] : readSource(extended, extended, engine),
    path === undefined ? [] : readSource(join(root, path), path, engine),
    readIfThere(root, baselinePath, 5_000_000),
    readIfThere(root, ".gitattributes", 1_000_000),
  ]);
  const accepted = baseline === undefined ? undefined : readBaseline(baseline);
  if (accepted?.ok === false) throw new UserMistake(`${baselinePath}: ${accepted.fault}`);
  const extras = {
    ...(accepted && { baseline: accepted.entries }),
    ...(attributes !== undefined && { attributes: readAttributes(attributes) }),
  };
  const wanted = [...theirs, ...own].flatMap(({ file }) => file.settings.extends ?? [])[0];
  return {
    ...resolveConfig([...theirs, ...before, ...own], extras),
    path,
    extended: extended === undefined ? wanted : undefined,
  };
}

/** The path of the config file below a root; the first of the usual names that is there. */
export async function findConfig(root: string): Promise<string | undefined> {
  for (const path of configPaths) {
    if (await isThere(join(root, path))) return path;
  }
  return undefined;
}

/** Reads and checks one file. Throws UserMistake where it cannot be read at all. */
export async function checkConfig(
  file: string,
  engine: Engine,
  mayEnforce = false,
): Promise<ConfigFileResult> {
  const read = await readFileText(file, 1_000_000);
  if (!("text" in read)) throw new UserMistake(`${file}: ${read.message}`);
  return readConfigFile(read.text, { words: wordsOf(engine), mayEnforce });
}

/** `.github/pyward.yml:3: "x" is no rule; did you mean "y"?` */
export function tellProblems(
  shown: string,
  problems: Extract<ConfigFileResult, { ok: false }>["problems"],
): string[] {
  return problems.map(({ line, message }) => `${shown}:${line}: ${message}`);
}

/** @param place what people know the file by. */
async function readSource(file: string, place: string, engine: Engine, enforces = false) {
  const read = await checkConfig(file, engine, enforces);
  if (!read.ok) throw new UserMistake(...tellProblems(place, read.problems));
  return [{ place, file: read.file, enforces }];
}

function wordsOf({ rulebook, modelWords }: Engine): ConfigWords {
  return { rules: rulebook.entries.map(({ page }) => page.name), models: modelWords ?? {} };
}

async function readIfThere(root: string, path: string, limit: number): Promise<string | undefined> {
  if (!(await isThere(join(root, path)))) return undefined;
  const read = await readFileText(join(root, path), limit);
  if ("text" in read) return read.text;
  throw new UserMistake(`${path}: ${read.message}`);
}

async function isThere(path: string): Promise<boolean> {
  const info = await lstat(path).catch(() => undefined);
  return info !== undefined && !info.isDirectory();
}
