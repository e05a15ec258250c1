// Contents of git objects, through one `git cat-file --batch` however many there are.

import { cannotStart, startGit } from "./git.ts";
import { type ReadText, readText, tooLarge } from "./read-text.ts";

/**
 * The text of each blob, by its id; blobs that git does not have are absent from the map.
 * @param limit bytes over which a blob is not kept.
 */
export async function readBlobs(
  ids: Iterable<string>,
  limit: number,
  cwd: string,
): Promise<Map<string, ReadText>> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, ReadText>();
  if (wanted.length === 0) return found;

  const sizes = await checkSizes(wanted, cwd);
  const small = wanted.filter((id) => {
    const size = sizes.get(id);
    if (size !== undefined && size > limit) found.set(id, tooLarge(size, limit));
    return size !== undefined && size <= limit;
  });
  for await (const { id, bytes } of readBatch(small, cwd)) found.set(id, readText(bytes));
  return found;
}

/** Sizes first: a blob of a gigabyte must not come down the pipe only to be thrown away. */
async function checkSizes(ids: readonly string[], cwd: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const child = start(["cat-file", "--batch-check"], ids, cwd);
  const chunks: Buffer[] = [];
  for await (const chunk of child) chunks.push(chunk);
  for (const line of Buffer.concat(chunks).toString("utf8").split("\n")) {
    const [id = "", kind, size] = line.split(" ");
    if (kind === "blob") sizes.set(id, Number(size));
  }
  return sizes;
}

/** `<id> blob <size>\n<bytes>\n`, again and again. */
async function* readBatch(
  ids: readonly string[],
  cwd: string,
): AsyncGenerator<{ id: string; bytes: Buffer }> {
  if (ids.length === 0) return;
  let pending: Buffer[] = [];
  let held = 0;
  let header: { id: string; size: number } | undefined;

  for await (const chunk of start(["cat-file", "--batch"], ids, cwd)) {
    pending.push(chunk);
    held += chunk.length;
    // Joining at every chunk would copy a large blob many times over.
    if (header !== undefined && held < header.size + 1) continue;
    let buffer = Buffer.concat(pending);
    while (true) {
      if (header === undefined) {
        const end = buffer.indexOf(0x0a);
        if (end < 0) break;
        const [id = "", kind, size] = buffer.toString("utf8", 0, end).split(" ");
        buffer = buffer.subarray(end + 1);
        if (kind === "blob") header = { id, size: Number(size) };
        continue;
      }
      if (buffer.length < header.size + 1) break;
      yield { id: header.id, bytes: buffer.subarray(0, header.size) };
      buffer = buffer.subarray(header.size + 1);
      header = undefined;
    }
    pending = [buffer];
    held = buffer.length;
  }
}

async function* start(
  args: readonly string[],
  ids: readonly string[],
  cwd: string,
): AsyncGenerator<Buffer> {
  const child = startGit(args, { cwd });
  let failure: unknown;
  child.once("error", (cause) => {
    failure = cannotStart(cause);
  });
  child.stdin.on("error", () => {});
  child.stderr.resume();
  child.stdin.end(ids.map((id) => `${id}\n`).join(""));
  for await (const chunk of child.stdout) yield chunk;
  if (failure !== undefined) throw failure;
}
