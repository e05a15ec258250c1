// Whatever happens to a pull request, in whatever order we hear of it: in the end there stands what a
// first review of the last commit would say, nothing twice, and no check is open.
// `PYWARD_HISTORIES=1000` lives through more of them, `PYWARD_FIRST=200` from another seed on,
// `PYWARD_SEED=7` through one alone.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { watched } from "./at-rest.ts";
import { faultEngine } from "./fault-engine.ts";
import { liveThrough } from "./history.ts";
import { startWorld, type WorldOfOne } from "./world.ts";

const only = process.env.PYWARD_SEED;
const count = Number(process.env.PYWARD_HISTORIES ?? 12);
const firstSeed = Number(process.env.PYWARD_FIRST ?? 1);
const seeds =
  only === undefined
    ? Array.from({ length: count }, (_, index) => index + firstSeed)
    : [Number(only)];
const steps = 7;

/** In milliseconds: for what hangs only. */
const limit = 3_600_000;

let world: WorldOfOne;

beforeAll(async () => {
  // What a busy machine loses is sent again while somebody waits for it.
  const upkeep = { everySeconds: 5, youngestDeliveryMs: 5000 };
  world = await startWorld({ engine: faultEngine(), upkeep }, { environment: watched });
});

afterAll(() => world.close());

afterEach(({ task }) => {
  const { ledger, limits } = world.github;
  // All live in one organisation, and a thousand need more than an hour's requests.
  limits.renew();
  // Commits that come while a review is on its way make GitHub refuse it; nobody can know before.
  const violations = ledger.violations.filter(
    ({ detail }) => !detail.includes("not part of the pull request"),
  );
  ledger.clear();
  expect(violations, task.name).toEqual([]);
});

/** As many live side by side, which is how an App lives; `PYWARD_AT_ONCE=16` makes it a busy one. */
const atOnce = Number(process.env.PYWARD_AT_ONCE ?? 4);
const groups = Array.from({ length: Math.ceil(seeds.length / atOnce) }, (_, index) =>
  seeds.slice(index * atOnce, (index + 1) * atOnce),
);

test.each(groups.map((group) => [group.join(", "), group] as const))(
  "histories %s end as they should",
  async (_, group) => {
    const lives = group.map(async (seed) => {
      const wrong = await liveThrough(world, { seed, steps });
      return wrong.map((each) => `seed ${seed}: ${each}`);
    });

    expect((await Promise.all(lives)).flat()).toEqual([]);
  },
  limit,
);

const few = seeds.slice(0, Math.max(1, Math.ceil(seeds.length / 8)));

test.each(few)(
  "history %i ends as it should where the store is wiped on the way",
  async (seed) => {
    const options = { seed: seed + 5000, steps, beside: "forget" } as const;

    expect(await liveThrough(world, options)).toEqual([]);
  },
  limit,
);

test.each(few)(
  "history %i ends as it should where main is given the same files",
  async (seed) => {
    const options = { seed: seed + 9000, steps, beside: "adopt" } as const;

    expect(await liveThrough(world, options)).toEqual([]);
  },
  limit,
);
