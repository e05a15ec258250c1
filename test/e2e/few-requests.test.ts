// What a review comes to when GitHub allows few requests more: all in the check, nothing in comments,
// and the comments once there is room again.

import { afterEach, expect, test } from "vitest";
import { atRest, watched } from "./at-rest.ts";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

afterEach(() => world.close());

async function open(files: Readonly<Record<string, string>>) {
  const repository = await aRepository(world, { "a.py": "x = 1\n" });
  const place = { repository, by: "mona" };
  await world.github.push({ ...place, branch: "feature", commits: [{ message: "change", files }] });
  const number = await world.github.openPullRequest({ ...place, title: "A", head: "feature" });
  return { ...place, number, ...(await concluded(world, repository, number)) };
}

test("with a nearly empty budget the check tells all, and says why there is no comment", async () => {
  world = await startWorld({ engine: markerEngine() });
  world.github.limits.spend("core", 4502);

  const { view, check, repository, number, by } = await open({ "a.py": "BAD = 1\nx = 1\n" });

  expect(check.conclusion).toBe("failure");
  expect(check.summary).toContain("/rules/security/sql-injection");
  expect(check.annotations).toHaveLength(1);
  expect(check.summary).toMatch(/few requests more here until `\d\d:\d\d UTC`/u);
  expect(view.reviews).toEqual([]);
  expect(view.threads).toEqual([]);
  expect(world.github.ledger.contentCreating()).toEqual([]);

  world.github.limits.renew();
  world.github.comment({ repository, number, by, body: "/pyward review" });

  const after = await world.github.waitFor(
    "the comments come",
    async () => {
      const now = await world.github.pullRequestView("acme", repository.slice(5), number);
      return now.threads.length > 0 && now;
    },
    60_000,
  );
  expect(after.threads).toHaveLength(1);
  expect(world.github.ledger.violations).toEqual([]);
});

test("what was held back follows by itself once there are requests again, and once", async () => {
  const upkeep = { everySeconds: 1 };
  world = await startWorld({ engine: markerEngine(), upkeep }, { environment: watched });
  const { github } = world;
  github.limits.spend("core", 4502);
  github.limits.endIn(15);

  const { view, check, repository, number } = await open({ "a.py": "BAD = 1\nx = 1\n" });
  expect(view.threads).toEqual([]);
  expect(check.summary).toMatch(/so this is told without comments\. They follow then\./u);
  github.limits.renew();
  const isNew = ({ id }: { readonly id: number }) => id > check.id;
  await concluded(world, repository, number, isNew);
  await atRest(world);

  const after = await github.pullRequestView("acme", repository.slice(5), number);
  expect(after.threads.map(({ path, line }) => `${path}:${line}`)).toEqual(["a.py:1"]);
  expect(after.checkRuns.map(({ conclusion }) => conclusion)).toEqual(["failure", "failure"]);
  expect(after.checkRuns[1]?.summary).not.toContain("without comments");
  expect(github.ledger.contentCreating()).toHaveLength(1);
  expect(github.ledger.violations).toEqual([]);
});

test("where there is nothing to say, few requests are no matter", async () => {
  world = await startWorld({ engine: markerEngine() });
  world.github.limits.spend("core", 4502);

  const { check } = await open({ "a.py": "x = 2\n" });

  expect(check.conclusion).toBe("success");
  expect(check.summary).not.toContain("requests");
});

test("a fix is told in its comment by the next review that has room for it", async () => {
  world = await startWorld({ engine: markerEngine() });
  const { repository, number, by } = await open({ "a.py": "BAD = 1\nx = 1\n" });
  world.github.limits.spend("graphql", 4990);
  const place = { repository, by, branch: "feature" };

  const fix = [{ message: "fix", files: { "a.py": "x = 1\n" } }];
  await world.github.push({ ...place, commits: fix });
  const spared = await concluded(world, repository, number);
  expect(spared.check.conclusion).toBe("success");
  expect(spared.check.summary).toContain("told without comments");
  expect(spared.view.threads[0]?.comments[0]?.body).not.toContain("Fixed");

  world.github.limits.renew();
  world.github.comment({ repository, number, by, body: "/pyward review" });
  await world.github.waitFor(
    "the comment says so",
    async () => {
      const { threads } = await world.github.pullRequestView("acme", repository.slice(5), number);
      return threads[0]?.comments[0]?.body.includes("Fixed in");
    },
    60_000,
  );
});
