// What the store tells of reviews that were made.

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import type { ReviewSubject } from "../../src/store/reviews.ts";
import { createStore, type Store } from "../../src/store/store.ts";
import { aDataFolder } from "../a-folder.ts";

let database: Database;
let store: Store;

beforeAll(async () => {
  database = await openDatabase({ databaseUrl: undefined, dataDir: aDataFolder("reviews") });
  store = await createStore(database);
});

afterAll(() => database.close());

const subject: ReviewSubject = { slot: "42#1", head: "a1", base: "b1", isDraft: false };

async function began(what: ReviewSubject): Promise<string> {
  const id = randomUUID();
  await store.reviews.begin({ ...what, id, checkRun: 7 });
  return id;
}

test("a review is done when it came to its end, and only of just what it was of", async () => {
  const id = await began(subject);
  expect(await store.reviews.isDone(subject)).toBe(false);

  await store.reviews.end(id, "done");

  expect(await store.reviews.isDone(subject)).toBe(true);
  expect(await store.reviews.isDone({ ...subject, head: "a2" })).toBe(false);
  expect(await store.reviews.isDone({ ...subject, base: "b2" })).toBe(false);
  expect(await store.reviews.isDone({ ...subject, isDraft: true })).toBe(false);
  expect(await store.reviews.isDone({ ...subject, slot: "42#2" })).toBe(false);
});

test.each(["superseded", "failed"] as const)("one that ended %s is not done", async (state) => {
  const other = { ...subject, slot: `42#${state}` };
  await store.reviews.end(await began(other), state);

  expect(await store.reviews.isDone(other)).toBe(false);
});

test("only the newest counts: a pull request may go back to a head it had", async () => {
  const other = { ...subject, slot: "42#9" };
  await store.reviews.end(await began(other), "done");
  await store.reviews.end(await began({ ...other, head: "a2" }), "done");

  expect(await store.reviews.isDone(other)).toBe(false);
  expect(await store.reviews.isDone({ ...other, head: "a2" })).toBe(true);
});
