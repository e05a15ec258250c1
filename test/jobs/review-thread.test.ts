// Reviews run on a thread of their own; one that takes too long or breaks costs only itself.

import { afterEach, expect, test } from "vitest";
import { startReviewThread } from "../../src/jobs/review-thread.ts";
import { OutOfTime, type Reviewer } from "../../src/jobs/reviewer.ts";
import { defaultConfig } from "../../src/review/config.ts";
import { aChange, aChangedFile } from "../makers.ts";

let reviewer: Reviewer;

afterEach(() => reviewer.close());

function start(entry: string, timeLimitMs = 30_000): Reviewer {
  return startReviewThread({
    entry: new URL(entry, import.meta.url),
    timeLimitMs,
    memoryLimitMb: 512,
  });
}

function review(text: string) {
  const change = aChange([aChangedFile({ path: "a.py", baseText: "", headText: text })]);
  return reviewer.review(change, { files: [] }, defaultConfig);
}

const stubborn = "./threads/stubborn.ts";

test("the engine that is served finds what is wrong", async () => {
  reviewer = start("../../src/review-thread.ts");
  const head = [
    "import sqlite3",
    "from flask import request",
    "def books():",
    "    title = request.args['title']",
    "    query = f\"SELECT * FROM book WHERE title = '{title}'\"",
    "    return sqlite3.connect('shop.db').execute(query)",
    "",
  ].join("\n");

  const { introduced } = await review(head);

  expect(introduced.map(({ finding }) => finding.rule)).toEqual(["security/sql-injection"]);
});

test("a review that takes too long is ended, and the next one is well", async () => {
  reviewer = start(stubborn, 300);

  const endless = review("FOREVER");
  const next = review("x = 1");

  await expect(endless).rejects.toThrow(OutOfTime);
  expect((await next).introduced).toEqual([]);
});

test("a thread that dies costs the review it was at, not the next", async () => {
  reviewer = start(stubborn);

  await expect(review("EXIT")).rejects.toThrow("the review thread ended");
  expect((await review("x = 1")).introduced).toEqual([]);
});

test("an engine that throws says where, not what it read, and goes on", async () => {
  reviewer = start(stubborn);

  const error: unknown = await review("THROW").catch((thrown) => thrown);
  expect(error).toMatchObject({ message: "the analysis ended with: Error" });
  expect(error instanceof Error && error.stack).toContain("threads/stubborn.ts");
  expect(error instanceof Error && error.stack).not.toContain("this file is too much");
  expect((await review("x = 1")).introduced).toEqual([]);
});

test("the thread sees nothing of the App's environment, where its key and its secrets stand", async () => {
  reviewer = start(stubborn);

  const { problems } = await review("ENVIRONMENT");

  expect(problems.map(({ message }) => message)).toEqual(["{}"]);
});

test("a thread that cannot start says so", async () => {
  reviewer = start("./threads/not-there.ts");

  await expect(review("x = 1")).rejects.toThrow("the review thread ended");
});

test("a closed thread takes no review", async () => {
  reviewer = start(stubborn);
  await reviewer.close();

  await expect(review("x = 1")).rejects.toThrow("the review thread is closed");
});
