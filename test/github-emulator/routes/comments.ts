// Single comments: on lines, on files, under the pull request; and reactions to them.

import type { AnchorFault } from "../anchors.ts";
import { placeComment, type WantedPlace } from "../anchors.ts";
import type { Answer, Call, Routes } from "../call.ts";
import { paginate, pullRequestOf } from "../call.ts";
import { addComment, deleteComment, editComment, react } from "../deeds/comment.ts";
import {
  deleteReviewComment,
  editReviewComment,
  replyInThread,
  submitReview,
} from "../deeds/review.ts";
import { presentIssueComment, presentReaction, presentReviewComment } from "../present/review.ts";
import { pullRequestDiff } from "../pull-request-diff.ts";
import { forbidden, notFound, validationFailed } from "../refusal.ts";
import { checkBody } from "../semantic-rules.ts";
import type { Comment, PullRequest, ReviewComment, Thread } from "../world.ts";
import { belongs } from "./reviews.ts";

interface ReviewCommentBody extends WantedPlace {
  readonly body: string;
  readonly commit_id: string;
  readonly in_reply_to?: number;
  readonly subject_type?: "line" | "file";
}

export const commentRoutes: Routes = {
  "pulls/create-review-comment": async (call) => {
    const pull = pullRequestOf(call);
    const wanted = call.body as ReviewCommentBody;
    checkBody("PullRequestReviewComment", wanted.body);
    if (wanted.in_reply_to !== undefined) {
      const { thread } = findReviewComment(pull, wanted.in_reply_to);
      const reply = replyInThread(call, call.repository, pull, thread, call.user, wanted.body);
      return {
        status: 201,
        body: presentReviewComment(call, call.repository, pull, thread, reply),
      };
    }
    if (!(await belongs(call, pull, wanted.commit_id))) {
      throw refuse({ field: "commit", says: "is not part of the pull request" });
    }
    const ready = await place(call, pull, wanted);
    const review = { commit: wanted.commit_id, body: "", state: "COMMENTED" } as const;
    const made = submitReview(call, call.repository, pull, call.user, review, [ready]);
    const thread = pull.threads.find((each) => each.comments[0]?.review === made);
    const comment = thread?.comments[0];
    if (!thread || !comment) throw new Error("a comment that was made is not there");
    return {
      status: 201,
      body: presentReviewComment(call, call.repository, pull, thread, comment),
    };
  },

  "pulls/list-review-comments": (call) => {
    const pull = pullRequestOf(call);
    const sorted = reviewComments(pull)
      .filter(({ comment }) => comment.review.state !== "PENDING")
      .sort((a, b) => a.comment.id - b.comment.id);
    const listed = call.query.direction === "desc" ? sorted.toReversed() : sorted;
    return paginate(call, listed, ({ thread, comment }) =>
      presentReviewComment(call, call.repository, pull, thread, comment),
    );
  },

  "pulls/get-review-comment": (call) => {
    const { pull, thread, comment } = addressedReviewComment(call);
    return { body: presentReviewComment(call, call.repository, pull, thread, comment) };
  },

  "pulls/update-review-comment": (call) => {
    const { pull, thread, comment } = addressedReviewComment(call);
    const { body } = call.body as { body: string };
    requireOwn(call, comment);
    checkBody("PullRequestReviewComment", body);
    editReviewComment(call, call.repository, pull, thread, comment, call.user, body);
    return { body: presentReviewComment(call, call.repository, pull, thread, comment) };
  },

  "pulls/delete-review-comment": (call) => {
    const { pull, thread, comment } = addressedReviewComment(call);
    requireOwn(call, comment);
    deleteReviewComment(call, call.repository, pull, thread, comment, call.user);
    return { status: 204 };
  },

  "issues/list-comments": (call) => {
    const pull = pullRequestOf(call, "issue_number");
    return paginate(call, pull.comments, (comment) =>
      presentIssueComment(call, call.repository, pull, comment),
    );
  },

  "issues/create-comment": (call) => {
    const pull = pullRequestOf(call, "issue_number");
    const { body } = call.body as { body: string };
    checkBody("IssueComment", body);
    const comment = addComment(call, call.repository, pull, call.user, body);
    return { status: 201, body: presentIssueComment(call, call.repository, pull, comment) };
  },

  "issues/get-comment": (call) => {
    const { pull, comment } = addressedComment(call);
    return { body: presentIssueComment(call, call.repository, pull, comment) };
  },

  "issues/update-comment": (call) => {
    const { pull, comment } = addressedComment(call);
    const { body } = call.body as { body: string };
    requireOwn(call, comment);
    checkBody("IssueComment", body);
    editComment(call, call.repository, pull, comment, call.user, body);
    return { body: presentIssueComment(call, call.repository, pull, comment) };
  },

  "issues/delete-comment": (call) => {
    const { pull, comment } = addressedComment(call);
    requireOwn(call, comment);
    deleteComment(call, call.repository, pull, comment, call.user);
    return { status: 204 };
  },

  "reactions/create-for-issue-comment": (call) => addReaction(call, addressedComment(call).comment),
  "reactions/list-for-issue-comment": (call) => listReactions(call, addressedComment(call).comment),
  "reactions/delete-for-issue-comment": (call) =>
    takeReaction(call, addressedComment(call).comment),
  "reactions/create-for-pull-request-review-comment": (call) =>
    addReaction(call, addressedReviewComment(call).comment),
  "reactions/list-for-pull-request-review-comment": (call) =>
    listReactions(call, addressedReviewComment(call).comment),
  "reactions/delete-for-pull-request-comment": (call) =>
    takeReaction(call, addressedReviewComment(call).comment),
};

async function place(call: Call, pull: PullRequest, wanted: ReviewCommentBody) {
  const { files } = await pullRequestDiff(call.repository, pull, wanted.commit_id);
  const { path, body } = wanted;
  if (wanted.subject_type === "file") {
    if (!files.some((file) => file.path === path))
      throw refuse({ field: "path", says: "is invalid" });
    return { path, body, place: undefined, diffHunk: "" };
  }
  if (wanted.line === undefined && wanted.position === undefined) {
    throw refuse({ field: "line", says: "can't be blank" });
  }
  const placed = placeComment(files, wanted, wanted.commit_id);
  if (!placed.ok) throw refuse(...placed.faults);
  return { path, body, place: placed.place, diffHunk: placed.diffHunk };
}

function refuse(...faults: readonly { field: AnchorFault["field"] | "commit"; says: string }[]) {
  return validationFailed(
    ...faults.map((fault) => {
      const field = `pull_request_review_thread.${fault.field}`;
      const message = `${field} ${fault.says}`;
      return { resource: "PullRequestReviewComment", code: "custom", field, message };
    }),
  );
}

function reviewComments(pull: PullRequest): { thread: Thread; comment: ReviewComment }[] {
  return pull.threads.flatMap((thread) => thread.comments.map((comment) => ({ thread, comment })));
}

function findReviewComment(pull: PullRequest, id: number) {
  const found = reviewComments(pull).find(({ comment }) => comment.id === id);
  if (!found) throw notFound();
  return found;
}

function addressedReviewComment(call: Call) {
  const id = Number(call.params.comment_id);
  for (const pull of call.repository.pullRequests.values()) {
    const found = reviewComments(pull).find(({ comment }) => comment.id === id);
    if (found) return { pull, ...found };
  }
  throw notFound();
}

function addressedComment(call: Call): { pull: PullRequest; comment: Comment } {
  const id = Number(call.params.comment_id);
  for (const pull of call.repository.pullRequests.values()) {
    const comment = pull.comments.find((each) => each.id === id);
    if (comment) return { pull, comment };
  }
  throw notFound();
}

/** An App may change its own words only; others' need rights over the repository it does not have. */
function requireOwn(call: Call, comment: Comment): void {
  if (comment.author !== call.user) throw forbidden();
}

function addReaction(call: Call, comment: Comment): Answer {
  const { content } = call.body as { content: string };
  const { reaction, isNew } = react(call, comment, call.user, content);
  return { status: isNew ? 201 : 200, body: presentReaction(call, reaction) };
}

function listReactions(call: Call, comment: Comment): Answer {
  const { content } = call.query;
  const listed = comment.reactions.filter(
    (each) => content === undefined || each.content === content,
  );
  return paginate(call, listed, (reaction) => presentReaction(call, reaction));
}

function takeReaction(call: Call, comment: Comment): Answer {
  const id = Number(call.params.reaction_id);
  const at = comment.reactions.findIndex((each) => each.id === id);
  const reaction = comment.reactions[at];
  if (!reaction) throw notFound();
  if (reaction.user !== call.user) throw forbidden();
  comment.reactions.splice(at, 1);
  return { status: 204 };
}
