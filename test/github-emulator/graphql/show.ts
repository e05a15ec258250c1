// Pull requests, threads, comments and people as the graph shows them.

import type { Scene } from "../call.ts";
import { timestamp } from "../call.ts";
import { associationOf } from "../present/people.ts";
import type { Comment, PullRequest, Repository, Review, Thread, User } from "../world.ts";
import { fullName, nodeId } from "../world.ts";
import { connection, type Page } from "./connection.ts";

/** What shows things to the App, who may resolve threads or not. */
export function createShow({ world, urls }: Scene, mayResolve: boolean) {
  const { bot } = world.app;

  const showActor = (user: User) => ({
    __typename: user.type,
    login: user.login.replace("[bot]", ""),
    id: nodeId(user.type === "Bot" ? "BOT" : "U", user.id),
    databaseId: user.id,
    url: `${urls.html}/${user.login}`,
  });

  const showComment = (
    comment: Comment,
    typename: string,
    repository: Repository,
    url: string,
  ) => ({
    __typename: typename,
    id: nodeId(typename === "IssueComment" ? "IC" : "PRRC", comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    author: showActor(comment.author),
    editor: comment.editor ? showActor(comment.editor) : null,
    authorAssociation: associationOf(repository, comment.author),
    body: comment.body,
    createdAt: timestamp(comment.createdAt),
    updatedAt: timestamp(comment.updatedAt),
    isMinimized: comment.minimized !== undefined,
    minimizedReason: comment.minimized ?? null,
    viewerDidAuthor: comment.author === bot,
    viewerCanMinimize: comment.author === bot,
    viewerCanUpdate: comment.author === bot,
    url,
  });

  const showThread = (repository: Repository, pull: PullRequest, thread: Thread) => {
    const page = `${urls.html}/${fullName(repository)}/pull/${pull.number}`;
    return {
      __typename: "PullRequestReviewThread",
      id: thread.id,
      isResolved: thread.resolvedBy !== undefined,
      isOutdated: thread.isOutdated,
      isCollapsed: thread.resolvedBy !== undefined,
      path: thread.path,
      line: thread.current?.line ?? null,
      startLine: thread.current?.startLine ?? null,
      originalLine: thread.original?.line ?? null,
      originalStartLine: thread.original?.startLine ?? null,
      diffSide: thread.original?.side ?? "RIGHT",
      startDiffSide: thread.original?.startSide ?? null,
      subjectType: thread.subject === "file" ? "FILE" : "LINE",
      resolvedBy: thread.resolvedBy ? showActor(thread.resolvedBy) : null,
      viewerCanReply: true,
      viewerCanResolve: mayResolve && thread.resolvedBy === undefined,
      viewerCanUnresolve: mayResolve && thread.resolvedBy !== undefined,
      pullRequest: () => showPullRequest(repository, pull),
      comments: (wanted: Page) =>
        connection(thread.comments, wanted, (comment) => ({
          ...showComment(
            comment,
            "PullRequestReviewComment",
            repository,
            `${page}#discussion_r${comment.id}`,
          ),
          path: thread.path,
          line: thread.current?.line ?? null,
          originalLine: thread.original?.line ?? null,
          outdated: thread.isOutdated,
          diffHunk: thread.diffHunk,
          commit: { oid: thread.current?.commit ?? thread.originalCommit },
          originalCommit: { oid: thread.originalCommit },
          replyTo:
            comment.inReplyTo === undefined ? null : { id: nodeId("PRRC", comment.inReplyTo) },
          pullRequestReview: showReview(comment.review),
        })),
    };
  };

  const showReview = (review: Review) => ({
    __typename: "PullRequestReview",
    id: nodeId("PRR", review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    body: review.body,
    state: review.state,
    author: showActor(review.author),
    isMinimized: review.minimized !== undefined,
    minimizedReason: review.minimized ?? null,
    viewerDidAuthor: review.author === bot,
  });

  const showPullRequest = (repository: Repository, pull: PullRequest): object => ({
    __typename: "PullRequest",
    id: nodeId("PR", pull.id),
    number: pull.number,
    title: pull.title,
    state: pull.merged ? "MERGED" : pull.state.toUpperCase(),
    isDraft: pull.draft,
    headRefOid: pull.headSha,
    baseRefOid: pull.baseSha,
    headRefName: pull.headRef,
    baseRefName: pull.baseRef,
    author: showActor(pull.author),
    reviewThreads: (wanted: Page) =>
      connection(
        pull.threads.filter((each) => each.comments[0]?.review.state !== "PENDING"),
        wanted,
        (thread) => showThread(repository, pull, thread),
      ),
    reviews: (wanted: Page) => connection(pull.reviews, wanted, showReview),
    comments: (wanted: Page) =>
      connection(pull.comments, wanted, (comment) => {
        const page = `${urls.html}/${fullName(repository)}/pull/${pull.number}`;
        return showComment(
          comment,
          "IssueComment",
          repository,
          `${page}#issuecomment-${comment.id}`,
        );
      }),
  });

  return { showThread, showPullRequest };
}
