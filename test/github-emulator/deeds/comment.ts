// Comments under a pull request and reactions to any comment: made, changed, taken away, and told.

import type { Stage } from "../call.ts";
import { presentAsIssue } from "../present/pull-request.ts";
import { presentIssueComment } from "../present/review.ts";
import type { Comment, PullRequest, Reaction, Repository, User } from "../world.ts";

export function addComment(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  author: User,
  body: string,
): Comment {
  const now = stage.world.now();
  const comment: Comment = {
    id: stage.world.nextId(),
    author,
    body,
    createdAt: now,
    updatedAt: now,
    reactions: [],
    minimized: undefined,
  };
  pull.comments.push(comment);
  tell(stage, repository, pull, comment, author, "created", {});
  return comment;
}

export function editComment(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  comment: Comment,
  editor: User,
  body: string,
): void {
  const changes = { body: { from: comment.body } };
  comment.body = body;
  comment.editor = editor;
  comment.updatedAt = stage.world.now();
  tell(stage, repository, pull, comment, editor, "edited", { changes });
}

export function deleteComment(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  comment: Comment,
  by: User,
): void {
  pull.comments.splice(pull.comments.indexOf(comment), 1);
  tell(stage, repository, pull, comment, by, "deleted", {});
}

/** Adds a reaction, unless the same person had it there already. GitHub sends no event for it. */
export function react(
  stage: Stage,
  comment: Comment,
  user: User,
  content: string,
): { readonly reaction: Reaction; readonly isNew: boolean } {
  const known = comment.reactions.find((each) => each.user === user && each.content === content);
  if (known) return { reaction: known, isNew: false };
  const reaction = { id: stage.world.nextId(), content, user, createdAt: stage.world.now() };
  comment.reactions.push(reaction);
  return { reaction, isNew: true };
}

function tell(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  comment: Comment,
  sender: User,
  action: string,
  more: Readonly<Record<string, unknown>>,
): void {
  const payload = {
    ...more,
    issue: presentAsIssue(stage, repository, pull),
    comment: presentIssueComment(stage, repository, pull, comment),
  };
  stage.webhooks.announce({ event: "issue_comment", action, sender, repository, payload });
}
