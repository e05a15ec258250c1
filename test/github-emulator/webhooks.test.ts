// Webhooks: signed, only what was subscribed to, described as GitHub describes them; and their misfortunes.

import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import {
  aClient,
  aJwt,
  aListener,
  aManifest,
  anEmulator,
  anInstallation,
  aPullRequest,
  repository,
  shop,
} from "./makers.ts";

const place = { repository, number: 1 } as const;

test("a pull request's life is told, signed and with GitHub's headers", async () => {
  const listener = await aListener();
  const github = await anEmulator({ webhookUrl: listener.url });
  await aPullRequest(github);

  await github.push({
    repository,
    branch: "feature",
    by: "ada",
    commits: [{ message: "m", files: { "b.py": "b\n" } }],
  });
  await github.setDraft({ ...place, by: "ada", isDraft: true });
  await github.setDraft({ ...place, by: "ada", isDraft: false });
  await github.editPullRequest({ ...place, by: "ada", title: "Another" });
  await github.closePullRequest({ ...place, by: "ada" });
  await github.reopenPullRequest({ ...place, by: "ada" });
  await github.webhooks.settled();

  expect(listener.names()).toEqual([
    "push",
    "check_suite.requested",
    "pull_request.opened",
    "push",
    "check_suite.requested",
    "pull_request.synchronize",
    "pull_request.converted_to_draft",
    "pull_request.ready_for_review",
    "pull_request.edited",
    "pull_request.closed",
    "pull_request.reopened",
  ]);
  for (const { headers, body } of listener.heard) {
    const signature = createHmac("sha256", github.environment.WEBHOOK_SECRET ?? "")
      .update(body)
      .digest("hex");
    expect(headers["x-hub-signature-256"]).toBe(`sha256=${signature}`);
    expect(headers).toMatchObject({
      "x-github-delivery": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-github-hook-installation-target-type": "integration",
      "x-github-hook-installation-target-id": github.environment.APP_ID,
    });
  }
  expect(github.ledger.violations).toEqual([]);
});

test("another base is told with what it was before", async () => {
  const listener = await aListener();
  const github = await anEmulator({ webhookUrl: listener.url });
  await aPullRequest(github);
  await github.push({ repository, branch: "next", by: "ada" });

  await github.editPullRequest({ ...place, by: "ada", base: "next" });
  await github.webhooks.settled();

  expect(listener.heard.at(-1)?.payload).toMatchObject({
    action: "edited",
    changes: { base: { ref: { from: "main" } } },
    pull_request: { base: { ref: "next" } },
  });
});

test("what people say and press is told; what the App says echoes back from a bot", async () => {
  const listener = await aListener();
  const github = await anEmulator({ webhookUrl: listener.url });
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);
  const actions = [{ label: "Go", description: "do it", identifier: "go" }];
  const { data: run } = await client.rest.checks.create({
    ...shop,
    name: "Pyward",
    head_sha: head,
    status: "completed",
    conclusion: "success",
    actions,
  });
  const comments = [{ path: "app.py", line: 10, body: "hm" }];
  await client.rest.pulls.createReview({
    ...shop,
    pull_number: 1,
    event: "COMMENT",
    body: "x",
    comments,
  });
  await client.rest.issues.createComment({ ...shop, issue_number: 1, body: "done" });
  await github.webhooks.settled();
  const mine = listener.heard.splice(0).slice(3);

  const comment = github.comment({ ...place, by: "ada", body: "/pyward review" });
  github.editComment({ ...place, by: "ada", comment, body: "/pyward help" });
  github.deleteComment({ ...place, by: "ada", comment });
  const thread = (await github.pullRequestView("acme", "shop", 1)).threads[0]?.id ?? "";
  github.reply({ thread, by: "ada", body: "no" });
  github.resolveThread({ thread, by: "ada" });
  github.unresolveThread({ thread, by: "ada" });
  github.rerequestCheckRun({ repository, run: run.id, by: "ada" });
  github.pressButton({ repository, run: run.id, identifier: "go", by: "ada" });
  await github.rerequestCheckSuite({ repository, sha: head, by: "ada" });
  const group = await github.queueForMerge({ ...place, by: "ada" });
  await github.endMergeGroup({ repository, group, reason: "merged", by: "ada" });
  github.renameRepository(repository, "store");
  await github.webhooks.settled();

  expect(mine.map((each) => each.name)).toEqual([
    "check_run.created",
    "check_run.completed",
    "pull_request_review.submitted",
    "pull_request_review_comment.created",
    "issue_comment.created",
  ]);
  expect(mine.map((each) => each.payload.sender)).toEqual(
    mine.map(() => expect.objectContaining({ login: "pyward[bot]", type: "Bot" })),
  );
  expect(listener.names()).toEqual([
    "issue_comment.created",
    "issue_comment.edited",
    "issue_comment.deleted",
    "pull_request_review.submitted",
    "pull_request_review_comment.created",
    "pull_request_review_thread.resolved",
    "pull_request_review_thread.unresolved",
    "check_run.rerequested",
    "check_run.requested_action",
    "check_suite.rerequested",
    "check_suite.requested",
    "merge_group.checks_requested",
    "merge_group.destroyed",
    "repository.renamed",
  ]);
  expect(listener.heard.find((each) => each.name.startsWith("merge_group"))?.payload).toMatchObject(
    {
      merge_group: {
        head_ref: expect.stringMatching(
          /^refs\/heads\/gh-readonly-queue\/main\/pr-1-[0-9a-f]{40}$/,
        ),
      },
    },
  );
  expect(github.ledger.violations).toEqual([]);
});

test("installing, suspending and uninstalling are told whatever was subscribed to", async () => {
  const listener = await aListener();
  const github = await anEmulator({
    webhookUrl: listener.url,
    app: { permissions: { metadata: "read" }, events: [] },
  });
  for (const name of ["one", "two"]) {
    await github.createRepository({ owner: "acme", name, isInstalled: false });
    github.install(`acme/${name}`);
  }
  github.setSuspended("acme/one", true);
  github.setSuspended("acme/one", false);
  github.uninstall("acme/one");
  github.uninstall("acme/two");
  await github.webhooks.settled();

  expect(listener.names()).toEqual([
    "installation.created",
    "installation_repositories.added",
    "installation.suspend",
    "installation.unsuspend",
    "installation_repositories.removed",
    "installation.deleted",
  ]);
  expect(github.ledger.violations).toEqual([]);
});

test.each([
  ["not subscribed to", { ...aManifest, events: ["push"] }],
  ["not permitted", { ...aManifest, permissions: { metadata: "read", contents: "read" } as const }],
])("an event that is %s is not sent", async (_, app) => {
  const listener = await aListener();
  const github = await anEmulator({ webhookUrl: listener.url, app });

  await aPullRequest(github);
  await github.webhooks.settled();

  expect(new Set(listener.names())).toEqual(new Set(["push"]));
});

test("re-runs are heard with checks: write only", async () => {
  const listener = await aListener();
  const permissions = { ...aManifest.permissions, checks: "read" } as const;
  const github = await anEmulator({ webhookUrl: listener.url, app: { ...aManifest, permissions } });

  await aPullRequest(github);
  await github.webhooks.settled();

  expect(listener.names()).toEqual(["push", "pull_request.opened"]);
});

test("without automatic suites a push asks for no check", async () => {
  const listener = await aListener();
  const github = await anEmulator({ webhookUrl: listener.url });
  await aPullRequest(github);
  const client = await anInstallation(github);
  const auto_trigger_checks = [{ app_id: Number(github.environment.APP_ID), setting: false }];
  await client.rest.checks.setSuitesPreferences({ ...shop, auto_trigger_checks });
  await github.webhooks.settled();
  listener.heard.length = 0;

  await github.push({
    repository,
    branch: "feature",
    by: "ada",
    commits: [{ message: "m", files: { "b.py": "" } }],
  });
  await github.webhooks.settled();

  expect(listener.names()).toEqual(["push", "pull_request.synchronize"]);
});

test("a failed delivery stays in the log, is not retried, and can be sent again", async () => {
  const statuses = [500, 200];
  const listener = await aListener(() => statuses.shift() ?? 200);
  const github = await anEmulator({
    webhookUrl: listener.url,
    app: { ...aManifest, events: ["pull_request"] },
  });
  await aPullRequest(github);
  await github.webhooks.settled();
  const app = aClient(github, aJwt(github));

  const { data: failed } = await app.rest.apps.listWebhookDeliveries({ status: "failure" });
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: failed[0]?.id ?? 0 });
  await github.webhooks.settled();

  expect(failed).toMatchObject([
    { event: "pull_request", action: "opened", status_code: 500, redelivery: false },
  ]);
  const { data: all } = await app.rest.apps.listWebhookDeliveries();
  expect(all.map(({ guid, redelivery, status }) => [guid, redelivery, status])).toEqual([
    [failed[0]?.guid, true, "OK"],
    [failed[0]?.guid, false, expect.anything()],
  ]);
  expect(listener.heard.map((each) => each.headers["x-github-delivery"])).toEqual([
    failed[0]?.guid,
    failed[0]?.guid,
  ]);
  const { data: one } = await app.rest.apps.getWebhookDelivery({ delivery_id: failed[0]?.id ?? 0 });
  expect(one.request.payload).toMatchObject({ action: "opened" });
});

test("deliveries can be lost, doubled and turned around", async () => {
  const listener = await aListener();
  const github = await anEmulator({
    webhookUrl: listener.url,
    app: { ...aManifest, events: ["pull_request", "issue_comment"] },
  });
  github.webhooks.loseNext("pull_request");
  await aPullRequest(github);
  github.webhooks.duplicateNext("issue_comment");
  github.comment({ ...place, by: "ada", body: "one" });
  github.webhooks.hold();
  github.comment({ ...place, by: "ada", body: "two" });
  github.comment({ ...place, by: "ada", body: "three" });
  github.webhooks.release("reversed");
  await github.webhooks.settled();

  const bodies = listener.heard.map((each) => (each.payload.comment as { body: string }).body);
  expect(bodies).toEqual(["one", "one", "three", "two"]);
});
