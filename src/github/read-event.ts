// What of an event we read, checked before anything is done with it: an event that is signed but not
// of the shape that GitHub describes is refused with a sentence, and nothing of it is stored.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads

import { z } from "zod";

/** The payload holds something else where we read; the message says where and what. */
export class UnreadableEvent extends Error {
  override readonly name = "UnreadableEvent";
}

/** Throws `UnreadableEvent` for an event that we would hear and cannot read. Others pass. */
export function checkEvent(name: string, payload: Readonly<Record<string, unknown>>): void {
  const schema = events[name];
  if (schema === undefined) return;
  const read = schema.safeParse(payload);
  if (read.success) return;
  const [issue] = read.error.issues;
  const where = issue?.path.join(".") || "the payload";
  throw new UnreadableEvent(`The event ${name} cannot be read: ${where}: ${issue?.message}.`);
}

const id = z.int().nonnegative();
/** Of a pull request; the store keeps it in four bytes. */
const number = z.int32().nonnegative();
const text = z.string().max(100_000);
const commit = z.string().regex(/^[0-9a-f]{40,64}$/u, { error: "not a commit's id" });

const place = {
  action: text.optional(),
  installation: z.object({ id }).optional(),
  repository: z.object({ id, name: text, owner: z.object({ login: text }) }),
  sender: z.object({ type: text.optional() }).optional(),
};
const person = z.object({ id, login: text, type: text.optional() }).nullish();
const spoken = { id, body: text, created_at: text, user: person };
const pullRequest = { number, user: z.object({ id }).nullish() };
const listed = z.array(z.object({ number, base: z.object({ repo: z.object({ id }) }) }).nullable());
const paths = z.array(text).nullish();
const checked = { app: z.object({ id }).nullish(), head_sha: commit, pull_requests: listed };

const events: Readonly<Record<string, z.ZodType>> = {
  pull_request: z
    .object({
      ...place,
      changes: z.object({ base: z.unknown().optional() }).optional(),
      pull_request: z.object({ number, head: z.object({ sha: commit }), updated_at: text }),
    })
    .refine(({ action, changes }) => action !== "edited" || changes !== undefined, {
      path: ["changes"],
      error: "missing, though it was edited",
    }),
  pull_request_review_thread: z.object({
    ...place,
    pull_request: z.object({ number }),
    thread: z.object({ comments: z.array(z.object({ user: person })) }),
  }),
  pull_request_review_comment: z.object({
    ...place,
    pull_request: z.object(pullRequest),
    comment: z.object({ ...spoken, path: text, commit_id: text, in_reply_to_id: id.optional() }),
  }),
  issue_comment: z.object({
    ...place,
    issue: z.object({ ...pullRequest, pull_request: z.unknown().optional() }),
    comment: z.object(spoken),
  }),
  check_run: z.object({
    ...place,
    requested_action: z.object({ identifier: text.optional() }).nullish(),
    check_run: z.object({ ...checked, id, external_id: text.nullish() }),
  }),
  check_suite: z.object({ ...place, check_suite: z.object(checked) }),
  merge_group: z.object({
    ...place,
    repository: place.repository.optional(),
    merge_group: z.object({
      ...{ head_sha: commit, base_sha: commit, head_ref: text },
      head_commit: z.object({ tree_id: text }),
    }),
  }),
  push: z.object({
    ref: text,
    after: text,
    deleted: z.boolean(),
    forced: z.boolean(),
    commits: z.array(z.object({ added: paths, removed: paths, modified: paths })),
    installation: z.object({ id }).optional(),
    repository: z.object({
      ...{ id, name: text, default_branch: text },
      owner: z.object({ login: text.optional() }).nullish(),
    }),
  }),
  installation: z.object({ action: text.optional(), installation: z.object({ id }) }),
  installation_repositories: z.object({
    action: text.optional(),
    installation: z.object({ id }),
    repositories_removed: z.array(z.object({ id: id.optional() })),
  }),
  repository: z.object(place),
};
