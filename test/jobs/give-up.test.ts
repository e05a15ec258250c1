// What follows a failed attempt, by what failed.

import { describe, expect, test } from "vitest";
import { afterFailure } from "../../src/jobs/give-up.ts";
import { noMetrics } from "../../src/jobs/metrics.ts";
import { quiet } from "./makers.ts";

function outcomeOf(error: unknown, attempts: number) {
  const retryAfterSeconds = [1, 2, 3, 4, 5, 6, 7];
  return afterFailure(error, { attempts, retryAfterSeconds, log: quiet, metrics: noMetrics });
}

describe("a store that cannot be used now", () => {
  test.each([
    ["the disk is full", Object.assign(new Error("could not extend file"), { code: "53100" })],
    ["the server restarts", Object.assign(new Error("shutting down"), { code: "57P01" })],
    ["nobody listens", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["a connection broke", new Error("Connection terminated unexpectedly")],
    ["no connection is free", new Error("timeout exceeded when trying to connect")],
  ])("is waited for as long as GitHub would be: %s", (_, error) => {
    expect(outcomeOf(error, 4)).toEqual({ kind: "again", afterSeconds: 4 });
    expect(outcomeOf(error, 8)).toEqual({ kind: "failed" });
  });
});

describe("a fault of ours", () => {
  test.each([
    ["a statement that is wrong", Object.assign(new Error("no column"), { code: "42703" })],
    ["a row that may not be", Object.assign(new Error("duplicate key"), { code: "23505" })],
    ["anything else", new TypeError("undefined is not a function")],
  ])("is given up after four attempts: %s", (_, error) => {
    expect(outcomeOf(error, 3)).toEqual({ kind: "again", afterSeconds: 3 });
    expect(outcomeOf(error, 4)).toEqual({ kind: "failed" });
  });
});
