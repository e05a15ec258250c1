// The unchanged files that a change is understood by. The list of the head's files says which texts are
// not known yet: a few are read along with the change, many by the head's archive, once.

import type { Logger } from "pino";
import type { Place } from "../jobs/ask.ts";
import type { RepositoryCode } from "../jobs/code-cache.ts";
import type { ChangeSet, ContextGap, Project } from "../review/change-set.ts";
import { type Candidate, chooseContext } from "../review/choose-context.ts";
import { withoutInstalledCode } from "../review/installed-code.ts";
import { isCodeFile, isContextFile, isReviewedFile } from "../review/is-reviewed-file.ts";
import { nearestFirst } from "../review/nearest-first.ts";
import { largestFile, textOf } from "./blob-text.ts";
import type { GitHubClient } from "./client.ts";
import { failureOf } from "./failure.ts";
import { readArchive } from "./read-archive.ts";
import type { WantedBlob } from "./read-blobs.ts";
import { type ListedFile, readTree } from "./read-tree.ts";

export interface ProjectQuestion {
  /** The files to read beside the change's own, once its paths are known. */
  wanted(paths: ChangedPaths): Promise<WantedBeside>;
  /** To be asked when those were read into the cache. Never rejects: what is missing is said. */
  answer(change: ChangeSet): Promise<Project>;
}

export interface WantedBeside {
  readonly blobs: readonly WantedBlob[];
  /** Paths that are no files at the head, as far as that is known. */
  readonly links: ReadonlySet<string>;
}

export interface ChangedPaths {
  /** At the head. */
  readonly present: readonly string[];
  /** Paths that the change removes or renames. */
  readonly gone: readonly string[];
}

/** With what a project is read. */
export interface ProjectSource {
  readonly client: GitHubClient;
  readonly place: Place;
  /** Commit id; a fork's commits are found in the base repository too. */
  readonly head: string;
  readonly code: RepositoryCode;
  readonly log: Logger;
}

/** So many texts come with the change's own in one query; for more the archive is the shorter way. */
const mostByQuery = 80;

/** As much as is kept of one project to choose from. */
const projectLimits = { files: 20_000, bytes: 64_000_000 } as const;

/** Begins with the list of files at once: nobody needs to know the change for that. */
export function askForProject(source: ProjectSource): ProjectQuestion {
  const { client, place, head, code, log } = source;
  const listing = readTree(client, place, head).catch((error: unknown) => {
    log.warn({ failure: failureOf(error), what: "tree" }, "the project's files are not to be had");
    return undefined;
  });
  let files: readonly ListedFile[] | undefined;
  let isCut = false;
  let archive: Promise<void> | undefined;

  return {
    async wanted({ present, gone }) {
      const paths = [...present, ...gone];
      const listed = paths.some(isReviewedFile) ? await listing : undefined;
      const links = listed?.links ?? new Set();
      const nothing = { blobs: [], links };
      if (!paths.some(isCodeFile)) {
        files = [];
        return nothing;
      }
      if (listed === undefined) return nothing;
      const changed = new Set(present);
      const unchanged = listed.files.filter(({ path }) => !changed.has(path));
      ({ files, isCut } = withinLimits(ownContext(unchanged), paths));
      isCut ||= listed.isCut;

      await code.fetched();
      const missing = files.filter(({ blob }) => code.file(blob) === undefined);
      if (missing.length <= mostByQuery) {
        return {
          blobs: missing.map(({ path, blob }) => ({ commit: head, path, blob, isOptional: true })),
          links,
        };
      }
      archive = code.fetch(() => readMissing(missing, source));
      return nothing;
    },

    async answer(change) {
      await archive;
      if (files === undefined) return { files: [], gap: { kind: "unreachable" } };
      const candidates = files.flatMap(({ path, blob }): Candidate[] => {
        const known = code.file(blob);
        return known?.text === undefined
          ? []
          : [{ path, text: known.text, imports: known.imports }];
      });
      const unknown = files.filter(({ blob }) => code.file(blob) === undefined).length;
      const chosen = chooseContext(change, candidates);
      const gap = gapOf(files.length, unknown, isCut, chosen.left.length);
      return { files: chosen.files, ...(gap && { gap }) };
    },
  };
}

function ownContext(listed: readonly ListedFile[]): readonly ListedFile[] {
  const own = new Set(withoutInstalledCode(listed.map(({ path }) => path)).kept);
  return listed.filter(
    ({ path, size }) => isContextFile(path) && size <= largestFile && own.has(path),
  );
}

/** Of a project that is larger than we keep, what stands near the change. */
function withinLimits(listed: readonly ListedFile[], paths: readonly string[]) {
  const { files: mostFiles, bytes: mostBytes } = projectLimits;
  let bytes = 0;
  const files = nearestFirst(listed, paths)
    .slice(0, mostFiles)
    .filter(({ size }) => {
      bytes += size;
      return bytes <= mostBytes;
    });
  return { files, isCut: files.length < listed.length };
}

/** Whatever cannot be had is simply not known afterwards. */
async function readMissing(
  missing: readonly ListedFile[],
  { client, place, head, code, log }: ProjectSource,
): Promise<void> {
  const blobs = new Set(missing.map(({ blob }) => blob));
  try {
    await readArchive(client, place, {
      commit: head,
      blobs,
      isWanted: (path, size) => isContextFile(path) && size <= largestFile,
      take: (blob, bytes) => code.keep(blob, textOf(bytes)),
    });
  } catch (error) {
    log.warn(
      { failure: failureOf(error), what: "archive" },
      "the project's files are not to be had",
    );
  }
}

/** A few files that an archive leaves out, by the team's `.gitattributes`, are no gap to speak of. */
function gapOf(
  files: number,
  unknown: number,
  isCut: boolean,
  left: number,
): ContextGap | undefined {
  if (files > 0 && unknown === files) return { kind: "unreachable" };
  if (isCut || unknown > files / 10) return { kind: "incomplete" };
  return left > 0 ? { kind: "no-room", files: left } : undefined;
}
