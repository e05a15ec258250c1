// What is asked is worked on, once, whatever happens: on the embedded store and on PostgreSQL.

import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Ask } from "../../src/jobs/ask.ts";
import { createQueue, type Outcome, type Queue, type Worker } from "../../src/jobs/queue.ts";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { aDataFolder } from "../a-folder.ts";
import { aPlace, aReviewAsk, quiet } from "./makers.ts";

const postgres = process.env.DATABASE_URL;
if (postgres === undefined) {
  console.warn("DATABASE_URL is not set: the queue is not tested on PostgreSQL");
}

describe.each([
  ["the embedded store", undefined],
  ...(postgres === undefined ? [] : [["PostgreSQL", postgres] as const]),
] as const)("on %s", (_, databaseUrl) => {
  const dataDir = aDataFolder("queue");
  const schema = `test_${process.pid}_${Date.now()}`;
  let database: Database;
  let store: Store;
  let queue: Queue;

  const open = async () => {
    database = await openDatabase({ databaseUrl, dataDir, schema });
    store = await createStore(database);
    queue = await createQueue({ store, log: quiet, databaseUrl });
  };
  const close = async () => {
    await queue.stop(1000);
    await database.close();
  };

  beforeAll(async () => {
    await open();
    return async () => {
      await database.query(`drop schema ${database.jobSchema} cascade`);
      await database.query(`drop schema ${database.schema} cascade`);
      await database.close();
    };
  });

  // A queue that was stopped starts no more: each test has its own, on the same store.
  afterEach(async () => {
    await queue.stop(1000);
    queue = await createQueue({ store, log: quiet, databaseUrl });
  });

  async function useOneWorker(): Promise<void> {
    await queue.stop(1000);
    queue = await createQueue({ store, log: quiet, databaseUrl, concurrency: 1 });
  }

  test("an ask is handed to the worker and settled", async () => {
    const { worker, seen, until } = aWorker();
    await queue.start(worker);

    expect(await queue.submit("once", aReviewAsk({ number: 1 }))).toBe(true);

    await until(() => seen.length === 1);
    expect(seen).toEqual([["42#1", ["once"]]]);
    await until(async () => (await store.requests.waiting("42#1")).length === 0);
  });

  test("the same delivery twice is worked on once", async () => {
    const { worker, seen, until } = aWorker();

    expect(await queue.submit("twice", aReviewAsk({ number: 2 }))).toBe(true);
    expect(await queue.submit("twice", aReviewAsk({ number: 2 }))).toBe(false);
    await queue.start(worker);
    await until(() => seen.length === 1);
    await until(async () => (await store.requests.waiting("42#2")).length === 0);

    expect(await queue.submit("twice", aReviewAsk({ number: 2 }))).toBe(false);
    expect(seen).toEqual([["42#2", ["twice"]]]);
  });

  test("a delivery that failed may come again", async () => {
    const outcomes: Outcome[] = [{ kind: "failed" }, { kind: "done" }];
    const { worker, seen, until } = aWorker(() => outcomes.shift() ?? { kind: "done" });
    await queue.start(worker);
    await queue.submit("again", aReviewAsk({ number: 3 }));
    await until(async () => (await store.requests.waiting("42#3")).length === 0);

    expect(await queue.submit("again", aReviewAsk({ number: 3 }))).toBe(true);
    await until(() => seen.length === 2);
    await until(async () => (await store.requests.waiting("42#3")).length === 0);
    expect(await queue.submit("again", aReviewAsk({ number: 3 }))).toBe(false);
  });

  test("what is worked on while pg-boss looks around is not set aside for what comes next", async () => {
    const gate = Promise.withResolvers<void>();
    const { worker, seen, until } = aWorker(async () => {
      await gate.promise;
      return { kind: "done" };
    });
    await queue.start(worker);
    await queue.submit("first of aside", aReviewAsk({ number: 31 }));
    await until(() => seen.length === 1);
    const looked = async () => {
      const rows = await database.query(
        `select monitor_on, active_count, singletons_active from ${database.jobSchema}.queue
         where name = 'slot'`,
      );
      return rows[0] as Record<string, unknown>;
    };

    // It has seen that one is worked on, and has noted nothing of it.
    await until(async () => Number((await looked()).active_count) === 1);
    expect((await looked()).singletons_active).toBeNull();

    gate.resolve();
    await until(async () => (await store.requests.waiting("42#31")).length === 0);
  });

  test("of one pull request one is worked on at a time, and what came meanwhile comes together", async () => {
    const gate = Promise.withResolvers<void>();
    let atOnce = 0;
    let most = 0;
    const { worker, seen, until } = aWorker(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await gate.promise;
      atOnce -= 1;
      return { kind: "done" };
    });
    await queue.start(worker);
    await queue.submit("first", aReviewAsk({ number: 4 }));
    await until(() => seen.length === 1);

    await queue.submit("second", aReviewAsk({ number: 4 }));
    await queue.submit("third", aReviewAsk({ number: 4 }));
    await queue.submit("other", aReviewAsk({ number: 5 }));
    await until(() => seen.length === 2);
    gate.resolve();

    await until(() => seen.length === 3);
    expect(seen).toEqual([
      ["42#4", ["first"]],
      ["42#5", ["other"]],
      ["42#4", ["second", "third"]],
    ]);
    expect(most).toBe(2);
  });

  test("what should be tried again is, and its attempts are counted", async () => {
    const attempts: number[] = [];
    const { worker, until } = aWorker((requests) => {
      attempts.push(requests[0]?.attempts ?? -1);
      return attempts.length < 3 ? { kind: "again", afterSeconds: 0 } : { kind: "done" };
    });
    await queue.start(worker);

    await queue.submit("stubborn", aReviewAsk({ number: 6 }));

    await until(async () => (await store.requests.waiting("42#6")).length === 0);
    expect(attempts).toEqual([0, 1, 2]);
  });

  test("what waits to be tried again keeps nobody waiting", async () => {
    await useOneWorker();
    const { worker, seen, until } = aWorker(([request]) =>
      request?.delivery === "limited" ? { kind: "again", afterSeconds: 3600 } : { kind: "done" },
    );
    await queue.start(worker);
    await queue.submit("limited", aReviewAsk({ number: 10 }));
    await until(() => seen.length === 1);

    await queue.submit("next", aReviewAsk({ number: 11 }));

    await until(async () => (await store.requests.waiting("42#11")).length === 0);
    expect(seen.map(([slot]) => slot)).toEqual(["42#10", "42#11"]);
    expect(await store.requests.waiting("42#10")).toMatchObject([{ attempts: 1 }]);
    await store.requests.drop(["limited"]);
  });

  test("a clock that is set back by hours while work is done delays nothing", async () => {
    await useOneWorker();
    const now = Date.now.bind(Date);
    const { worker, seen, until } = aWorker(() => {
      vi.spyOn(Date, "now").mockImplementation(() => now() - 7_200_000);
      return seen.length === 1 ? { kind: "again", afterSeconds: 1 } : { kind: "done" };
    });
    try {
      await queue.start(worker);
      await queue.submit("set back", aReviewAsk({ number: 12 }));

      await until(async () => (await store.requests.waiting("42#12")).length === 0);
      expect(seen.map(([slot]) => slot)).toEqual(["42#12", "42#12"]);
    } finally {
      vi.restoreAllMocks();
    }
  });

  test("what failed for good can be replayed, and what waits dropped", async () => {
    const outcomes: Outcome[] = [{ kind: "failed" }, { kind: "done" }];
    const { worker, seen, until } = aWorker(() => outcomes.shift() ?? { kind: "done" });
    await queue.start(worker);
    await queue.submit("dead", aReviewAsk({ number: 11 }));
    const failed = async () => (await store.requests.list("failed")).map((row) => row.delivery);
    await until(async () => (await failed()).includes("dead"));

    expect(await queue.replay(["dead", "unknown"])).toBe(1);

    await until(() => seen.length === 2);
    await until(async () => (await store.requests.waiting("42#11")).length === 0);
    expect(await failed()).not.toContain("dead");
    await store.requests.remember("unwanted", aReviewAsk({ number: 12 }));
    expect(await store.requests.drop(["unwanted", "dead"])).toEqual(["unwanted"]);
    expect(await store.requests.waiting("42#12")).toEqual([]);
  });

  test("work whose wake-up was given up is begun nonetheless", async () => {
    // As pg-boss leaves it after the last of its own attempts: the ask waits, and nothing tells of it.
    await store.requests.remember("forgotten", aReviewAsk({ number: 13 }));
    await store.requests.remember("forgotten too", aReviewAsk({ number: 14 }));
    await queue.submit("expected", aReviewAsk({ number: 15 }));
    expect(await queue.wakeForgotten(3600)).toBe(0);

    expect(await queue.wakeForgotten(0)).toBe(2);

    const { worker, seen, until } = aWorker();
    await queue.start(worker);
    await until(() => seen.length === 3);
    expect(seen.map(([slot]) => slot).toSorted()).toEqual(["42#13", "42#14", "42#15"]);
  });

  test("what no database takes in a text is left out of what people said", async () => {
    const comment = { kind: "issue", id: 1 } as const;
    const command = { name: "ignore", words: "a\0b \ud800 c" } as const;
    const said = { comment, login: "octocat", isAuthor: false, at: "2026-01-02T03:04:05Z" };
    const ask: Ask = { kind: "command", place: aPlace(), number: 16, ...said, command };

    expect(await queue.submit("hostile", ask)).toBe(true);

    const [kept] = await store.requests.waiting("42#16/issue-1");
    expect(kept?.ask).toMatchObject({ command: { name: "ignore", words: "ab \ufffd c" } });
    await store.requests.drop(["hostile"]);
  });

  test("an ask survives that its process ends before the work began", async () => {
    await queue.submit("survivor", aReviewAsk({ number: 7 }));
    await close();
    await open();
    const { worker, seen, until } = aWorker();

    await queue.start(worker);

    await until(() => seen.length === 1);
    expect(seen).toEqual([["42#7", ["survivor"]]]);
  });

  test("work under way at the end is let go and taken up again", async () => {
    const {
      worker: slow,
      seen: begun,
      until,
    } = aWorker(
      (_requests, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => resolve({ kind: "again", afterSeconds: 60 }));
        }),
    );
    await queue.start(slow);
    await queue.submit("interrupted", aReviewAsk({ number: 8 }));
    await until(() => begun.length === 1);
    await close();
    await open();
    const attempts: number[] = [];
    const { worker } = aWorker((requests) => {
      attempts.push(requests[0]?.attempts ?? -1);
      return { kind: "done" };
    });

    await queue.start(worker);

    await until(() => attempts.length === 1);
    expect(attempts).toEqual([0]);
  });

  test("a worker that breaks off unforeseen is tried again, not for ever", async () => {
    await queue.submit("broken", aReviewAsk({ number: 9 }));
    await store.requests.countAttempt(["broken"], 1);
    for (let count = 0; count < 9; count += 1) await store.requests.countAttempt(["broken"], 1);
    const { worker, until } = aWorker(() => {
      throw new Error("a fault of ours");
    });

    await queue.start(worker);

    await until(async () => (await store.requests.waiting("42#9")).length === 0);
    expect(await queue.submit("broken", aReviewAsk({ number: 9 }))).toBe(true);
  });
});

type Answer = (requests: Parameters<Worker>[1], signal: AbortSignal) => Outcome | Promise<Outcome>;

/** A worker that writes down what it is handed, and a way to wait. */
function aWorker(answer: Answer = () => ({ kind: "done" })) {
  const seen: [slot: string, deliveries: string[]][] = [];
  const worker: Worker = async (slot, requests, signal) => {
    seen.push([slot, requests.map(({ delivery }) => delivery)]);
    return await answer(requests, signal);
  };
  const until = (isSo: () => boolean | Promise<boolean>) =>
    expect.poll(async () => await isSo(), { timeout: 15_000, interval: 50 }).toBe(true);
  return { worker, seen, until };
}

test("an ask comes back from the store as it was", async () => {
  const database = await openDatabase({ databaseUrl: undefined, dataDir: aDataFolder("asks") });
  const { requests } = await createStore(database);
  const place = aReviewAsk().place;
  const comment = { kind: "review", id: 3_000_000_000, path: "a b.py", commit: "c0ffee" } as const;
  const asks: Ask[] = [
    aReviewAsk({ head: "abc", updatedAt: "2026-01-01T00:00:00Z", thank: comment }),
    { kind: "commit", place, head: "abc" },
    { kind: "show-config", place, run: 7 },
    { kind: "merge-group", place, head: "abc", base: "def" },
    aReviewAsk({
      order: {
        ...{ name: "ignore", words: "test data", login: "octocat", isAuthor: false },
        ...{ role: "admin", at: "2026-01-02T03:04:05Z", comment: { ...comment, root: 4 } },
      },
    }),
    {
      kind: "command",
      place,
      number: 1,
      comment: { kind: "issue", id: 5 },
      login: "octocat",
      isAuthor: false,
      at: "2026-01-02T03:04:05Z",
      command: { name: "unknown", word: "reviw", meant: "review" },
    },
  ];

  for (const [index, ask] of asks.entries()) await requests.remember(`delivery-${index}`, ask);

  const slots = await requests.waitingSlots();
  const waiting = await Promise.all(slots.map((slot) => requests.waiting(slot)));
  expect(waiting.flat().map(({ ask }) => ask)).toEqual(expect.arrayContaining(asks));
  expect(slots).toEqual(["42!7", "42#1", "42#1/issue-5", "42+abc", "42@abc"]);
  await database.close();
});
