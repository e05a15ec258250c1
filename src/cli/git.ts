// Runs the system's git: no shell, no pager, no questions, and nothing that the repository could make it run.

import { spawn } from "node:child_process";
import { UserMistake } from "./user-mistake.ts";

export interface GitSettings {
  /** Folder to run in. */
  readonly cwd: string;
  /** Bytes for git's standard input. */
  readonly input?: Buffer | string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git to its end. An exit code other than 0 is a result; git missing is a UserMistake. */
export function runGit(args: readonly string[], settings: GitSettings): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = startGit(args, settings);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.once("error", (cause) => reject(cannotStart(cause)));
    child.once("close", (code) =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString("utf8").trim(),
      }),
    );
    // Git may end before it has read all; its exit code says so, the broken pipe does not matter.
    child.stdin.on("error", () => {});
    child.stdin.end(settings.input);
  });
}

/** Runs git for its output as text; an exit code other than 0 becomes a UserMistake in git's words. */
export async function git(args: readonly string[], settings: GitSettings): Promise<string> {
  const { code, stdout, stderr } = await runGit(args, settings);
  if (code !== 0) throw gitFailed(args, code, stderr);
  return stdout.toString("utf8");
}

export function gitFailed(args: readonly string[], code: number, stderr: string): UserMistake {
  const words = stderr.split("\n").find((line) => line.startsWith("fatal:")) ?? stderr;
  const reason = words.replace(/^(?:fatal|error): /u, "") || `it ended with code ${code}`;
  return new UserMistake(`git ${args[0]} could not be run here: ${reason}`);
}

/** Starts git with both pipes open. Emits `error` when git is not installed. */
export function startGit(args: readonly string[], { cwd, env }: GitSettings) {
  return spawn("git", [...guards, "--no-pager", ...args], {
    cwd,
    env: { ...process.env, ...calm, ...env },
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
}

export function cannotStart(cause: unknown): Error {
  const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  return missing
    ? new UserMistake("git was not found; install it, or name files to `pyward scan` elsewhere.")
    : new Error("starting git", { cause });
}

/** Settings of this repository or person that would run programs, or change what is read here. */
const guards = [
  ["core.fsmonitor", "false"],
  ["core.quotePath", "false"],
  ["core.splitIndex", "false"],
  // Larger files count as binary, so that no line of theirs has to be compared.
  ["core.bigFileThreshold", "2m"],
].flatMap(([name, value]) => ["-c", `${name}=${value}`]);

const calm = {
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};
