// The files of a commit in one request: its archive, read as a stream. Nothing is written anywhere, the
// names in it decide nothing but what to skip, and a text counts only under git's name for its bytes.

import { createTarDecoder } from "modern-tar";
import type { Place } from "../jobs/ask.ts";
import { blobId } from "./blob-text.ts";
import type { GitHubClient } from "./client.ts";

export interface ArchiveQuestion {
  readonly commit: string;
  /** Git's names for the bytes that are wanted. */
  readonly blobs: ReadonlySet<string>;
  /** Which members are worth a look; the path is the archive's own, with its folder. */
  isWanted(path: string, size: number): boolean;
  take(blob: string, bytes: Uint8Array): void;
}

export interface ArchiveLimits {
  /** Bytes of the whole archive, unpacked: a bomb ends here. */
  readonly bytes: number;
  readonly members: number;
  readonly milliseconds: number;
}

export const archiveLimits: ArchiveLimits = {
  bytes: 1_000_000_000,
  members: 300_000,
  milliseconds: 20_000,
};

/**
 * Reads until all that is wanted was there, or the archive ends. Throws what Octokit throws, and where a
 * limit is hit or the archive is broken; what was taken until then is good.
 * https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar
 */
export async function readArchive(
  client: GitHubClient,
  { owner, repo }: Place,
  { commit, blobs, isWanted, take }: ArchiveQuestion,
  limits: ArchiveLimits = archiveLimits,
): Promise<void> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/tarball/{ref}", {
    owner,
    repo,
    ref: commit,
    request: {
      parseSuccessResponseBody: false,
      retries: 1,
      signal: AbortSignal.timeout(limits.milliseconds),
    },
  });
  if (!(data instanceof ReadableStream)) throw new Error("an archive without a body");
  const members = (data as ReadableStream<Uint8Array<ArrayBuffer>>)
    .pipeThrough(new DecompressionStream("gzip"))
    .pipeThrough(upTo(limits.bytes))
    .pipeThrough(createTarDecoder({ strict: true }));

  const open = new Set(blobs);
  let seen = 0;
  // Leaving the loop cancels the stream, and with it the download.
  for await (const { header, body } of members) {
    seen += 1;
    if (seen > limits.members) throw new Error(`an archive of more than ${limits.members} members`);
    if ((header.type ?? "file") !== "file" || !isWanted(header.name, header.size)) {
      await body.cancel();
      continue;
    }
    const bytes = await bytesOf(body, header.size);
    const blob = blobId(bytes);
    if (open.delete(blob)) take(blob, bytes);
    if (open.size === 0) return;
  }
}

function upTo(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let passed = 0;
  return new TransformStream({
    transform(chunk, controller) {
      passed += chunk.length;
      if (passed > limit) throw new Error(`an archive of more than ${limit} bytes`);
      controller.enqueue(chunk);
    },
  });
}

async function bytesOf(body: ReadableStream<Uint8Array>, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const chunk of body) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
