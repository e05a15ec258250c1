// A pull request as the API shows it: in lists, whole, and as the issue it also is.

import type { Scene } from "../call.ts";
import { timestamp } from "../call.ts";
import { pullRequestDiff } from "../pull-request-diff.ts";
import type { PullRequest, Repository } from "../world.ts";
import { fullName, nodeId } from "../world.ts";
import { associationOf, presentUser } from "./people.ts";
import { presentRepository } from "./repository.ts";

/** The shape of lists: `pull-request-simple`. */
export function presentPullRequestSimple(scene: Scene, repository: Repository, pull: PullRequest) {
  const api = `${scene.urls.api}/repos/${fullName(repository)}`;
  const html = `${scene.urls.html}/${fullName(repository)}/pull/${pull.number}`;
  const self = `${api}/pulls/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  const statuses = `${api}/statuses/${pull.headSha}`;
  const end = (of: Repository, ref: string, sha: string) => ({
    label: `${of.owner.login}:${ref}`,
    ref,
    sha,
    user: presentUser(scene, of.owner),
    repo: presentRepository(scene, of),
  });
  return {
    url: self,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: presentUser(scene, pull.author),
    body: pull.body === "" ? null : pull.body,
    created_at: timestamp(pull.createdAt),
    updated_at: timestamp(pull.updatedAt),
    closed_at: pull.closedAt ? timestamp(pull.closedAt) : null,
    merged_at: pull.merged && pull.closedAt ? timestamp(pull.closedAt) : null,
    merge_commit_sha: pull.mergeSha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.draft,
    commits_url: `${self}/commits`,
    review_comments_url: `${self}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    head: end(pull.headRepository, pull.headRef, pull.headSha),
    base: end(repository, pull.baseRef, pull.baseSha),
    _links: {
      self: { href: self },
      html: { href: html },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: `${self}/comments` },
      review_comment: { href: `${api}/pulls/comments{/number}` },
      commits: { href: `${self}/commits` },
      statuses: { href: statuses },
    },
    author_association: associationOf(repository, pull.author, pull),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** The whole: with counts that only git knows. */
export async function presentPullRequest(scene: Scene, repository: Repository, pull: PullRequest) {
  const { files, commits } = await pullRequestDiff(repository, pull);
  const visible = pull.threads.flatMap((thread) =>
    thread.comments.filter((comment) => comment.review.state !== "PENDING"),
  );
  return {
    ...presentPullRequestSimple(scene, repository, pull),
    merged: pull.merged,
    mergeable: pull.state === "open" ? pull.mergeSha !== undefined : null,
    rebaseable: pull.state === "open" ? pull.mergeSha !== undefined : null,
    mergeable_state: pull.draft ? "draft" : pull.mergeSha === undefined ? "dirty" : "clean",
    merged_by: null,
    comments: pull.comments.length,
    review_comments: visible.length,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** The pull request as `issue_comment` carries it. */
export function presentAsIssue(scene: Scene, repository: Repository, pull: PullRequest) {
  const api = `${scene.urls.api}/repos/${fullName(repository)}`;
  const html = `${scene.urls.html}/${fullName(repository)}/pull/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  return {
    url: issue,
    repository_url: api,
    labels_url: `${issue}/labels{/name}`,
    comments_url: `${issue}/comments`,
    events_url: `${issue}/events`,
    html_url: html,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    number: pull.number,
    title: pull.title,
    user: presentUser(scene, pull.author),
    labels: [],
    state: pull.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: pull.comments.length,
    created_at: timestamp(pull.createdAt),
    updated_at: timestamp(pull.updatedAt),
    closed_at: pull.closedAt ? timestamp(pull.closedAt) : null,
    author_association: associationOf(repository, pull.author, pull),
    active_lock_reason: null,
    draft: pull.draft,
    pull_request: {
      url: `${api}/pulls/${pull.number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.merged && pull.closedAt ? timestamp(pull.closedAt) : null,
    },
    body: pull.body === "" ? null : pull.body,
    reactions: noReactions(`${issue}/reactions`),
    timeline_url: `${issue}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
  };
}

/** As check runs and suites name it. */
export function presentPullRequestMinimal(scene: Scene, repository: Repository, pull: PullRequest) {
  const end = (of: Repository, ref: string, sha: string) => ({
    ref,
    sha,
    repo: { id: of.id, url: `${scene.urls.api}/repos/${fullName(of)}`, name: of.name },
  });
  return {
    url: `${scene.urls.api}/repos/${fullName(repository)}/pulls/${pull.number}`,
    id: pull.id,
    number: pull.number,
    head: end(pull.headRepository, pull.headRef, pull.headSha),
    base: end(repository, pull.baseRef, pull.baseSha),
  };
}

function noReactions(url: string) {
  const none = { "+1": 0, "-1": 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
  return { url, total_count: 0, ...none };
}
