// Why GitHub refused decides whether we wait, try again or give up.

import nock from "nock";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { GitHubClient } from "../../src/github/client.ts";
import { failureOf } from "../../src/github/failure.ts";
import { aClient, api, onlyNock } from "./a-client.ts";

let client: GitHubClient;

beforeAll(async () => {
  onlyNock();
  client = await aClient();
});

afterEach(() => nock.cleanAll());

async function failure(status: number, message: string, headers: Record<string, string> = {}) {
  nock(api).get("/repos/acme/shop").reply(status, { message }, headers);
  const error = await client.rest.repos.get({ owner: "acme", repo: "shop" }).then(
    () => new Error("it did not fail"),
    (caught: unknown) => caught,
  );
  return failureOf(new Error("reading a/b", { cause: error }));
}

test("GraphQL tells of its limit within an answer that looks well", async () => {
  const reset = String(Math.ceil(Date.now() / 1000) + 100);
  nock(api)
    .post("/graphql")
    .reply(
      200,
      { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] },
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
    );
  const error = await client.graphql("query { viewer { login } }").catch((caught) => caught);

  const failure = failureOf(error);
  expect(failure).toMatchObject({ kind: "limit" });
  expect(failure.kind === "limit" && failure.afterSeconds).toBeGreaterThan(95);
});

test.each([
  [403, "You have exceeded a secondary rate limit.", { "retry-after": "30" }, 30],
  [403, "You have exceeded a secondary rate limit.", {}, 60],
  [429, "Too many requests", {}, 60],
  [429, "Too many requests", { "retry-after": "7" }, 7],
] as const)("%i with %j and %j is waited for", async (status, message, headers, afterSeconds) => {
  expect(await failure(status, message, headers)).toEqual({ kind: "limit", afterSeconds });
});

test("the end of an hour's requests is waited for until they are given anew", async () => {
  const reset = Math.ceil(Date.now() / 1000) + 100;
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) };

  const found = await failure(403, "API rate limit exceeded", headers);

  expect(found.kind).toBe("limit");
  expect(found.kind === "limit" && Math.abs(found.afterSeconds - 101)).toBeLessThanOrEqual(2);
});

test.each([401, 403, 404, 410, 422, 451])("%i is final", async (status) => {
  expect(await failure(status, "no")).toEqual({ kind: "final", status });
});

test.each([500, 502, 503])("%i passes", async (status) => {
  expect(await failure(status, "no")).toEqual({ kind: "passing" });
});

test("GraphQL tells of the limit in an answer with status 200", async () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const headers = {
    "x-ratelimit-reset": String(now / 1000 + 50),
    date: new Date(now).toUTCString(),
  };
  const errors = [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }];
  nock(api).post("/graphql").reply(200, { data: null, errors }, headers);
  const error = await client.graphql("{ viewer { login } }").catch((caught: unknown) => caught);

  expect(failureOf(error)).toEqual({ kind: "limit", afterSeconds: 51 });
});

test("the reset is read by GitHub's clock, not by ours", async () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const headers = {
    ...{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1000 + 100) },
    date: new Date(now).toUTCString(),
  };

  const found = await failure(403, "API rate limit exceeded", headers);

  expect(found).toEqual({ kind: "limit", afterSeconds: 101 });
});

test("a connection that broke may pass; what is no request is ours", async () => {
  nock(api).get("/repos/acme/shop").replyWithError("socket hang up");
  const error = await client.rest.repos
    .get({ owner: "acme", repo: "shop" })
    .catch((caught: unknown) => caught);

  expect(failureOf(error)).toEqual({ kind: "passing" });
  expect(failureOf(new TypeError("undefined is not a function"))).toEqual({ kind: "ours" });
});
