// The processes of a load measure: what they are started with, what they use, and how they are ended.

import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { GitHubAnswers, GitHubQuestion } from "./github.ts";

export interface AppProcess {
  /** Where it listens. */
  readonly url: string;
  /** The largest resident size so far, in megabytes. */
  peakMemory(): number;
  /** The resident size now, in megabytes. */
  memory(): number;
  /** Seconds of processor time so far. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** The App as an operator starts it, with these settings. */
export async function startApp(
  role: "web" | "worker" | "all",
  environment: Readonly<Record<string, string>>,
): Promise<AppProcess> {
  const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
  const own: Record<string, string | undefined> = {
    ...{ PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "info" },
    ...environment,
  };
  const child = spawn(process.execPath, [cli, "serve", "--role", role], {
    env: own as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      const found = /"url":"([^"]+)","store"/u.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", () => reject(new Error(`the App ended:\n${output}`)));
  });
  return {
    url,
    peakMemory: () => statusOf(child, "VmHWM"),
    memory: () => statusOf(child, "VmRSS"),
    cpuSeconds: () => cpuOf(child),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

export interface GitHubProcess {
  ask<Name extends keyof GitHubAnswers>(
    name: Name,
    how?: Omit<GitHubQuestion, "ask">,
  ): Promise<GitHubAnswers[Name]>;
  stop(): void;
}

export function startGitHub(delayMs: number): GitHubProcess {
  const file = fileURLToPath(new URL("./github.ts", import.meta.url));
  const child = fork(file, [String(delayMs)]);
  let line: Promise<unknown> = Promise.resolve();
  return {
    ask(name, how = {}) {
      const answer = line.then(async () => {
        const told = once(child, "message");
        child.send({ ask: name, ...how });
        return (await told)[0];
      });
      line = answer;
      return answer as never;
    },
    stop: () => void child.kill("SIGKILL"),
  };
}

/** In megabytes, as Linux tells it; not a number elsewhere. */
function statusOf({ pid }: ChildProcess, field: "VmHWM" | "VmRSS"): number {
  const [, kilobytes] =
    new RegExp(`${field}:\\s+(\\d+) kB`, "u").exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) / 1024;
}

/** Linux counts in hundredths of a second. */
function cpuOf({ pid }: ChildProcess): number {
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /su, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
