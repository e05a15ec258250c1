// One client for each installation, which asks conditionally for what seldom changes.

import { Probot } from "probot";
import { expect, test } from "vitest";
import { type GitHub, octokitFor, requestOptions } from "../../src/github/client.ts";
import { createGitHub } from "../../src/github/create-github.ts";
import { readRole } from "../../src/github/read-role.ts";
import { noMetrics } from "../../src/jobs/metrics.ts";
import type { GitHubEmulator } from "../github-emulator/emulator.ts";
import { anEmulator, aPullRequest } from "../github-emulator/makers.ts";
import { aPlace, quiet } from "../jobs/makers.ts";

function aGitHub({ environment, url }: GitHubEmulator, isHurried = true): GitHub {
  const probot = new Probot({
    appId: Number(environment.APP_ID),
    privateKey: environment.PRIVATE_KEY ?? "",
    log: quiet,
    Octokit: octokitFor(isHurried),
    baseUrl: `${url}/api/v3`,
    request: requestOptions,
  });
  return createGitHub(probot, noMetrics);
}

async function aShop(isHurried?: boolean) {
  const emulator = await anEmulator();
  await aPullRequest(emulator);
  const [installation] = [...emulator.world.installations.keys()];
  const place = aPlace({ installation: installation ?? 0 });
  const github = aGitHub(emulator, isHurried);
  return { emulator, github, place, client: await github.client(place.installation) };
}

const answers = ({ ledger }: GitHubEmulator, operation: string) =>
  ledger.requests.filter((each) => each.operation === operation).map(({ status }) => status);

test("an installation has one client, until it is let go", async () => {
  const { github, place, client } = await aShop();

  expect(await github.client(place.installation)).toBe(client);
  expect(await github.client(place.installation + 1)).not.toBe(client);
  github.forget(place.installation);
  expect(await github.client(place.installation)).not.toBe(client);
  expect(await github.app()).toBe(await github.app());
});

test("a person's role is asked for conditionally, costs nothing unchanged, and is heard when it changes", async () => {
  const { emulator, github, place, client } = await aShop();
  const remaining = () =>
    github.budgets.known(place.installation).find(({ resource }) => resource === "core")?.remaining;

  expect(await readRole(client, place, "rita")).toBe("read");
  const before = remaining();
  expect(await readRole(client, place, "rita")).toBe("read");
  expect(await readRole(client, place, "rita")).toBe("read");
  expect(answers(emulator, "repos/get-collaborator-permission-level")).toEqual([200, 304, 304]);
  await client.rest.repos.get({ owner: "acme", repo: "shop" });
  expect((before ?? 0) - (remaining() ?? 0)).toBe(1);

  emulator.setRole("acme/shop", "rita", "write");
  expect(await readRole(client, place, "rita")).toBe("write");
  expect(await readRole(client, place, "ada")).toBe("write");
});

test("what one installation was answered is not kept for another, nor once it is let go", async () => {
  const { emulator, github, place, client } = await aShop();
  await readRole(client, place, "rita");

  github.forget(place.installation);
  await readRole(await github.client(place.installation), place, "rita");

  expect(answers(emulator, "repos/get-collaborator-permission-level")).toEqual([200, 200]);
});

test("further pages of an unchanged list are found as at first", async () => {
  const { emulator, client } = await aShop();
  for (const name of ["b", "c"]) {
    await emulator.createRepository({
      owner: "acme",
      name,
      commits: [{ message: "begin", files: { "a.py": "" } }],
    });
  }
  const list = async () => {
    const repositories = await client.paginate(client.rest.apps.listReposAccessibleToInstallation, {
      per_page: 1,
    });
    return repositories.map(({ name }) => name);
  };

  expect(await list()).toEqual(["shop", "b", "c"]);
  expect(await list()).toEqual(["shop", "b", "c"]);
  expect(answers(emulator, "apps/list-repos-accessible-to-installation")).toContain(304);
});

test("writes of one installation go one after the other, a second apart, however many ask", async () => {
  const { emulator, client } = await aShop(false);
  const at = { owner: "acme", repo: "shop", issue_number: 1 };

  await Promise.all(
    ["one", "two", "three"].map((body) => client.rest.issues.createComment({ ...at, body })),
  );

  const times = emulator.ledger.calls("issues/create-comment").map(({ at }) => at);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(gaps).toHaveLength(2);
  // GitHub asks for a second; between the client's clock and the ledger's some of it may be lost.
  for (const gap of gaps) expect(gap).toBeGreaterThan(900);
});
