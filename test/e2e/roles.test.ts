// One process hears, another reviews, both on one PostgreSQL; and the way there that the README shows.

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import { aDatabase, isPostgresHere } from "./a-database.ts";
import { aRepository, concluded } from "./world.ts";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

test("a role of its own needs PostgreSQL, and says so", async () => {
  const worker = start(["serve", "--role", "worker"], {});

  await says(
    worker,
    "--role worker needs DATABASE_URL: the embedded store serves one process only.",
  );
});

test.skipIf(!isPostgresHere)("a web process hears and a worker reviews", async () => {
  const github = await startGitHubEmulator({ app: await readAppManifest("app.yml") });
  const database = await aDatabase();
  const environment = { ...github.environment, DATABASE_URL: database.url, HOST: "127.0.0.1" };
  // Both bring the store up to date at once.
  const web = start(["serve", "--role", "web"], { ...environment, PORT: "0" });
  const worker = start(["serve", "--role", "worker"], { ...environment, PORT: "0" });
  const [url, workerUrl] = await Promise.all([listening(web), listening(worker)]);
  github.setWebhookUrl(`${url}/api/github/webhooks`);

  const repository = await aRepository({ github }, { "a.py": "x = 1\n" });
  const place = { repository, by: "mona" };
  const files = { "a.py": "import yaml\n\ndef read(text):\n    return yaml.load(text)\n" };
  await github.push({ ...place, branch: "feature", commits: [{ message: "read", files }] });
  const number = await github.openPullRequest({ ...place, title: "Read", head: "feature" });

  const { view } = await concluded({ github }, repository, number);
  expect(view.checkRuns).toHaveLength(1);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(await (await fetch(`${workerUrl}/readyz`)).text()).toBe("ok\n");
  expect((await fetch(`${workerUrl}/api/github/webhooks`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${workerUrl}/rules`)).status).toBe(404);

  const jobs = start(["jobs", "list", "--state", "done"], environment);
  await says(jobs, "review");
  for (const child of [web, worker]) child.kill("SIGTERM");
  await Promise.all([web, worker].map(ended));
  expect([web.exitCode, worker.exitCode]).toEqual([0, 0]);
  await github.close();
  await database.close();
});

const outputs = new WeakMap<ChildProcess, string>();

function start(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const { DATABASE_URL: _, ...own } = process.env;
  const env = { ...settings, ...own, ...environment };
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  outputs.set(child, "");
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => outputs.set(child, outputs.get(child) + String(chunk)));
  }
  return child;
}

/** Enough that only what the test is about is wrong. */
const settings = { APP_ID: "1", WEBHOOK_SECRET: "a secret for the tests" };

function says(child: ChildProcess, words: string): Promise<void> {
  return expect.poll(() => outputs.get(child), { timeout: 60_000, interval: 100 }).toContain(words);
}

async function listening(child: ChildProcess): Promise<string> {
  await says(child, "Pyward is listening");
  return /"url":"([^"]+)"/u.exec(outputs.get(child) ?? "")?.[1] ?? "";
}

async function ended(child: ChildProcess): Promise<void> {
  await expect.poll(() => child.exitCode, { timeout: 30_000, interval: 50 }).not.toBeNull();
}
