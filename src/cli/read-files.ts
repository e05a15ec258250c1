// Files of the disk as texts, a few dozen at a time, with a reason for each that is none.

import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { FileProblem } from "../analysis/finding.ts";
import type { SourceFile } from "../python/source-file.ts";
import { type ReadText, readText, tooLarge } from "./read-text.ts";

/** A file to read, and the name that it goes by in the analysis. */
export interface FileToRead {
  readonly path: string;
  readonly absolute: string;
}

export interface ReadFiles {
  /** In the given order. */
  readonly files: readonly SourceFile[];
  readonly problems: readonly FileProblem[];
}

/** @param limit bytes over which a file is left unread. */
export async function readFiles(
  wanted: readonly FileToRead[],
  limit: number,
  onProgress?: (done: number, total: number) => void,
): Promise<ReadFiles> {
  const files: SourceFile[] = [];
  const problems: FileProblem[] = [];
  for (let at = 0; at < wanted.length; at += atOnce) {
    const part = wanted.slice(at, at + atOnce);
    const read = await Promise.all(part.map(({ absolute }) => readFileText(absolute, limit)));
    for (const [index, { path }] of part.entries()) {
      const one = read[index];
      if (one === undefined) continue;
      if ("text" in one) files.push({ path, text: one.text });
      else problems.push({ path, kind: one.problem, message: one.message });
    }
    onProgress?.(Math.min(at + atOnce, wanted.length), wanted.length);
  }
  return { files, problems };
}

const atOnce = 48;

/** Reads one file; never a device or a pipe, which could go on for ever. */
export async function readFileText(path: string, limit: number): Promise<ReadText> {
  let file: FileHandle | undefined;
  try {
    // Opening a named pipe would wait for its writer; O_NONBLOCK does not.
    file = await open(path, nonBlockingRead);
    const info = await file.stat();
    if (!info.isFile()) return unreadable("It is no regular file.");
    if (info.size > limit) return tooLarge(info.size, limit);
    return readText(await file.readFile());
  } catch (error) {
    return unreadable(`It could not be read: ${reasonOf(error)}.`);
  } finally {
    await file?.close();
  }
}

const nonBlockingRead = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function unreadable(message: string): ReadText {
  return { problem: "not-text", message };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ENOENT") return "it is gone";
  if (code === "ELOOP") return "its symbolic links go in a circle";
  return typeof code === "string" ? code : "unknown reason";
}
