// Runs `pyward` as a process of its own, in a folder of its own.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The engine is the one of `marked-words.ts`. */
export function runPyward(
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Readonly<Record<string, string>> },
): Promise<Ended> {
  return runNode([fileURLToPath(new URL("marked-words.ts", import.meta.url)), ...args], {
    cwd,
    env,
  });
}

export function runNode(
  args: readonly string[],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // What the person who runs the tests set for their own terminal is theirs.
    const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
    const child = spawn(process.execPath, args, { cwd, env: { ...rest, ...compiled, ...env } });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    child.stdin.end();
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...output }));
  });
}

/** What one process has compiled the next one need not: a third of the time of these tests. */
const compiled = {
  NODE_COMPILE_CACHE: fileURLToPath(
    new URL("../../node_modules/.cache/pyward-tests", import.meta.url),
  ),
};
