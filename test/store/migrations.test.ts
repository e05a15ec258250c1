// The store's tables are brought up to date once, whoever starts first, and while an upgrade rolls old
// and new processes work side by side on them.

import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { noMetrics } from "../../src/jobs/metrics.ts";
import { createQueue, type Queue } from "../../src/jobs/queue.ts";
import type { Database } from "../../src/store/database.ts";
import { latestVersion, migrate, readVersion } from "../../src/store/migrations.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { createStore } from "../../src/store/store.ts";
import { aDataFolder } from "../a-folder.ts";
import { aReviewAsk, quiet } from "../jobs/makers.ts";

const postgres = process.env.DATABASE_URL;
if (postgres === undefined) {
  console.warn("DATABASE_URL is not set: migrations are not tested on PostgreSQL");
}
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(databaseUrl: string | undefined, schema: string): Promise<Database> {
  const database = await openDatabase({ databaseUrl, dataDir: aDataFolder("migrations"), schema });
  closing.push(() => database.close());
  return database;
}

function aSchema(): string {
  return `test_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
}

describe.each([
  ["the embedded store", undefined],
  ...(postgres === undefined ? [] : [["PostgreSQL", postgres] as const]),
] as const)("on %s", (_, databaseUrl) => {
  test("an older Pyward starts again on a store that a newer one brought up to date", async () => {
    const database = await open(databaseUrl, aSchema());
    const { schema, query } = database;
    closing.push(() => query(`drop schema ${schema} cascade`));
    await migrate(database, 3);
    expect(await readVersion(database)).toMatchObject({ number: 3 });
    // As version 3 wrote reviews.
    const old = `insert into ${schema}.review (id, slot, head, check_run, state)
                 values ($1, '42#1', 'c0ffee', 7, 'running')`;
    await query(old, [randomUUID()]);

    const store = await createStore(database);
    await migrate(database, 3);
    await query(old, [randomUUID()]);

    expect(await readVersion(database)).toMatchObject({ number: latestVersion });
    expect(await store.reviews.running("42#1")).toHaveLength(2);
  });

  test("one that is too old for the store is refused with a sentence", async () => {
    const database = await open(databaseUrl, aSchema());
    const { schema, query } = database;
    closing.push(() => query(`drop schema ${schema} cascade`));
    await migrate(database);
    await query(`update ${schema}.version set number = 99, oldest = 98`);

    await expect(migrate(database)).rejects.toThrow(
      `The store was made by a newer Pyward (version 99, this one knows ${latestVersion}); start that one.`,
    );
  });
});

describe.skipIf(postgres === undefined)("on PostgreSQL, several processes", () => {
  test("that start at once bring the store up to date once", async () => {
    const schema = aSchema();
    const databases = await Promise.all(Array.from({ length: 6 }, () => open(postgres, schema)));
    const [first] = databases;
    closing.push(async () => await first?.query(`drop schema ${schema} cascade`));

    const stores = await Promise.all(databases.map((database) => createStore(database)));

    const found = await Promise.all(databases.map(readVersion));
    expect(found.map(({ number }) => number)).toEqual(databases.map(() => latestVersion));
    expect(await first?.query(`select count(*)::int as count from ${schema}.version`)).toEqual([
      { count: 1 },
    ]);
    for (const [nth, store] of stores.entries()) {
      expect(await store.requests.remember(`d-${nth}`, aReviewAsk({ number: nth }))).toBe(true);
    }
  });

  test("of which one is older: what it cannot read waits for a newer one, and all else goes on", async () => {
    const schema = aSchema();
    const database = await open(postgres, schema);
    closing.push(async () => {
      await database.query(`drop schema ${database.jobSchema} cascade`);
      await database.query(`drop schema ${schema} cascade`);
    });
    const store = await createStore(database);
    const queue: Queue = await createQueue({
      ...{ store, log: quiet, metrics: noMetrics, databaseUrl: postgres },
    });
    closing.push(() => queue.stop(1000));
    const newer = { ...aReviewAsk({ number: 1 }), kind: "of a later version" } as never;
    await store.requests.remember("newer", aReviewAsk({ number: 1 }));
    await database.query(`update ${schema}.request set ask = $1`, [JSON.stringify(newer)]);
    const seen: string[] = [];

    await queue.start(async (slot) => {
      seen.push(slot);
      return { kind: "done" };
    });
    await queue.submit("of today", aReviewAsk({ number: 2 }));

    await expect.poll(() => seen, { timeout: 30_000 }).toEqual(["42#2"]);
    const rows = await store.requests.list("waiting");
    expect(rows.map(({ delivery }) => delivery)).toEqual(["newer"]);
  });
});
