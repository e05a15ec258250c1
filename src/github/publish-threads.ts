// What becomes of our earlier comments: edited, their threads resolved or opened again. The deed comes
// before the words, so that no comment tells what did not happen.

import type { Place } from "../jobs/ask.ts";
import type { EarlierComment } from "../review/earlier.ts";
import type { Rewritten } from "../review/plan-shared.ts";
import { type GitHubClient, once } from "./client.ts";
import { failureOf } from "./failure.ts";

/** Resolves the thread, or where we may not, hides its comment as resolved; then edits the comment. */
export async function closeThread(
  client: GitHubClient,
  place: Place,
  earlier: EarlierComment,
  endsThread: boolean,
  body: string,
): Promise<void> {
  if (endsThread && !earlier.isResolved) {
    const isResolved =
      earlier.canResolve &&
      (await isDone(client, "resolveReviewThread", { threadId: earlier.thread }));
    if (!isResolved && !earlier.isMinimized) {
      const input = { subjectId: earlier.commentNode, classifier: "RESOLVED" };
      await isDone(client, "minimizeComment", input);
    }
  }
  await edit(client, place, earlier, body);
}

/** Opens the thread again as far as we may, and edits its comment. */
export async function reopenThread(
  client: GitHubClient,
  place: Place,
  earlier: EarlierComment,
  body: string,
): Promise<void> {
  if (earlier.isResolved && earlier.canReopen) {
    await isDone(client, "unresolveReviewThread", { threadId: earlier.thread });
  }
  if (earlier.isMinimized) {
    await isDone(client, "unminimizeComment", { subjectId: earlier.commentNode });
  }
  await edit(client, place, earlier, body);
}

/** Edits a comment on several findings, whose thread ends or opens again only with the last of them. */
export async function rewriteThread(
  client: GitHubClient,
  place: Place,
  { earlier, deed, endsThread }: Rewritten,
  body: string,
): Promise<void> {
  switch (deed) {
    case "close":
      return await closeThread(client, place, earlier, endsThread, body);
    case "reopen":
      return await reopenThread(client, place, earlier, body);
    case "edit":
      return await edit(client, place, earlier, body);
  }
}

/** Editing sends nobody a message. */
async function edit(
  client: GitHubClient,
  { owner, repo }: Place,
  { comment }: EarlierComment,
  body: string,
): Promise<void> {
  await client.rest.pulls.updateReviewComment({ owner, repo, comment_id: comment, body });
}

const inputTypes = {
  resolveReviewThread: "ResolveReviewThreadInput",
  unresolveReviewThread: "UnresolveReviewThreadInput",
  minimizeComment: "MinimizeCommentInput",
  unminimizeComment: "UnminimizeCommentInput",
} as const;

/** `false` where GitHub does not let us; what can be done twice may simply be sent again. */
async function isDone(
  client: GitHubClient,
  mutation: keyof typeof inputTypes,
  input: Readonly<Record<string, string>>,
): Promise<boolean> {
  const document = `
    mutation ($input: ${inputTypes[mutation]}!) {
      ${mutation}(input: $input) { clientMutationId }
    }`;
  try {
    await client.graphql(document, { input, request: once });
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

/** GraphQL refuses with status 200, in a list of errors. */
function isRefused(error: unknown): boolean {
  if (failureOf(error).kind === "final") return true;
  const errors = error instanceof Error && "errors" in error ? error.errors : undefined;
  if (!Array.isArray(errors)) return false;
  return errors.some(
    (each: { readonly type?: unknown }) => each.type === "FORBIDDEN" || each.type === "NOT_FOUND",
  );
}
