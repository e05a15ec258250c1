// What is left of an installation that was taken off: nothing in any table, nothing in any memory.

import { afterEach, expect, test, vi } from "vitest";
import { serve } from "../../src/app.ts";
import { createCodeCache } from "../../src/jobs/code-cache.ts";
import { letGo, startLettingGo } from "../../src/jobs/let-go.ts";
import { createRecentReviews } from "../../src/jobs/recent-reviews.ts";
import { readSettings } from "../../src/settings.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { createStore } from "../../src/store/store.ts";
import { aDataFolder } from "../a-folder.ts";
import { startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import { repositoryNamed } from "../github-emulator/world.ts";
import { aPlace, quiet } from "../jobs/makers.ts";
import { everyRow } from "./every-row.ts";
import { markerEngine } from "./marker-engine.ts";
import { concluded } from "./world.ts";

const METRICS_TOKEN = "a token that only the scraper knows";
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test("nothing of a removed installation is left in any table, and all of another's", async () => {
  const github = await startGitHubEmulator({ app: await readAppManifest("app.yml") });
  closing.push(() => github.close());
  const dataDir = aDataFolder("uninstall");
  const read = readSettings({ ...github.environment, PORT: "0", DATA_DIR: dataDir, METRICS_TOKEN });
  if (!read.ok) throw new Error(read.faults.join("\n"));
  const app = await serve(read.settings, { engine: markerEngine(), log: quiet, isHurried: true });
  github.setWebhookUrl(`http://127.0.0.1:${app.port}/api/github/webhooks`);
  const ids = new Map<string, string>();
  for (const owner of ["leaver", "stayer"]) {
    const repository = `${owner}/shop-of-${owner}`;
    const name = `shop-of-${owner}`;
    const commits = [{ message: "begin", files: { "a.py": "x = 1\n" } }];
    await github.createRepository({ owner, name, commits, roles: {} });
    ids.set(owner, String(repositoryNamed(github.world, owner, name).id));
    const place = { repository, by: owner };
    const change = [{ message: "change", files: { "a.py": "ODD = 1\nx = 1\n" } }];
    await github.push({ ...place, branch: "feature", commits: change });
    const number = await github.openPullRequest({ ...place, title: "A", head: "feature" });
    const { view } = await concluded({ github }, repository, number);
    const thread = view.threads[0]?.id ?? "";
    github.reply({ thread, by: owner, body: `/pyward ignore because ${owner} says so` });
    await github.waitFor(
      "the decision is in the comment",
      async () => {
        const { threads } = await github.pullRequestView(owner, name, number);
        return threads[0]?.comments[0]?.body.includes("says so");
      },
      30_000,
    );
  }

  github.uninstall("leaver/shop-of-leaver");
  const heard = await github.waitFor("the App hears of it", () =>
    github.webhooks.log.find(({ event, statusCode }) => event === "installation" && statusCode),
  );
  expect(heard.statusCode).toBe(202);
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  await github.waitFor(
    "nothing waits any more",
    async () => {
      const metrics = await fetch(`http://127.0.0.1:${app.port}/metrics`, { headers });
      return (await metrics.text()).includes('pyward_jobs{state="waiting",role="all"} 0\n');
    },
    60_000,
  );
  await app.stop();

  const database = await openDatabase({ databaseUrl: undefined, dataDir });
  closing.push(() => database.close());
  const rows = await everyRow(database);
  const of = (owner: string) =>
    rows.filter(
      (row) => row.includes(owner) || new RegExp(`\\b${ids.get(owner)}\\b`, "u").test(row),
    );
  expect(of("leaver")).toEqual([]);
  const tables = new Set(of("stayer").map((row) => row.split(" ")[0]));
  expect([...tables].toSorted()).toEqual(
    expect.arrayContaining([
      ...["pyward.decision", "pyward.repository", "pyward.request", "pyward.review"],
      "pyward_jobs.job_common",
    ]),
  );
});

test("every process forgets what it keeps in memory, whichever heard of the removal", async () => {
  const database = await openDatabase({
    databaseUrl: undefined,
    dataDir: aDataFolder("uninstall"),
  });
  closing.push(() => database.close());
  const store = await createStore(database);
  const processes = [0, 1].map(() => {
    const memories = {
      code: createCodeCache(),
      recent: createRecentReviews(),
      github: { forget: vi.fn() },
    };
    for (const [installation, repositoryId] of [
      [70, 700],
      [71, 710],
    ] as const) {
      memories.code.of(aPlace({ installation, repositoryId })).keep("blob", "x = 1\n");
      memories.recent.keep(`${repositoryId}#1`, {
        ...{ installation, head: "h", base: "b", change: { base: "b", head: "h", files: [] } },
      } as unknown as Parameters<typeof memories.recent.keep>[1]);
    }
    return memories;
  });
  const known = (installation: number, repositoryId: number) =>
    processes.map(({ code, recent }) => [
      code.of(aPlace({ installation, repositoryId })).file("blob") !== undefined,
      recent.newest(`${repositoryId}#1`) !== undefined,
    ]);
  const [hearing, other] = processes;
  if (hearing === undefined || other === undefined) throw new Error("no process");
  const lettingGo = startLettingGo({ ...other, store, log: quiet }, 0.05);
  closing.push(async () => lettingGo.stop());

  const ask = { kind: "forget", installation: 70 } as const;
  await store.requests.remember("removed", ask);
  letGo(hearing, ask);
  await store.requests.settle(["removed"], "done");

  await expect
    .poll(() => known(70, 700), { timeout: 10_000 })
    .toEqual([
      [false, false],
      [false, false],
    ]);
  expect(known(71, 710)).toEqual([
    [true, true],
    [true, true],
  ]);
  expect(other.github.forget).toHaveBeenCalledWith(70);
});
