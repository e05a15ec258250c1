// One installation floods us: another one's review is not kept waiting until the flood is drained.

import { expect, test } from "vitest";
import { reviewHere } from "../../src/jobs/reviewer.ts";
import { markerEngine } from "./marker-engine.ts";
import { startWorld, type WorldOfOne } from "./world.ts";

const flood = 12;

test("what another installation asks is reviewed before the rest of a flood that came first", async () => {
  const inner = reviewHere(markerEngine());
  const gate = Promise.withResolvers<void>();
  const begun: string[] = [];
  const world = await startWorld({
    engine: markerEngine(),
    concurrency: 2,
    reviewer: {
      close: inner.close,
      async review(change, ...more) {
        begun.push(...change.files.map(({ path }) => path));
        // Nothing ends before all has come in.
        await gate.promise;
        return await inner.review(change, ...more);
      },
    },
  });
  const { github } = world;
  try {
    for (const owner of ["busy", "calm"]) {
      const commits = [{ message: "begin", files: { "a.py": "x = 1\n" } }];
      await github.createRepository({ owner, name: "shop", commits });
    }
    for (let nth = 0; nth < flood; nth += 1) await open(world, "busy", nth);
    await open(world, "calm", 0);
    await github.webhooks.settled();
    const before = begun.length;

    gate.resolve();

    const endedOf = (owner: string) =>
      github.world.repositories
        .get(`${owner}/shop`)
        ?.checkRuns.filter(({ completedAt }) => completedAt).length;
    await github.waitFor("the calm one", () => endedOf("calm") === 1, 180_000);
    expect(endedOf("busy")).toBeLessThan(flood);
    await github.waitFor("the flood", () => endedOf("busy") === flood, 180_000);
    expect(before).toBeGreaterThan(0);
    // Beside it, others may begin on the places that become free at the same moment.
    expect(begun.indexOf("calm_0.py")).toBeLessThan(2 * before);
    expect(begun).toHaveLength(flood + 1);
  } finally {
    gate.resolve();
    await world.close();
  }
});

async function open({ github }: WorldOfOne, owner: string, nth: number): Promise<void> {
  const place = { repository: `${owner}/shop`, by: owner };
  const branch = `feature-${nth}`;
  const files = { [`${owner}_${nth}.py`]: "BAD = 2\n" };
  await github.push({ ...place, branch, commits: [{ message: "change", files }] });
  await github.openPullRequest({ ...place, title: `No. ${nth}`, head: branch });
}
