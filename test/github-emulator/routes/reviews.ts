// Reviews: made whole or not at all, listed, changed.

import type { AnchorFault } from "../anchors.ts";
import { placeComment, type WantedPlace } from "../anchors.ts";
import type { Call, Routes } from "../call.ts";
import { paginate, pullRequestOf } from "../call.ts";
import type { ReadyComment } from "../deeds/review.ts";
import { editReview, publishReview, submitReview } from "../deeds/review.ts";
import { readCommits } from "../git.ts";
import { presentReview, presentReviewComment } from "../present/review.ts";
import { mergeBaseOf, pullRequestDiff } from "../pull-request-diff.ts";
import { notFound, toSentence, unprocessable } from "../refusal.ts";
import { longestBody } from "../semantic-rules.ts";
import type { PullRequest, Review } from "../world.ts";

interface ReviewBody {
  readonly commit_id?: string;
  readonly body?: string;
  readonly event?: keyof typeof stateOf;
  readonly comments?: readonly (WantedPlace & { readonly body: string })[];
}

const stateOf = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
} as const;

export const reviewRoutes: Routes = {
  "pulls/create-review": async (call) => {
    const pull = pullRequestOf(call);
    const wanted = (call.body ?? {}) as ReviewBody;
    const comments = await checkReview(call, pull, wanted);
    const review = submitReview(
      call,
      call.repository,
      pull,
      call.user,
      {
        commit: wanted.commit_id ?? pull.headSha,
        body: wanted.body ?? "",
        state: wanted.event ? stateOf[wanted.event] : "PENDING",
      },
      comments,
    );
    return { body: presentReview(call, call.repository, pull, review) };
  },

  "pulls/list-reviews": (call) => {
    const pull = pullRequestOf(call);
    return paginate(call, visible(call, pull), (review) =>
      presentReview(call, call.repository, pull, review),
    );
  },

  "pulls/get-review": (call) => {
    const pull = pullRequestOf(call);
    return { body: presentReview(call, call.repository, pull, reviewOf(call, pull)) };
  },

  "pulls/update-review": (call) => {
    const pull = pullRequestOf(call);
    const review = ownReview(call, pull);
    const { body } = call.body as { body: string };
    if (body.length > longestBody) throw unprocessable(tooLong);
    editReview(call, call.repository, pull, review, call.user, body);
    return { body: presentReview(call, call.repository, pull, review) };
  },

  "pulls/submit-review": (call) => {
    const pull = pullRequestOf(call);
    const review = ownReview(call, pull);
    if (review.state !== "PENDING") throw unprocessable("Can not submit a non-pending review");
    const { event, body } = call.body as { event: keyof typeof stateOf; body?: string };
    if (body !== undefined) review.body = body;
    publishReview(call, call.repository, pull, review, stateOf[event]);
    return { body: presentReview(call, call.repository, pull, review) };
  },

  "pulls/delete-pending-review": (call) => {
    const pull = pullRequestOf(call);
    const review = ownReview(call, pull);
    if (review.state !== "PENDING") throw unprocessable("Can not delete a non-pending review");
    const shown = presentReview(call, call.repository, pull, review);
    pull.reviews.splice(pull.reviews.indexOf(review), 1);
    const theirs = pull.threads.filter((thread) => thread.comments[0]?.review === review);
    for (const thread of theirs) pull.threads.splice(pull.threads.indexOf(thread), 1);
    return { body: shown };
  },

  "pulls/list-comments-for-review": (call) => {
    const pull = pullRequestOf(call);
    const review = reviewOf(call, pull);
    const comments = pull.threads.flatMap((thread) =>
      thread.comments
        .filter((comment) => comment.review === review)
        .map((comment) => ({ thread, comment })),
    );
    return paginate(call, comments, ({ thread, comment }) => {
      const { subject_type: _, ...shown } = presentReviewComment(
        call,
        call.repository,
        pull,
        thread,
        comment,
      );
      return { ...shown, subject_type: thread.subject };
    });
  },
};

const tooLong = "Body is too long (maximum is 65536 characters)";

/** All comments of a review or none: the first fault refuses the whole, and does not say whose it was. */
async function checkReview(
  call: Call,
  pull: PullRequest,
  wanted: ReviewBody,
): Promise<readonly ReadyComment[]> {
  const { event, comments = [] } = wanted;
  const isBlank = (wanted.body ?? "").trim() === "";
  if (event === "REQUEST_CHANGES" && isBlank && comments.length === 0) {
    throw unprocessable("Body can't be blank");
  }
  if (event === "COMMENT" && isBlank && comments.length === 0) {
    throw unprocessable("Review Can not submit an empty review");
  }
  if (event === "APPROVE" && pull.author === call.user) {
    throw unprocessable("Can not approve your own pull request");
  }
  if ((wanted.body ?? "").length > longestBody) throw unprocessable(tooLong);
  const pending = pull.reviews.some(
    (each) => each.state === "PENDING" && each.author === call.user,
  );
  if (pending) throw unprocessable("User can only have one pending review per pull request");

  const commit = wanted.commit_id ?? pull.headSha;
  if (!(await belongs(call, pull, commit))) {
    throw unprocessable("The end commit oid is not part of the pull request");
  }
  const { files } = await pullRequestDiff(call.repository, pull, commit);
  return comments.map((comment) => {
    if (comment.body.trim() === "")
      throw unprocessable("Pull request review comment body can't be blank");
    if (comment.body.length > longestBody) {
      throw unprocessable(
        "Pull request review comment body is too long (maximum is 65536 characters)",
      );
    }
    checkSides(comment);
    const placed = placeComment(files, comment, commit);
    if (!placed.ok) throw unprocessable(toSentence(placed.faults.map(inWords)));
    return {
      path: comment.path,
      body: comment.body,
      place: placed.place,
      diffHunk: placed.diffHunk,
    };
  });
}

/** Whether a commit is the head of the pull request or one of its commits, now or before a forced push. */
export async function belongs(call: Call, pull: PullRequest, commit: string): Promise<boolean> {
  if (commit === pull.headSha) return true;
  const base = await mergeBaseOf(call.repository, pull);
  const commits = await readCommits(call.repository.git, `${base}..${pull.headSha}`);
  return (
    commits.some((each) => each.sha === commit) || pull.reviews.some((r) => r.commit === commit)
  );
}

function checkSides(comment: WantedPlace): void {
  for (const side of [comment.side, comment.start_side]) {
    if (side !== undefined && side !== "LEFT" && side !== "RIGHT") {
      throw unprocessable("Pull request review thread side is not included in the list");
    }
  }
}

function inWords(fault: AnchorFault): string {
  return `Pull request review thread ${fault.field.replace("_", " ")} ${fault.says}`;
}

/** Pending reviews are seen by their author only. */
function visible(call: Call, pull: PullRequest): readonly Review[] {
  return pull.reviews.filter((each) => each.state !== "PENDING" || each.author === call.user);
}

function reviewOf(call: Call, pull: PullRequest): Review {
  const found = visible(call, pull).find((each) => each.id === Number(call.params.review_id));
  if (!found) throw notFound();
  return found;
}

function ownReview(call: Call, pull: PullRequest): Review {
  const review = reviewOf(call, pull);
  if (review.author !== call.user) throw unprocessable("Can only update your own review");
  return review;
}
