// Bytes of a file as text, or the reason why they are none.

/** Files larger than this, in bytes, are not read: minified and generated code, data in disguise. */
export const defaultMaxFileSize = 1_000_000;

export type ReadText =
  | { readonly text: string }
  | { readonly problem: "too-large" | "not-text"; readonly message: string };

/** UTF-8, with or without a byte order mark (which is dropped). Missed: other PEP 263 encodings. */
export function readText(bytes: Uint8Array): ReadText {
  if (bytes.includes(0))
    return { problem: "not-text", message: "It holds NUL bytes, so it is not text." };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { problem: "not-text", message: "It is not UTF-8 text." };
  }
}

export function tooLarge(bytes: number, limit: number): ReadText {
  const message = `It is larger (${megabytes(bytes)}) than the limit of ${megabytes(limit)}.`;
  return { problem: "too-large", message };
}

/** 1,234,567 bytes are "1.2 MB". */
export function megabytes(bytes: number): string {
  return bytes < 100_000
    ? `${(bytes / 1000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
