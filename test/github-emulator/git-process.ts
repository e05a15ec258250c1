// Runs the system's git: no shell, none of the machine's own settings, no questions.

import { spawn } from "node:child_process";

export interface GitRepository {
  /** The folder of the bare repository. */
  readonly dir: string;
}

/** Runs git without a shell and without the machine's own settings; throws with git's words if it fails. */
export async function git(
  repository: GitRepository,
  args: readonly string[],
  input?: string | Buffer,
): Promise<Buffer> {
  const { code, stdout, stderr } = await run(repository.dir, args, input);
  if (code !== 0) throw new Error(`git ${args[0]} failed: ${stderr.trim()}`);
  return stdout;
}

/** The same for commands that say no by failing; then `undefined`. */
export async function askGit(
  repository: GitRepository,
  args: readonly string[],
): Promise<Buffer | undefined> {
  const { code, stdout } = await run(repository.dir, args);
  return code === 0 ? stdout : undefined;
}

function run(
  dir: string,
  args: readonly string[],
  input: string | Buffer = "",
): Promise<{ code: number; stdout: Buffer; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...options, ...args], {
      cwd: dir,
      env: cleanEnvironment,
    });
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
    child.stdin.on("error", () => undefined); // git may stop reading early; its exit code tells why.
    child.on("error", (cause) => reject(new Error("git could not be started", { cause })));
    child.on("close", (code) =>
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(out),
        stderr: Buffer.concat(complaints).toString(),
      }),
    );
    child.stdin.end(input);
  });
}

const options = [
  ["-c", "core.quotePath=false"],
  // Nothing in the background, and no waiting for the disk: all this is thrown away at the end.
  ["-c", "gc.auto=0"],
  ["-c", "core.fsync=none"],
  // A repository named on the command line may belong to somebody else; it is only read.
  ["-c", "safe.directory=*"],
].flat();

const cleanEnvironment = {
  PATH: process.env.PATH ?? "",
  HOME: "/nonexistent",
  LC_ALL: "C.UTF-8",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  GIT_LITERAL_PATHSPECS: "1",
};
