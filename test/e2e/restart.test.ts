// What a review comes to when its process is asked to stop, and who may share its data. What comes of
// one that is killed, at every step: `test/faults/campaign.test.ts`.

import { afterEach, beforeEach, expect, test } from "vitest";
import { aFolder } from "../a-folder.ts";
import { type GitHubEmulator, startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import { type AppProcess, startAppProcess } from "./app-process.ts";
import { aRepository, concluded } from "./world.ts";

let github: GitHubEmulator;
let dataDir: string;
const children: AppProcess[] = [];

beforeEach(async () => {
  github = await startGitHubEmulator({ app: await readAppManifest("app.yml") });
  dataDir = aFolder("restart");
});

afterEach(async () => {
  for (const child of children.splice(0)) await child.kill("SIGKILL");
  await github.close();
});

function startApp(environment: Readonly<Record<string, string>> = {}): AppProcess {
  const started = startAppProcess({
    ...github.environment,
    DATA_DIR: dataDir,
    PYWARD_TEST_UPKEEP: "1,0,900",
    ...environment,
  });
  children.push(started);
  return started;
}

async function listening(app: AppProcess): Promise<void> {
  github.setWebhookUrl(`${await app.listening()}/api/github/webhooks`);
}

/** Opens a pull request whose review is held up at a request, and waits until it is there. */
async function openHeldUp(operation: string) {
  github.faults.add({ kind: "delay", ms: 2000, match: { operation } });
  const pull = await openOne();
  await github.waitFor("the check begins", () => github.ledger.calls("checks/create")[0], 20_000);
  return pull;
}

async function openOne() {
  const repository = await aRepository({ github }, { "a.py": "x = 1\n" });
  const place = { repository, by: "mona" };
  const commits = [{ message: "change", files: { "a.py": "x = 1\nBAD = 2\n" } }];
  await github.push({ ...place, branch: "feature", commits });
  const number = await github.openPullRequest({ ...place, title: "A change", head: "feature" });
  return { repository, number };
}

test("asked to stop, it ends the review under way and takes no other", async () => {
  const app = startApp();
  await listening(app);
  const { repository, number } = await openHeldUp("repos/compare-commits-with-basehead");

  expect(await app.kill("SIGTERM")).toBe(0);

  expect(app.output()).toContain("stopped");
  const { check } = await concluded({ github }, repository, number);
  expect(check.conclusion).toBe("failure");
});

test("a second process on the same data is refused by a sentence", async () => {
  const first = startApp();
  await first.says("ready ");

  const second = startApp();
  await second.says("is in use by another Pyward; stop that one, or set DATA_DIR");

  expect(await second.ended()).toBe(2);
});

test("a store that can write no more ends the process with a sentence, and all is there after the next start", async () => {
  const app = startApp();
  await listening(app);
  const first = await openHeldUp("repos/compare-commits-with-basehead");
  app.order({ kind: "disk", state: "refusing" });
  const second = await openOne();

  expect(await app.ended()).toBe(2);
  expect(app.output()).toMatch(
    /^The store in .+ broke: .*No space left on device\. Make room on its disk, at least 64 MB, and start Pyward again\. Nothing that was stored is lost\.$/mu,
  );

  await listening(startApp());
  for (const { repository, number } of [first, second]) {
    const { view, check } = await concluded({ github }, repository, number);
    expect(check.conclusion).toBe("failure");
    expect(view.reviews).toHaveLength(1);
    expect(view.checkRuns).toHaveLength(1);
  }
});

test("on a full disk it does not start, says so, and has lost nothing when there is room", async () => {
  const first = startApp();
  await listening(first);
  const { repository, number } = await openHeldUp("repos/compare-commits-with-basehead");
  await first.kill("SIGKILL");

  const second = startApp({ PYWARD_TEST_DISK: "refusing" });
  expect(await second.ended()).toBe(2);
  expect(second.output()).toMatch(
    /^The data in .+ cannot be opened: the disk is full\. Make room on its disk, at least 64 MB, and start Pyward again\.$/mu,
  );

  await listening(startApp());
  const { check } = await concluded({ github }, repository, number);
  expect(check.conclusion).toBe("failure");
});
