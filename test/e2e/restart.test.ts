// What a review comes to when its process ends in the middle: killed, or asked to stop.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aFolder } from "../a-folder.ts";
import { type GitHubEmulator, startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import { aRepository, concluded } from "./world.ts";

let github: GitHubEmulator;
let dataDir: string;
const children: Child[] = [];

beforeEach(async () => {
  github = await startGitHubEmulator({ app: await readAppManifest("app.yml") });
  dataDir = aFolder("restart");
});

afterEach(async () => {
  for (const child of children.splice(0)) await child.kill("SIGKILL");
  await github.close();
});

interface Child {
  output(): string;
  says(words: string): Promise<void>;
  /** Resolves to the exit code; `null` after a signal that was not handled. */
  ended(): Promise<number | null>;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

function startApp(): Child {
  const script = fileURLToPath(new URL("./serve-markers.ts", import.meta.url));
  const env = { ...github.environment, PORT: "0", HOST: "127.0.0.1", DATA_DIR: dataDir };
  const child: ChildProcess = spawn(process.execPath, [script], {
    env: { ...env, PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const started: Child = {
    output: () => output,
    says: (words) => expect.poll(() => output, { timeout: 30_000, interval: 50 }).toContain(words),
    ended: () => ended,
    async kill(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return await ended;
    },
  };
  children.push(started);
  return started;
}

async function listening(child: Child): Promise<void> {
  await child.says("ready ");
  const port = /^ready (\d+)$/mu.exec(child.output())?.[1];
  github.setWebhookUrl(`http://127.0.0.1:${port}/api/github/webhooks`);
}

/** Opens a pull request whose review is held up at a request, and waits until it is there. */
async function openHeldUp(operation: string) {
  const repository = await aRepository({ github }, { "a.py": "x = 1\n" });
  github.faults.add({ kind: "delay", ms: 2000, match: { operation } });
  const place = { repository, by: "mona" };
  const commits = [{ message: "change", files: { "a.py": "x = 1\nBAD = 2\n" } }];
  await github.push({ ...place, branch: "feature", commits });
  const number = await github.openPullRequest({ ...place, title: "A change", head: "feature" });
  await github.waitFor("the check begins", () => github.ledger.calls("checks/create")[0], 20_000);
  return { repository, number };
}

test.each([
  "repos/compare-commits-with-basehead",
  "pulls/create-review",
  "checks/update",
])("a process killed during %s leaves a review that the next one ends, saying nothing twice", async (operation) => {
  const first = startApp();
  await listening(first);
  const { repository, number } = await openHeldUp(operation);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(await first.kill("SIGKILL")).toBeNull();

  const second = startApp();
  await listening(second);

  const { view, check } = await concluded({ github }, repository, number);
  expect(check.conclusion).toBe("failure");
  expect(check.annotations).toHaveLength(1);
  expect(view.checkRuns).toHaveLength(1);
  expect(view.reviews).toHaveLength(1);
  expect(view.threads).toHaveLength(1);
  expect(github.ledger.violations).toEqual([]);
});

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
