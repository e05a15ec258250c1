// Reviews and the threads they begin: made, answered, resolved, and told.

import type { Stage } from "../call.ts";
import { presentPullRequestSimple } from "../present/pull-request.ts";
import { presentReview, presentReviewComment } from "../present/review.ts";
import type {
  Place,
  PullRequest,
  Repository,
  Review,
  ReviewComment,
  Thread,
  User,
} from "../world.ts";
import { nodeId } from "../world.ts";

/** A comment that passed every check and is ready to begin a thread. */
export interface ReadyComment {
  readonly path: string;
  readonly body: string;
  /** `undefined` for a comment on a whole file. */
  readonly place: Place | undefined;
  readonly diffHunk: string;
}

export function submitReview(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  author: User,
  review: Pick<Review, "commit" | "body" | "state">,
  comments: readonly ReadyComment[],
): Review {
  const made: Review = {
    id: stage.world.nextId(),
    author,
    ...review,
    submittedAt: review.state === "PENDING" ? undefined : stage.world.now(),
    minimized: undefined,
  };
  pull.reviews.push(made);
  const threads = comments.map((comment) => beginThread(stage, pull, made, comment));
  if (made.state !== "PENDING") tellReview(stage, repository, pull, made, threads);
  return made;
}

/** Makes a pending review visible. */
export function publishReview(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  state: Review["state"],
): void {
  review.state = state;
  review.submittedAt = stage.world.now();
  const threads = pull.threads.filter((thread) => thread.comments[0]?.review === review);
  tellReview(stage, repository, pull, review, threads);
}

/** Answers in a thread; GitHub makes a review of its own for it. */
export function replyInThread(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  author: User,
  body: string,
): ReviewComment {
  const review: Review = {
    id: stage.world.nextId(),
    author,
    commit: pull.headSha,
    state: "COMMENTED",
    body: "",
    submittedAt: stage.world.now(),
    minimized: undefined,
  };
  pull.reviews.push(review);
  const comment = newComment(stage, review, body, thread.comments[0]?.id);
  thread.comments.push(comment);
  tellReview(stage, repository, pull, review, []);
  tellComment(stage, repository, pull, thread, comment, author, "created", {});
  return comment;
}

export function editReviewComment(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  comment: ReviewComment,
  editor: User,
  body: string,
): void {
  const changes = { body: { from: comment.body } };
  comment.body = body;
  comment.editor = editor;
  comment.updatedAt = stage.world.now();
  tellComment(stage, repository, pull, thread, comment, editor, "edited", { changes });
}

export function deleteReviewComment(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  comment: ReviewComment,
  by: User,
): void {
  thread.comments.splice(thread.comments.indexOf(comment), 1);
  if (thread.comments.length === 0) pull.threads.splice(pull.threads.indexOf(thread), 1);
  tellComment(stage, repository, pull, thread, comment, by, "deleted", {});
}

export function editReview(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  editor: User,
  body: string,
): void {
  const changes = { body: { from: review.body } };
  review.body = body;
  announceReview(stage, repository, pull, review, editor, "edited", { changes });
}

/** Resolves a thread, or opens it again; nothing is told when it was so already. */
export function setResolved(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  by: User,
  resolved: boolean,
): void {
  if ((thread.resolvedBy !== undefined) === resolved) return;
  thread.resolvedBy = resolved ? by : undefined;
  const comments = thread.comments.map((comment) =>
    presentReviewComment(stage, repository, pull, thread, comment),
  );
  stage.webhooks.announce({
    event: "pull_request_review_thread",
    action: resolved ? "resolved" : "unresolved",
    sender: by,
    repository,
    payload: {
      pull_request: presentPullRequestSimple(stage, repository, pull),
      thread: { node_id: thread.id, comments },
    },
  });
}

function beginThread(stage: Stage, pull: PullRequest, review: Review, ready: ReadyComment): Thread {
  const thread: Thread = {
    id: nodeId("PRRT", stage.world.nextId()),
    path: ready.path,
    subject: ready.place ? "line" : "file",
    original: ready.place,
    originalCommit: review.commit,
    diffHunk: ready.diffHunk,
    comments: [newComment(stage, review, ready.body, undefined)],
    current: ready.place,
    isOutdated: false,
    resolvedBy: undefined,
  };
  pull.threads.push(thread);
  return thread;
}

function newComment(
  stage: Stage,
  review: Review,
  body: string,
  inReplyTo: number | undefined,
): ReviewComment {
  const now = stage.world.now();
  return {
    id: stage.world.nextId(),
    author: review.author,
    body,
    createdAt: now,
    updatedAt: now,
    reactions: [],
    minimized: undefined,
    review,
    inReplyTo,
  };
}

function tellReview(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  threads: readonly Thread[],
): void {
  announceReview(stage, repository, pull, review, review.author, "submitted", {});
  for (const thread of threads) {
    for (const comment of thread.comments) {
      tellComment(stage, repository, pull, thread, comment, review.author, "created", {});
    }
  }
}

function announceReview(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  sender: User,
  action: string,
  more: Readonly<Record<string, unknown>>,
): void {
  const shown = presentReview(stage, repository, pull, review);
  const payload = {
    ...more,
    // Webhooks write the state small, the API large.
    review: {
      ...shown,
      state: shown.state.toLowerCase(),
      body: shown.body === "" ? null : shown.body,
      submitted_at: shown.submitted_at ?? null,
    },
    pull_request: presentPullRequestSimple(stage, repository, pull),
  };
  stage.webhooks.announce({ event: "pull_request_review", action, sender, repository, payload });
}

function tellComment(
  stage: Stage,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  comment: ReviewComment,
  sender: User,
  action: string,
  more: Readonly<Record<string, unknown>>,
): void {
  const payload = {
    ...more,
    comment: presentReviewComment(stage, repository, pull, thread, comment),
    pull_request: presentPullRequestSimple(stage, repository, pull),
  };
  const event = "pull_request_review_comment";
  stage.webhooks.announce({ event, action, sender, repository, payload });
}
