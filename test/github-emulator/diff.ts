// The difference of two commits as GitHub tells it: files with statuses, blob ids and patches.
// Limits: https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits

import type { GitRepository } from "./git.ts";
import { git } from "./git.ts";
import { remember } from "./remember.ts";

export interface FileDiff {
  readonly path: string;
  readonly previousPath: string | undefined;
  /** `changed` is what became a link, or a file again. */
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  /** The blob at the head; of a removed file, the one it had. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** From the first `@@`; `undefined` for binary files, over-large diffs and pure renames. */
  readonly patch: string | undefined;
  readonly hunks: readonly DiffHunk[];
}

export interface DiffHunk {
  readonly header: string;
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly DiffLine[];
}

export interface DiffLine {
  readonly text: string;
  /** 1-based; `undefined` where the line is not on that side. */
  readonly oldLine: number | undefined;
  readonly newLine: number | undefined;
  /** Lines below the first `@@` of the file. */
  readonly position: number;
}

const largestPatchLines = 20_000;
const largestPatchCharacters = 500_000;

/** The files that differ between two commits, as `git diff` with renames sees them; remembered. */
export function diffFiles(
  repository: GitRepository,
  base: string,
  head: string,
): Promise<readonly FileDiff[]> {
  return remember(["diff", repository.dir, base, head], () => readDiff(repository, base, head));
}

/** The whole difference as text: the `application/vnd.github.diff` answer. */
export async function diffText(
  repository: GitRepository,
  base: string,
  head: string,
): Promise<string> {
  return (await git(repository, ["diff", ...asGitHub, base, head, "--"])).toString();
}

/** The hunks of one file between two commits, without context. */
export async function bareHunks(
  repository: GitRepository,
  one: string,
  other: string,
  path: string,
): Promise<readonly DiffHunk[]> {
  const options = ["--no-color", "--no-ext-diff", "--no-renames", "--unified=0"];
  const text = await git(repository, ["diff", ...options, one, other, "--", path]);
  return parseHunks(patchOf(text.toString()) ?? "");
}

const asGitHub = ["--no-color", "--no-ext-diff", "--find-renames=50%", "-l0", "--full-index"];

async function readDiff(
  repository: GitRepository,
  base: string,
  head: string,
): Promise<readonly FileDiff[]> {
  const [raw, text] = await Promise.all([
    git(repository, ["diff", ...asGitHub, "--raw", "--no-abbrev", "-z", base, head, "--"]),
    diffText(repository, base, head),
  ]);
  const sections = text.split(/(?<=^|\n)(?=diff --git )/).filter((section) => section !== "");
  let next = 0;
  return parseRaw(raw.toString()).map((file) => {
    const section = sections[next] ?? "";
    // Of what changed its kind git shows the end of the one and the beginning of the other.
    const isOtherKind = file.status === "changed";
    next += isOtherKind ? 2 : 1;
    const patch = isOtherKind ? undefined : patchOf(section);
    const hunks = patch === undefined ? [] : parseHunks(patch);
    const lines = hunks.flatMap((hunk) => hunk.lines);
    const tooLarge =
      patch !== undefined &&
      (lines.length > largestPatchLines || patch.length > largestPatchCharacters);
    return {
      ...file,
      additions: lines.filter((line) => line.text.startsWith("+")).length,
      deletions: lines.filter((line) => line.text.startsWith("-")).length,
      patch: tooLarge ? undefined : patch,
      hunks: tooLarge ? [] : hunks,
    };
  });
}

function parseRaw(raw: string): Pick<FileDiff, "path" | "previousPath" | "status" | "sha">[] {
  const fields = raw.split("\0");
  const files: Pick<FileDiff, "path" | "previousPath" | "status" | "sha">[] = [];
  for (let at = 0; fields[at]?.startsWith(":"); ) {
    const [, , oldSha = "", newSha = "", letter = ""] = (fields[at] ?? "").split(" ");
    const renamed = letter.startsWith("R") || letter.startsWith("C");
    const first = fields[at + 1] ?? "";
    const path = renamed ? (fields[at + 2] ?? "") : first;
    const status = renamed
      ? "renamed"
      : letter === "A"
        ? "added"
        : letter === "D"
          ? "removed"
          : letter === "T"
            ? "changed"
            : "modified";
    const sha = status === "removed" ? oldSha : newSha;
    files.push({ path, previousPath: renamed ? first : undefined, status, sha });
    at += renamed ? 3 : 2;
  }
  return files;
}

function patchOf(section: string): string | undefined {
  const start = section.search(/(?<=^|\n)@@ /);
  return start < 0 ? undefined : section.slice(start).replace(/\n$/, "");
}

function parseHunks(patch: string): DiffHunk[] {
  const hunks: (DiffHunk & { lines: DiffLine[] })[] = [];
  let oldLine = 0;
  let newLine = 0;
  patch.split("\n").forEach((text, position) => {
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text);
    if (header) {
      oldLine = Number(header[1]);
      newLine = Number(header[3]);
      hunks.push({
        header: text,
        oldStart: oldLine,
        oldLines: Number(header[2] ?? 1),
        newStart: newLine,
        newLines: Number(header[4] ?? 1),
        lines: [],
      });
      return;
    }
    hunks.at(-1)?.lines.push({
      text,
      oldLine: text.startsWith(" ") || text.startsWith("-") ? oldLine++ : undefined,
      newLine: text.startsWith(" ") || text.startsWith("+") ? newLine++ : undefined,
      position,
    });
  });
  return hunks;
}
