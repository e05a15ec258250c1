// Pull requests: opened, pushed to, closed, given another base; after each the threads find their lines again.

import { placeAfterPush } from "../anchors.ts";
import type { Stage } from "../call.ts";
import { git, makeMerge } from "../git.ts";
import { presentPullRequest } from "../present/pull-request.ts";
import { mergeBaseOf, pullRequestDiff } from "../pull-request-diff.ts";
import type { PullRequest, Repository, User } from "../world.ts";
import { branchTip, type Push, pushBranch } from "./repository.ts";

export interface PullRequestToOpen {
  readonly title: string;
  readonly body?: string;
  readonly headRepository: Repository;
  readonly head: string;
  /** The default branch unless told. */
  readonly base?: string;
  readonly by: User;
  readonly isDraft?: boolean;
}

export async function openPullRequest(
  stage: Stage,
  repository: Repository,
  wanted: PullRequestToOpen,
): Promise<PullRequest> {
  const baseRef = wanted.base ?? repository.defaultBranch;
  const headSha = await branchTip(wanted.headRepository, wanted.head);
  const now = stage.world.now();
  const pull: PullRequest = {
    id: stage.world.nextId(),
    number: repository.nextNumber,
    author: wanted.by,
    createdAt: now,
    updatedAt: now,
    closedAt: undefined,
    headRepository: wanted.headRepository,
    headRef: wanted.head,
    headSha,
    baseRef,
    baseSha: await branchTip(repository, baseRef),
    mergeSha: undefined,
    title: wanted.title,
    body: wanted.body ?? "",
    state: "open",
    draft: wanted.isDraft ?? false,
    merged: false,
    reviews: [],
    threads: [],
    comments: [],
  };
  repository.nextNumber += 1;
  await bringHead(stage, repository, pull);
  repository.pullRequests.set(pull.number, pull);
  await tell(stage, repository, pull, wanted.by, "opened", {});
  return pull;
}

/** Moves a branch of `repository` and every open pull request that it heads or bases. */
export async function pushTo(stage: Stage, repository: Repository, push: Push): Promise<string> {
  const { before, after } = await pushBranch(stage, repository, push);
  for (const base of stage.world.repositories.values()) {
    for (const pull of base.pullRequests.values()) {
      if (pull.state !== "open") continue;
      const isHead = pull.headRepository === repository && pull.headRef === push.branch;
      if (isHead && before !== after) await moveHead(stage, base, pull, after, push.by);
      else if (base === repository && pull.baseRef === push.branch)
        await remerge(stage, base, pull);
    }
  }
  return after;
}

export async function closePullRequest(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  by: User,
): Promise<void> {
  pull.state = "closed";
  pull.closedAt = stage.world.now();
  await tell(stage, repository, pull, by, "closed", {});
}

export async function mergePullRequest(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  by: User,
): Promise<void> {
  if (pull.mergeSha === undefined) throw new Error(`#${pull.number} has conflicts`);
  pull.merged = true;
  pull.state = "closed";
  pull.closedAt = stage.world.now();
  await tell(stage, repository, pull, by, "closed", {});
  await pushTo(stage, repository, { branch: pull.baseRef, onto: pull.mergeSha, by });
}

export async function reopenPullRequest(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  by: User,
): Promise<void> {
  pull.state = "open";
  pull.closedAt = undefined;
  pull.headSha = await branchTip(pull.headRepository, pull.headRef);
  await bringHead(stage, repository, pull);
  await tell(stage, repository, pull, by, "reopened", {});
}

export async function setDraft(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  isDraft: boolean,
  by: User,
): Promise<void> {
  if (pull.draft === isDraft) return;
  pull.draft = isDraft;
  await tell(stage, repository, pull, by, isDraft ? "converted_to_draft" : "ready_for_review", {});
}

/** A new title, text or base, told with what it was before. */
export async function editPullRequest(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  edit: { readonly title?: string; readonly body?: string; readonly base?: string },
  by: User,
): Promise<void> {
  const changes: Record<string, unknown> = {};
  if (edit.title !== undefined) {
    changes.title = { from: pull.title };
    pull.title = edit.title;
  }
  if (edit.body !== undefined) {
    changes.body = { from: pull.body };
    pull.body = edit.body;
  }
  if (edit.base !== undefined) {
    changes.base = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
    pull.baseRef = edit.base;
    await bringHead(stage, repository, pull);
  }
  pull.updatedAt = stage.world.now();
  await tell(stage, repository, pull, by, "edited", { changes });
}

async function moveHead(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  after: string,
  by: User,
): Promise<void> {
  const before = pull.headSha;
  pull.headSha = after;
  pull.updatedAt = stage.world.now();
  await bringHead(stage, repository, pull);
  await tell(stage, repository, pull, by, "synchronize", { before, after });
}

/** Makes the head's objects and refs known to the base's repository, and finds each thread's lines again. */
async function bringHead(stage: Stage, repository: Repository, pull: PullRequest): Promise<void> {
  if (pull.headRepository !== repository) {
    const { dir } = pull.headRepository.git;
    await git(repository.git, [
      "fetch",
      "--quiet",
      "--no-tags",
      dir,
      `+refs/heads/${pull.headRef}:refs/emulator/fetched`,
    ]);
    await git(repository.git, ["update-ref", "-d", "refs/emulator/fetched"]);
  }
  await git(repository.git, ["update-ref", `refs/pull/${pull.number}/head`, pull.headSha]);
  pull.baseSha = await branchTip(repository, pull.baseRef);
  await remerge(stage, repository, pull);
  const now = await pullRequestDiff(repository, pull);
  for (const thread of pull.threads) {
    if (thread.subject === "file") {
      thread.isOutdated = !now.files.some((file) => file.path === thread.path);
      continue;
    }
    const was = { mergeBase: await mergeBaseOf(repository, pull, thread.originalCommit) };
    thread.current = await placeAfterPush(repository.git, thread, was, {
      mergeBase: now.mergeBase,
      head: pull.headSha,
    });
    thread.isOutdated = thread.current === undefined;
  }
}

/** `refs/pull/N/merge`, or its absence where there are conflicts. */
async function remerge(stage: Stage, repository: Repository, pull: PullRequest): Promise<void> {
  const ref = `refs/pull/${pull.number}/merge`;
  const base = await branchTip(repository, pull.baseRef);
  const message = `Merge ${pull.headSha} into ${base}`;
  const now = stage.world.now();
  pull.mergeSha = await makeMerge(repository.git, base, pull.headSha, message, now);
  if (pull.mergeSha) await git(repository.git, ["update-ref", ref, pull.mergeSha]);
  else await git(repository.git, ["update-ref", "-d", ref]);
}

async function tell(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  sender: User,
  action: string,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const shown = await presentPullRequest(stage, repository, pull);
  const payload = { number: pull.number, ...more, pull_request: shown };
  stage.webhooks.announce({ event: "pull_request", action, sender, repository, payload });
}
