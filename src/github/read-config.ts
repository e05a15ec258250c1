// The config that holds for a review: the organisation's file, what it extends, and the repository's own,
// all from branches that the change cannot touch; and what a change to the config would mean.

import type { Place } from "../jobs/ask.ts";
import { baselinePath, readBaseline } from "../review/baseline.ts";
import { configPaths, sharedConfigPaths } from "../review/config-file.ts";
import type { ConfigNews } from "../review/config-news.ts";
import { readAttributes } from "../review/left-out.ts";
import {
  type ConfigWords,
  type GoodConfigFile,
  type ReadConfigOptions,
  readConfigFile,
} from "../review/read-config-file.ts";
import {
  type ConfigSource,
  compareConfigs,
  type ResolvedConfig,
  resolveConfig,
} from "../review/resolve-config.ts";
import type { GitHubClient } from "./client.ts";
import { type BlobText, readBlobs, type WantedBlob } from "./read-blobs.ts";

export interface FoundConfig extends ResolvedConfig, ConfigNews {}

export interface ConfigQuestion {
  /** The files to read, once it is known which paths the change holds at its head. */
  wanted(paths: readonly string[]): readonly WantedBlob[];
  /** Makes the config of what was read; asks again only for what is extended or broken. */
  answer(texts: readonly BlobText[]): Promise<FoundConfig>;
}

export interface ConfigRange {
  /** Tip of the base branch, and the head. */
  readonly base: string;
  readonly head: string;
}

/** A chain of files that extend each other is followed so far. */
const longestChain = 3;

/** So many earlier versions of a broken file are looked at for a good one. */
const versionsLookedAt = 5;

/** The config alone, without a change: one request. */
export async function readConfig(
  client: GitHubClient,
  place: Place,
  base: string,
  words: ConfigWords,
): Promise<FoundConfig> {
  const question = askForConfig(client, place, { base, head: base }, words);
  return await question.answer(await readBlobs(client, place, question.wanted([])));
}

export function askForConfig(
  client: GitHubClient,
  place: Place,
  { base, head }: ConfigRange,
  words: ConfigWords,
): ConfigQuestion {
  const shared = { owner: place.owner, repo: ".github" };
  // The organisation's own file is changed in that very repository.
  const isShared = place.repo === shared.repo;
  const ofBase = [...configPaths, baselinePath, ".gitattributes"];
  let proposedPaths: readonly string[] = [];

  return {
    wanted(paths) {
      const watched = [...(isShared ? sharedConfigPaths : configPaths), baselinePath];
      proposedPaths = paths.filter((path) => watched.includes(path));
      return [
        ...ofBase.map((path) => ({ commit: base, path, isOptional: true })),
        ...sharedConfigPaths.map((path) => sharedBlob(shared, path)),
        ...proposedPaths.map((path) => ({ commit: head, path, isOptional: true })),
      ];
    },

    async answer(texts) {
      const at = (path: string): BlobText | undefined => texts[ofBase.indexOf(path)];
      const sharedTexts = texts.slice(ofBase.length, ofBase.length + sharedConfigPaths.length);
      const proposedTexts = texts.slice(ofBase.length + sharedConfigPaths.length);
      const notes: string[] = [];
      const reader = createReader(client, place, words, notes);

      const theirs = await reader.chain(firstThere(sharedConfigPaths, sharedTexts, shared));
      const own = firstThere(configPaths, configPaths.map(at), undefined, base);
      const sources = [...theirs, ...(await reader.chain(own))];
      const extras = readExtras(at(baselinePath), at(".gitattributes"), notes);
      const resolved = resolveConfig(sources, extras);
      if (proposedPaths.length === 0) return { ...resolved, notes, proposed: undefined };

      const files = proposedPaths.flatMap((path, index) => {
        const blob = proposedTexts[index];
        return blob !== undefined && "text" in blob ? [{ path, text: blob.text }] : [];
      });
      const problems = files.flatMap(({ path, text }) =>
        problemsIn(path, text, { words, mayEnforce: isShared }),
      );
      const next = files.find(({ path }) => configPaths.some((each) => each === path));
      if (next === undefined || problems.length > 0) {
        return { ...resolved, notes, proposed: { problems, changes: [] } };
      }
      const proposedOwn = await reader.chain({ ...next, commit: head, repository: undefined });
      const after = resolveConfig([...theirs, ...proposedOwn], extras);
      const changes = compareConfigs(resolved.rows, after.rows);
      return { ...resolved, notes, proposed: { problems, changes } };
    },
  };
}

function sharedBlob(elsewhere: Repository, path: string): WantedBlob {
  return { commit: "HEAD", path, elsewhere, isOptional: true };
}

interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** A file as it was read. */
interface FileAt {
  readonly path: string;
  readonly text: string;
  /** Where it is looked for in the history. */
  readonly commit: string;
  /** `undefined` for the repository at hand. */
  readonly repository: Repository | undefined;
}

function firstThere(
  paths: readonly string[],
  texts: readonly (BlobText | undefined)[],
  repository: Repository | undefined,
  commit = "HEAD",
): FileAt | undefined {
  for (const [index, path] of paths.entries()) {
    const blob = texts[index];
    if (blob === undefined || ("isMissing" in blob && blob.isMissing)) continue;
    // What is too large or no text is told as a file that cannot be read.
    return { path, text: "text" in blob ? blob.text : "\0", commit, repository };
  }
  return undefined;
}

function createReader(client: GitHubClient, place: Place, words: ConfigWords, notes: string[]) {
  /** A file and what it extends, the outermost first. A broken file is taken as it was when it was good. */
  async function chain(file: FileAt | undefined, depth = 0): Promise<readonly ConfigSource[]> {
    if (file === undefined) return [];
    const { path, repository } = file;
    const isShared = repository?.repo === ".github" && repository.owner === place.owner;
    const good = await goodVersion(file, isShared);
    if (good === undefined) return [];
    const name = repository && `${repository.owner}/${repository.repo}`;
    const source: ConfigSource = {
      place: name === undefined ? path : `${name}: ${path}`,
      file: good,
      enforces: isShared,
    };
    const wanted = good.settings.extends;
    if (wanted === undefined) return [source];
    if (depth >= longestChain || wanted === name) {
      notes.push(`\`${source.place}\` extends \`${wanted}\`, which goes too far or in a circle.`);
      return [source];
    }
    return [...(await chain(await extended(wanted), depth + 1)), source];
  }

  async function extended(name: string): Promise<FileAt | undefined> {
    const [owner = "", repo = ""] = name.split("/");
    const repository = { owner, repo };
    const blobs = sharedConfigPaths.map((path) => sharedBlob(repository, path));
    const found = firstThere(sharedConfigPaths, await readBlobs(client, place, blobs), repository);
    if (found === undefined) {
      notes.push(`\`${name}\` is extended, but no pyward.yml is in reach there.`);
    }
    return found;
  }

  async function goodVersion(file: FileAt, mayEnforce: boolean) {
    const read = readConfigFile(file.text, { words, mayEnforce });
    if (read.ok) return read.file;
    const [problem] = read.problems;
    const where = `${file.repository ? `${file.repository.owner}/${file.repository.repo}: ` : ""}${file.path}`;
    const last = await lastGood(file, mayEnforce);
    const instead =
      last === undefined ? "it is not used" : `the version of ${last.commit.slice(0, 7)} holds`;
    notes.push(
      `\`${where}:${problem?.line ?? 1}\`: ${problem?.message ?? ""} Until then ${instead}.`,
    );
    return last?.file;
  }

  /** GitHub remembers: the newest of the last versions that can be read. */
  async function lastGood(
    { path, commit, repository }: FileAt,
    mayEnforce: boolean,
  ): Promise<{ readonly commit: string; readonly file: GoodConfigFile } | undefined> {
    const { owner, repo } = repository ?? place;
    const { data } = await client.rest.repos.listCommits({
      owner,
      repo,
      path,
      per_page: versionsLookedAt,
      ...(commit === "HEAD" ? {} : { sha: commit }),
    });
    const versions = data.slice(1).map(({ sha }) => sha);
    const wanted = versions.map((sha) => ({
      commit: sha,
      path,
      isOptional: true,
      ...(repository && { elsewhere: repository }),
    }));
    for (const [index, blob] of (await readBlobs(client, place, wanted)).entries()) {
      if (!("text" in blob)) continue;
      const read = readConfigFile(blob.text, { words, mayEnforce });
      if (read.ok) return { commit: versions[index] ?? "", file: read.file };
    }
    return undefined;
  }

  return { chain };
}

function readExtras(
  baseline: BlobText | undefined,
  attributes: BlobText | undefined,
  notes: string[],
) {
  const read =
    baseline !== undefined && "text" in baseline ? readBaseline(baseline.text) : undefined;
  if (read?.ok === false)
    notes.push(`\`${baselinePath}\`: ${read.fault} Until then it is not used.`);
  return {
    ...(read?.ok && { baseline: read.entries }),
    ...(attributes !== undefined &&
      "text" in attributes && { attributes: readAttributes(attributes.text) }),
  };
}

function problemsIn(path: string, text: string, options: ReadConfigOptions) {
  if (path === baselinePath) {
    const read = readBaseline(text);
    return read.ok ? [] : [{ path, line: 1, message: read.fault }];
  }
  const read = readConfigFile(text, options);
  return read.ok ? [] : read.problems.map((problem) => ({ ...problem, path }));
}
