// A pull request as one plain object: what a person would see on its page.

import type { Scene } from "./call.ts";
import { timestamp } from "./call.ts";
import { pullRequestDiff } from "./pull-request-diff.ts";
import type {
  ActorView,
  CheckRunView,
  PullRequestView,
  ReactionView,
  ReviewView,
  ThreadView,
  TimelineCommentView,
} from "./view.ts";
import type {
  CheckRun,
  Comment,
  PullRequest,
  Reaction,
  Repository,
  Review,
  Thread,
  User,
} from "./world.ts";
import { fullName } from "./world.ts";

export async function viewPullRequest(
  { urls }: Scene,
  repository: Repository,
  pull: PullRequest,
): Promise<PullRequestView> {
  const { files, commits } = await pullRequestDiff(repository, pull);
  const heads = new Set(
    commits.map((commit) => commit.sha).concat(pull.reviews.map((r) => r.commit)),
  );
  const runs = repository.checkRuns;
  return {
    owner: repository.owner.login,
    repo: repository.name,
    number: pull.number,
    url: `${urls.html}/${fullName(repository)}/pull/${pull.number}`,
    title: pull.title,
    body: pull.body,
    author: viewActor(pull.author),
    state: pull.state,
    draft: pull.draft,
    merged: pull.merged,
    createdAt: timestamp(pull.createdAt),
    base: {
      label: `${repository.owner.login}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: pull.baseSha,
    },
    head: {
      label: `${pull.headRepository.owner.login}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.headSha,
    },
    commits: commits.map((commit) => ({
      sha: commit.sha,
      title: commit.message.split("\n", 1)[0] ?? "",
      author: commit.author.name,
    })),
    files: files.map(({ path, previousPath, status, additions, deletions, patch }) => ({
      path,
      previousPath,
      status,
      additions,
      deletions,
      patch,
    })),
    checkRuns: runs
      .filter((run) => run.headSha === pull.headSha)
      .map(viewRun(urls.html, repository)),
    earlierCheckRuns: runs
      .filter((run) => run.headSha !== pull.headSha && heads.has(run.headSha))
      .map(viewRun(urls.html, repository)),
    reviews: pull.reviews
      .filter((review) => review.state !== "PENDING")
      .map((review) => viewReview(pull, review)),
    threads: pull.threads
      .filter((thread) => thread.comments[0]?.review.state !== "PENDING")
      .map(viewThread),
    comments: pull.comments.map(viewComment),
  };
}

function viewActor(user: User): ActorView {
  return { login: user.login, isBot: user.type === "Bot" };
}

function viewRun(html: string, repository: Repository): (run: CheckRun) => CheckRunView {
  return (run) => ({
    id: run.id,
    name: run.name,
    headSha: run.headSha,
    status: run.status,
    conclusion: run.conclusion,
    detailsUrl: run.detailsUrl ?? `${html}/${fullName(repository)}/runs/${run.id}`,
    startedAt: run.startedAt && timestamp(run.startedAt),
    completedAt: run.completedAt && timestamp(run.completedAt),
    title: run.title,
    summary: run.summary,
    text: run.text,
    annotations: run.annotations.map((annotation) => ({
      path: annotation.path,
      startLine: annotation.start_line,
      endLine: annotation.end_line,
      startColumn: annotation.start_column,
      endColumn: annotation.end_column,
      level: annotation.annotation_level,
      title: annotation.title,
      message: annotation.message,
      rawDetails: annotation.raw_details,
    })),
    actions: run.actions,
  });
}

function viewReview(pull: PullRequest, review: Review): ReviewView {
  return {
    id: review.id,
    author: viewActor(review.author),
    state: review.state,
    body: review.body,
    commit: review.commit,
    submittedAt: review.submittedAt && timestamp(review.submittedAt),
    threads: pull.threads
      .filter((thread) => thread.comments[0]?.review === review)
      .map((thread) => thread.id),
  };
}

function viewThread(thread: Thread): ThreadView {
  return {
    id: thread.id,
    path: thread.path,
    subject: thread.subject,
    side: thread.original?.side ?? "RIGHT",
    line: thread.current?.line,
    startLine: thread.current?.startLine,
    originalLine: thread.original?.line,
    originalStartLine: thread.original?.startLine,
    isOutdated: thread.isOutdated,
    isResolved: thread.resolvedBy !== undefined,
    resolvedBy: thread.resolvedBy && viewActor(thread.resolvedBy),
    diffHunk: thread.diffHunk,
    comments: thread.comments.map(viewComment),
  };
}

function viewComment(comment: Comment): TimelineCommentView {
  return {
    id: comment.id,
    author: viewActor(comment.author),
    body: comment.body,
    createdAt: timestamp(comment.createdAt),
    edited: comment.updatedAt > comment.createdAt,
    minimized: comment.minimized,
    reactions: comment.reactions.map(viewReaction),
  };
}

function viewReaction(reaction: Reaction): ReactionView {
  return { content: reaction.content, by: viewActor(reaction.user) };
}
