// A git repository on this machine: whether it is one, and what its commits are called.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Two commits of a repository that a pull request shall be made of. */
export interface LocalRange {
  /** The repository's folder, absolute. */
  readonly path: string;
  /** Commit ids. */
  readonly base: string;
  readonly head: string;
  /** The names that were asked for, fit for branches. */
  readonly baseName: string;
  readonly headName: string;
  /** First line of the head's message. */
  readonly title: string;
}

/** Finds both commits. Throws with a sentence for the user where the path or a commit is none. */
export async function readLocalRange(asked: {
  readonly repo: string;
  readonly base: string;
  readonly head: string;
}): Promise<LocalRange> {
  const { repo } = asked;
  const path = await ask(repo, ["rev-parse", "--path-format=absolute", "--git-common-dir"]);
  if (path === undefined) {
    throw new Error(`${repo} is no git repository. Give the path of one with --repo.`);
  }
  const base = await findCommit(repo, asked.base);
  const head = await findCommit(repo, asked.head);
  if ((await ask(repo, ["merge-base", base, head])) === undefined) {
    throw new Error(`"${asked.base}" and "${asked.head}" have no commit in common.`);
  }
  const title = (await ask(repo, ["log", "-1", "--format=%s", head])) ?? "A change";
  const [baseName, headName] = branchNames(asked.base, asked.head);
  return { path, base, head, baseName, headName, title };
}

async function findCommit(repo: string, name: string): Promise<string> {
  const commit = await ask(repo, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  ]);
  if (commit === undefined) throw new Error(`There is no commit "${name}" in ${repo}.`);
  return commit;
}

/** Two names that git lets stand side by side: `a` and `a/b` it does not. */
function branchNames(base: string, head: string): [base: string, head: string] {
  const [first, second] = [branchName(base), branchName(head)];
  const isClash = `${first}/`.startsWith(`${second}/`) || `${second}/`.startsWith(`${first}/`);
  return [first, isClash ? `changed-${second}` : second];
}

/** `HEAD~3` is no name for a branch, and `HEAD` a misleading one. */
function branchName(reference: string): string {
  const name = reference
    .replace(/^HEAD/u, "head")
    .replace(/[^\w./-]+/gu, "-")
    .replace(/^[-./]+|[-./]+$|\.lock$/gu, "");
  return name.replace(/\.{2,}/gu, ".").replace(/\/{2,}/gu, "/") || "branch";
}

async function ask(repo: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run("git", ["-C", repo, ...args]);
    return stdout.trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new Error("git is not installed, and the demo needs it.", { cause: error });
    }
    return undefined;
  }
}
