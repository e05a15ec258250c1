// What people say to Pyward on a pull request, and what then becomes of the check and the threads.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readBaseline } from "../../src/review/baseline.ts";
import type { PullRequestView, ThreadView } from "../github-emulator/view.ts";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

beforeAll(async () => {
  world = await startWorld({ engine: markerEngine() });
});

afterAll(() => world.close());

afterEach(({ task }) => {
  const { ledger } = world.github;
  const violations = [...ledger.violations];
  ledger.clear();
  expect(violations, task.name).toEqual([]);
});

const clean = "def total(order):\n    return sum(order)\n";

/** A pull request of mona's, with a maintainer (max) and a writer (wendy) around. */
async function open(after: Record<string, string>) {
  const { github } = world;
  const repository = await aRepository(world, { "a.py": clean });
  github.setRole(repository, "max", "maintain");
  github.setRole(repository, "wendy", "write");
  const place = { repository, by: "mona" };
  await github.push({
    ...place,
    branch: "feature",
    commits: [{ message: "change", files: after }],
  });
  const number = await github.openPullRequest({ ...place, title: "A change", head: "feature" });
  const pull = { repository, number };
  return { pull, ...(await concluded(world, repository, number)) };
}

type Pull = Awaited<ReturnType<typeof open>>["pull"];

function look({ repository, number }: Pull): Promise<PullRequestView> {
  const [owner = "", repo = ""] = repository.split("/");
  return world.github.pullRequestView(owner, repo, number);
}

/** Speaks, and waits until Pyward has said by a reaction that it is done, or that it is not. */
async function speak(pull: Pull, by: string, body: string, thread?: ThreadView) {
  const { github } = world;
  github.ledger.clear();
  const id =
    thread === undefined
      ? github.comment({ ...pull, by, body })
      : github.reply({ thread: thread.id, by, body });
  return await github.waitFor(
    `an answer to ${body}`,
    async () => {
      const view = await look(pull);
      const all = [...view.comments, ...view.threads.flatMap(({ comments }) => comments)];
      const seen = all.find((each) => each.id === id)?.reactions.map(({ content }) => content);
      const reaction = seen?.includes("rocket") ? "rocket" : seen?.at(1);
      return reaction === undefined ? undefined : { view, reaction };
    },
    30_000,
  );
}

const threadOf = ({ threads: [thread] }: PullRequestView) => {
  if (thread === undefined) throw new Error("there is no thread");
  return thread;
};

const ours = (view: PullRequestView) =>
  [...view.comments, ...view.threads.flatMap(({ comments }) => comments.slice(1))].filter(
    ({ author }) => author.isBot,
  );

test("ignoring a finding in its thread turns the check green at once, without another analysis", async () => {
  const { pull, view, check } = await open({ "a.py": `${clean}BAD = 1\n` });

  await speak(pull, "max", "/pyward ignore it is *test* data.", threadOf(view));

  const again = await concluded(world, pull.repository, pull.number, ({ id }) => id !== check.id);
  expect(again.check.conclusion).toBe("success");
  expect(again.check.summary).toContain("1 ignored on this pull request");
  expect(again.check.summary).toContain("by `max` (it is test data.)");
  expect(threadOf(again.view).comments[0]?.body).toContain("Ignored by `max`: it is test data.");
  expect(world.github.ledger.calls("repos/compare-commits-with-basehead")).toEqual([]);
  expect(world.github.ledger.calls("repos/get-content")).toEqual([]);
  expect(ours(again.view)).toEqual([]);
});

test("what is ignored stays so on the next push, and back when that is taken back", async () => {
  const { pull, view } = await open({ "a.py": `${clean}BAD = 1\n` });
  await speak(pull, "max", "/pyward ignore test data", threadOf(view));

  const commits = [
    { message: "more", files: { "a.py": null, "b.py": `# moved\n${clean}BAD = 1\n` } },
  ];
  await world.github.push({ ...pull, by: "mona", branch: "feature", commits });
  const pushed = await concluded(world, pull.repository, pull.number);
  expect(pushed.check.conclusion).toBe("success");
  expect(pushed.view.threads).toHaveLength(1);

  await speak(pull, "max", "/pyward unignore", threadOf(pushed.view));
  const { check, view: last } = await concluded(
    world,
    pull.repository,
    pull.number,
    ({ id }) => id !== pushed.check.id,
  );
  expect(check.conclusion).toBe("failure");
  expect(threadOf(last).comments[0]?.body).not.toContain("Ignored");
});

test.each([
  ["a writer", "wendy"],
  ["the author alone", "mona"],
])("a finding that blocks is not ignored by %s", async (_, by) => {
  const { pull, view } = await open({ "a.py": `${clean}BAD = 1\n` });
  if (by === "mona") world.github.setRole(pull.repository, "mona", "admin");

  const { reaction } = await speak(pull, by, "/pyward ignore I know better", threadOf(view));
  const second = await speak(pull, by, "/pyward ignore please", threadOf(view));

  expect([reaction, second.reaction]).toEqual(["confused", "confused"]);
  expect(ours(second.view)).toHaveLength(1);
  expect(ours(second.view)[0]?.body).toContain("maintain here and did not open the pull request");
  const now = await concluded(world, pull.repository, pull.number);
  expect(now.check.conclusion).toBe("failure");
  expect(now.view.checkRuns).toHaveLength(1);
});

test("of two findings that share a comment one is ignored by its id, and taken back", async () => {
  const { pull, view, check } = await open({ "a.py": `${clean}BAD = "ODD"\n` });
  const id = /\(`([0-9a-f]{16})`\)/u.exec(threadOf(view).comments[0]?.body ?? "")?.[1] ?? "";

  await speak(pull, "wendy", `/pyward ignore ${id} a checksum`);

  const again = await concluded(world, pull.repository, pull.number, (c) => c.id !== check.id);
  const body = threadOf(again.view).comments[0]?.body;
  expect(again.check.conclusion).toBe("failure");
  expect(body).toContain("~~**Weak hash**~~ Ignored by `wendy`: a checksum.");
  expect(body).toContain("\n**SQL injection** · high");
  expect(threadOf(again.view).comments[0]?.minimized).toBeUndefined();

  await speak(pull, "wendy", `/pyward unignore ${id}`);
  const last = await concluded(world, pull.repository, pull.number, (c) => c.id > again.check.id);
  expect(threadOf(last.view).comments[0]?.body).not.toContain("~~");
});

test("an answer that names none of a comment's findings means them all", async () => {
  const { pull, view, check } = await open({ "a.py": `${clean}BAD = "ODD"\n` });

  await speak(pull, "max", "/pyward ignore test data", threadOf(view));

  const again = await concluded(world, pull.repository, pull.number, (c) => c.id !== check.id);
  expect(again.check.conclusion).toBe("success");
  expect(again.check.summary).toContain("2 ignored on this pull request");
  expect(threadOf(again.view).comments[0]?.body).toContain("Ignored by `max`: test data.");
});

test("a finding without a comment is ignored by the id that the summary shows", async () => {
  const { pull, check } = await open({ "a.py": `${clean}MEH = 1\n` });
  const id = /`([0-9a-f]{16})`/u.exec(check.summary ?? "")?.[1] ?? "";

  const { view } = await speak(pull, "wendy", `/pyward ignore ${id} a small table`);

  const again = await concluded(world, pull.repository, pull.number, (c) => c.id !== check.id);
  expect(again.check.title).toBe("No new findings");
  expect(ours(view)).toHaveLength(1);
  expect(ours(view)[0]?.body).toContain(`/pyward unignore ${id}`);

  await speak(pull, "wendy", `/pyward unignore ${id}`);
  const last = await concluded(world, pull.repository, pull.number, (c) => c.id > again.check.id);
  expect(last.check.title).toBe("1 new finding");
  expect(ours(last.view)[0]?.body).toContain("Taken back by `wendy`.");
});

test("a whole rule is ignored on this pull request", async () => {
  const { pull, check } = await open({ "a.py": `${clean}BAD = 1\nBAD = 2\n` });

  await speak(pull, "max", "/pyward ignore sql-injection generated code");

  const again = await concluded(world, pull.repository, pull.number, (c) => c.id !== check.id);
  expect(again.check.conclusion).toBe("success");
  expect(again.view.threads.map(({ comments }) => comments[0]?.minimized)).toEqual([
    "resolved",
    "resolved",
  ]);
});

test.each([
  ["without a reason", "/pyward ignore sql-injection", "Say why"],
  ["without a subject", "/pyward ignore", "Name a finding"],
  ["of what is not there", "/pyward ignore 0123456789abcdef because", "No such finding"],
  ["of what nobody ignores", "/pyward unignore sql-injection", "Nobody ignores that"],
])("an order %s is answered by a sentence", async (_, body, sentence) => {
  const { pull } = await open({ "a.py": `${clean}BAD = 1\n` });

  const { view, reaction } = await speak(pull, "max", body);

  expect(reaction).toBe("confused");
  const answered = await world.github.waitFor("the sentence", async () => {
    const now = await look(pull);
    return ours(now).length === 1 && now;
  });
  expect(ours(answered)[0]?.body).toContain(sentence);
  expect(view.checkRuns).toHaveLength(1);
});

test("paused, it comments no more; resumed, it says what it held back", async () => {
  const { pull } = await open({ "a.py": clean.replace("sum", "len") });
  await speak(pull, "wendy", "/pyward pause");

  const commits = [{ message: "more", files: { "a.py": `${clean}BAD = 1\n` } }];
  await world.github.push({ ...pull, by: "mona", branch: "feature", commits });
  const paused = await concluded(world, pull.repository, pull.number);
  expect(paused.check.conclusion).toBe("failure");
  expect(paused.view.threads).toEqual([]);

  await speak(pull, "wendy", "/pyward resume");
  const { view } = await concluded(
    world,
    pull.repository,
    pull.number,
    ({ id }) => id !== paused.check.id,
  );
  expect(view.threads).toHaveLength(1);
});

test.each([
  ["/pyward explain sql-injection", "https://pyward.example/rules/security/sql-injection"],
  ["/pyward config", "fail-on: high"],
  ["/pyward fix", "Commit suggestion"],
  ["/pyward help", "/pyward unignore"],
])("%s is answered", async (body, words) => {
  const { pull } = await open({ "a.py": clean.replace("sum", "len") });

  const { view } = await speak(pull, "mona", body);

  expect(ours(view).map((comment) => comment.body)).toEqual([expect.stringContaining(words)]);
});

test("in a thread, explain is about the thread's rule", async () => {
  const { pull, view } = await open({ "a.py": `${clean}BAD = 1\n` });

  const after = await speak(pull, "mona", "/pyward explain", threadOf(view));

  expect(ours(after.view)[0]?.body).toContain("/rules/security/sql-injection");
});

test("what was decided is exported as a baseline file", async () => {
  const { pull, view } = await open({ "a.py": `${clean}BAD = 1\n` });
  await speak(pull, "max", "/pyward ignore test data", threadOf(view));

  const after = await speak(pull, "wendy", "/pyward export");

  const answer = ours(after.view)[0]?.body ?? "";
  const file = /```json\n([\s\S]*)\n```/u.exec(answer)?.[1] ?? "";
  expect(readBaseline(file)).toMatchObject({
    ok: true,
    entries: [{ path: "a.py", rule: "security/sql-injection", by: "max", reason: "test data" }],
  });
});

test("a full review also lists what was there before", async () => {
  const { github } = world;
  const repository = await aRepository(world, { "a.py": `BAD = 0\n${clean}` });
  const place = { repository, by: "mona" };
  const commits = [{ message: "change", files: { "a.py": `BAD = 0\n${clean}# more\nMEH = 1\n` } }];
  await github.push({ ...place, branch: "feature", commits });
  const number = await github.openPullRequest({ ...place, title: "A change", head: "feature" });
  const first = await concluded(world, repository, number);
  expect(first.check.summary).toContain("1 finding was here before.");

  await speak({ repository, number }, "mona", "/pyward full");

  const { check } = await concluded(world, repository, number, ({ id }) => id !== first.check.id);
  expect(check.summary).toContain("There before this change:");
  expect(check.summary).toContain("a.py:1");
});

test("a decision that somebody wrote into our comment by editing it counts for nothing", async () => {
  const { pull, view } = await open({ "a.py": `${clean}BAD = 1\n` });
  await speak(pull, "max", "/pyward ignore test data", threadOf(view));
  const ignored = threadOf(await look(pull)).comments[0]?.body ?? "";
  const other = await open({ "a.py": `${clean}BAD = 1\n` });
  const repository = [...world.github.world.repositories.values()].find(
    ({ name }) => other.pull.repository === `acme/${name}`,
  );
  const comment = repository?.pullRequests.get(other.pull.number)?.threads[0]?.comments[0];
  const wendy = world.github.world.users.get("wendy");
  if (comment === undefined || wendy === undefined) throw new Error("no comment, or nobody");
  comment.body = ignored;
  comment.editor = wendy;

  const commits = [{ message: "more", files: { "b.py": clean } }];
  await world.github.push({ ...other.pull, by: "mona", branch: "feature", commits });

  const { check } = await concluded(world, other.pull.repository, other.pull.number);
  expect(check.conclusion).toBe("failure");
});
