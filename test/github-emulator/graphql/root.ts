// The part of GitHub's GraphQL graph that Pyward walks: files, threads, and the mutations of threads.

import type { Actor, Stage } from "../call.ts";
import { timestamp } from "../call.ts";
import { setResolved } from "../deeds/review.ts";
import { readObjects } from "../git.ts";
import { has, mutationNeeds } from "../permissions.ts";
import type { Access, Repository } from "../world.ts";
import { findRepository, fullName, nodeId } from "../world.ts";
import { findMinimizable, findThread } from "./find.ts";
import { GraphQlRefusal } from "./refusal.ts";
import { createShow } from "./show.ts";

/** The root of the graph for one asker; every field is known here or is an error. */
export function createGraphQlRoot(stage: Stage, actor: Actor) {
  const { world } = stage;
  const { bot } = world.app;
  const granted = actor.kind === "installation" ? actor.token.permissions : {};
  const { showThread, showPullRequest } = createShow(stage, has(granted, "contents", "write"));
  const may = (permission: string, access: Access): void => {
    if (has(granted, permission, access)) return;
    throw new GraphQlRefusal("FORBIDDEN", "Resource not accessible by integration");
  };

  const reaches = (repository: Repository): boolean => {
    if (actor.kind !== "installation") return false;
    const { installation, repositories } = actor.token;
    return (
      installation.repositories.has(repository.id) && (repositories?.has(repository.id) ?? true)
    );
  };

  const showRepository = (repository: Repository) => ({
    __typename: "Repository",
    id: nodeId("R", repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    isPrivate: repository.isPrivate,
    isFork: repository.parent !== undefined,
    object: ({ expression, oid }: { expression?: string | null; oid?: string | null }) => {
      may("contents", "read");
      return showObject(repository, expression ?? oid ?? "");
    },
    pullRequest: ({ number }: { number: number }) => {
      may("pull_requests", "read");
      const pull = repository.pullRequests.get(number);
      if (pull) return showPullRequest(repository, pull);
      throw new GraphQlRefusal(
        "NOT_FOUND",
        `Could not resolve to a PullRequest with the number of ${number}.`,
      );
    },
  });

  const mayMutate = (mutation: string): void => {
    const need = mutationNeeds[mutation];
    if (!need) throw new Error(`no permission is known for ${mutation}`);
    may(need.permission, need.access);
  };

  const resolveThread = (mutation: string, id: string, resolved: boolean) => {
    const found = findThread(stage, id);
    if (!found || !reaches(found.repository)) throw noNode(id);
    mayMutate(mutation);
    setResolved(stage, found.repository, found.pull, found.thread, bot, resolved);
    return {
      thread: showThread(found.repository, found.pull, found.thread),
      clientMutationId: null,
    };
  };

  const minimize = (mutation: string, id: string, reason: string | undefined) => {
    const found = findMinimizable(stage, id);
    if (!found || !reaches(found.repository)) throw noNode(id);
    mayMutate(mutation);
    if (found.target.author !== bot) may("administration", "write");
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

async function showObject(repository: Repository, expression: string) {
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
