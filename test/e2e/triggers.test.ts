// What sets Pyward to work on a pull request, what stops it, and what it does not listen to.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { atRest, watched } from "./at-rest.ts";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

beforeAll(async () => {
  world = await startWorld({ engine: markerEngine() }, { environment: watched });
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

async function open(by = "mona") {
  const repository = await aRepository(world, { "a.py": clean });
  const place = { repository, by };
  const commits = [{ message: "change", files: { "a.py": `${clean}BAD = 1\n` } }];
  await world.github.push({ repository, by: "mona", branch: "feature", commits });
  const number = await world.github.openPullRequest({ ...place, title: "It", head: "feature" });
  return { ...place, number };
}

test("converted to a draft while its review runs, it has its verdict and no comments", async () => {
  const { github } = world;
  const compare = { operation: "repos/compare-commits-with-basehead" };
  github.faults.add({ kind: "delay", ms: 1500, match: compare });
  const pull = await open();
  await github.waitFor("the check begins", () => github.ledger.calls("checks/create")[0], 30_000);

  await github.setDraft({ ...pull, isDraft: true });

  const { view, check } = await concluded(world, pull.repository, pull.number);
  expect(check.conclusion).toBe("failure");
  expect(view.threads).toEqual([]);
});

test("closed and opened again, it is reviewed again and nothing is said twice", async () => {
  const pull = await open();
  const first = await concluded(world, pull.repository, pull.number);

  await world.github.closePullRequest(pull);
  await world.github.reopenPullRequest(pull);

  const { view, check } = await concluded(
    world,
    pull.repository,
    pull.number,
    ({ id }) => id !== first.check.id,
  );
  expect(check.conclusion).toBe("failure");
  expect(view.threads).toHaveLength(1);
});

test("heard of its closing only after it was opened again, it is reviewed once more, and that is all", async () => {
  const pull = await open();
  const first = await concluded(world, pull.repository, pull.number);
  const { github } = world;

  github.webhooks.hold();
  await github.closePullRequest(pull);
  await github.reopenPullRequest(pull);
  github.webhooks.release("reversed");

  const isNew = ({ id }: { readonly id: number }) => id !== first.check.id;
  const { check } = await concluded(world, pull.repository, pull.number, isNew);
  expect(check.conclusion).toBe("failure");
  await github.webhooks.settled();
  await atRest(world);
  const { view } = await concluded(world, pull.repository, pull.number);
  expect(view.checkRuns.map(({ conclusion }) => conclusion)).not.toContain("cancelled");
  expect(view.checkRuns.length).toBeLessThanOrEqual(3);
});

test('"Re-run all checks" reviews again', async () => {
  const pull = await open();
  const first = await concluded(world, pull.repository, pull.number);
  const { repository } = pull;

  await world.github.rerequestCheckSuite({ repository, by: "acme", sha: first.view.head.sha });

  const again = await concluded(world, repository, pull.number, ({ id }) => id !== first.check.id);
  expect(again.view.threads).toHaveLength(1);
});

test("a person resolves our thread, and opens it again: the check's words follow at once", async () => {
  const pull = await open();
  const { view, check } = await concluded(world, pull.repository, pull.number);
  const thread = view.threads[0]?.id ?? "";
  const says = "1 thread was resolved by `mona`";

  world.github.resolveThread({ by: "mona", thread });
  const resolved = await concluded(world, pull.repository, pull.number, ({ summary }) =>
    (summary ?? "").includes(says),
  );
  world.github.unresolveThread({ by: "mona", thread });
  const opened = await concluded(
    world,
    pull.repository,
    pull.number,
    ({ summary }) => !(summary ?? "").includes(says),
  );

  expect(resolved.check).toMatchObject({ id: check.id, conclusion: "failure" });
  expect(resolved.check.annotations).toEqual(check.annotations);
  expect(opened.check.id).toBe(check.id);
});

test("commands in quotes and fences, edited ones and those of bots are not heard", async () => {
  const { github } = world;
  const pull = await open();
  await concluded(world, pull.repository, pull.number);
  github.world.users.set("robot[bot]", { id: 77, login: "robot[bot]", type: "Bot" });
  github.ledger.clear();

  github.comment({ ...pull, body: "> /pyward review" });
  github.comment({ ...pull, body: "```\n/pyward review\n```" });
  github.comment({ ...pull, by: "robot[bot]", body: "/pyward review" });
  const comment = github.comment({ ...pull, body: "Nice." });
  github.editComment({ ...pull, comment, body: "/pyward review" });
  await github.webhooks.settled();

  expect(github.ledger.requests).toEqual([]);
});

test("what Pyward itself says and does sets nothing off", async () => {
  const { github } = world;
  const pull = await open();
  await concluded(world, pull.repository, pull.number);
  await github.webhooks.settled();
  const told = github.webhooks.log.filter(({ event }) => event === "pull_request_review_comment");
  github.ledger.clear();

  // GitHub tells us of our own comments too.
  expect(told.length).toBeGreaterThan(0);
  await github.webhooks.settled();

  expect(github.ledger.requests).toEqual([]);
});

test("a robot's pull request is reviewed like a person's", async () => {
  const { github } = world;
  github.world.users.set("renovate[bot]", { id: 78, login: "renovate[bot]", type: "Bot" });
  const pull = await open("renovate[bot]");

  const { view } = await concluded(world, pull.repository, pull.number);

  expect(view.author.isBot).toBe(true);
  expect(view.threads).toHaveLength(1);
});
