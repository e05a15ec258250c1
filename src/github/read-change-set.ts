// What a change consists of: the files between the merge base and the head, with the texts of the
// Python files on both sides.

import type { Logger } from "pino";
import { isConfigFile } from "../analysis/config-file.ts";
import { isManifest } from "../analysis/dependencies/manifest.ts";
import type { Place } from "../jobs/ask.ts";
import type { RepositoryCode } from "../jobs/code-cache.ts";
import type { ChangedFile, ChangeSet } from "../review/change-set.ts";
import { isPythonFile } from "../review/is-python-file.ts";
import { isCodeFile } from "../review/is-reviewed-file.ts";
import { parsePatch } from "../review/patch.ts";
import type { GitHubClient } from "./client.ts";
import { fetchTexts } from "./fetch-texts.ts";
import { type ListedFile, listChangedFiles } from "./list-changed-files.ts";
import { mostCommits, passingTexts } from "./passing-texts.ts";
import { type BlobText, batchSize, readNewBlobs, type WantedBlob } from "./read-blobs.ts";
import type { ChangedPaths, WantedBeside } from "./read-project.ts";

export interface Range {
  /** Commit ids: any commit of the base's line, and the head. */
  readonly base: string;
  readonly head: string;
  /** Where the list of files is had when a comparison cannot hold them all. */
  readonly number: number | undefined;
}

/** More configuration files than these, or longer ones, hold data. */
const mostConfigFiles = 100;

/** More Python files than these are not read in one review. */
const mostPythonFiles = 3000;

export interface ReadChange {
  readonly change: ChangeSet;
  /** What was wanted beside the change, in that order. */
  readonly beside: readonly BlobText[];
}

/**
 * Reads a change. One request for the files, one for the texts of a change of ordinary size.
 * @param code what is known already of the repository's texts.
 * @param wantBeside further files to read in the same request, once it is known what changed.
 */
export async function readChangeSet(
  client: GitHubClient,
  place: Place,
  range: Range,
  { code, log }: { readonly code: RepositoryCode; readonly log: Logger },
  wantBeside: (paths: ChangedPaths) => Promise<WantedBeside>,
): Promise<ReadChange> {
  const { owner, repo } = place;
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    owner,
    repo,
    basehead: `${range.base}...${range.head}`,
    // Of the commits, whose files all come with the first page.
    per_page: mostCommits,
  });
  const base = data.merge_base_commit.sha;
  const listed = await listChangedFiles(client, place, { ...range, base }, data.files ?? []);
  const shown = listed.filter((file) => file.status !== "unchanged");
  const present = shown.filter(({ status }) => status !== "removed");
  const { blobs: beside, links } = await wantBeside({
    present: present.map(({ filename }) => filename),
    gone: shown.flatMap(({ filename, status, previous_filename }) =>
      status === "removed" ? [filename] : (previous_filename ?? []),
    ),
  });
  // A link's name says nothing of what it is, and its bytes are a path.
  const files = shown.filter(
    ({ filename, status }) => status === "removed" || !links.has(filename),
  );
  const wanted = listTexts({ base, head: range.head }, files, beside);
  const commits = data.commits.map(({ sha }) => sha).filter((sha) => sha !== range.head);
  const passing = passingTexts(commits, wanted.paths, batchSize - wanted.blobs.length);
  await fetchTexts(client, place, wanted.blobs, code, log);
  const texts = await readNewBlobs(client, place, [...wanted.blobs, ...passing.wanted], code);
  const read = wanted.join(texts);
  const versions = passing.join(texts.slice(wanted.blobs.length), read.files);
  const change = {
    ...{ base, head: range.head, files: read.files },
    ...(versions.length > 0 && { passing: versions }),
  };
  return { change, beside: read.beside };
}

interface WantedTexts {
  readonly blobs: readonly WantedBlob[];
  /** Of the files whose text at the head is among them, and that may hold secrets. */
  readonly paths: readonly string[];
  /** Puts the texts, in the order of `blobs`, where they belong. */
  join(texts: readonly BlobText[]): Pick<ReadChange, "beside"> & Pick<ChangeSet, "files">;
}

function listTexts(
  { base, head }: Pick<Range, "base" | "head">,
  files: readonly ListedFile[],
  beside: readonly WantedBlob[],
): WantedTexts {
  const wanted: WantedBlob[] = [...beside];
  let pythonFiles = 0;
  let configFiles = 0;
  const sides = files.map((file) => {
    const before = pathBefore(file);
    const python = isPythonFile(file.filename) || (before !== undefined && isPythonFile(before));
    if (python) pythonFiles += 1;
    const config = !python && isText(file.filename) && file.status !== "removed";
    if (config) configFiles += 1;
    const isRead = python
      ? pythonFiles <= mostPythonFiles
      : config && configFiles <= mostConfigFiles;
    return {
      file,
      isLeftOut: python && !isRead,
      // Of a manifest that is nothing else only the head is asked for.
      before:
        isRead && before !== undefined && (isPythonFile(before) || isConfigFile(before))
          ? want(base, before)
          : undefined,
      after:
        isRead && isText(file.filename) && file.status !== "removed"
          ? want(head, file.filename, file.sha)
          : undefined,
    };
  });

  function want(commit: string, path: string, blob?: string | null): number {
    return wanted.push({ commit, path, ...(blob && { blob }) }) - 1;
  }

  return {
    blobs: wanted,
    paths: sides.flatMap(({ file: { filename }, after }) =>
      after !== undefined && (isPythonFile(filename) || isConfigFile(filename)) ? [filename] : [],
    ),
    join(texts) {
      const textAt = (index: number | undefined) =>
        index === undefined ? undefined : texts[index];
      const changed = sides.map(({ file, isLeftOut, before, after }) => ({
        path: file.filename,
        previousPath: file.status === "renamed" ? file.previous_filename : undefined,
        status: statusOf(file.status),
        hunks: hunksOf(file),
        ...(isLeftOut
          ? leftOut
          : joinSides(textAt(before), textAt(after), isPythonFile(file.filename))),
      }));
      return { files: changed, beside: texts.slice(0, beside.length) };
    },
  };
}

function isText(path: string): boolean {
  return isCodeFile(path) || isConfigFile(path) || isManifest(path);
}

/** The path at the merge base; `undefined` where the file is new. */
function pathBefore(file: ListedFile): string | undefined {
  if (file.status === "added" || file.status === "copied") return undefined;
  return file.previous_filename ?? file.filename;
}

function statusOf(status: string): ChangedFile["status"] {
  switch (status) {
    case "added":
    case "copied":
      return "added";
    case "removed":
    case "renamed":
      return status;
    default:
      return "modified";
  }
}

function hunksOf(file: ListedFile): ChangedFile["hunks"] {
  if (file.patch !== undefined) return parsePatch(file.patch);
  // No patch: nothing but the name changed, or the diff is binary or too large to be shown.
  // Missed: for the latter both texts could be compared here.
  return file.changes === 0 && file.status !== "modified" ? [] : undefined;
}

type Texts = Pick<ChangedFile, "baseText" | "headText" | "unread" | "unreadKind">;

const leftOut: Texts = {
  baseText: undefined,
  headText: undefined,
  unread: `It was left out: of one change, the first ${mostPythonFiles} Python files are read.`,
  unreadKind: "too-large",
};

/** An earlier text that cannot be read is simply not there: the review then trusts the hunks. */
function joinSides(
  before: BlobText | undefined,
  after: BlobText | undefined,
  isPython: boolean,
): Texts {
  const baseText = before !== undefined && "text" in before ? before.text : undefined;
  // Configuration that is no text was not written by anybody.
  if (after !== undefined && "unread" in after && !isPython)
    return { baseText, headText: undefined, unread: undefined };
  if (after !== undefined && "unread" in after) {
    return { baseText, headText: undefined, unread: after.unread, unreadKind: after.kind };
  }
  return { baseText, headText: after?.text, unread: undefined };
}
