// What files of a change held between its commits: a secret that came and went again is in the history.
// Asked for in the same query as the change's own texts, so it costs no request.

import type { ChangedFile, PassingVersion } from "../review/change-set.ts";
import type { BlobText, WantedBlob } from "./read-blobs.ts";

/** So many commits of one change are looked back on, the oldest first; the rest is bytes nobody reads. */
export const mostCommits = 20;

/** So many texts are asked for in all; what was added and wholly taken away again is not among them. */
const mostTexts = 40;

export interface PassingTexts {
  readonly wanted: readonly (WantedBlob & { readonly commit: string })[];
  /** The versions that hold a line of their own, given the texts of `wanted` in their order. */
  join(texts: readonly BlobText[], files: readonly ChangedFile[]): readonly PassingVersion[];
}

/**
 * @param commits ids, without the head's.
 * @param paths files of which the head is read.
 * @param room how many texts still go into the query.
 */
export function passingTexts(
  commits: readonly string[],
  paths: readonly string[],
  room: number,
): PassingTexts {
  const wanted = commits
    .toReversed()
    .flatMap((commit) => paths.map((path) => ({ commit, path, isOptional: true })))
    .slice(0, Math.max(0, Math.min(mostTexts, room)));
  return {
    wanted,
    join(texts, files) {
      const known = new Map(files.map((file) => [file.path, linesOf(file)]));
      return wanted.flatMap(({ commit, path }, index) => {
        const read = texts[index];
        const lines = known.get(path);
        if (read === undefined || !("text" in read) || lines === undefined) return [];
        const own = read.text.split("\n").filter((line) => !lines.has(line));
        if (own.length === 0) return [];
        // Told once, by the newest commit that held it.
        for (const line of own) lines.add(line);
        return [{ commit, path, text: read.text }];
      });
    },
  };
}

function linesOf({ baseText = "", headText = "" }: ChangedFile): Set<string> {
  return new Set([...baseText.split("\n"), ...headText.split("\n")]);
}
