// A pull request's own difference: from where its branch left the base to its head.

import type { FileDiff } from "./diff.ts";
import { diffFiles } from "./diff.ts";
import type { CommitFacts } from "./git.ts";
import { git, mergeBase, readCommits } from "./git.ts";
import { remember } from "./remember.ts";
import type { PullRequest, Repository } from "./world.ts";

export interface PullRequestDiff {
  readonly mergeBase: string;
  readonly files: readonly FileDiff[];
  readonly commits: readonly CommitFacts[];
}

/** The files and commits of a pull request at its head, or as they were at an earlier commit of it. */
export async function pullRequestDiff(
  repository: Repository,
  pull: PullRequest,
  at: string = pull.headSha,
): Promise<PullRequestDiff> {
  const base = await mergeBaseOf(repository, pull, at);
  const [files, commits] = await Promise.all([
    diffFiles(repository.git, base, at),
    remember(["log", repository.git.dir, base, at], () =>
      readCommits(repository.git, `${base}..${at}`),
    ),
  ]);
  return { mergeBase: base, files, commits };
}

/** Where the branch left the base; without a common history, the empty tree. */
export async function mergeBaseOf(
  repository: Repository,
  pull: PullRequest,
  at: string = pull.headSha,
): Promise<string> {
  const { baseSha } = pull;
  return remember(["merge-base", repository.git.dir, baseSha, at], async () => {
    return (await mergeBase(repository.git, baseSha, at)) ?? (await emptyTree(repository));
  });
}

async function emptyTree(repository: Repository): Promise<string> {
  return (await git(repository.git, ["hash-object", "-t", "tree", "-w", "--stdin"]))
    .toString()
    .trim();
}
