// A handler hears an event, decides whether it concerns us, and hands on what is asked.

import { type EmitterWebhookEventName, emitterEventNames } from "@octokit/webhooks";
import pino from "pino";
import { Probot } from "probot";
import { expect, test } from "vitest";
import { listen } from "../../src/github/handlers/index.ts";
import type { Ask } from "../../src/jobs/ask.ts";

const appId = 99;
const place = { installation: 7, repositoryId: 42, owner: "acme", repo: "shop" };

/** What the handlers ask when an event arrives. */
async function hear(name: string, payload: object): Promise<[delivery: string, ask: Ask][]> {
  const asked: [string, Ask][] = [];
  const probot = new Probot({ githubToken: "none", log: pino({ level: "silent" }) });
  await probot.ready();
  listen(probot, {
    appId,
    submit: async (delivery, ask) => {
      asked.push([delivery, ask]);
      return true;
    },
  });
  const event = {
    id: "d-1",
    name,
    payload: {
      installation: { id: 7 },
      repository: { id: 42, name: "shop", owner: { login: "acme" } },
      sender: { id: 3, login: "octocat", type: "User" },
      ...payload,
    },
  };
  await probot.receive(event as unknown as Parameters<Probot["receive"]>[0]);
  return asked;
}

function aPullRequest(changes: object = {}) {
  return {
    number: 12,
    draft: false,
    updated_at: "2026-01-02T03:04:05Z",
    user: { id: 3 },
    head: { sha: "h1" },
    ...changes,
  };
}

test.each([
  "opened",
  "reopened",
  "ready_for_review",
  "synchronize",
])("a pull request that was %s is reviewed", async (action) => {
  const asked = await hear("pull_request", { action, pull_request: aPullRequest() });

  const updatedAt = "2026-01-02T03:04:05Z";
  expect(asked).toEqual([["d-1", { kind: "review", place, number: 12, head: "h1", updatedAt }]]);
});

test("a draft is reviewed too, for its check", async () => {
  const draft = aPullRequest({ draft: true });

  expect(await hear("pull_request", { action: "opened", pull_request: draft })).toHaveLength(1);
});

test("a new base asks for a review, a new title does not", async () => {
  const pull_request = aPullRequest();
  const rebased = { base: { ref: { from: "main" }, sha: { from: "b0" } } };
  const renamed = { title: { from: "Old" } };

  expect(
    await hear("pull_request", { action: "edited", pull_request, changes: rebased }),
  ).toHaveLength(1);
  expect(await hear("pull_request", { action: "edited", pull_request, changes: renamed })).toEqual(
    [],
  );
});

test("a pull request that was closed lets go of its review", async () => {
  const asked = await hear("pull_request", { action: "closed", pull_request: aPullRequest() });

  expect(asked).toEqual([["d-1", { kind: "review", place, number: 12, isClosed: true }]]);
});

test.each(["labeled", "assigned"])("a pull request that was %s is left alone", async (action) => {
  expect(await hear("pull_request", { action, pull_request: aPullRequest() })).toEqual([]);
});

test("an event without an installation is left alone", async () => {
  const payload = { action: "opened", pull_request: aPullRequest(), installation: undefined };

  expect(await hear("pull_request", payload)).toEqual([]);
});

function aCheckRun(changes: object = {}) {
  return { head_sha: "h1", external_id: "", pull_requests: [], app: { id: appId }, ...changes };
}

const intoUs = { number: 12, base: { repo: { id: 42 } } };
const intoAnother = { number: 5, base: { repo: { id: 43 } } };

test.each([
  ["its own mark", { external_id: "12/01234567-89ab-cdef-0123-456789abcdef" }],
  ["the payload", { pull_requests: [intoAnother, intoUs] }],
])("a check that is re-run finds its pull request by %s", async (_, changes) => {
  const asked = await hear("check_run", { action: "rerequested", check_run: aCheckRun(changes) });

  expect(asked).toEqual([["d-1", { kind: "review", place, number: 12 }]]);
});

test.each([
  ["nothing tells", {}],
  ["several are told", { pull_requests: [intoUs, { ...intoUs, number: 13 }] }],
  ["the mark is not ours", { external_id: "12/../../etc" }],
])("where %s of a re-run check's pull request, its commit is looked up", async (_, changes) => {
  const asked = await hear("check_run", { action: "rerequested", check_run: aCheckRun(changes) });

  expect(asked).toEqual([["d-1", { kind: "commit", place, head: "h1" }]]);
});

test("re-running all checks re-runs ours", async () => {
  const check_suite = { head_sha: "h1", pull_requests: [intoUs], app: { id: appId } };

  expect(await hear("check_suite", { action: "rerequested", check_suite })).toEqual([
    ["d-1", { kind: "review", place, number: 12 }],
  ]);
});

test("another App's checks, and our own as they begin and end, are left alone", async () => {
  const theirs = { app: { id: 1 } };

  expect(await hear("check_run", { action: "rerequested", check_run: aCheckRun(theirs) })).toEqual(
    [],
  );
  expect(
    await hear("check_suite", { action: "rerequested", check_suite: { ...aCheckRun(theirs) } }),
  ).toEqual([]);
  expect(await hear("check_run", { action: "created", check_run: aCheckRun() })).toEqual([]);
  expect(await hear("check_run", { action: "completed", check_run: aCheckRun() })).toEqual([]);
  expect(await hear("check_suite", { action: "requested", check_suite: aCheckRun() })).toEqual([]);
});

const octocat = { id: 3, login: "octocat", type: "User" };

const spokenAt = "2026-01-02T03:04:05Z";

function anIssueComment(changes: object = {}, issue: object = {}) {
  return {
    action: "created",
    issue: { number: 12, user: { id: 3 }, pull_request: { url: "" }, ...issue },
    comment: { id: 77, body: "/pyward review", user: octocat, created_at: spokenAt, ...changes },
  };
}

test("a command below a pull request is handed on, without the rest of the comment", async () => {
  const body = "Please look again:\n\n/pyward review\n\nBecause `password = 'x'`.";

  expect(await hear("issue_comment", anIssueComment({ body }))).toEqual([
    [
      "d-1",
      {
        kind: "command",
        place,
        number: 12,
        comment: { kind: "issue", id: 77 },
        login: "octocat",
        userId: 3,
        isAuthor: true,
        at: spokenAt,
        command: { name: "review" },
      },
    ],
  ]);
});

test("a command in a review thread is handed on", async () => {
  const comment = {
    ...{ id: 78, body: "/pyward help", user: octocat, path: "a.py", commit_id: "h1" },
    ...{ created_at: spokenAt, in_reply_to_id: 70 },
  };
  const pull_request = aPullRequest({ user: { id: 4 } });

  const asked = await hear("pull_request_review_comment", {
    action: "created",
    comment,
    pull_request,
  });

  expect(asked).toEqual([
    [
      "d-1",
      {
        kind: "command",
        place,
        number: 12,
        comment: { kind: "review", id: 78, path: "a.py", commit: "h1", root: 70 },
        login: "octocat",
        userId: 3,
        isAuthor: false,
        at: spokenAt,
        command: { name: "help" },
      },
    ],
  ]);
});

test.each([
  ["without a command", anIssueComment({ body: "Looks good" })],
  ["that quotes a command", anIssueComment({ body: "> /pyward review" })],
  ["of a bot", anIssueComment({ user: { ...octocat, type: "Bot" } })],
  ["of nobody", anIssueComment({ user: null })],
  ["on an issue", anIssueComment({}, { pull_request: undefined })],
  ["that was edited", { ...anIssueComment(), action: "edited" }],
])("a comment %s is left alone", async (_, payload) => {
  expect(await hear("issue_comment", payload)).toEqual([]);
});

test("a merge queue is answered, and its group let go of when it is gone", async () => {
  const merge_group = { head_sha: "g1", base_sha: "b1" };

  expect(await hear("merge_group", { action: "checks_requested", merge_group })).toEqual([
    ["d-1", { kind: "merge-group", place, head: "g1", base: "b1" }],
  ]);
  expect(await hear("merge_group", { action: "destroyed", merge_group })).toEqual([
    ["d-1", { kind: "merge-group", place, head: "g1", base: "b1", isDestroyed: true }],
  ]);
});

test.each([
  ["main", 12],
  ["release/pr-7-old", 31],
])("a group on %s says which pull request it brings", async (branch, number) => {
  const head_ref = `refs/heads/gh-readonly-queue/${branch}/pr-${number}-${"0a".repeat(20)}`;
  const merge_group = {
    ...{ head_sha: "g1", base_sha: "b1" },
    head_ref,
    head_commit: { tree_id: "t1" },
  };

  expect(await hear("merge_group", { action: "checks_requested", merge_group })).toEqual([
    ["d-1", { kind: "merge-group", place, head: "g1", base: "b1", number, tree: "t1" }],
  ]);
});

test("a thread of ours that a person resolved is followed, and no other", async () => {
  const resolved = (author: string, by: string) =>
    hear("pull_request_review_thread", {
      action: "resolved",
      sender: { id: 3, login: "octocat", type: by },
      pull_request: aPullRequest(),
      thread: { comments: [{ user: { type: author } }] },
    });

  expect(await resolved("Bot", "User")).toEqual([
    ["d-1", { kind: "review", place, number: 12, isGlance: true }],
  ]);
  expect(await resolved("User", "User")).toEqual([]);
  expect(await resolved("Bot", "Bot")).toEqual([]);
});

test("every event that a handler listens to exists", () => {
  const heard: string[] = [];
  listen({ on: (names: string | string[]) => heard.push(...[names].flat()) } as unknown as Probot, {
    appId,
    submit: async () => true,
  });

  expect(heard.length).toBeGreaterThan(5);
  for (const name of heard) expect(emitterEventNames).toContain(name as EmitterWebhookEventName);
});
