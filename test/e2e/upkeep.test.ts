// What was missed is made good, what was forgotten ends, and what is nobody's any more goes.

import { afterEach, beforeEach, expect, test } from "vitest";
import type { Delivery } from "../github-emulator/webhooks.ts";
import { markerEngine } from "./marker-engine.ts";
import { aRepository, concluded, startWorld, type WorldOfOne } from "./world.ts";

let world: WorldOfOne;

beforeEach(async () => {
  world = await startWorld({
    engine: markerEngine(),
    upkeep: { everySeconds: 0.2, youngestDeliveryMs: 0, forgottenAfterSeconds: 0 },
  });
});

afterEach(() => world.close());

async function openPullRequest(repository: string): Promise<number> {
  const place = { repository, by: "mona" };
  const commits = [{ message: "change", files: { "a.py": "x = 1\nBAD = 2\n" } }];
  await world.github.push({ ...place, branch: "feature", commits });
  return await world.github.openPullRequest({ ...place, title: "A change", head: "feature" });
}

function attempts(guid: string | undefined): readonly Delivery[] {
  return world.github.webhooks.log.filter((delivery) => delivery.guid === guid);
}

test("a delivery that was lost is asked for once more, and its pull request is reviewed", async () => {
  const repository = await aRepository(world, { "a.py": "x = 1\n" });
  world.github.webhooks.loseNext("pull_request");

  const number = await openPullRequest(repository);

  const { view, check } = await concluded(world, repository, number);
  expect(check.conclusion).toBe("failure");
  expect(view.reviews).toHaveLength(1);
  const lost = world.github.webhooks.log.find(({ event }) => event === "pull_request");
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(attempts(lost?.guid).map(({ isRedelivery }) => isRedelivery)).toEqual([false, true]);
  expect(world.github.ledger.violations).toEqual([]);
});

test("what happened while nobody listened is reviewed after the next start", async () => {
  const repository = await aRepository(world, { "a.py": "x = 1\n" });
  await world.app.stop();
  for (const event of ["pull_request", "push", "check_suite"]) {
    world.github.webhooks.loseNext(event);
  }
  const number = await openPullRequest(repository);
  // Not even GitHub's list of failed deliveries helps.
  world.github.faults.add({
    ...{ kind: "status", status: 500, times: Number.POSITIVE_INFINITY },
    match: { operation: "apps/list-webhook-deliveries" },
  });

  await world.forget();

  const { view } = await concluded(world, repository, number);
  expect(view.reviews).toHaveLength(1);
  expect(view.checkRuns).toHaveLength(1);
});

test("a head that has its check is not reviewed again after a start", async () => {
  const repository = await aRepository(world, { "a.py": "x = 1\n" });
  const number = await openPullRequest(repository);
  await concluded(world, repository, number);

  await world.forget();
  await world.github.waitFor("the reconcile looks for the check", () =>
    world.github.ledger.calls("checks/list-for-ref").at(-1),
  );
  await new Promise((resolve) => setTimeout(resolve, 500));

  const { view } = await concluded(world, repository, number);
  expect(view.checkRuns).toHaveLength(1);
  expect(view.reviews).toHaveLength(1);
});
