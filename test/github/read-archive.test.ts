// An archive is read as a stream: what is wanted is taken by git's name for it, and nothing else.

import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import nock from "nock";
import { afterEach, beforeAll, expect, test } from "vitest";
import { blobId } from "../../src/github/blob-text.ts";
import type { GitHubClient } from "../../src/github/client.ts";
import { archiveLimits, readArchive } from "../../src/github/read-archive.ts";
import { aPlace } from "../jobs/makers.ts";
import { aClient, api, onlyNock } from "./a-client.ts";

let client: GitHubClient;

beforeAll(async () => {
  onlyNock();
  client = await aClient();
});

afterEach(() => nock.cleanAll());

async function pack(members: Readonly<Record<string, string>>): Promise<Buffer> {
  const files = Object.entries(members).map(([name, body]) => ({
    header: { name, size: Buffer.byteLength(body), type: "file" as const },
    body,
  }));
  return gzipSync(await packTar(files));
}

/** Gives the texts that were taken, and the error if there was one. */
async function read(archive: Buffer, wanted: readonly string[], limits = {}) {
  nock(api)
    .get("/repos/acme/shop/tarball/c1")
    .reply(302, undefined, { location: "https://codeload.github.com/acme-shop" });
  nock("https://codeload.github.com")
    .get("/acme-shop")
    .reply(200, archive, { "content-type": "application/x-gzip" });
  const taken: string[] = [];
  const question = {
    commit: "c1",
    blobs: new Set(wanted.map(blobId)),
    isWanted: (path: string) => path.endsWith(".py"),
    take: (_blob: string, bytes: Uint8Array) => void taken.push(Buffer.from(bytes).toString()),
  };
  try {
    await readArchive(client, aPlace(), question, { ...archiveLimits, ...limits });
    return { taken };
  } catch (error) {
    return { taken, error: String(error) };
  }
}

test("what is wanted is taken, wherever it stands and whatever it is called", async () => {
  const long = `shop-c1/${"deep/".repeat(60)}b.py`;
  const archive = await pack({
    "shop-c1/a.py": "a = 1\n",
    [long]: "ü = 2\n",
    "../../etc/cron.d/c.py": "c = 3\n",
    "shop-c1/notes.txt": "d = 4\n",
    "shop-c1/unknown.py": "e = 5\n",
  });

  expect(await read(archive, ["a = 1\n", "ü = 2\n", "c = 3\n", "d = 4\n"])).toEqual({
    taken: ["a = 1\n", "ü = 2\n", "c = 3\n"],
  });
});

test("what the archive says otherwise than git is not believed", async () => {
  const archive = await pack({ "shop-c1/version.py": "VERSION = 'c1'\n" });

  expect(await read(archive, ["VERSION = '$Format:%h$'\n"])).toEqual({ taken: [] });
});

test("when all was there, the rest is not read", async () => {
  const archive = await pack({ "s/a.py": "a\n", "s/b.py": "b\n", "s/c.py": "c\n" });

  expect(await read(archive, ["a\n"], { members: 1 })).toEqual({ taken: ["a\n"] });
});

test("an archive that swells ends at its limit, and what was read before is good", async () => {
  const archive = await pack({ "s/a.py": "a\n", "s/bomb.bin": "0".repeat(30_000_000) });

  const { taken, error } = await read(archive, ["a\n", "b\n"], { bytes: 5_000_000 });

  expect(archive.length).toBeLessThan(100_000);
  expect(taken).toEqual(["a\n"]);
  expect(error).toContain("more than 5000000 bytes");
});

test("so does one of too many members", async () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`s/${at}.py`, `${at}`]));

  const { error } = await read(await pack(many), ["nothing"], { members: 20 });

  expect(error).toContain("more than 20 members");
});

test.each([
  ["cut off", (archive: Buffer) => archive.subarray(0, archive.length - 40)],
  ["no archive", () => Buffer.from("<html>Sorry</html>")],
  ["no tar", () => gzipSync("x".repeat(2_000))],
])("one that is %s is an error, not a hang", async (_, spoil) => {
  const archive = await pack({ "s/a.py": "a = 1\n".repeat(2_000), "s/b.py": "b\n" });

  const { error } = await read(spoil(archive), ["b\n"]);

  expect(error).toBeDefined();
});
