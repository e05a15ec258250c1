// Check runs: what they must hold, how annotations gather, and which run is the latest.

import { expect, test } from "vitest";
import { anEmulator, anInstallation, aPullRequest, refusal, shop } from "./makers.ts";

const annotation = (line: number, more: object = {}) => ({
  path: "app.py",
  start_line: line,
  end_line: line,
  annotation_level: "warning" as const,
  message: "hm",
  ...more,
});

const output = (more: object = {}) => ({ title: "t", summary: "s", ...more });

test("a check run begins, gathers annotations from update to update, and ends", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);
  const { data: run } = await client.rest.checks.create({
    ...shop,
    name: "Pyward",
    head_sha: head,
    status: "in_progress",
  });
  const place = { ...shop, check_run_id: run.id };

  const fifty = Array.from({ length: 50 }, (_, index) => annotation(index + 1));
  await client.rest.checks.update({ ...place, output: output({ annotations: fifty }) });
  await client.rest.checks.update({
    ...place,
    status: "completed",
    conclusion: "failure",
    output: output({ annotations: [annotation(51)] }),
  });

  const { data } = await client.rest.checks.get(place);
  expect(data).toMatchObject({
    status: "completed",
    conclusion: "failure",
    output: { annotations_count: 51 },
    pull_requests: [{ number: 1 }],
  });
  expect(
    await client.paginate(client.rest.checks.listAnnotations, { ...place, per_page: 100 }),
  ).toHaveLength(51);
  const view = await github.pullRequestView("acme", "shop", 1);
  expect(view.checkRuns).toMatchObject([
    { name: "Pyward", conclusion: "failure", title: "t", summary: "s" },
  ]);
  expect(github.ledger.violations).toEqual([]);
});

test.each([
  [
    "51 annotations",
    { output: output({ annotations: Array.from({ length: 51 }, () => annotation(1)) }) },
    "50 items",
  ],
  ["completed without a conclusion", { status: "completed" }, "conclusion is required"],
  ["a conclusion only GitHub gives", { conclusion: "stale" }, "stale"],
  ["an output without a title", { output: { summary: "s", title: "" } }, "title can't be blank"],
  ["a summary over 65535 bytes", { output: output({ summary: "é".repeat(40_000) }) }, "65535"],
  [
    "columns over several lines",
    { output: output({ annotations: [annotation(1, { end_line: 2, start_column: 1 })] }) },
    "columns",
  ],
  [
    "an annotation's message over 64 KB",
    { output: output({ annotations: [annotation(1, { message: "x".repeat(65_537) })] }) },
    "65536",
  ],
  [
    "four buttons",
    {
      actions: Array.from({ length: 4 }, (_, n) => ({
        label: "l",
        description: "d",
        identifier: `${n}`,
      })),
    },
    "3 items",
  ],
  [
    "a button's label over 20 characters",
    { actions: [{ label: "x".repeat(21), description: "d", identifier: "i" }] },
    "20 characters",
  ],
])("%s is refused", async (_, more, words) => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);

  const request = client.request({
    method: "POST",
    url: "/repos/{owner}/{repo}/check-runs",
    ...shop,
    name: "Pyward",
    head_sha: head,
    ...more,
  });

  const { status, message } = await refusal(request);
  expect(status).toBe(422);
  expect(message).toContain(words);
});

test("a check on a commit that is not there is refused", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);

  const request = client.rest.checks.create({ ...shop, name: "Pyward", head_sha: "0".repeat(40) });

  expect(await refusal(request)).toMatchObject({
    status: 422,
    message: `No commit found for SHA: ${"0".repeat(40)}`,
  });
});

test("of runs with one name only the newest is listed, unless all are asked for", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);
  await client.rest.checks.create({ ...shop, name: "Pyward", head_sha: head, external_id: "one" });
  await client.rest.checks.create({ ...shop, name: "Pyward", head_sha: head, external_id: "two" });

  const latest = await client.rest.checks.listForRef({ ...shop, ref: head });
  const all = await client.rest.checks.listForRef({
    ...shop,
    ref: "feature",
    filter: "all",
    check_name: "Pyward",
  });

  expect(latest.data.check_runs.map((run) => run.external_id)).toEqual(["two"]);
  expect(all.data.total_count).toBe(2);
});

test("what is completed stays completed", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);
  const { data: run } = await client.rest.checks.create({
    ...shop,
    name: "Pyward",
    head_sha: head,
    conclusion: "success",
  });

  const { data } = await client.rest.checks.update({
    ...shop,
    check_run_id: run.id,
    status: "in_progress",
  });

  expect(data).toMatchObject({ status: "completed", conclusion: "success" });
});
