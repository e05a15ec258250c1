// Answers to a person's comment: a reaction, or a comment of our own beside it.

import type { CommentRef, Place } from "../jobs/ask.ts";
import { type GitHubClient, once } from "./client.ts";

export type Reaction = "eyes" | "rocket" | "confused";

/** Reacts to a comment; doing it twice leaves one reaction. */
export async function react(
  client: GitHubClient,
  { owner, repo }: Place,
  comment: CommentRef,
  content: Reaction,
): Promise<void> {
  const target = { owner, repo, comment_id: comment.id, content };
  if (comment.kind === "issue") await client.rest.reactions.createForIssueComment(target);
  else await client.rest.reactions.createForPullRequestReviewComment(target);
}

/** Answers where the comment stands: below the pull request, or in its thread. */
export async function reply(
  client: GitHubClient,
  { owner, repo }: Place,
  number: number,
  comment: CommentRef,
  body: string,
): Promise<void> {
  if (comment.kind === "issue") {
    const target = { owner, repo, issue_number: number, body, request: once };
    await client.rest.issues.createComment(target);
    return;
  }
  // The address made for replies is closed to Apps.
  await client.rest.pulls.createReviewComment({
    owner,
    repo,
    pull_number: number,
    body,
    in_reply_to: comment.id,
    path: comment.path,
    commit_id: comment.commit,
    request: once,
  });
}

/** Edits a comment of ours below the pull request; nobody gets a message of it. */
export async function editNote(
  client: GitHubClient,
  { owner, repo }: Place,
  comment: number,
  body: string,
): Promise<void> {
  await client.rest.issues.updateComment({ owner, repo, comment_id: comment, body });
}
