// Runs one measure, or another program, as a process of its own, so that none warms or fills another.

import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a measure of this folder prints: one JSON value. */
export function measure<Result>(name: string, ...args: readonly string[]): Result {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const printed = execFileSync(process.execPath, ["--max-old-space-size=6144", file, ...args], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  return JSON.parse(printed) as Result;
}

/** Seconds of processor time, user and system, of a program with all its threads; its exit code is its own. */
export function cpuSeconds(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): number {
  const script = '"$@" >/dev/null 2>&1; times';
  const { stdout } = spawnSync("sh", ["-c", script, "sh", ...command], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  const [, children = ""] = stdout.split("\n");
  return Array.from(children.matchAll(/(\d+)m([\d.]+)s/gu)).reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
