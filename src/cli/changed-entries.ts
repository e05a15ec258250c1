// Which files differ between two states of a repository, and their hunks, as git itself says.

import { rmSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isReviewedFile } from "../review/is-reviewed-file.ts";
import { type Hunk, parsePatch } from "../review/patch.ts";
import { cannotStart, git, gitFailed, startGit } from "./git.ts";
import type { Range, Repository } from "./repository.ts";
import { UserMistake } from "./user-mistake.ts";

/** One line of `git diff --raw`. */
export interface ChangedEntry {
  readonly status: "A" | "D" | "M" | "R" | "T";
  readonly path: string;
  readonly previousPath: string | undefined;
  /** File modes: `100644`, `120000` for a symbolic link, `000000` where there is none. */
  readonly oldMode: string;
  readonly newMode: string;
  /** Blob ids; all zeros where there is none, or where the file stands in the working tree. */
  readonly oldBlob: string;
  readonly newBlob: string;
  /** `undefined` where git shows no diff: binary and large files. */
  readonly hunks: readonly Hunk[] | undefined;
}

/** Untracked files that git does not ignore count as added; of them, only files that are reviewed are renamed. */
export async function readChangedEntries(
  { root, bare }: Repository,
  { base, head }: Range,
): Promise<ChangedEntry[]> {
  const states = head === undefined ? [base] : [base, head];
  if (bare || head !== undefined) return diff(states, root, {});

  const listing = await git(["ls-files", "--others", "--exclude-standard", "-z"], { cwd: root });
  // A path with `/` at its end is another repository within this one.
  const untracked = listing.split("\0").filter((path) => path !== "" && !path.endsWith("/"));
  const reviewed = untracked.filter(isReviewedFile);
  const others = untracked.filter((path) => !isReviewedFile(path)).map(plainlyAdded);
  const entries = await withUntracked(reviewed, root, (env) => diff(states, root, env));
  return [...entries, ...others];
}

/**
 * Lets git see untracked files as added ones, through a copy of the index, so that renames and hunks
 * are git's own; the repository is not touched.
 */
async function withUntracked<Result>(
  untracked: readonly string[],
  cwd: string,
  use: (env: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  if (untracked.length === 0) return use({});
  const folder = await mkdtemp(join(tmpdir(), "pyward-"));
  const interrupted = (): void => {
    rmSync(folder, { recursive: true, force: true });
    // Nobody listens any more, so that this time it ends the process as it would have.
    process.kill(process.pid, "SIGINT");
  };
  process.once("SIGINT", interrupted);
  try {
    const index = join(folder, "index");
    const own = (await git(["rev-parse", "--git-path", "index"], { cwd })).replace(/\n$/u, "");
    // Before the first `git add` there is no index, and git begins with an empty one.
    await copyFile(resolve(cwd, own), index).catch((cause: unknown) => {
      if (!(cause instanceof Error && "code" in cause && cause.code === "ENOENT")) throw cause;
    });
    const env = { GIT_INDEX_FILE: index };
    const input = untracked.map((path) => `${path}\0`).join("");
    const add = ["add", "--intent-to-add", "--pathspec-from-file=-", "--pathspec-file-nul"];
    // A file may be called `:(glob)*.py`.
    await git(add, { cwd, env: { ...env, GIT_LITERAL_PATHSPECS: "1" }, input });
    return await use(env);
  } finally {
    process.off("SIGINT", interrupted);
    await rm(folder, { recursive: true, force: true });
  }
}

async function diff(
  states: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<ChangedEntry[]> {
  const list = ["--raw", "-z", "--no-abbrev", "--diff-filter=ADMRT", ...states, "--"];
  const raw = await git([...command, ...list], { cwd, env });
  const entries = readRaw(raw);
  const shown = entries.filter(({ status }) => status !== "T");
  const wanted = shown.map(({ path, newMode }) => isReviewedFile(path) && newMode !== "120000");
  if (!wanted.includes(true)) return entries.map((entry) => ({ ...entry, hunks: undefined }));

  const args = [...command, "--unified=3", "--diff-filter=ADMR", ...states, "--"];
  const sections = await readSections(args, wanted, cwd, env);
  if (sections.length !== shown.length) {
    throw new UserMistake("the working tree changed while it was being read; run it again.");
  }
  const hunks = new Map(shown.map((entry, index) => [entry, sections[index]]));
  return entries.map((entry) => ({ ...entry, hunks: hunks.get(entry) }));
}

/** Whatever a person configured for their own eyes is set back to what can be read. */
const command = [
  "diff",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--no-relative",
  "--submodule=short",
  "--ignore-submodules=dirty",
  "--find-renames",
];

type RawEntry = Omit<ChangedEntry, "hunks">;

/** `:100644 100644 <id> <id> R090\0old\0new\0`, again and again. */
function readRaw(raw: string): RawEntry[] {
  const parts = raw.split("\0");
  const entries: RawEntry[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const head = parts[at] ?? "";
    const [oldMode = "", newMode = "", oldBlob = "", newBlob = "", score = ""] = head
      .slice(1)
      .split(" ");
    const status = score.charAt(0) as ChangedEntry["status"];
    const first = parts[at + 1] ?? "";
    const renamed = status === "R";
    const path = renamed ? (parts[at + 2] ?? "") : first;
    if (renamed) at += 1;
    const previousPath = renamed ? first : undefined;
    entries.push({ status, path, previousPath, oldMode, newMode, oldBlob, newBlob });
  }
  return entries;
}

/**
 * The hunks of each file of a patch, in its order; `undefined` for files that are not wanted. The
 * output is read as it comes: a change may hold a hundred megabytes of other files.
 */
async function readSections(
  args: readonly string[],
  wanted: readonly boolean[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<(readonly Hunk[] | undefined)[]> {
  const sections: (readonly Hunk[] | undefined)[] = [];
  let lines: string[] | undefined;
  let begun = false;
  const finish = (): void => {
    if (begun) sections.push(lines === undefined ? undefined : readHunks(lines));
  };
  for await (const line of readLines(args, cwd, env)) {
    // Lines of a file begin with a space, `+`, `-` or `\`, so this is always the next file.
    if (line.startsWith("diff --git ")) {
      finish();
      begun = true;
      lines = wanted[sections.length] ? [] : undefined;
    } else {
      lines?.push(line);
    }
  }
  finish();
  return sections;
}

function readHunks(lines: readonly string[]): readonly Hunk[] | undefined {
  const binary = lines.some((line) => line.startsWith("Binary files "));
  return binary ? undefined : parsePatch(lines.join("\n"));
}

/** Latin-1: only the signs at the beginning of a line are read, and no character can be cut in two. */
async function* readLines(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): AsyncGenerator<string> {
  const child = startGit(args, { cwd, env });
  const closed = new Promise<number>((done, fail) => {
    child.once("error", (cause) => fail(cannotStart(cause)));
    child.once("close", (code) => done(code ?? -1));
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString("utf8");
  });
  child.stdin.on("error", () => {});
  child.stdin.end();
  let rest = "";
  for await (const chunk of child.stdout) {
    const lines = (rest + (chunk as Buffer).toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
  const code = await closed;
  if (code !== 0) throw gitFailed(args, code, stderr.trim());
}

function plainlyAdded(path: string): ChangedEntry {
  const none = { oldMode: "000000", newMode: "100644", oldBlob: "", newBlob: "" };
  return { status: "A", path, previousPath: undefined, hunks: undefined, ...none };
}
