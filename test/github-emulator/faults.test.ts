// Misfortunes on demand: answers that fail, are lost or come late.

import { expect, test } from "vitest";
import { anEmulator, anInstallation, aPullRequest, refusal, shop } from "./makers.ts";

const review = { ...shop, pull_number: 1, event: "COMMENT", body: "x" } as const;

test("a request meets its fault as often as told, and no other request does", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  github.faults.add({
    kind: "status",
    status: 502,
    match: { operation: "repos/get" },
    after: 1,
    times: 1,
  });

  await client.rest.repos.get(shop);
  expect((await refusal(client.rest.repos.get(shop))).status).toBe(502);
  await client.rest.repos.get(shop);
});

test("a connection cut before loses the request, one cut after loses only the answer", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  const reviews = async () => (await github.pullRequestView("acme", "shop", 1)).reviews.length;

  github.faults.add({ kind: "reset-before", match: { operation: "pulls/create-review" } });
  await refusal(client.rest.pulls.createReview(review));
  expect(await reviews()).toBe(0);

  github.faults.add({ kind: "reset-after", match: { method: "POST", path: /reviews$/ } });
  await refusal(client.rest.pulls.createReview(review));
  expect(await reviews()).toBe(1);
  expect(github.ledger.requests.filter((each) => each.status === 0)).toHaveLength(2);
});

test("limits are met with the headers that tell how long to wait", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  const headersOf = async (request: Promise<unknown>) => {
    const error = await request.catch((caught: unknown) => caught);
    return (error as { response: { headers: Record<string, string> } }).response.headers;
  };

  github.faults.add({ kind: "secondary-limit", retryAfter: 7 });
  expect(await headersOf(client.rest.repos.get(shop))).toMatchObject({ "retry-after": "7" });
  github.faults.add({ kind: "primary-limit" });
  expect(await headersOf(client.rest.repos.get(shop))).toMatchObject({
    "x-ratelimit-remaining": "0",
  });
});

test("a request that is never answered ends when its sender gives up", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  github.faults.add({ kind: "hang" });

  const request = client.rest.repos.get({ ...shop, request: { signal: AbortSignal.timeout(50) } });

  await expect(request).rejects.toThrow();
});
