// The part of GitHub's GraphQL graph that Pyward walks: files, threads, and the mutations of threads.

import type { Actor, Stage } from "./call.ts";
import { timestamp } from "./call.ts";
import { setResolved } from "./deeds/review.ts";
import { readObjects } from "./git.ts";
import { GraphQlRefusal } from "./graphql-refusal.ts";
import { has, mutationNeeds } from "./permissions.ts";
import { associationOf } from "./present/people.ts";
import type { Comment, PullRequest, Repository, Review, Thread, User } from "./world.ts";
import { findRepository, fullName, nodeId } from "./world.ts";

interface Page {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
}

export function createGraphQlRoot(stage: Stage, actor: Actor) {
  const { world, urls } = stage;
  const bot = world.app.bot;

  const reaches = (repository: Repository): boolean => {
    if (actor.kind !== "installation") return false;
    const { installation, repositories } = actor.token;
    return (
      installation.repositories.has(repository.id) && (repositories?.has(repository.id) ?? true)
    );
  };

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

  const mayResolve = () =>
    actor.kind === "installation" && has(actor.token.permissions, "contents", "write");

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
      viewerCanResolve: mayResolve() && thread.resolvedBy === undefined,
      viewerCanUnresolve: mayResolve() && thread.resolvedBy !== undefined,
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

  const showRepository = (repository: Repository) => ({
    __typename: "Repository",
    id: nodeId("R", repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    isPrivate: repository.isPrivate,
    isFork: repository.parent !== undefined,
    object: ({ expression, oid }: { expression?: string | null; oid?: string | null }) =>
      showObject(actor, repository, expression ?? oid ?? ""),
    pullRequest: ({ number }: { number: number }) => {
      const pull = repository.pullRequests.get(number);
      if (pull) return showPullRequest(repository, pull);
      throw new GraphQlRefusal(
        "NOT_FOUND",
        `Could not resolve to a PullRequest with the number of ${number}.`,
      );
    },
  });

  const require = (mutation: string, repository: Repository): void => {
    const need = mutationNeeds[mutation];
    const granted = actor.kind === "installation" ? actor.token.permissions : {};
    if (need && reaches(repository) && has(granted, need.permission, need.access)) return;
    throw new GraphQlRefusal("FORBIDDEN", "Resource not accessible by integration");
  };

  const resolveThread = (mutation: string, id: string, resolved: boolean) => {
    const found = findThread(stage, id);
    if (!found || !reaches(found.repository)) throw noNode(id);
    require(mutation, found.repository);
    setResolved(stage, found.repository, found.pull, found.thread, bot, resolved);
    return {
      thread: showThread(found.repository, found.pull, found.thread),
      clientMutationId: null,
    };
  };

  const minimize = (mutation: string, id: string, reason: string | undefined) => {
    const found = findMinimizable(stage, id);
    if (!found || !reaches(found.repository)) throw noNode(id);
    require(mutation, found.repository);
    found.target.minimized = reason;
    const isMinimized = reason !== undefined;
    const minimizedReason = reason ?? null;
    const shown = { __typename: found.typename, id, isMinimized, minimizedReason };
    return {
      clientMutationId: null,
      minimizedComment: { ...shown, viewerCanMinimize: true },
      unminimizedComment: { ...shown, viewerCanMinimize: true },
    };
  };

  return {
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = findRepository(world, owner, name);
      if (repository && reaches(repository)) return showRepository(repository);
      const wanted = `'${owner}/${name}'`;
      throw new GraphQlRefusal(
        "NOT_FOUND",
        `Could not resolve to a Repository with the name ${wanted}.`,
      );
    },
    node: ({ id }: { id: string }) => {
      const found = findThread(stage, id);
      if (found && reaches(found.repository))
        return showThread(found.repository, found.pull, found.thread);
      throw noNode(id);
    },
    viewer: () => ({ __typename: "User", login: bot.login, databaseId: bot.id }),
    rateLimit: () => ({
      limit: 5000,
      cost: 1,
      remaining: 4999,
      used: 1,
      nodeCount: 1,
      resetAt: timestamp(new Date(world.now().getTime() + 3_600_000)),
    }),
    resolveReviewThread: ({ input }: { input: { threadId: string } }) =>
      resolveThread("resolveReviewThread", input.threadId, true),
    unresolveReviewThread: ({ input }: { input: { threadId: string } }) =>
      resolveThread("unresolveReviewThread", input.threadId, false),
    minimizeComment: ({ input }: { input: { subjectId: string; classifier: string } }) =>
      minimize("minimizeComment", input.subjectId, input.classifier.toLowerCase()),
    unminimizeComment: ({ input }: { input: { subjectId: string } }) =>
      minimize("unminimizeComment", input.subjectId, undefined),
  };
}

function noNode(id: string): GraphQlRefusal {
  return new GraphQlRefusal(
    "NOT_FOUND",
    `Could not resolve to a node with the global id of '${id}'.`,
  );
}

/** Text above this many bytes is cut, and `isTruncated` says so. */
const longestText = 512_000;

async function showObject(actor: Actor, repository: Repository, expression: string) {
  const granted = actor.kind === "installation" ? actor.token.permissions : {};
  if (!has(granted, "contents", "read")) {
    throw new GraphQlRefusal("FORBIDDEN", "Resource not accessible by integration");
  }
  const [object] = await readObjects(repository.git, [expression]);
  if (!object) return null;
  const typename =
    { blob: "Blob", tree: "Tree", commit: "Commit", tag: "Tag" }[object.type] ?? "Blob";
  const shown = { __typename: typename, oid: object.sha, id: nodeId("O", repository.id) };
  if (object.type !== "blob") return shown;
  const isBinary = object.bytes.subarray(0, 8000).includes(0);
  const isTruncated = object.bytes.length > longestText;
  const text = isBinary ? null : object.bytes.subarray(0, longestText).toString();
  return { ...shown, byteSize: object.bytes.length, isBinary, isTruncated, text };
}

function connection<T>(all: readonly T[], page: Page, show: (entry: T) => unknown) {
  const { first, after, last } = page;
  if (first == null && last == null) {
    const message =
      "You must provide a `first` or `last` value to properly paginate the connection.";
    throw new GraphQlRefusal("UNPROCESSABLE", message);
  }
  if ((first ?? last ?? 0) > 100) {
    const message = `Requesting ${first ?? last} records on the connection exceeds the \`first\` limit of 100 records.`;
    throw new GraphQlRefusal("UNPROCESSABLE", message);
  }
  const start = after == null ? 0 : Number(Buffer.from(after, "base64").toString()) + 1;
  const chosen = first == null ? all.slice(-(last ?? 0)) : all.slice(start, start + first);
  const offset = first == null ? all.length - chosen.length : start;
  const cursor = (index: number) => Buffer.from(String(offset + index)).toString("base64");
  const nodes = chosen.map(show);
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursor(index) })),
    pageInfo: {
      hasNextPage: offset + chosen.length < all.length,
      hasPreviousPage: offset > 0,
      startCursor: chosen.length > 0 ? cursor(0) : null,
      endCursor: chosen.length > 0 ? cursor(chosen.length - 1) : null,
    },
  };
}

interface Found {
  readonly repository: Repository;
  readonly pull: PullRequest;
}

/** The thread of a node id, wherever it is. */
export function findThread(stage: Stage, id: string): (Found & { thread: Thread }) | undefined {
  for (const { repository, pull } of allPullRequests(stage)) {
    const thread = pull.threads.find((each) => each.id === id);
    if (thread) return { repository, pull, thread };
  }
  return undefined;
}

function findMinimizable(
  stage: Stage,
  id: string,
): (Found & { target: { minimized: string | undefined }; typename: string }) | undefined {
  for (const { repository, pull } of allPullRequests(stage)) {
    const replies = pull.threads.flatMap((thread) => thread.comments);
    const candidates = [
      ...replies.map((each) => ({
        target: each,
        prefix: "PRRC",
        typename: "PullRequestReviewComment",
      })),
      ...pull.comments.map((each) => ({ target: each, prefix: "IC", typename: "IssueComment" })),
      ...pull.reviews.map((each) => ({
        target: each,
        prefix: "PRR",
        typename: "PullRequestReview",
      })),
    ];
    const found = candidates.find((each) => nodeId(each.prefix, each.target.id) === id);
    if (found) return { repository, pull, target: found.target, typename: found.typename };
  }
  return undefined;
}

function allPullRequests(stage: Stage): Found[] {
  return [...stage.world.repositories.values()].flatMap((repository) =>
    [...repository.pullRequests.values()].map((pull) => ({ repository, pull })),
  );
}
