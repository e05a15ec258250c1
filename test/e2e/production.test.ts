// The production section of the README, to the letter: its commands, in its order, on PostgreSQL.

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { startGitHubEmulator } from "../github-emulator/emulator.ts";
import { readAppManifest } from "../github-emulator/manifest.ts";
import { aDatabase, freePort, isPostgresHere } from "./a-database.ts";
import { aRepository, concluded } from "./world.ts";

const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const section = readme.slice(readme.indexOf("## Run it in production"));
const [, block = ""] = /```sh\n([\s\S]*?)```/u.exec(section) ?? [];
const commands = block
  .trim()
  .split("\n")
  .map((line) => line.replace(/\s+#.*$/u, ""));

interface Started {
  readonly child: ChildProcess;
  output(): string;
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>;
}

const running: Started[] = [];

afterEach(() => {
  for (const { child } of running.splice(0)) signal(child, "SIGKILL");
});

/** In a group of its own, so that what npm starts ends with it. */
function start(command: string, environment: Readonly<Record<string, string>>): Started {
  const { PATH, HOME } = process.env;
  const child = spawn("sh", ["-c", command], {
    ...{ cwd: root, detached: true, stdio: ["ignore", "pipe", "pipe"] },
    env: { PATH, HOME, ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const started = { child, output: () => output, ended };
  running.push(started);
  return started;
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has ended by itself.
  }
}

test("the section shows the commands that are run here", () => {
  expect(commands).toEqual([
    "npm start -- --role web",
    "npm start -- --role worker",
    "npm run -s pyward -- doctor",
  ]);
});

test.skipIf(!isPostgresHere)(
  "web and worker, started as shown, review a pull request",
  { timeout: 300_000 },
  async () => {
    const github = await startGitHubEmulator({ app: await readAppManifest("app.yml") });
    const database = await aDatabase();
    const port = await freePort();
    const settings = {
      ...github.environment,
      ...{ DATABASE_URL: database.url, PUBLIC_URL: `http://127.0.0.1:${port}`, HOST: "127.0.0.1" },
    };
    github.setWebhookUrl(`${settings.PUBLIC_URL}/api/github/webhooks`);
    const [web = "", worker = "", doctor = ""] = commands;
    const processes = [
      start(web, { ...settings, PORT: String(port) }),
      start(worker, { ...settings, PORT: String(await freePort()) }),
    ];
    for (const { output } of processes) {
      await expect
        .poll(output, { timeout: 120_000, interval: 200 })
        .toContain("Pyward is listening");
    }
    await expect
      .poll(async () => (await fetch(`${settings.PUBLIC_URL}/readyz`)).status, { timeout: 30_000 })
      .toBe(200);

    const repository = await aRepository({ github }, { "a.py": "x = 1\n" });
    const place = { repository, by: "mona" };
    const text = "import yaml\n\n\ndef read(text):\n    return yaml.load(text)\n";
    const commits = [{ message: "read", files: { "a.py": text } }];
    await github.push({ ...place, branch: "feature", commits });
    const number = await github.openPullRequest({ ...place, title: "Read", head: "feature" });
    const { view } = await concluded({ github }, repository, number);
    expect(view.checkRuns).toHaveLength(1);
    expect((await fetch(`${settings.PUBLIC_URL}/rules`)).status).toBe(200);

    const asked = start(doctor, settings);
    expect(await asked.ended).toBe(0);
    expect(asked.output()).toContain("Everything is in order.");
    expect(asked.output()).toMatch(/^OK {5}database {7}PostgreSQL, at version \d+$/mu);

    for (const { child } of processes) signal(child, "SIGTERM");
    await Promise.all(processes.map(({ ended }) => ended));
    expect(github.ledger.violations).toEqual([]);
    await github.close();
    await database.close();
  },
);
