// Bytes as git has them, as texts.

import { createHash } from "node:crypto";

/** Larger files are not read, in bytes. */
export const largestFile = 1_000_000;

/** Git's name for these bytes. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function blobId(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** `undefined` for what is not UTF-8, and for what holds NUL. A byte order mark stays. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    // Places in the file are counted with a byte order mark.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
