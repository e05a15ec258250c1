// The config of a repository and of its organisation, from the branch that a change cannot touch.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

beforeAll(async () => {
  world = await startWorld({ engine: markerEngine() });
});

afterAll(() => world.close());

afterEach(({ task }) => {
  const violations = [...world.github.ledger.violations];
  world.github.ledger.clear();
  expect(violations, task.name).toEqual([]);
});

const config = ".github/pyward.yml";
const bad = "BAD = 1\n";

/** Opens a pull request and waits for its check. */
async function review(
  before: Record<string, string>,
  after: Record<string, string | null>,
  options: { isDraft?: boolean; repository?: string } = {},
) {
  const { isDraft = false, repository = await aRepository(world, before) } = options;
  const place = { repository, by: "mona" };
  const branch = `change-${Math.random().toString(36).slice(2)}`;
  const commits = [{ message: "change", files: after }];
  await world.github.push({ ...place, branch, commits });
  world.github.ledger.clear();
  const title = "A change";
  const number = await world.github.openPullRequest({ ...place, title, head: branch, isDraft });
  return { place, number, ...(await concluded(world, repository, number)) };
}

test("what the base branch says holds", async () => {
  const { check, view } = await review(
    { [config]: "rules: { sql-injection: comment }\nignore: [old/]\n", "a.py": "x = 1\n" },
    { "a.py": bad, "old/b.py": bad },
  );

  expect(check).toMatchObject({ conclusion: "success", title: "1 new finding" });
  expect(view.threads.map(({ path }) => path)).toEqual(["a.py"]);
  expect(check.summary).toContain("Left out: `old/b.py` (ignored)");
});

test("a change cannot switch off its own review, and is told what it would change", async () => {
  const { check } = await review(
    { "a.py": "x = 1\n" },
    { "a.py": bad, [config]: "fail-on: never\nrules: { sql-injection: off }\n" },
  );

  expect(check).toMatchObject({
    conclusion: "failure",
    title: "1 new finding, 1 must be fixed",
  });
  expect(check.summary).toContain("What this config would change, once merged:");
  expect(check.summary).toContain("- `fail-on: high -> never`");
  expect(check.summary).toContain("- `rules: sql-injection: off`");
});

test("each mistake in a changed config is told on its line, and asks to act", async () => {
  const { check } = await review(
    { "a.py": "x = 1\n" },
    { [config]: "fail-on: high\nrules:\n  desing/missing-index: off\n  a: b\n" },
  );

  expect(check.conclusion).toBe("action_required");
  expect(check.annotations).toMatchObject([{ path: config, startLine: 4, level: "failure" }]);
  expect(check.summary).toContain("until it can, what held before holds");
});

test("of a config that broke on the base branch the last good version holds, and that is said", async () => {
  const repository = await aRepository(world, { [config]: "fail-on: never\n", "a.py": "x = 1\n" });
  const commits = [{ message: "break", files: { [config]: "fail-on: soon\n" } }];
  await world.github.push({ repository, by: "mona", branch: "main", commits });
  const { check } = await review({}, { "a.py": bad }, { repository });

  expect(check.conclusion).toBe("success");
  expect(check.summary).toMatch(
    /pyward\.yml:1`: .*soon.* Until then the version of \w{7} holds\./u,
  );
});

test("the baseline of the base branch is honoured, with its reason", async () => {
  const first = await review({ "a.py": "x = 1\n" }, { "a.py": bad });
  const body = first.view.threads[0]?.comments[0]?.body ?? "";
  const fingerprint = /[0-9a-f]{16}/u.exec(body)?.[0] ?? "";
  const entry = { fingerprint, rule: "security/sql-injection", path: "a.py", reason: "test data" };
  const baseline = JSON.stringify({ version: 1, findings: [entry] });
  const { check } = await review(
    { "a.py": "x = 1\n", ".github/pyward-baseline.json": baseline },
    { "a.py": bad },
  );

  expect(check).toMatchObject({ conclusion: "success", title: "No new findings" });
  expect(check.summary).toContain("1 accepted in the baseline");
  expect(check.summary).toContain("test data");
});

test("drafts are looked at as the config says", async () => {
  const files = { "a.py": bad };
  const usual = await review({ "a.py": "x = 1\n" }, files, { isDraft: true });
  expect(usual.check.conclusion).toBe("failure");
  expect(usual.view.threads).toEqual([]);

  const full = await review({ [config]: "drafts: full\n" }, files, { isDraft: true });
  expect(full.view.threads).toHaveLength(1);

  const skipped = await review({ [config]: "drafts: skip\n" }, files, { isDraft: true });
  expect(skipped.check).toMatchObject({ conclusion: "skipped" });
});

test("an organisation's file holds where a repository says nothing, and what it enforces holds anyway", async () => {
  const { github } = world;
  const theirs = "drafts: full\nenforced:\n  rules: { sql-injection: comment }\n";
  await github.createRepository({
    owner: "umbrella",
    name: ".github",
    roles: {},
    commits: [{ message: "begin", files: { "pyward.yml": theirs } }],
  });
  const files = { [config]: "rules: { '*': off }\n", "a.py": "x = 1\n" };
  await github.createRepository({
    owner: "umbrella",
    name: "shop",
    roles: { mona: "write" },
    commits: [{ message: "begin", files }],
  });
  const { view, check, place, number } = await review(
    {},
    { "a.py": `${bad}MEH = 1\n` },
    { repository: "umbrella/shop", isDraft: true },
  );

  expect(view.threads.map(({ line }) => line)).toEqual([1]);
  expect(check.conclusion).toBe("success");

  await github.comment({ ...place, number, body: "/pyward config" });
  const answer = await github.waitFor("the config is told", async () => {
    const { comments } = await github.pullRequestView("umbrella", "shop", number);
    return comments.find(({ body }) => body.includes("What holds here"));
  });
  expect(answer.body).toContain("drafts: full  # umbrella/.github: pyward.yml");
  expect(answer.body).toContain("rules: *: off  # .github/pyward.yml");
});

test("a file can begin from another repository's", async () => {
  const shared = await aRepository(world, { "pyward.yml": "fail-on: never\ndrafts: skip\n" });
  const { check, view } = await review(
    { [config]: `extends: ${shared}\ndrafts: full\n`, "a.py": "x = 1\n" },
    { "a.py": bad },
    { isDraft: true },
  );

  expect(check).toMatchObject({ conclusion: "success", title: "1 new finding" });
  expect(view.threads).toHaveLength(1);
});

test("a file that begins from nowhere holds by itself, and says so", async () => {
  const { check } = await review(
    { [config]: "extends: acme/nowhere\nfail-on: never\n", "a.py": "x = 1\n" },
    { "a.py": bad },
  );

  expect(check.conclusion).toBe("success");
  expect(check.summary).toContain("`acme/nowhere` is extended, but no pyward.yml is in reach");
});
