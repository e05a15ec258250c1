// What was said earlier on a pull request, read back from our own comments: each thread with what
// became of it, and the decisions that our comments write down.

import { z } from "zod";
import type { Place } from "../jobs/ask.ts";
import { parseCommand } from "../review/command.ts";
import { type Decision, readDecisions } from "../review/decision.ts";
import type { Earlier, EarlierComment, Note } from "../review/earlier.ts";
import { readMarkers } from "../review/marker.ts";
import { type GitHubClient, once } from "./client.ts";

/**
 * Reads our threads and notes. Anybody can write a marker, so only comments count whose author is this
 * App. Of a thread the first 50 comments are looked at; longer ones are taken to hold people's answers.
 */
export async function readEarlier(
  client: GitHubClient,
  place: Place,
  number: number,
): Promise<Earlier> {
  const comments: EarlierComment[] = [];
  const notes: Note[] = [];
  const decided: Decision[] = [];
  let threadsAfter: string | null = null;
  let notesAfter: string | null = null;
  let more = { threads: true, notes: true };
  while (more.threads || more.notes) {
    const pull: Page = await readPage(client, place, number, more, { threadsAfter, notesAfter });
    const threads = pull.reviewThreads?.nodes ?? [];
    comments.push(...threads.flatMap(describeThread));
    decided.push(...threads.flatMap(({ comments: { nodes } }) => decisionIn(nodes[0])));
    notes.push(...(pull.comments?.nodes ?? []).flatMap(describeNote));
    threadsAfter = pull.reviewThreads?.pageInfo.endCursor ?? null;
    notesAfter = pull.comments?.pageInfo.endCursor ?? null;
    more = {
      threads: pull.reviewThreads?.pageInfo.hasNextPage ?? false,
      notes: pull.comments?.pageInfo.hasNextPage ?? false,
    };
  }
  const decisions = [...decided, ...notes.map(({ decision }) => decision)];
  return { comments, notes, decisions };
}

interface After {
  readonly threadsAfter: string | null;
  readonly notesAfter: string | null;
}

async function readPage(
  client: GitHubClient,
  { owner, repo }: Place,
  number: number,
  wanted: { readonly threads: boolean; readonly notes: boolean },
  after: After,
): Promise<Page> {
  const answer = await client.graphql(question, {
    ...{ owner, repo, number, ...wanted, ...after },
    request: once,
  });
  return pageAnswer.parse(answer).repository.pullRequest;
}

const question = `
  query ($owner: String!, $repo: String!, $number: Int!, $threads: Boolean!, $notes: Boolean!,
         $threadsAfter: String, $notesAfter: String) {
    repository(owner: $owner, name: $repo) {
      pullRequest(number: $number) {
        reviewThreads(first: 50, after: $threadsAfter) @include(if: $threads) {
          pageInfo { hasNextPage endCursor }
          nodes {
            id isResolved path line startLine viewerCanResolve viewerCanUnresolve
            resolvedBy { login }
            comments(first: 50) {
              totalCount
              nodes { id fullDatabaseId body isMinimized viewerDidAuthor author { login } editor { login } }
            }
          }
        }
        comments(first: 100, after: $notesAfter) @include(if: $notes) {
          pageInfo { hasNextPage endCursor }
          nodes { fullDatabaseId body viewerDidAuthor author { login } editor { login } }
        }
      }
    }
  }`;

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

const actor = z.object({ login: z.string() }).nullable();

const thread = z.object({
  id: z.string(),
  isResolved: z.boolean(),
  path: z.string(),
  line: z.number().nullable(),
  startLine: z.number().nullable(),
  viewerCanResolve: z.boolean(),
  viewerCanUnresolve: z.boolean(),
  resolvedBy: actor,
  comments: z.object({
    totalCount: z.number(),
    nodes: z.array(
      z.object({
        id: z.string(),
        fullDatabaseId: z.coerce.number(),
        body: z.string(),
        isMinimized: z.boolean(),
        viewerDidAuthor: z.boolean(),
        author: actor,
        editor: actor,
      }),
    ),
  }),
});

const note = z.object({
  fullDatabaseId: z.coerce.number(),
  body: z.string(),
  viewerDidAuthor: z.boolean(),
  author: actor,
  editor: actor,
});

const page = z.object({
  reviewThreads: z.object({ pageInfo, nodes: z.array(thread) }).optional(),
  comments: z.object({ pageInfo, nodes: z.array(note) }).optional(),
});

type Page = z.infer<typeof page>;

const pageAnswer = z.object({ repository: z.object({ pullRequest: page }) });

function describeThread(shown: z.infer<typeof thread>): EarlierComment[] {
  const [first, ...answers] = shown.comments.nodes;
  if (first === undefined || !first.viewerDidAuthor) return [];
  const markers = readMarkers(first.body);
  const hasReplies =
    shown.comments.totalCount > shown.comments.nodes.length ||
    answers.some(({ viewerDidAuthor, body }) => !viewerDidAuthor && !parseCommand(body));
  return markers.map((marker) => {
    return {
      ...marker,
      path: marker.path ?? shown.path,
      isElsewhere: marker.path !== undefined,
      lines: linesOf(shown),
      comment: first.fullDatabaseId,
      commentNode: first.id,
      thread: shown.id,
      body: first.body,
      isResolved: shown.isResolved,
      resolvedBy: shown.resolvedBy?.login,
      isMinimized: first.isMinimized,
      hasReplies,
      canResolve: shown.viewerCanResolve,
      canReopen: shown.viewerCanUnresolve,
    };
  });
}

/** GitHub follows the lines over later commits, as long as they stand in the diff. */
function linesOf({ line, startLine }: z.infer<typeof thread>): EarlierComment["lines"] {
  return line === null ? undefined : { start: startLine ?? line, end: line };
}

function describeNote(shown: z.infer<typeof note>): Note[] {
  return decisionIn(shown).map((decision) => ({ comment: shown.fullDatabaseId, decision }));
}

/** People who may write can edit what we wrote: a decision counts only where nobody else did. */
function decisionIn(shown: z.infer<typeof note> | undefined): Decision[] {
  if (shown === undefined || !shown.viewerDidAuthor) return [];
  if (shown.editor !== null && shown.editor.login !== shown.author?.login) return [];
  return [...readDecisions(shown.body)];
}
