// What people complain about in reviewers of pull requests, one test for each complaint: here it is not so.

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

// To lose the store is to start anew, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 600_000 });

let world: WorldOfOne;

beforeAll(async () => {
  // With leave to write contents, an App may also resolve its threads.
  world = await startWorld({ engine: markerEngine() }, { permissions: { contents: "write" } });
});

afterAll(() => world.close());

afterEach(({ task }) => {
  const { ledger, faults } = world.github;
  faults.clear();
  const violations = [...ledger.violations];
  ledger.clear();
  expect(violations, task.name).toEqual([]);
});

const clean = "def total(order):\n    return sum(order)\n";
type Files = Record<string, string | null>;

async function prepare(before: Record<string, string>, after: Files) {
  const repository = await aRepository(world, before);
  const place = { repository, by: "mona" };
  const commits = [{ message: "change", files: after }];
  await world.github.push({ ...place, branch: "feature", commits });
  return place;
}

async function open(before: Record<string, string>, after: Files) {
  const place = await prepare(before, after);
  const title = "A change";
  const number = await world.github.openPullRequest({ ...place, title, head: "feature" });
  const pull = { ...place, number };
  return { pull, ...(await concluded(world, place.repository, number)) };
}

type Pull = Awaited<ReturnType<typeof open>>["pull"];

/** Is the store wiped before each push? */
let isForgetful = false;

async function push({ repository, by, number }: Pull, files: Files) {
  if (isForgetful) {
    await world.github.webhooks.settled();
    await world.forget();
  }
  const commits = [{ message: "more", files }];
  await world.github.push({ repository, by, branch: "feature", commits });
  return await concluded(world, repository, number);
}

/** The concluded check run of a merge group. */
function groupCheck(repository: string, head: string) {
  const [, name] = repository.split("/");
  return [...world.github.world.repositories.values()]
    .find((each) => each.name === name)
    ?.checkRuns.find(({ headSha, conclusion }) => headSha === head && conclusion);
}

describe.each([
  ["with its store", false],
  ["with its store wiped before each push", true],
])("%s", (_, isWiped) => {
  beforeAll(() => {
    isForgetful = isWiped;
  });

  test("2.1 noise: five pushes over one finding make one comment, and clean ones none", async () => {
    const { pull } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });

    for (let round = 1; round <= 4; round += 1) await push(pull, { "b.py": `x = ${round}\n` });

    const { view } = await concluded(world, pull.repository, pull.number);
    expect(view.threads).toHaveLength(1);
    expect(view.comments).toEqual([]);
    expect(world.github.ledger.contentCreating()).toHaveLength(1);
  });

  test("2.2 duplicates: what a person resolved is not said again", async () => {
    const { pull, view } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
    world.github.resolveThread({ by: "mona", thread: view.threads[0]?.id ?? "" });

    await push(pull, { "b.py": clean });
    const again = await push(pull, { "a.py": `# down\n${clean}BAD = 1\n` });

    expect(again.view.threads).toMatchObject([{ isResolved: true }]);
    expect(again.view.threads[0]?.comments).toHaveLength(1);
  });

  test("2.3 stale comments: what is fixed is resolved with proof, what is talked about is not", async () => {
    const { pull, view: first } = await open(
      { "a.py": clean },
      { "a.py": `${clean}BAD = 1\nBAD = 2\n` },
    );
    world.github.reply({ by: "mona", thread: first.threads[1]?.id ?? "", body: "On it." });

    const { view } = await push(pull, { "a.py": clean.replace("sum", "len") });

    expect(view.threads.map(({ isResolved }) => isResolved)).toEqual([true, false]);
    expect(view.threads[0]?.resolvedBy?.isBot).toBe(true);
    for (const { comments } of view.threads) {
      expect(comments[0]?.body).toContain(`Fixed in ${view.head.sha.slice(0, 7)}.`);
      expect(comments[0]?.minimized).toBeUndefined();
    }

    const back = await push(pull, { "a.py": `${clean}BAD = 1\n` });
    expect(back.view.threads.map(({ isResolved }) => isResolved)).toEqual([false, false]);
    expect(back.view.threads[0]?.comments[0]?.body).not.toContain("~~");
  });

  test.each([
    ["repos/compare-commits-with-basehead", 404],
    ["graphql", 403],
    ["pulls/create-review", 502],
  ])("2.4 stuck checks: the check ends though %s answers %i", async (operation, status) => {
    world.github.faults.add({ kind: "status", status, times: 20, match: { operation } });

    const { check } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });

    expect(check.conclusion).toBe("neutral");
    expect(check.summary).toContain("does not stand in the way of a merge");
  });

  test("2.5 wrong state: every attempt is a check run of its own, and keeps its verdict", async () => {
    const { pull, check } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
    const { repository, number } = pull;

    world.github.rerequestCheckRun({ repository, by: "acme", run: check.id });

    const again = await concluded(world, repository, number, ({ id }) => id !== check.id);
    expect(again.view.checkRuns.map(({ conclusion }) => conclusion)).toEqual([
      "failure",
      "failure",
    ]);
  });

  test("2.6 merge queues: a group has its verdict, and one that is gone is let go", async () => {
    const { github } = world;
    const { pull } = await open({ "a.py": clean }, { "a.py": clean.replace("sum", "len") });
    const runOf = (head: string) => groupCheck(pull.repository, head);

    const first = await github.queueForMerge({ ...pull, by: "acme" });
    const verdict = await github.waitFor("the verdict", () => runOf(first.headSha), 30_000);
    expect(verdict.conclusion).toBe("success");

    // The base has moved on, so the group is more than what was reviewed.
    const commits = [{ message: "elsewhere", files: { "d.py": clean } }];
    await github.push({ repository: pull.repository, by: "acme", branch: "main", commits });
    await push(pull, { "c.py": clean });
    const compare = { operation: "repos/compare-commits-with-basehead" };
    github.faults.add({ kind: "secondary-limit", retryAfter: 3, match: compare });
    const second = await github.queueForMerge({ ...pull, by: "acme" });
    await github.waitFor("the limit", () => github.ledger.requests.some((r) => r.status === 403));
    const { repository } = pull;
    await github.endMergeGroup({ repository, by: "acme", group: second, reason: "dequeued" });
    const cancelled = await github.waitFor("the end", () => runOf(second.headSha), 30_000);
    expect(cancelled.conclusion).toBe("cancelled");
  });

  test("2.6 merge queues: what was ignored on the pull request does not block its group", async () => {
    const { github } = world;
    const { pull, view } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
    const { repository, number } = pull;
    github.setRole(repository, "max", "maintain");
    github.reply({
      by: "max",
      thread: view.threads[0]?.id ?? "",
      body: "/pyward ignore test data",
    });
    await concluded(world, repository, number, ({ conclusion }) => conclusion === "success");
    github.ledger.clear();

    const group = await github.queueForMerge({ ...pull, by: "acme" });

    const run = await github.waitFor(
      "the verdict",
      () => groupCheck(repository, group.headSha),
      60_000,
    );
    expect(run.conclusion).toBe("success");
    // The group holds what was reviewed already, so nothing is read again.
    expect(github.ledger.calls("repos/compare-commits-with-basehead")).toEqual([]);
  });

  test("2.6 merge queues: where the base moved on, the group is analysed for itself", async () => {
    const { github } = world;
    const { pull } = await open({ "a.py": clean }, { "b.py": clean });
    const { repository } = pull;
    const commits = [{ message: "elsewhere", files: { "d.py": clean } }];
    await github.push({ repository, by: "acme", branch: "main", commits });
    github.ledger.clear();

    const group = await github.queueForMerge({ ...pull, by: "acme" });

    const run = await github.waitFor(
      "the verdict",
      () => groupCheck(repository, group.headSha),
      60_000,
    );
    expect(run.conclusion).toBe("success");
    expect(github.ledger.calls("repos/compare-commits-with-basehead")).toHaveLength(1);
  });

  test("2.7 a line that GitHub does not take costs that line only", async () => {
    const match = { operation: "pulls/create-review" };
    world.github.faults.add({ kind: "status", status: 422, match });

    const { view } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\nBAD = 2\n` });

    expect(view.threads).toHaveLength(2);
  });

  test("2.8 too long: hundreds of findings in long names fit into what GitHub takes", async () => {
    const lines = Array.from(
      { length: 300 },
      (_, index) => `BAD_${index} = "${"é".repeat(400)}"\n`,
    );
    const path = `${"deep/".repeat(30)}a.py`;

    const { view, check } = await open({ "a.py": clean }, { [path]: lines.join("") });

    expect(check.conclusion).toBe("failure");
    expect(Buffer.byteLength(check.summary ?? "")).toBeLessThanOrEqual(65_535);
    expect(check.summary).toMatch(/…and \d+ more\./u);
    expect(view.threads.length).toBeGreaterThan(0);
  });

  test("2.8 too many: over two hundred annotations are sent in batches, each once", async () => {
    const lines = Array.from({ length: 230 }, (_, index) => `BAD_${index} = 1\n`);

    const { check } = await open({ "a.py": clean }, { "a.py": lines.join("") });

    expect(check.annotations).toHaveLength(230);
  });

  test("2.9 silent config errors: a broken config asks to act, on its line, and blocks no other", async () => {
    const config = { ".github/pyward.yml": "fail-on: sometimes\n" };

    const { check } = await open({ "a.py": clean }, { ...config, "b.py": clean });

    expect(check.conclusion).toBe("action_required");
    expect(check.annotations).toMatchObject([{ path: ".github/pyward.yml", startLine: 1 }]);
    expect(check.summary).toContain("fail-on");
  });

  test("2.10 blocked for what is not in the change: what was there before is counted only", async () => {
    const old = `BAD = 0\n${clean}BAD = 9\n`;

    const { view, check } = await open({ "a.py": old }, { "a.py": `# touched\n${old}` });

    expect(check.conclusion).toBe("success");
    expect(check.summary).toContain("2 findings were here before.");
    expect(view.threads).toEqual([]);
  });

  test("2.12 limits: GitHub asks to wait, and nothing is said twice or lost for it", async () => {
    for (const operation of ["checks/create", "pulls/create-review", "checks/update"]) {
      world.github.faults.add({ kind: "secondary-limit", retryAfter: 1, match: { operation } });
    }

    const { view, check } = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });

    expect(check.conclusion).toBe("failure");
    expect(view.checkRuns).toHaveLength(1);
    expect(view.threads).toHaveLength(1);
  });

  test("2.13 lost events: one that GitHub sends again later is answered", async () => {
    const { github } = world;
    const place = await prepare({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
    github.webhooks.loseNext("pull_request");
    const number = await github.openPullRequest({ ...place, title: "It", head: "feature" });
    const lost = github.webhooks.log.findLast(({ statusCode }) => statusCode === 502);

    github.webhooks.redeliver(lost?.id ?? 0);

    const { view } = await concluded(world, place.repository, number);
    expect(view.threads).toHaveLength(1);
  });

  test("2.14 a late verdict: the check is there, and open, before any code is read", async () => {
    const place = await prepare({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
    world.github.ledger.clear();

    const number = await world.github.openPullRequest({ ...place, title: "It", head: "feature" });

    await concluded(world, place.repository, number);
    const asked = world.github.ledger.requests.map(({ operation }) => operation);
    const opened = asked.indexOf("checks/create");
    expect(opened).toBeGreaterThan(-1);
    expect(opened).toBeLessThan(asked.findIndex((operation) => operation?.startsWith("graphql")));
  });
});
