// Who may ask what: tokens, permissions, repositories, limits.

import { expect, test } from "vitest";
import { startGitHubEmulator } from "./emulator.ts";
import {
  aClient,
  aJwt,
  aManifest,
  anEmulator,
  anInstallation,
  aPullRequest,
  refusal,
  shop,
} from "./makers.ts";
import { repositoryNamed } from "./world.ts";

const at = { ...shop, pull_number: 1 };

test("the App shows itself with its own token, and nobody else's", async () => {
  const github = await anEmulator();
  const { data } = await aClient(github, aJwt(github)).rest.apps.getAuthenticated();
  expect(data).toMatchObject({
    slug: "pyward",
    permissions: aManifest.permissions,
    events: aManifest.events,
  });

  const other = await anEmulator({ app: { ...aManifest, id: 7 } });
  expect((await refusal(aClient(other, aJwt(github)).rest.apps.getAuthenticated())).status).toBe(
    401,
  );
  const [head, claims] = aJwt(github).split(".");
  const forged = aClient(
    github,
    `${head}.${claims}.${Buffer.from("forged").toString("base64url")}`,
  );
  expect(await refusal(forged.rest.apps.getAuthenticated())).toEqual({
    status: 401,
    message: "A JSON web token could not be decoded",
  });
});

test("an App token from the past or the future is refused with GitHub's words", async () => {
  const github = await anEmulator();
  const ask = (shift: number) =>
    refusal(aClient(github, aJwt(github, shift)).rest.apps.getAuthenticated());

  expect((await ask(-3600)).message).toContain("'Expiration time' claim ('exp') must be");
  expect((await ask(3600)).message).toContain("'Issued at' claim ('iat') must be");
  expect(github.ledger.violations.map((each) => each.kind)).toEqual([
    "authentication",
    "authentication",
  ]);
});

test("an expired, an unknown and a missing token are a 401", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  github.expireTokens();

  expect(await refusal(client.rest.pulls.get(at))).toEqual({
    status: 401,
    message: "Bad credentials",
  });
  expect((await refusal(aClient(github, "ghs_unknown").rest.pulls.get(at))).status).toBe(401);
  const bare = await fetch(`${github.url}/api/v3/repos/acme/shop`);
  expect(bare.status).toBe(401);
});

test("a token dies an hour after it was made", async () => {
  let now = Date.now();
  const github = await anEmulator({ clock: () => new Date(now) });
  await aPullRequest(github);
  const client = await anInstallation(github);
  await client.rest.repos.get(shop);

  now += 3_600_000;

  expect((await refusal(client.rest.repos.get(shop))).status).toBe(401);
});

test("a repository where the App is not installed does not exist for it", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  await github.createRepository({ owner: "other", name: "secret", isInstalled: false });
  const client = await anInstallation(github);

  expect(await refusal(client.rest.repos.get({ owner: "other", repo: "secret" }))).toEqual({
    status: 404,
    message: "Not Found",
  });
  expect(github.ledger.violations).toMatchObject([{ kind: "permission" }]);
});

test("a suspended installation has no token", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  github.setSuspended("acme/shop", true);

  expect((await refusal(client.rest.repos.get(shop))).status).toBe(401);
  expect((await refusal(anInstallation(github))).status).toBe(403);
});

test.each([
  ["pull_requests", "read", "pulls/create-review"],
  ["checks", "read", "checks/create"],
  ["contents", undefined, "repos/get-content"],
] as const)("with %s: %s it may not do %s", async (permission, access, operation) => {
  const { [permission]: _, ...others } = aManifest.permissions as Record<string, "read" | "write">;
  const permissions = access ? { ...others, [permission]: access } : others;
  const github = await anEmulator({ app: { ...aManifest, permissions } });
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);
  const requests = {
    "pulls/create-review": () =>
      client.rest.pulls.createReview({ ...at, event: "COMMENT", body: "x" }),
    "checks/create": () => client.rest.checks.create({ ...shop, name: "Pyward", head_sha: head }),
    "repos/get-content": () => client.rest.repos.getContent({ ...shop, path: "app.py" }),
  };

  expect(await refusal(requests[operation]())).toEqual({
    status: 403,
    message: "Resource not accessible by integration",
  });
});

test("roles are told with their own names, which the old names hide", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  github.setRole("acme/shop", "max", "maintain");
  github.setRole("acme/shop", "nina", "none");
  const client = await anInstallation(github);
  const ask = async (username: string) => {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...shop, username });
    return [data.role_name, data.permission];
  };

  expect(await ask("ada")).toEqual(["write", "write"]);
  expect(await ask("tom")).toEqual(["triage", "read"]);
  expect(await ask("max")).toEqual(["maintain", "write"]);
  expect(await ask("nina")).toEqual(["none", "none"]);
  expect(await ask("acme")).toEqual(["admin", "admin"]);
  expect((await refusal(ask("nobody"))).status).toBe(404);
});

test("what was read before and has not changed is a 304 and costs nothing", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  const first = await client.rest.repos.getContent({ ...shop, path: "app.py" });
  const used = (await client.rest.rateLimit.get()).data.resources.core.used;

  const again = client.rest.repos.getContent({
    ...shop,
    path: "app.py",
    headers: { "if-none-match": first.headers.etag ?? "" },
  });

  expect((await refusal(again)).status).toBe(304);
  expect((await client.rest.rateLimit.get()).data.resources.core.used).toBe(used);
});

test("after the last request of the hour the next is refused until the reset", async () => {
  const github = await anEmulator({ limits: { perHour: 2 } });
  await aPullRequest(github);
  const client = await anInstallation(github);
  const { headers } = await client.rest.repos.get(shop);
  expect(headers).toMatchObject({ "x-ratelimit-limit": "2", "x-ratelimit-remaining": "1" });
  await client.rest.repos.get(shop);

  expect(await refusal(client.rest.repos.get(shop))).toMatchObject({ status: 403 });
});

test("the eightieth comment of a minute is the last, where secondary limits are on", async () => {
  const github = await anEmulator({ limits: { secondary: true } });
  await aPullRequest(github);
  const client = await anInstallation(github);
  const comment = () => client.rest.issues.createComment({ ...shop, issue_number: 1, body: "x" });
  for (let count = 0; count < 80; count++) await comment();

  expect((await refusal(comment())).message).toContain("secondary rate limit");
});

test("a request that GitHub does not know, or knows otherwise, is refused and noted", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);

  expect((await refusal(client.request("GET /no/such/route"))).status).toBe(404);
  expect((await refusal(client.request("GET /repos/acme/shop/branches"))).status).toBe(501);
  expect(
    (await refusal(client.request("GET /repos/acme/shop/pulls/1/files?perpage=3"))).status,
  ).toBe(422);
  const extra = client.request("POST /repos/acme/shop/issues/1/comments", {
    body: "x",
    silent: true,
  });
  expect((await refusal(extra)).status).toBe(422);
  const mistyped = client.request("POST /repos/acme/shop/issues/1/comments", { body: 3 });
  expect((await refusal(mistyped)).status).toBe(422);
  expect(github.ledger.violations.map((each) => each.kind)).toEqual([
    "unknown route",
    "not implemented",
    "bad request",
    "bad request",
    "bad request",
  ]);
});

test("the ledger tells what a piece of work costs", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  github.ledger.clear();

  await client.rest.pulls.get(at);
  await client.rest.pulls.createReview({ ...at, event: "COMMENT", body: "x" });

  expect(
    github.ledger.requests.map(({ operation, status, token }) => [operation, status, token]),
  ).toEqual([
    ["pulls/get", 200, "installation"],
    ["pulls/create-review", 200, "installation"],
  ]);
  expect(github.ledger.points()).toBe(6);
  expect(github.ledger.writes()).toHaveLength(1);
  expect(github.ledger.contentCreating()).toMatchObject([{ body: { body: "x" } }]);
});

test("a manifest's code is exchanged once for an App with its secrets", async () => {
  const github = await anEmulator();
  github.registerManifest("abc");
  const exchange = () =>
    aClient(github, "").request("POST /app-manifests/{code}/conversions", { code: "abc" });

  const { data } = await exchange();

  expect(data).toMatchObject({ slug: "pyward", pem: expect.stringContaining("PRIVATE KEY") });
  expect((await refusal(exchange())).status).toBe(404);
});

test("an answer that is not GitHub's is refused by the emulator itself, and told at the end", async () => {
  const github = await startGitHubEmulator({ app: aManifest });
  await aPullRequest(github);
  const client = await anInstallation(github);
  Object.assign(repositoryNamed(github.world, "acme", "shop"), { defaultBranch: 3 });

  expect((await refusal(client.rest.repos.get(shop))).message).toContain(
    "/default_branch must be string",
  );
  await expect(github.close()).rejects.toThrow("the emulator is wrong");
});

test("what never comes is waited for no longer than told", async () => {
  const github = await anEmulator();

  await expect(github.waitFor("a miracle", () => undefined, 20)).rejects.toThrow(
    "waited 20 ms in vain: a miracle",
  );
});
