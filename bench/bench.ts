// `npm run bench -- --corpus DIR ...`: what the engine costs, as ratios of one run. See README.md.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { EngineCost } from "./engine-cost.ts";
import { generateCorpus } from "./generate-corpus.ts";
import { cpuSeconds, measure, median } from "./run.ts";

const { values } = parseArgs({
  options: {
    corpus: { type: "string", multiple: true, default: [] },
    ruff: { type: "string", default: process.cwd() },
    files: { type: "string", default: "10000" },
    "no-bandit": { type: "boolean", default: false },
  },
});
const most = Number(values.files);
const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "pyward-bench-"));
const caches = { XDG_CACHE_HOME: join(scratch, "cache") };

try {
  const [model = "unknown processor"] = cpus().map((cpu) => cpu.model);
  console.log(`${model}, ${availableParallelism()} cores, Node ${process.version}\n`);
  console.log("| corpus | measure | value | goal |\n|---|---|---|---|");
  const whole = generated(most);
  for (const folder of [...values.corpus, whole]) compareWithOthers(folder);
  const eighth = generated(Math.round(most / 8));
  const large = measure<EngineCost>("engine-cost", whole).analyse;
  tell(
    "generated",
    "time(8x files) / time(1x)",
    large / measure<EngineCost>("engine-cost", eighth).analyse,
    "8.5",
  );
  const fifth = generated(Math.round(most / 5));
  const [small, peak] = [fifth, whole].map((folder) => measure<number>("peak-memory", folder));
  tell(
    "generated",
    `peak memory at ${most} files / at ${most / 5} (${mega(peak)} / ${mega(small)})`,
    (peak ?? 0) / (small ?? 0),
    "1.25",
  );
  start();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function generated(count: number): string {
  const folder = join(scratch, `generated-${count}`);
  generateCorpus(folder, count);
  return folder;
}

function compareWithOthers(folder: string): void {
  const name = folder.startsWith(scratch) ? "generated" : basename(folder);
  const cost = measure<EngineCost>("engine-cost", folder);
  const { files, characters, parse, lower, analyse, findings } = cost;
  const megabytes = (characters / 1e6).toFixed(1);
  console.log(`| ${name} | ${files} files, ${megabytes} MB, ${findings} findings | | |`);
  tell(name, `parse alone (${parse.toFixed(2)} s)`, 1, "");
  tell(name, "parse + lower / parse", lower / parse, "");
  tell(name, "parse + lower + all rules / parse", analyse / parse, "1.6");
  const rules = Object.entries(measure<Record<string, number>>("rule-cost", folder));
  for (const [rule, seconds] of rules.toSorted(([, a], [, b]) => b - a).slice(0, 5))
    tell(name, `rule ${rule} / parse`, seconds / parse, "0.02");
  const ruff = measure<number | null>("ruff-cost", folder, values.ruff);
  if (ruff !== null) tell(name, "cold scan / Ruff's security rules (wasm)", analyse / ruff, "3");
  if (!values["no-bandit"]) {
    const bandit = cpuSeconds(["bandit", "-q", "-r", "-f", "json", folder]);
    // Without Bandit the shell ends at once.
    if (bandit > 1) tell(name, "Bandit / cold scan (at least)", bandit / analyse, "10");
  }
  const scan = [process.execPath, cli, "scan", folder, "-q", "-f", "json"];
  const cold = cpuSeconds(scan, caches);
  const warm = cpuSeconds(scan, caches);
  tell(name, "scan again with the cache / cold", warm / cold, "0.05");
  if (ruff !== null) tell(name, "scan again with the cache / Ruff", warm / ruff, "1");
}

/** The command on one file against Node on none. */
function start(): void {
  const file = join(scratch, "one.py");
  writeFileSync(file, "import yaml\n\n\ndef read(text):\n    return yaml.safe_load(text)\n");
  const times = (command: readonly string[]): number =>
    median(Array.from({ length: 7 }, () => cpuSeconds([process.execPath, ...command], caches)));
  const empty = times(["-e", ""]);
  tell(
    "one file",
    `command / empty Node (${empty} s)`,
    times([cli, "scan", file, "-q"]) / empty,
    "5",
  );
}

function tell(corpus: string, what: string, value: number, goal: string): void {
  const digits = value < 0.1 ? 3 : 2;
  console.log(`| ${corpus} | ${what} | ${value.toFixed(digits)} | ${goal} |`);
}

function mega(bytes = 0): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
