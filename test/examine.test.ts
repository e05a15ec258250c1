// `pyward doctor` sees each thing that an operator can get wrong, and says how to mend it.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { examine } from "../src/examine.ts";
import { openDatabase } from "../src/store/open-database.ts";
import { createStore } from "../src/store/store.ts";
import { aFolder } from "./a-folder.ts";
import { runNode } from "./cli/run-pyward.ts";
import type { GitHubEmulator } from "./github-emulator/emulator.ts";
import { aListener, anEmulator, aPullRequest } from "./github-emulator/makers.ts";
import { readAppManifest } from "./github-emulator/manifest.ts";

let github: GitHubEmulator;
let environment: Readonly<Record<string, string>>;

beforeEach(async () => {
  github = await anEmulator({ app: await readAppManifest("app.yml") });
  github.setWebhookUrl("https://pyward.example/api/github/webhooks");
  environment = {
    ...github.environment,
    DATA_DIR: aFolder("doctor"),
    PUBLIC_URL: "https://pyward.example",
  };
});

async function found(changes: Readonly<Record<string, string>> = {}) {
  return await examine({ ...environment, ...changes }, "0.1.0");
}

/** `fault: what was said`, of everything that is not well. */
async function complaints(changes: Readonly<Record<string, string>> = {}) {
  const all = await found(changes);
  for (const { state, mend } of all) expect(state === "fault" && mend === "").toBe(false);
  return all.flatMap(({ subject, state, said }) =>
    state === "ok" ? [] : [`${state}: ${subject} ${said}`],
  );
}

const nothingYet = [
  "note: deliveries GitHub has sent nothing yet",
  "note: installations it is installed nowhere",
];

test("a new App lacks nothing but an installation, and where to make one is told", async () => {
  expect(await complaints()).toEqual(nothingYet);
  const installations = (await found()).find(({ subject }) => subject === "installations");
  expect(installations?.mend).toContain(`${github.url}/apps/pyward/installations/new`);
  expect(github.ledger.writes()).toEqual([]);
  expect(github.ledger.violations).toEqual([]);
});

test("permissions and events that are missing are named, and those that are too many", async () => {
  const { issues: _, ...rest } = github.world.app.permissions;
  github.world.app.permissions = { ...rest, checks: "read", contents: "write", actions: "write" };
  github.world.app.events = github.world.app.events.filter((event) => event !== "merge_group");

  expect(await complaints()).toEqual([
    "fault: permissions missing: checks: write, issues: read",
    "note: permissions more than is needed: actions: write",
    "fault: events not subscribed: merge_group",
    ...nothingYet,
  ]);
});

test.each([
  ["https://elsewhere.example/", "https://pyward.example"],
  ["https://pyward.example/", ""],
])("a webhook that goes to %s is told, with the right address", async (url, PUBLIC_URL) => {
  github.setWebhookUrl(url);

  const webhook = (await found({ PUBLIC_URL })).find(({ subject }) => subject === "webhook");

  expect(webhook).toMatchObject({ state: "fault", said: `goes to ${url}` });
  expect(webhook?.mend).toContain(`${PUBLIC_URL || "https://your-host"}/api/github/webhooks`);
});

test("a webhook without address, secret, JSON or certificate is told", async () => {
  github.world.app.hook = { contentType: "form", hasSecret: false, insecureSsl: "1" };
  expect(await complaints()).toEqual([
    "fault: webhook is not sent as JSON",
    "fault: webhook has no secret",
    "fault: webhook is sent without a look at the certificate",
    ...nothingYet,
  ]);

  const bare = await anEmulator({ app: await readAppManifest("app.yml") });
  expect(await complaints(bare.environment)).toContain("fault: webhook no address is set");
});

test("a secret that differs from GitHub's is seen by what we answered", async () => {
  let status = 401;
  const { url } = await aListener(() => status);
  github.setWebhookUrl(url);
  await aPullRequest(github);
  await github.webhooks.settled();
  expect(await complaints()).toContain(
    "fault: deliveries the newest one was refused, because its signature did not fit WEBHOOK_SECRET",
  );

  status = 202;
  await github.push({
    ...{ repository: "acme/shop", branch: "feature", by: "ada" },
    commits: [{ message: "more", files: { "b.py": "" } }],
  });
  await github.webhooks.settled();
  const told = (await complaints()).find((each) => each.startsWith("note: deliveries"));
  expect(told).toMatch(/\d of the last \d+ failed; the newest was answered with 202/u);
});

test("an installation that has not accepted, and one that is suspended, are named", async () => {
  await aPullRequest(github);
  const [installation] = github.world.installations.values();
  if (installation === undefined) throw new Error("not installed");
  const { merge_queues: _, ...accepted } = installation.permissions;
  installation.permissions = accepted;
  expect(await complaints()).toContain(
    "fault: installations acme has not accepted: merge_queues: read",
  );

  installation.suspendedAt = new Date();
  expect(await complaints()).toContain("note: installations acme has suspended it");
});

test("a key of another App, and a GitHub that is not there, are told", async () => {
  expect(await complaints({ APP_ID: "7" })).toEqual([
    `fault: App key ${environment.GHE_HOST} does not take the key as that of App 7`,
  ]);
  const [told = ""] = await complaints({ GHE_HOST: "127.0.0.1:9" });
  expect(told).toMatch(/^fault: GitHub 127\.0\.0\.1:9 does not answer as it should: /u);
});

test.each([
  [25, "note", "behind"],
  [-300, "fault", "ahead of"],
])("a clock that differs by %i seconds is a %s: %s", async (seconds, state, side) => {
  const app = await readAppManifest("app.yml");
  const clock = () => new Date(Date.now() + seconds * 1000);
  const other = await anEmulator({ app, clock });

  const told = (await found(other.environment)).find(({ subject }) => subject === "clock");

  expect(told?.state).toBe(state);
  const [, number, words] = /^is (\d+) seconds (.*) GitHub's$/u.exec(told?.said ?? "") ?? [];
  expect(words).toBe(side);
  // GitHub tells whole seconds, and the way there takes its time.
  expect(Math.abs(Number(number) - Math.abs(seconds))).toBeLessThan(10);
});

test("settings that are wrong are told as they are at a start", async () => {
  expect(await complaints({ WEBHOOK_SECRET: "short" })).toEqual([
    "fault: settings WEBHOOK_SECRET is too short: use at least 16 random characters.",
  ]);
});

test("the database is looked at and left as it is: absent, there, newer, in use, out of reach", async () => {
  const database = async (changes: Readonly<Record<string, string>> = {}) =>
    (await found(changes)).find(({ subject }) => subject === "database");
  const dataDir = environment.DATA_DIR ?? "";

  expect((await database())?.said).toBe(`will be made in ${dataDir} at the first start`);
  mkdirSync(join(dataDir, "database"));
  expect(await database({ DATA_DIR: "/dev/null/pyward" })).toMatchObject({ state: "fault" });

  const opened = await openDatabase({ databaseUrl: undefined, dataDir });
  await createStore(opened);
  expect((await database())?.said).toBe(`${dataDir} is in use by a Pyward that runs`);
  await opened.query("update pyward.version set number = 999, oldest = 999");
  await opened.close();
  expect(await database()).toMatchObject({
    state: "fault",
    said: expect.stringMatching(/, at version 999, which this Pyward \(\d+\) cannot use$/u),
  });

  const rolling = await openDatabase({ databaseUrl: undefined, dataDir });
  await rolling.query("update pyward.version set oldest = 1");
  await rolling.close();
  expect(await database()).toMatchObject({ state: "note" });

  const nowhere = await database({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
  expect(nowhere?.said).toMatch(/^PostgreSQL at DATABASE_URL cannot be reached/u);
});

test("at the terminal it prints what to mend and ends with 1; as JSON it says the same", async () => {
  github.world.app.events = ["pull_request"];
  const cwd = aFolder("doctor");
  const run = (...more: string[]) =>
    runNode([join(import.meta.dirname, "../src/cli.ts"), "doctor", ...more], {
      // The tests may run beside a PostgreSQL of their own.
      ...{ cwd, env: { ...environment, DATABASE_URL: "" } },
    });

  const told = await run();
  expect(told.code).toBe(1);
  expect(told.stdout).toMatch(/^FAULT {2}events {9}not subscribed: /mu);
  expect(told.stdout).toContain("1 to mend.");
  expect(told.stdout + told.stderr).not.toContain(environment.WEBHOOK_SECRET);
  expect(told.stdout + told.stderr).not.toContain("PRIVATE KEY");

  const asJson = await run("--json");
  expect(JSON.parse(asJson.stdout)).toEqual(await found());

  github.world.app.events = (await readAppManifest("app.yml")).events;
  expect((await run()).code).toBe(0);
});
