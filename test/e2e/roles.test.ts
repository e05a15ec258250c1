// One process hears, another reviews, both on one PostgreSQL; and the way there that the README shows.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { aFolder } from "../a-folder.ts";
import { startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import { aRepository, concluded } from "./world.ts";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const given = process.env.DATABASE_URL;
const isServerHere = given !== undefined || isThere("postgres", "initdb");
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

test.skipIf(!isServerHere)("a web process hears and a worker reviews", async () => {
  const github = await startGitHubEmulator({ app: await readAppManifest("app.yml") });
  const databaseUrl = given ?? (await startPostgres());
  const environment = { ...github.environment, DATABASE_URL: databaseUrl, HOST: "127.0.0.1" };
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

/** A PostgreSQL of its own on a free port; it refuses to run as root. */
async function startPostgres(): Promise<string> {
  const folder = aFolder("postgres");
  const port = await freePort();
  const isRoot = userInfo().uid === 0;
  const [command, ...before] = isRoot
    ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    : ["env"];
  if (command === undefined) throw new Error("no command");
  if (isRoot) execFileSync("chown", ["postgres", folder]);
  const data = join(folder, "data");
  execFileSync(command, [...before, "initdb", "-D", data, "-U", "pyward", "--auth=trust"]);
  const server = spawn(
    command,
    [...before, "postgres", "-D", data, "-p", String(port), "-k", "", "-h", "127.0.0.1"],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  children.push(server);
  outputs.set(server, "");
  server.stderr.on("data", (chunk: Buffer) =>
    outputs.set(server, outputs.get(server) + String(chunk)),
  );
  await says(server, "ready to accept connections");
  return `postgres://pyward@127.0.0.1:${port}/postgres`;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function isThere(...programs: readonly string[]): boolean {
  const folders = (process.env.PATH ?? "").split(":");
  return programs.every((program) => folders.some((folder) => existsSync(join(folder, program))));
}
