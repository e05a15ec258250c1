// Where a report goes: to a file, whole or not at all, or to standard output, whose reader may leave.

import { randomBytes } from "node:crypto";
import { lstat, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { exitCodes, UserMistake } from "./user-mistake.ts";

/** @param file `undefined` for standard output. */
export async function writeOutput(text: string, file: string | undefined): Promise<void> {
  if (file === undefined) process.stdout.write(text);
  else await writeWhole(text, file, "--output");
}

/**
 * `pyward scan . | head` closes the pipe early: no fault of anybody, and no reason for a stack. A disk
 * that is full is told. Thrown from here, either would end in exit code 1, which means findings.
 */
export function guardStandardOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.stderr.write(`pyward: standard output cannot be written: ${reasonOf(error)}.\n`);
    process.exit(exitCodes.mistake);
  });
  // Nobody is left to be told.
  process.stderr.on("error", () => {});
}

/**
 * Written beside the target and moved there at the end; devices such as /dev/stderr are written to. Throws
 * UserMistake, in the name of the option that asked for it.
 */
export async function writeWhole(text: string, file: string, option: string): Promise<void> {
  let partial: string | undefined;
  try {
    // A link stays a link; what it points to is replaced.
    const target = await realpath(file).catch(() => resolve(file));
    const info = await lstat(target).catch(() => undefined);
    const isPlain = info === undefined || info.isFile();
    const name = `.${basename(target)}.${randomBytes(6).toString("hex")}.partial`;
    if (isPlain) partial = join(dirname(target), name);
    const handle = await open(partial ?? target, isPlain ? "wx" : "w", info?.mode);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    if (partial !== undefined) await rename(partial, target);
  } catch (error) {
    if (partial !== undefined) await rm(partial, { force: true });
    throw new UserMistake(`${option}: ${file} cannot be written: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "its folder does not exist";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "permission denied";
  if (code === "ENOSPC") return "the disk is full";
  return typeof code === "string" ? code : String(error);
}
