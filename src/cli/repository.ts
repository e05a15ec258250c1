// Which git repository a path belongs to, and which two states of it a review compares.

import { realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { git, runGit } from "./git.ts";
import { UserMistake } from "./user-mistake.ts";

export interface Repository {
  /** Absolute path of the working tree's top folder, or of a bare repository. */
  readonly root: string;
  readonly bare: boolean;
}

export interface Range {
  /** Commit id of the merge base; the empty tree's id where there is no commit yet. */
  readonly base: string;
  /** Commit id; `undefined` for the working tree. */
  readonly head: string | undefined;
}

/** The repository that holds a path; `undefined` outside of any. */
export async function findRepository(path: string): Promise<Repository | undefined> {
  const start = resolve(path);
  const info = await stat(start).catch(() => undefined);
  if (info === undefined) throw new UserMistake(`${path} does not exist.`);
  const cwd = info.isDirectory() ? start : dirname(start);
  const found = await runGit(["rev-parse", "--is-bare-repository", "--absolute-git-dir"], { cwd });
  if (found.code !== 0) {
    // Git refuses a folder that belongs to somebody else; its own words say what to do.
    if (found.stderr.includes("safe.directory")) throw new UserMistake(found.stderr);
    return undefined;
  }
  const [bare = "", gitFolder = ""] = found.stdout.toString("utf8").trimEnd().split("\n");
  if (bare === "true") return { root: gitFolder, bare: true };
  const top = await runGit(["rev-parse", "--show-toplevel"], { cwd });
  // Within `.git` there is no working tree.
  if (top.code !== 0) return undefined;
  return { root: await realpath(top.stdout.toString("utf8").replace(/\n$/u, "")), bare: false };
}

/**
 * The two states to compare: like a pull request, from the merge base of `base` and the head.
 * @param base a ref or commit; by default the default branch.
 * @param head a ref or commit; by default the working tree.
 */
export async function findRange(
  repository: Repository,
  base: string | undefined,
  head: string | undefined,
): Promise<Range> {
  const cwd = repository.root;
  if (repository.bare && head === undefined) {
    throw new UserMistake(`${cwd} is a bare repository; name a commit to review with --head.`);
  }
  const headCommit = await findCommit(head ?? "HEAD", cwd);
  if (headCommit === undefined && head !== undefined) throw unknownRef(head, "--head");
  if (headCommit === undefined) {
    if (base !== undefined) throw unknownRef(base, "--base");
    return { base: await emptyTree(cwd), head: undefined };
  }
  const baseRef = base ?? (await defaultBranch(cwd));
  const baseCommit = await findCommit(baseRef, cwd);
  if (baseCommit === undefined) throw unknownRef(baseRef, "--base");
  const mergeBase = await findMergeBase(baseCommit, headCommit, baseRef, cwd);
  return { base: mergeBase, head: head === undefined ? undefined : headCommit };
}

async function findCommit(ref: string, cwd: string): Promise<string | undefined> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  const { code, stdout } = await runGit(args, { cwd });
  const id = stdout.toString("utf8").trim();
  return code === 0 && id !== "" ? id : undefined;
}

function unknownRef(ref: string, option: string): UserMistake {
  return new UserMistake(
    `${option}: "${ref}" is no branch, tag or commit here; fetch it first, or name another.`,
  );
}

/** The remote's default branch as the clone remembers it, then the usual names. */
async function defaultBranch(cwd: string): Promise<string> {
  const remote = await runGit(["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"], { cwd });
  const usual = ["main", "master"];
  const candidates = [
    remote.stdout.toString("utf8").trim(),
    ...usual.map((name) => `refs/remotes/origin/${name}`),
    ...usual.map((name) => `refs/heads/${name}`),
  ];
  for (const candidate of candidates) {
    if (candidate !== "" && (await findCommit(candidate, cwd)) !== undefined) return candidate;
  }
  throw new UserMistake(
    "which branch is the default is not known here (no origin/HEAD, main or master); name the branch to compare with by --base.",
  );
}

async function findMergeBase(
  base: string,
  head: string,
  name: string,
  cwd: string,
): Promise<string> {
  const { code, stdout, stderr } = await runGit(["merge-base", base, head], { cwd });
  const id = stdout.toString("utf8").trim();
  if (code === 0 && id !== "") return id;
  if (code > 1) throw new UserMistake(`git merge-base could not be run here: ${stderr}`);
  const shallow = (await git(["rev-parse", "--is-shallow-repository"], { cwd })).trim() === "true";
  throw new UserMistake(
    shallow
      ? `the history fetched here does not reach back to where the change left "${name}"; run \`git fetch --unshallow\`, or in GitHub Actions check out with \`fetch-depth: 0\`.`
      : `"${name}" and the head have no commit in common; name another with --base.`,
  );
}

async function emptyTree(cwd: string): Promise<string> {
  return (await git(["hash-object", "-t", "tree", "--stdin"], { cwd, input: "" })).trim();
}
