// A merge queue's groups: the merge as a branch of its own, which asks for checks, and its end.

import type { Stage } from "../call.ts";
import { git, makeMerge, readCommits } from "../git.ts";
import { presentSimpleCommit } from "../present/commit.ts";
import type { PullRequest, Repository, User } from "../world.ts";
import { requestSuite } from "./check.ts";
import { branchTip } from "./repository.ts";

export interface MergeGroup {
  readonly headSha: string;
  /** `refs/heads/gh-readonly-queue/main/pr-7-<sha>`. */
  readonly headRef: string;
  readonly baseSha: string;
  readonly baseRef: string;
}

/** A merge queue takes the pull request: the merge as a branch of its own, which asks for checks. */
export async function queueForMerge(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  by: User,
): Promise<MergeGroup> {
  const baseSha = await branchTip(repository, pull.baseRef);
  const message = `Merge pull request #${pull.number} from ${pull.headRef}`;
  const now = stage.world.now();
  const headSha = await makeMerge(repository.git, baseSha, pull.headSha, message, now);
  if (!headSha) throw new Error(`#${pull.number} has conflicts and cannot be queued`);
  const branch = `gh-readonly-queue/${pull.baseRef}/pr-${pull.number}-${baseSha}`;
  await git(repository.git, ["update-ref", `refs/heads/${branch}`, headSha]);
  const group = {
    headSha,
    headRef: `refs/heads/${branch}`,
    baseSha,
    baseRef: `refs/heads/${pull.baseRef}`,
  };
  await requestSuite(stage, repository, headSha, branch, by);
  await tellGroup(stage, repository, group, by, "checks_requested", {});
  return group;
}

/** The queue lets go of the group: merged, or thrown out. */
export async function endMergeGroup(
  stage: Stage,
  repository: Repository,
  group: MergeGroup,
  reason: "merged" | "invalidated" | "dequeued",
  by: User,
): Promise<void> {
  await tellGroup(stage, repository, group, by, "destroyed", { reason });
  await git(repository.git, ["update-ref", "-d", group.headRef]);
}

async function tellGroup(
  stage: Stage,
  repository: Repository,
  group: MergeGroup,
  sender: User,
  action: string,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const [commit] = await readCommits(repository.git, group.headSha, 1);
  if (!commit) throw new Error(`the merge group's head ${group.headSha} is unknown to git`);
  const merge_group = {
    head_sha: group.headSha,
    head_ref: group.headRef,
    base_sha: group.baseSha,
    base_ref: group.baseRef,
    head_commit: presentSimpleCommit(commit),
  };
  const payload = { ...more, merge_group };
  stage.webhooks.announce({ event: "merge_group", action, sender, repository, payload });
}
