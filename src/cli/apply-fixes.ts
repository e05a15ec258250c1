// `--fix`: the fixes that hold are written into the files, each as it was analysed or not at all.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import { applyChanges, diffLines, joinChanges, type Suggestion } from "../review/suggestion.ts";
import { writeWhole } from "./write-output.ts";

/** Where the files are, and the texts that were analysed. */
export interface FixedFiles {
  /** Absolute path that the findings' paths are relative to. */
  readonly root: string;
  text(path: string): string | undefined;
}

/**
 * What would be changed, as a unified diff that `git apply` takes; empty where nothing would. What takes a
 * secret out is left to be done at once: a diff would repeat it.
 */
export function diffOfFixes(
  findings: readonly ReviewedFinding[],
  text: (path: string) => string | undefined,
): string {
  const shown = findings.filter(({ finding }) => finding.secret === undefined);
  const diffs = [...suggestionsByFile(shown)].flatMap(([path, suggestions]) => {
    const before = text(path);
    if (before === undefined) return [];
    return [`--- a/${path}`, `+++ b/${path}`, ...diffLines(before, joinChanges(suggestions))];
  });
  return diffs.map((line) => `${line}\n`).join("");
}

/** A file that somebody changed in between stays as it is; what became of all is told on standard error. */
export async function applyFixes(
  findings: readonly ReviewedFinding[],
  { root, text }: FixedFiles,
  showPath: (path: string) => string,
): Promise<void> {
  let fixed = 0;
  let files = 0;
  for (const [path, suggestions] of suggestionsByFile(findings)) {
    const absolute = join(root, path);
    const before = text(path);
    const onDisk = await readFile(absolute, "utf8").catch(() => undefined);
    if (before === undefined || onDisk === undefined || withoutMark(onDisk) !== before) {
      process.stderr.write(
        `${showPath(path)}: not what was analysed, so nothing was fixed there.\n`,
      );
      continue;
    }
    const mark = onDisk === before ? "" : byteOrderMark;
    await writeWhole(mark + applyChanges(before, joinChanges(suggestions)), absolute, "--fix");
    fixed += suggestions.length;
    files += 1;
  }
  const inFiles = files === 1 ? "1 file" : `${files} files`;
  const what = fixed === 1 ? "1 finding" : `${fixed} findings`;
  process.stderr.write(fixed === 0 ? "Nothing was fixed.\n" : `Fixed ${what} in ${inFiles}.\n`);
}

const byteOrderMark = "\uFEFF";

function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

function suggestionsByFile(
  findings: readonly ReviewedFinding[],
): ReadonlyMap<string, readonly Suggestion[]> {
  return Map.groupBy(
    findings.flatMap(({ suggestion }) => suggestion ?? []),
    ({ path }) => path,
  );
}
