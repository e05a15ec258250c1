// `npm run bench:load`: what the App bears. See ../README.md.

import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createDatabase } from "../../test/e2e/app-process.ts";
import { measureIntake } from "./intake.ts";
import { type ManyResult, openManyAtOnce } from "./many-at-once.ts";
import { percentile } from "./requests.ts";

const { values } = parseArgs({
  options: {
    pulls: { type: "string", default: "1000" },
    installations: { type: "string", default: "200" },
    workers: { type: "string", default: "1,2,4" },
    delay: { type: "string", default: "100" },
    rate: { type: "string", default: "200" },
    seconds: { type: "string", default: "20" },
    limit: { type: "string", default: "1800" },
    only: { type: "string" },
  },
});
const pulls = Number(values.pulls);
const isChosen = (part: string) => values.only === undefined || values.only === part;

const [model = "unknown processor"] = cpus().map((cpu) => cpu.model);
say(`${model}, ${availableParallelism()} cores, Node ${process.version}`);
say(
  `load average before: ${load()}${(loadavg()[0] ?? 0) > 0.5 ? ": NOT IDLE, figures do not count" : ""}\n`,
);

if (isChosen("intake")) await intake();
if (isChosen("embedded") || isChosen("postgres")) {
  say(
    "| store | processes | concluded | reviews/s | p50, p95 to verdict | web p99, max | memory | processor: App, GitHub | load |",
  );
  say("|---|---|---|---|---|---|---|---|---|");
}
if (isChosen("embedded")) {
  await inFolder(async (folder) => {
    tell("embedded", "1", await many(0, { DATA_DIR: folder }));
  });
}
if (isChosen("postgres")) await onPostgres();

async function intake(): Promise<void> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const rate = Number(values.rate);
  const seconds = Number(values.seconds);
  await inFolder(async (folder) => {
    const { steady, most, flood } = await measureIntake(folder, pem, { rate, seconds });
    const ms = (hundredth: number) => `${percentile(steady.milliseconds, hundredth).toFixed(0)} ms`;
    say("| webhooks, one process, embedded store | | goal |\n|---|---|---|");
    say(
      `| taken in at ${rate}/s for ${seconds} s | ${steady.perSecond.toFixed(0)}/s, p50 ${ms(50)}, p99 ${ms(99)} | ${rate}/s |`,
    );
    say(`| as fast as it goes | ${most.perSecond.toFixed(0)}/s | 200/s |`);
    const { before, after } = flood;
    say(
      `| memory before, at most in, and after a flood of wrong signatures and 60 MB bodies | ${before.toFixed(0)}, ${flood.most.toFixed(0)}, ${after.toFixed(0)} MB | flat |`,
    );
    say(
      `| what the flood was answered | ${JSON.stringify(flood.statuses).replaceAll(/["{}]/gu, "")} | 401, 413 |\n`,
    );
  });
}

async function onPostgres(): Promise<void> {
  const server = process.env.DATABASE_URL;
  if (server === undefined) {
    say("DATABASE_URL is not set: PostgreSQL is left out");
    return;
  }
  let first: ManyResult | undefined;
  for (const workers of values.workers.split(",").map(Number)) {
    const name = `pyward_load_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
    const database = await createDatabase(server, name);
    try {
      const result = await many(workers, { DATABASE_URL: database.url });
      first ??= result;
      const growth = (result.perSecond / first.perSecond).toFixed(2);
      tell("PostgreSQL", `1 web, ${workers} worker (x${growth})`, result);
    } finally {
      await database.drop();
    }
  }
}

function many(workers: number, store: Readonly<Record<string, string>>): Promise<ManyResult> {
  return openManyAtOnce({
    ...{ pulls, workers, store, installations: Number(values.installations) },
    ...{ delayMs: Number(values.delay), limitSeconds: Number(values.limit) },
  });
}

function tell(store: string, processes: string, result: ManyResult): void {
  const { latencies, answers, memory, cpuSeconds } = result;
  const seconds = (values: readonly number[], at: number) =>
    (percentile(values, at) / 1000).toFixed(1);
  const ms = (at: number) => percentile(answers, at).toFixed(0);
  const cells = [
    ...[store, processes, `${result.concluded} of ${pulls}`, result.perSecond.toFixed(1)],
    `${seconds(latencies, 50)} s, ${seconds(latencies, 95)} s`,
    `${ms(99)} ms, ${ms(100)} ms`,
    `${memory.map((each) => each.toFixed(0)).join(" + ")} MB`,
    `${cpuSeconds.app.toFixed(0)} s, ${cpuSeconds.github.toFixed(0)} s`,
    load(),
  ];
  say(`| ${cells.join(" | ")} |`);
}

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pyward-load-"));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function load(): string {
  return loadavg()
    .slice(0, 2)
    .map((each) => each.toFixed(1))
    .join(", ");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
