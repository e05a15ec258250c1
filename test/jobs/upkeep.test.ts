// What the store is asked for its upkeep.

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noMetrics } from "../../src/jobs/metrics.ts";
import { sayHeldBack } from "../../src/jobs/say-held-back.ts";
import { sweepForgotten } from "../../src/jobs/sweep-forgotten.ts";
import { startUpkeep } from "../../src/jobs/upkeep.ts";
import type { UpkeepTools } from "../../src/jobs/upkeep-tools.ts";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { aDataFolder } from "../a-folder.ts";
import { aPlace, aReviewAsk, quiet } from "./makers.ts";

let database: Database;
let store: Store;

beforeAll(async () => {
  database = await openDatabase({ databaseUrl: undefined, dataDir: aDataFolder("upkeep") });
  store = await createStore(database);
});

afterAll(() => database.close());

test("of several processes one has the lease, until it lets go or is heard of no more", async () => {
  expect(await store.upkeep.holdLease("a", "one", 60)).toBe(true);
  expect(await store.upkeep.holdLease("a", "two", 60)).toBe(false);
  expect(await store.upkeep.holdLease("a", "one", 0)).toBe(true);
  expect(await store.upkeep.holdLease("a", "two", 60)).toBe(true);
  await store.upkeep.releaseLease("a", "two");
  expect(await store.upkeep.holdLease("a", "one", 60)).toBe(true);
});

describe("a review whose comments were held back", () => {
  async function held(slot: string, until: Date): Promise<string> {
    const id = randomUUID();
    const number = Number(slot.split("#")[1]);
    await store.requests.remember(`opened ${id}`, aReviewAsk({ number, isFull: true }));
    await store.requests.settle([`opened ${id}`], "done");
    await store.reviews.begin({ id, slot, head: "c0ffee", checkRun: 1 });
    await store.reviews.holdBack(id, until);
    await store.reviews.end(id, "done");
    return id;
  }
  const submitted: [string, unknown][] = [];
  const tools = () => ({
    store,
    log: quiet,
    submit: async (delivery: string, ask: unknown) => submitted.push([delivery, ask]) > 0,
  });
  const past = new Date(Date.now() - 60_000);

  test("is asked for again once the time is over, and once", async () => {
    const id = await held("42#21", past);
    await held("42#22", new Date(Date.now() + 3_600_000));

    await sayHeldBack(tools());
    await sayHeldBack(tools());

    expect(submitted.splice(0)).toEqual([[`held:${id}`, aReviewAsk({ number: 21 })]]);
  });

  test("is not where a newer one has said it all", async () => {
    await held("42#23", past);
    const newer = { id: randomUUID(), slot: "42#23", head: "decaf", checkRun: 2 };
    await store.reviews.begin(newer);
    await store.reviews.end(newer.id, "done");

    await sayHeldBack(tools());

    expect(submitted).toEqual([]);
  });
});

describe("a review that began and did not end", () => {
  const submitted: [string, unknown][] = [];
  const tools = () =>
    ({
      store,
      log: quiet,
      submit: async (delivery, ask) => {
        submitted.push([delivery, ask]);
        return await store.requests.remember(delivery, ask);
      },
    }) satisfies Pick<UpkeepTools, "store" | "log" | "submit"> as unknown as UpkeepTools;

  test("is taken up once more, without the orders of then, and at last let go", async () => {
    const id = randomUUID();
    const ask = aReviewAsk({ number: 5, isFull: true });
    await store.requests.remember("opened", ask);
    await store.reviews.begin({ id, slot: "42#5", head: "c0ffee", checkRun: 1 });
    await sweepForgotten(tools(), 0);
    expect(submitted).toEqual([]);
    await store.requests.settle(["opened"], "done");

    await sweepForgotten(tools(), 3600);
    expect(submitted).toEqual([]);
    await sweepForgotten(tools(), 0);
    expect(submitted).toEqual([[`sweep:${id}`, aReviewAsk({ number: 5 })]]);

    await store.requests.settle([`sweep:${id}`], "failed");
    await sweepForgotten(tools(), 0);
    expect(submitted).toHaveLength(1);
    expect(await store.reviews.running("42#5")).toEqual([]);
  });
});

test("what is stored of a removed installation goes, and nothing of the others", async () => {
  const decision = {
    ...{ number: 1, reason: "known", by: "mona", at: "2026-01-01T00:00:00Z" },
    subject: { kind: "rule", rule: "security/sql-injection" },
  } as const;
  for (const [installation, repositoryId] of [
    [70, 700],
    [71, 710],
  ] as const) {
    const place = aPlace({ installation, repositoryId });
    await store.requests.remember(`of-${installation}`, aReviewAsk({ place }));
    await store.requests.settle([`of-${installation}`], "done");
    await store.decisions.keep(repositoryId, decision);
    await store.sayOnce(`reply/${repositoryId}/issue/1`);
    await store.reviews.begin({
      ...{ id: randomUUID(), slot: `${repositoryId}#1`, head: "c0ffee", checkRun: 1 },
    });
  }

  await store.upkeep.forget(70, undefined);

  for (const table of ["request", "review", "said", "decision", "repository"]) {
    const rows = JSON.stringify(await database.query(`select * from pyward.${table}`));
    expect(rows, table).not.toMatch(/\b700\b/u);
    expect(rows, table).toMatch(/\b710\b/u);
  }
  expect(await store.upkeep.installations()).not.toContain(70);
});

test("what work under way wrote after its installation was removed is deleted too", async () => {
  await store.reviews.begin({ id: randomUUID(), slot: "990#1", head: "c0ffee", checkRun: 1 });
  await store.sayOnce("reply/990/issue/1");
  await store.sayOnce("redelivery//a-guid/1");
  await store.upkeep.deleteOld({ requests: 14, reviews: 90 });
  expect(await store.reviews.running("990#1")).toHaveLength(1);
  await database.query("update pyward.review set started_at = now() - interval '2 hours'");
  await database.query("update pyward.said set at = now() - interval '2 hours'");

  await store.upkeep.deleteOld({ requests: 14, reviews: 90 });

  expect(await store.reviews.running("990#1")).toEqual([]);
  expect(await store.wasSaid("reply/990/issue/1")).toBe(false);
  expect(await store.wasSaid("redelivery//a-guid/1")).toBe(true);
});

test("what is settled and ended long ago is deleted", async () => {
  await store.requests.remember("old", aReviewAsk({ number: 9 }));
  await store.requests.settle(["old"], "done");
  await database.query(
    "update pyward.request set settled_at = now() - interval '20 days' where delivery = 'old'",
  );
  await store.requests.remember("waiting", aReviewAsk({ number: 9 }));

  await store.upkeep.deleteOld({ requests: 14, reviews: 90 });

  const rows = JSON.stringify(await database.query("select delivery from pyward.request"));
  expect(rows).not.toContain('"old"');
  expect(rows).toContain('"waiting"');
});

test("the more an installation has waiting, the later its next, so that all take turns", async () => {
  for (const number of [1, 2, 2]) {
    const place = aPlace({ installation: 80, repositoryId: 800 });
    await store.requests.remember(randomUUID(), aReviewAsk({ place, number }));
  }

  expect(await store.requests.backlog(80)).toBe(2);
  expect(await store.requests.backlog(81)).toBe(0);
});

test("upkeep that failed is tried again no later than it would have come anyway", async () => {
  let asked = 0;
  const app = async () => {
    asked += 1;
    throw new Error("GitHub is away");
  };
  const tools = {
    ...{ store, appId: 1, log: quiet, metrics: noMetrics, github: { app } },
    ...{ submit: async () => true, wakeForgotten: async () => 0 },
  } as unknown as UpkeepTools;
  const upkeep = startUpkeep(tools, {
    ...{ everySeconds: 0.05, youngestDeliveryMs: 0, forgottenAfterSeconds: 900 },
  });
  try {
    await expect.poll(() => asked, { timeout: 60_000 }).toBeGreaterThan(4);
  } finally {
    await upkeep.stop();
  }
});
