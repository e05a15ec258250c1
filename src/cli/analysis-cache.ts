// Analyses kept on the person's own disk between two calls, by a hash of all that they depend on.

import { createHash, randomUUID } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Analysis } from "../analysis/analyze.ts";
import type { AnalysisMemory, KeyOf } from "../analysis/remembering.ts";

/** Bytes and files of the whole folder; the entries longest unused go first. */
const most = { bytes: 100_000_000, entries: 500 };

/** Keys that no other engine has: `engine` names this one, code and rules included. */
export function keysOf(engine: string): KeyOf {
  return (part, models) => {
    const hash = createHash("sha256").update(JSON.stringify([engine, models]));
    for (const { path, text } of part) {
      hash.update(`\0${path}\0${text.length}\0`);
      // As UTF-16, so that halves of a surrogate pair are not all the same.
      hash.update(text, "utf16le");
    }
    return hash.digest("hex");
  };
}

/**
 * Reads and writes below `folder`, which is made where it is missing. Never throws: a cache that cannot
 * be read or written is none, and an entry that is not as it was written is not there.
 * @param recent what this process knows itself.
 */
export function openAnalysisCache(folder: string, recent: AnalysisMemory): AnalysisMemory {
  const fileOf = (key: string): string => join(folder, `${key}.json`);
  return {
    get(key) {
      const known = recent.get(key);
      if (known) return known;
      try {
        const [digest = "", body = ""] = readFileSync(fileOf(key), "utf8").split("\n", 2);
        if (digest !== digestOf(key, body)) return undefined;
        const now = new Date();
        utimesSync(fileOf(key), now, now);
        const analysis = JSON.parse(body) as Analysis;
        recent.set(key, analysis);
        return analysis;
      } catch {
        return undefined;
      }
    },
    set(key, analysis) {
      recent.set(key, analysis);
      // Another process may write the same entry: whoever renames last wins, and both are right.
      const draft = join(folder, `${randomUUID()}.draft`);
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const body = JSON.stringify(analysis);
        writeFileSync(draft, `${digestOf(key, body)}\n${body}`, { mode: 0o600 });
        renameSync(draft, fileOf(key));
        prune(folder);
      });
      attempt(() => rmSync(draft, { force: true }));
    },
  };
}

/** What fails here fails for reasons of the disk, and costs time only. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {}
}

/** Says that the text was written for this key, whole. */
function digestOf(key: string, body: string): string {
  return createHash("sha256").update(`${key}\n${body}`).digest("hex");
}

function prune(folder: string): void {
  const entries = readdirSync(folder).flatMap((name) => {
    const info = statSync(join(folder, name), { throwIfNoEntry: false });
    return info ? [{ name, size: info.size, used: info.mtimeMs }] : [];
  });
  let bytes = 0;
  let count = 0;
  for (const { name, size } of entries.toSorted((a, b) => b.used - a.used)) {
    bytes += size;
    count += 1;
    if (bytes > most.bytes || count > most.entries) rmSync(join(folder, name), { force: true });
  }
}
