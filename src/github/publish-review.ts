// One review with all its comments. Should GitHub refuse a place nonetheless, the others are still
// said there, and that one on its file.

import type { Place } from "../jobs/ask.ts";
import { type GitHubClient, once } from "./client.ts";
import { isStatus } from "./failure.ts";

export interface OutgoingReview {
  readonly number: number;
  /** The head that was analysed. */
  readonly head: string;
  readonly body: string;
  readonly comments: readonly OutgoingComment[];
}

export interface OutgoingComment {
  readonly path: string;
  readonly body: string;
  /** 1-based lines of the head; `undefined` for a comment on the file. */
  readonly lines: { readonly start: number; readonly end: number } | undefined;
}

/**
 * Publishes the review. Returns the comments that GitHub would take nowhere. Where it refuses because
 * newer commits came at the same moment, which `isCurrent` tells, nothing is said: their review follows.
 */
export async function publishReview(
  client: GitHubClient,
  place: Place,
  review: OutgoingReview,
  isCurrent: () => Promise<boolean> = async () => true,
): Promise<readonly OutgoingComment[]> {
  const inline = review.comments.filter((comment) => comment.lines !== undefined);
  const isWhole = inline.length === 0 || (await isTaken(post(client, place, review, inline)));
  if (!isWhole && !(await isCurrent())) return review.comments;
  const refused = isWhole ? [] : await postSplitting(client, place, review, inline);
  const onFiles = [...review.comments.filter(({ lines }) => lines === undefined), ...refused];
  const nowhere: OutgoingComment[] = [];
  for (const comment of onFiles) {
    if (!(await isTaken(postOnFile(client, place, review, comment)))) nowhere.push(comment);
  }
  return nowhere;
}

/**
 * GitHub refuses a review as a whole and does not say which comment it dislikes; so what it refused
 * is halved, and a refused half again, until the bad ones stand alone. Returns those.
 */
async function postSplitting(
  client: GitHubClient,
  place: Place,
  review: OutgoingReview,
  comments: readonly OutgoingComment[],
): Promise<readonly OutgoingComment[]> {
  if (comments.length === 1) return comments;
  const middle = Math.ceil(comments.length / 2);
  const bad: OutgoingComment[] = [];
  for (const half of [comments.slice(0, middle), comments.slice(middle)]) {
    if (await isTaken(post(client, place, review, half))) continue;
    bad.push(...(await postSplitting(client, place, review, half)));
  }
  return bad;
}

async function post(
  client: GitHubClient,
  { owner, repo }: Place,
  { number, head, body }: OutgoingReview,
  comments: readonly OutgoingComment[],
): Promise<void> {
  await client.rest.pulls.createReview({
    owner,
    repo,
    pull_number: number,
    commit_id: head,
    event: "COMMENT",
    body,
    comments: comments.map((comment) => ({
      path: comment.path,
      body: comment.body,
      ...linesOf(comment),
    })),
    request: once,
  });
}

function linesOf({ lines }: OutgoingComment) {
  if (lines === undefined) return {};
  const end = { line: lines.end, side: "RIGHT" };
  return lines.start === lines.end ? end : { ...end, start_line: lines.start, start_side: "RIGHT" };
}

/** A review cannot hold a comment on a file, so it is made on its own. */
async function postOnFile(
  client: GitHubClient,
  { owner, repo }: Place,
  { number, head }: OutgoingReview,
  { path, body }: OutgoingComment,
): Promise<void> {
  await client.rest.pulls.createReviewComment({
    owner,
    repo,
    pull_number: number,
    commit_id: head,
    path,
    body,
    subject_type: "file",
    request: once,
  });
}

async function isTaken(posting: Promise<void>): Promise<boolean> {
  try {
    await posting;
    return true;
  } catch (error) {
    if (isStatus(error, 422)) return false;
    throw error;
  }
}
