// The campaign of misfortunes: whatever befalls the App or what it depends on, no review is lost, none
// is said twice, and no check stays open. `npm run test:faults` lives through all of it on both stores,
// at least 1,000 reviews; `PYWARD_MISFORTUNE="clock"` through those of that name alone, and
// `PYWARD_SEED=7` with other dice.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Killed, type KillStep, killAt, nameOfStep, recordSteps } from "./kill-at-steps.ts";
import { liveThrough } from "./live-through.ts";
import { misfortunes } from "./misfortunes.ts";
import { type Site, type StoreKind, startSite } from "./site.ts";

const isWhole = process.env.PYWARD_FAULTS !== undefined;
const pullRequests = Number(process.env.PYWARD_FAULTS ?? 0);
const seed = Number(process.env.PYWARD_SEED ?? 1);
const only = process.env.PYWARD_MISFORTUNE ?? "";
const serverUrl = process.env.DATABASE_URL;
if (serverUrl === undefined) {
  console.warn("DATABASE_URL is not set: no misfortunes on PostgreSQL");
}
const stores: readonly StoreKind[] =
  serverUrl === undefined ? ["embedded"] : ["embedded", "PostgreSQL"];

/** What the usual run of the tests has time for. */
const few = {
  steps: ["web after commit", "after checks/create", "after pulls/create-review"],
  misfortunes: ["GitHub did it, and its answer is lost", "tokens expire early", "the clock jumps"],
  pullRequests: 4,
} as const;

const told: string[] = [];
let reviews = 0;
let lost = 0;

afterAll(() => {
  console.log([...told, `${lost} of ${reviews} reviews lost or doubled, seed ${seed}`].join("\n"));
});

describe.each(stores)("on the %s store", { timeout: 3_600_000 }, (store) => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite({ store, serverUrl });
    await site.start();
  });

  afterAll(() => site.close());

  test("a process may be killed at every step of a review", async () => {
    const all = await recordSteps(site);
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["checks/create", "pulls/create-review", "commit"]),
    );
    const steps = all.filter(isChosen);
    const killed: Killed[] = [];
    for (const [index, step] of steps.entries()) {
      const one = await killAt(site, step, index + 3);
      killed.push(one);
      count(one.reviews, one.wrong.length > 0 ? 1 : 0);
    }
    const reached = killed.filter(({ isReached }) => isReached);
    const slowest = Math.max(0, ...reached.map(({ seconds }) => seconds));
    told.push(
      `${store}: killed at ${reached.length} of ${steps.length} steps; concluded at most ${slowest.toFixed(0)} s after the next start`,
      ...killed
        .filter(({ isReached }) => !isReached)
        .map(({ step }) => `  passed by: ${nameOfStep(step)}`),
    );
    const wrong = killed.flatMap((one) =>
      one.wrong.map((each) => `${nameOfStep(one.step)}: ${each}`),
    );
    expect(wrong).toEqual([]);
    // How often a statement is run may differ; that it is run, and that the process was killed there, not.
    const kindOf = ({ step }: Killed) => nameOfStep({ ...step, nth: 0 });
    expect(new Set(reached.map(kindOf))).toEqual(new Set(killed.map(kindOf)));
  });

  const here = misfortunes.filter(
    ({ name, stores: where = stores }) =>
      where.includes(store) &&
      (isWhole ? name.includes(only) : few.misfortunes.some((each) => each === name)),
  );

  test.each(here.map((each) => [each.name, each] as const))("%s", async (name, misfortune) => {
    const began = performance.now();
    const trial = { count: isWhole ? pullRequests : few.pullRequests, seed };
    const { wrong, reviews: made } = await liveThrough(site, misfortune, trial);
    count(made, new Set(wrong.map((each) => each.split(":")[0])).size);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    if (wrong.length > 0) console.log(`${store}: ${name}:\n${wrong.join("\n")}`);
    told.push(`${store}: ${name}: ${made} reviews in ${seconds} s, ${wrong.length} faults`);
    expect(wrong).toEqual([]);
  });
});

function isChosen(step: KillStep): boolean {
  if (!isWhole) return few.steps.some((words) => nameOfStep(step).includes(words));
  return only === "" || nameOfStep(step).includes(only);
}

function count(made: number, wrong: number): void {
  reviews += made;
  lost += wrong;
}
