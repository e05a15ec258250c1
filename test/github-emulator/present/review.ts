// Reviews, comments and reactions as the API shows them.

import type { Scene } from "../call.ts";
import { timestamp } from "../call.ts";
import type {
  Comment,
  PullRequest,
  Reaction,
  Repository,
  Review,
  ReviewComment,
  Thread,
} from "../world.ts";
import { fullName, nodeId } from "../world.ts";
import { associationOf, presentApp, presentUser } from "./people.ts";

export function presentReview(
  scene: Scene,
  repository: Repository,
  pull: PullRequest,
  review: Review,
) {
  const html = `${htmlOf(scene, repository, pull)}#pullrequestreview-${review.id}`;
  const api = `${scene.urls.api}/repos/${fullName(repository)}/pulls/${pull.number}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: presentUser(scene, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: api,
    author_association: associationOf(repository, review.author, pull),
    _links: { html: { href: html }, pull_request: { href: api } },
    ...(review.submittedAt && { submitted_at: timestamp(review.submittedAt) }),
    commit_id: review.commit,
  };
}

export function presentReviewComment(
  scene: Scene,
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  comment: ReviewComment,
) {
  const api = `${scene.urls.api}/repos/${fullName(repository)}/pulls`;
  const url = `${api}/comments/${comment.id}`;
  const html = `${htmlOf(scene, repository, pull)}#discussion_r${comment.id}`;
  const { original, current } = thread;
  const ofFile = thread.subject === "file" ? 1 : null;
  return {
    url,
    pull_request_review_id: comment.review.id,
    id: comment.id,
    node_id: nodeId("PRRC", comment.id),
    diff_hunk: thread.diffHunk,
    path: thread.path,
    commit_id: current?.commit ?? thread.originalCommit,
    original_commit_id: thread.originalCommit,
    user: presentUser(scene, comment.author),
    body: comment.body,
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    html_url: html,
    pull_request_url: `${api}/${pull.number}`,
    author_association: associationOf(repository, comment.author, pull),
    _links: {
      self: { href: url },
      html: { href: html },
      pull_request: { href: `${api}/${pull.number}` },
    },
    reactions: rollUp(`${url}/reactions`, comment.reactions),
    start_line: current?.startLine ?? null,
    original_start_line: original?.startLine ?? null,
    start_side: original?.startSide ?? null,
    line: current?.line ?? (thread.isOutdated ? null : ofFile),
    original_line: original?.line ?? ofFile,
    side: original?.side ?? "RIGHT",
    ...(comment.inReplyTo === undefined ? {} : { in_reply_to_id: comment.inReplyTo }),
    original_position: original?.position ?? 1,
    position: current?.position ?? (thread.isOutdated ? null : ofFile),
    subject_type: thread.subject,
  };
}

export function presentIssueComment(
  scene: Scene,
  repository: Repository,
  pull: PullRequest,
  comment: Comment,
) {
  const api = `${scene.urls.api}/repos/${fullName(repository)}/issues`;
  const url = `${api}/comments/${comment.id}`;
  return {
    url,
    html_url: `${htmlOf(scene, repository, pull)}#issuecomment-${comment.id}`,
    issue_url: `${api}/${pull.number}`,
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    user: presentUser(scene, comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    author_association: associationOf(repository, comment.author, pull),
    body: comment.body,
    reactions: rollUp(`${url}/reactions`, comment.reactions),
    performed_via_github_app: comment.author === scene.world.app.bot ? presentApp(scene) : null,
  };
}

export function presentReaction(scene: Scene, reaction: Reaction) {
  return {
    id: reaction.id,
    node_id: nodeId("REA", reaction.id),
    user: presentUser(scene, reaction.user),
    content: reaction.content,
    created_at: timestamp(reaction.createdAt),
  };
}

const contents = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"] as const;

function rollUp(url: string, reactions: readonly Reaction[]) {
  const count = (content: string) => reactions.filter((each) => each.content === content).length;
  const counts = Object.fromEntries(contents.map((content) => [content, count(content)]));
  return { url, total_count: reactions.length, ...counts };
}

function htmlOf(scene: Scene, repository: Repository, pull: PullRequest): string {
  return `${scene.urls.html}/${fullName(repository)}/pull/${pull.number}`;
}
