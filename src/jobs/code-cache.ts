// The code of repositories, by git's own name for each text, so that a second review fetches only what
// changed. In memory only: no code is ever stored, and what a process knew ends with it. One
// installation's repository never reads what was fetched for another, even where the bytes are the same.

import { type ReadImport, readImports } from "../python/read-imports.ts";
import type { Place } from "./ask.ts";
import { createMemory } from "./memory.ts";

export interface KnownFile {
  /** `undefined` for bytes that are no text. */
  readonly text: string | undefined;
  readonly imports: readonly ReadImport[];
}

/** What is known of one repository's code. */
export interface RepositoryCode {
  file(blob: string): KnownFile | undefined;
  keep(blob: string, text: string | undefined): void;
  /** Which blob stood at a path of a commit, where that was seen before. */
  blobAt(commit: string, path: string): string | undefined;
  keepPlace(commit: string, path: string, blob: string): void;
  /** Begins to fetch a whole project; who comes meanwhile waits for it with `fetched`. */
  fetch<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves, whatever came of it, when no such fetch is under way. */
  fetched(): Promise<void>;
}

export interface CodeCache {
  of(place: Place): RepositoryCode;
  /** Forgets what was fetched as one installation: all of it, or of some repositories (GitHub's numbers). */
  forget(installation: number, repositories?: readonly number[]): void;
}

/** @param limit bytes of memory, about; what was not used for longest is forgotten first. */
export function createCodeCache(limit = 200_000_000): CodeCache {
  const entries = createMemory<KnownFile | string>(limit);
  const fetching = new Map<string, Promise<unknown>>();

  return {
    of({ installation, repositoryId }) {
      const own = `${installation}/${repositoryId}/`;
      return {
        file(blob) {
          const found = entries.find(own + blob);
          return typeof found === "object" ? found : undefined;
        },
        keep(blob, text) {
          const value = { text, imports: text === undefined ? [] : readImports(text) };
          entries.keep(own + blob, value, overhead + memoryOf(text ?? ""));
        },
        blobAt(commit, path) {
          const found = entries.find(`${own}${commit}:${path}`);
          return typeof found === "string" ? found : undefined;
        },
        keepPlace(commit, path, blob) {
          // A branch's name means another commit tomorrow.
          if (!/^[0-9a-f]{40,64}$/u.test(commit)) return;
          entries.keep(`${own}${commit}:${path}`, blob, overhead + path.length);
        },
        async fetch(work) {
          const begun = work();
          fetching.set(own, begun);
          try {
            return await begun;
          } finally {
            if (fetching.get(own) === begun) fetching.delete(own);
          }
        },
        async fetched() {
          await fetching.get(own)?.catch(() => {});
        },
      };
    },
    forget(installation, repositories) {
      const gone = repositories?.map((id) => `${installation}/${id}/`) ?? [`${installation}/`];
      for (const start of gone) entries.forget(start);
    },
  };
}

/** What an entry takes beside its text: keys, imports, the map itself. */
const overhead = 500;

/** V8 keeps text of Latin-1 alone in a byte a character, any other in two. */
function memoryOf(text: string): number {
  return /[^\0-\u{ff}]/u.test(text) ? text.length * 2 : text.length;
}
