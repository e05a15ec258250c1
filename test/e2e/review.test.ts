// The App against a GitHub on this machine: what people see of a review, and what it costs.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { PullRequestView } from "../github-emulator/view.ts";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

beforeAll(async () => {
  world = await startWorld({ engine: markerEngine() });
  world.github.ledger.clear();
});

afterAll(() => world.close());

// Whatever a test is about: GitHub was asked nothing that it would refuse.
afterEach(({ task }) => {
  const { ledger, faults } = world.github;
  faults.clear();
  const violations = [...ledger.violations];
  ledger.clear();
  expect(violations, task.name).toEqual([]);
});

const clean = "def total(order):\n    return sum(order)\n";

/** Opens a pull request that changes a repository from `before` to `after`. */
async function open(
  before: Record<string, string>,
  after: Record<string, string | null>,
  options: { isDraft?: boolean } = {},
) {
  const { github } = world;
  const repository = await aRepository(world, before);
  await github.push({
    repository,
    by: "mona",
    branch: "feature",
    commits: [{ message: "change", files: after }],
  });
  github.ledger.clear();
  const place = { repository, by: "mona" };
  const number = await github.openPullRequest({
    ...place,
    title: "A change",
    head: "feature",
    ...options,
  });
  return { ...place, number };
}

type Opened = Awaited<ReturnType<typeof open>>;

function push({ repository, by }: Opened, files: Record<string, string | null>) {
  const commits = [{ message: "more", files }];
  return world.github.push({ repository, by, branch: "feature", commits });
}

function placesOf(view: PullRequestView) {
  return view.threads.map(({ path, line }) => `${path}:${line}`);
}

test("a review arrives with its comments on the right lines, and the check fails", async () => {
  const pull = await open(
    { "shop/orders.py": clean, "README.md": "# Shop\n" },
    { "shop/orders.py": `${clean}\nBAD = 1\n`, "shop/new.py": "import os\n\nBAD = os\nMEH = 2\n" },
  );

  const { view, check } = await concluded(world, pull.repository, pull.number);

  expect(check.conclusion).toBe("failure");
  expect(placesOf(view)).toEqual(["shop/new.py:3", "shop/orders.py:4"]);
  expect(view.reviews).toHaveLength(1);
  expect(view.reviews[0]).toMatchObject({ state: "COMMENTED", commit: view.head.sha });
  expect(check.title).toBe("3 new findings, 2 must be fixed");
  expect(check.annotations.map(({ path, startLine }) => `${path}:${startLine}`)).toEqual([
    "shop/new.py:3",
    "shop/orders.py:4",
    "shop/new.py:4",
  ]);
  const body = view.threads[0]?.comments[0]?.body ?? "";
  expect(body).toContain("https://pyward.example/rules/security/sql-injection");
});

test("a second push repeats nothing, and one that mends all makes the check green", async () => {
  const pull = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
  await concluded(world, pull.repository, pull.number);

  await push(pull, { "a.py": `# moved\n# down\n${clean}BAD = 1\n` });
  const second = await concluded(world, pull.repository, pull.number);

  expect(second.check.conclusion).toBe("failure");
  expect(second.view.threads).toHaveLength(1);
  expect(second.view.reviews).toHaveLength(1);

  await push(pull, { "a.py": `${clean}# mended\n` });
  const third = await concluded(world, pull.repository, pull.number);

  expect(third.check).toMatchObject({ conclusion: "success", title: "No new findings" });
  expect(third.view.reviews).toHaveLength(1);
  expect(third.view.comments).toEqual([]);
});

test.each([
  ["one changed file", { "a.py": clean }, 6],
  ["forty changed files", Object.fromEntries(manyFiles(40)), 6],
])("a clean pull request of %s costs few requests and hears nothing", async (_, files, most) => {
  const before = Object.fromEntries(Object.keys(files).map((path) => [path, "x = 1\n"]));
  const pull = await open(before, files);

  const { view, check } = await concluded(world, pull.repository, pull.number);

  expect(check).toMatchObject({ conclusion: "success", title: "No new findings" });
  expect(view.reviews).toEqual([]);
  expect(view.comments).toEqual([]);
  // Each repository here is a new installation, whose first review also asks for a token.
  const asked = world.github.ledger.requests.filter(({ token }) => token === "installation");
  expect(asked.map(({ operation }) => operation)).toHaveLength(most);
  expect(world.github.ledger.contentCreating()).toEqual([]);
});

function manyFiles(count: number): [path: string, text: string][] {
  return Array.from({ length: count }, (_, index) => [`m${index}.py`, `${clean}# ${index}\n`]);
}

test("thirty findings cost one review", async () => {
  const bad = Array.from({ length: 30 }, (_, index) => `BAD_${index} = ${index}\n`).join("");
  const pull = await open({ "a.py": clean }, { "a.py": clean + bad });

  const { view } = await concluded(world, pull.repository, pull.number);

  expect(view.reviews).toHaveLength(1);
  expect(view.threads.length).toBeGreaterThan(0);
  const { ledger } = world.github;
  expect(ledger.calls("pulls/create-review")).toHaveLength(1);
  expect(ledger.contentCreating()).toHaveLength(1);
  expect(ledger.calls("checks/update")).toHaveLength(1);
});

test("a pull request without Python is said to have none", async () => {
  const pull = await open({ "README.md": "# Shop\n" }, { "README.md": "# Shop, BAD\n" });

  const { check } = await concluded(world, pull.repository, pull.number);

  expect(check).toMatchObject({ conclusion: "success", title: "No Python files changed" });
});

test("renamed, removed, empty and unreadable files are taken as they are", async () => {
  const long = `${clean}${"# filler\n".repeat(20)}`;
  const pull = await open(
    { "old.py": `${long}BAD = 0\n`, "gone.py": "BAD = 7\n", "latin.py": "x = 1\n" },
    {
      "old.py": null,
      "new name.py": `${long}BAD = 0\nBAD = 1\n`,
      "gone.py": null,
      "empty.py": "",
      "large.py": `x = 1\n${"# a line of no interest\n".repeat(50_000)}`,
      "nul.py": "x = 1\0\n",
    },
  );

  const { view, check } = await concluded(world, pull.repository, pull.number);

  expect(placesOf(view)).toEqual(["new name.py:24"]);
  expect(check.conclusion).toBe("failure");
  expect(check.summary).toContain("large.py");
  expect(check.summary).toContain("nul.py");
});

test("a change of more files than GitHub compares at once is read to its end", async () => {
  const many = Array.from({ length: 320 }, (_, index) => [`a${index}.txt`, `${index}\n`] as const);
  const files = { ...Object.fromEntries(many), "z.py": "BAD = 1\n" };
  const pull = await open({ "a.py": clean }, files);

  const { view, check } = await concluded(world, pull.repository, pull.number);

  expect(placesOf(view)).toEqual(["z.py:1"]);
  expect(check.conclusion).toBe("failure");
});

test("where GitHub shows no diff, the finding is told on the file", async () => {
  const long = `${"x = 1\n".repeat(21_000)}BAD = 1\n`;
  const pull = await open({ "a.py": clean }, { "long.py": long });

  const { view, check } = await concluded(world, pull.repository, pull.number);

  expect(view.files.find(({ path }) => path === "long.py")?.patch).toBeUndefined();
  expect(view.threads).toMatchObject([{ path: "long.py", subject: "file" }]);
  expect(check.conclusion).toBe("failure");
});

test("a draft has its check and no comments; made ready, it is reviewed", async () => {
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" }, { isDraft: true });
  const draft = await concluded(world, pull.repository, pull.number);
  expect(draft.check.conclusion).toBe("failure");
  expect(draft.view.threads).toEqual([]);

  await world.github.setDraft({ ...pull, isDraft: false });

  const again = (check: { id: number }) => check.id !== draft.check.id;
  const ready = await concluded(world, pull.repository, pull.number, again);
  expect(placesOf(ready.view)).toEqual(["a.py:1"]);
});

test("a fork's pull request is reviewed like any other", async () => {
  const { github } = world;
  const repository = await aRepository(world, { "a.py": clean });
  await github.fork(repository, "fern");
  const fork = `fern/${repository.split("/")[1]}`;
  const files = { "a.py": `${clean}BAD = 1\n` };
  await github.push({
    repository: fork,
    by: "fern",
    branch: "mine",
    commits: [{ message: "m", files }],
  });
  const number = await github.openPullRequest({
    repository,
    by: "fern",
    title: "From afar",
    head: "fern:mine",
  });

  const { view, check } = await concluded(world, repository, number);

  expect(placesOf(view)).toEqual(["a.py:3"]);
  github.rerequestCheckRun({ repository, by: "acme", run: check.id });
  const again = await concluded(world, repository, number, ({ id }) => id !== check.id);
  expect(again.view.threads).toHaveLength(1);
});

test("another base is another comparison", async () => {
  const { github } = world;
  const pull = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
  const first = await concluded(world, pull.repository, pull.number);
  const head = first.view.head.sha;
  await github.push({ ...pull, branch: "release", onto: head });

  await github.editPullRequest({ ...pull, base: "release" });

  const again = await concluded(
    world,
    pull.repository,
    pull.number,
    (c) => c.id !== first.check.id,
  );
  expect(again.check.conclusion).toBe("success");
});

test("our own failure ends the check neutral, and says so", async () => {
  const pull = await open({ "a.py": clean }, { "a.py": "CRASH\n" });

  const { view, check } = await concluded(world, pull.repository, pull.number);

  expect(check).toMatchObject({
    conclusion: "neutral",
    title: "Pyward could not finish this review",
  });
  expect(view.reviews).toEqual([]);
  expect(view.checkRuns.filter(({ name }) => name === "Pyward")).toHaveLength(1);
  expect(world.log.join("")).toContain("marker-engine.ts");
  expect(world.log.join("")).not.toContain("the engine broke");
});

test("a check is there, and neutral, even where GitHub never showed us the pull request", async () => {
  const pulls = { operation: "pulls/get" };
  world.github.faults.add({ kind: "status", status: 404, times: 2, match: pulls });
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });

  const { check } = await concluded(world, pull.repository, pull.number);

  expect(check.conclusion).toBe("neutral");
});

test("a pull request closed before its review is done has its check cancelled", async () => {
  const { github } = world;
  const compare = { operation: "repos/compare-commits-with-basehead" };
  github.faults.add({ kind: "secondary-limit", retryAfter: 2, match: compare });
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });
  await github.waitFor("the limit", () =>
    github.ledger.requests.find((each) => each.status === 403),
  );

  await github.closePullRequest(pull);

  const { view, check } = await concluded(world, pull.repository, pull.number);
  expect(check).toMatchObject({ conclusion: "cancelled", title: "The pull request was closed" });
  expect(view.reviews).toEqual([]);
});

test("a delivery that comes twice is worked on once", async () => {
  world.github.webhooks.duplicateNext("pull_request");
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });

  await concluded(world, pull.repository, pull.number);
  const opened = world.github.webhooks.log.findLast(({ action }) => action === "opened");
  world.github.webhooks.redeliver(opened?.id ?? 0);
  await world.github.waitFor("all deliveries are answered", () =>
    world.github.webhooks.log.every(({ statusCode }) => statusCode !== 0),
  );

  const { view } = await concluded(world, pull.repository, pull.number);
  expect(view.checkRuns).toHaveLength(1);
  expect(view.reviews).toHaveLength(1);
});

test("a command is seen at once and thanked when the review is there", async () => {
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });
  const first = await concluded(world, pull.repository, pull.number);

  world.github.comment({ ...pull, body: "/pyward review" });

  const again = await concluded(
    world,
    pull.repository,
    pull.number,
    (c) => c.id !== first.check.id,
  );
  expect(again.check.conclusion).toBe("failure");
  expect(again.view.reviews).toHaveLength(1);
  const reactions = await world.github.waitFor("the rocket", async () => {
    const [owner = "", repo = ""] = pull.repository.split("/");
    const view = await world.github.pullRequestView(owner, repo, pull.number);
    const seen = view.comments[0]?.reactions.map(({ content }) => content) ?? [];
    return seen.includes("rocket") && seen;
  });
  expect(reactions).toEqual(["eyes", "rocket"]);
});

test("a stranger's command is refused once, politely; help is for those who may", async () => {
  const { github } = world;
  const pull = await open({ "a.py": clean }, { "a.py": clean.replace("sum", "len") });
  await concluded(world, pull.repository, pull.number);
  const [owner = "", repo = ""] = pull.repository.split("/");
  const look = () => github.pullRequestView(owner, repo, pull.number);
  const lastReactions = (view: PullRequestView, body: string) =>
    view.comments.findLast((each) => each.body === body)?.reactions.map((each) => each.content);

  for (const body of ["/pyward review", "/pyward review please"]) {
    github.comment({ ...pull, by: "stranger", body });
    await github.waitFor("the refusal", async () =>
      lastReactions(await look(), body)?.includes("confused"),
    );
  }
  github.setRole(pull.repository, "wendy", "write");
  github.comment({ ...pull, by: "wendy", body: "/pyward help" });
  await github.waitFor("the help", async () =>
    lastReactions(await look(), "/pyward help")?.includes("rocket"),
  );

  const view = await look();
  const ours = view.comments.filter(({ author }) => author.isBot);
  expect(ours).toHaveLength(2);
  expect(ours[1]?.body).toContain("/pyward review");
  expect(view.checkRuns).toHaveLength(1);
});

test("a command in a thread is answered in the thread", async () => {
  const { github } = world;
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });
  const { view } = await concluded(world, pull.repository, pull.number);
  const thread = view.threads[0]?.id ?? "";

  github.reply({ thread, by: "mona", body: "/pyward hlp" });

  const comments = await github.waitFor("the answer", async () => {
    const [owner = "", repo = ""] = pull.repository.split("/");
    const now = await github.pullRequestView(owner, repo, pull.number);
    return now.threads[0]?.comments.length === 3 && now.threads[0].comments;
  });
  expect(comments[2]?.author.isBot).toBe(true);
  expect(comments[2]?.body).toContain("/pyward help");
  expect(comments[1]?.reactions.map(({ content }) => content)).toEqual(["eyes", "confused"]);
});

test("a review whose answer is lost is not posted twice", async () => {
  world.github.faults.add({ kind: "reset-after", match: { operation: "pulls/create-review" } });
  world.github.faults.add({ kind: "reset-after", match: { operation: "checks/create" } });
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });

  const { view, check } = await concluded(world, pull.repository, pull.number);

  expect(check.conclusion).toBe("failure");
  expect(view.reviews).toHaveLength(1);
  expect(view.threads).toHaveLength(1);
  expect(view.checkRuns).toHaveLength(1);
});

test("a check whose conclusion is lost is not concluded twice", async () => {
  world.github.faults.add({ kind: "reset-after", match: { operation: "checks/update" } });
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });

  const { view, check } = await concluded(world, pull.repository, pull.number);
  await world.github.waitFor(
    "the second attempt",
    () => world.github.ledger.calls("checks/get").length === 1,
  );

  expect(check.annotations).toHaveLength(1);
  expect(view.checkRuns).toHaveLength(1);
});

test("where the conversation is locked, the check still tells everything", async () => {
  world.github.faults.add({
    kind: "status",
    status: 403,
    body: { message: "Unable to create comment because issue is locked." },
    match: { operation: "pulls/create-review" },
  });
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });

  const { view, check } = await concluded(world, pull.repository, pull.number);

  expect(check.conclusion).toBe("failure");
  expect(view.reviews).toEqual([]);
});

test("GitHub's limit is waited for, not fought", async () => {
  world.github.faults.add({
    kind: "secondary-limit",
    retryAfter: 1,
    match: { operation: "pulls/create-review" },
  });
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });

  const { view, check } = await concluded(world, pull.repository, pull.number);

  expect(check.conclusion).toBe("failure");
  expect(view.reviews).toHaveLength(1);
});

test("newer commits replace older work, whose check ends superseded", async () => {
  const { github } = world;
  // The first review is held up while it reads.
  github.faults.add({
    kind: "delay",
    ms: 1500,
    match: { operation: "repos/compare-commits-with-basehead" },
  });
  const pull = await open({ "a.py": clean }, { "a.py": "BAD = 1\n" });
  await github.waitFor("the first review begins", () => github.ledger.calls("checks/create")[0]);

  await push(pull, { "a.py": `${clean}BAD = 2\n` });

  const { view, check } = await concluded(world, pull.repository, pull.number);
  expect(check.conclusion).toBe("failure");
  expect(placesOf(view)).toEqual(["a.py:3"]);
  expect(view.reviews).toHaveLength(1);
  const [earlier] = view.earlierCheckRuns;
  expect(earlier).toMatchObject({
    conclusion: "cancelled",
    title: `Superseded by ${view.head.sha.slice(0, 7)}`,
  });
});

test("a merge queue gets its check", async () => {
  const { github } = world;
  const pull = await open({ "a.py": clean }, { "a.py": `${clean}BAD = 1\n` });
  await concluded(world, pull.repository, pull.number);

  const group = await github.queueForMerge({ ...pull, by: "acme" });

  const repository = [...github.world.repositories.values()].find(
    (each) => `${each.owner.login}/${each.name}` === pull.repository,
  );
  const run = await github.waitFor("the group's check", () =>
    repository?.checkRuns.find((each) => each.headSha === group.headSha && each.conclusion),
  );
  expect(run.conclusion).toBe("failure");
  expect(github.ledger.calls("pulls/create-review")).toHaveLength(1);
});

test("nothing of the code, and no token, was logged", () => {
  const log = world.log.join("");

  expect(log).toContain('"msg":"reviewed"');
  expect(log).not.toContain("BAD");
  expect(log).not.toContain("def total");
  expect(log).not.toMatch(/ghs_|Bearer|BEGIN/u);
});
