// Texts are taken as git has them, in few requests, whatever GraphQL makes of them.

import { createHash } from "node:crypto";
import nock from "nock";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { GitHubClient } from "../../src/github/client.ts";
import { readBlobs } from "../../src/github/read-blobs.ts";
import { aPlace } from "../jobs/makers.ts";
import { aClient, api, onlyNock } from "./a-client.ts";

let client: GitHubClient;

beforeAll(async () => {
  onlyNock();
  client = await aClient();
});

afterEach(() => nock.cleanAll());

function blob(text: string, changes: object = {}) {
  const bytes = Buffer.from(text);
  const oid = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  return { oid, byteSize: bytes.length, isBinary: false, isTruncated: false, text, ...changes };
}

function content(bytes: Buffer, changes: object = {}) {
  const text = bytes.toString("base64");
  return { type: "file", size: bytes.length, encoding: "base64", content: text, ...changes };
}

function read(...paths: string[]) {
  return readBlobs(
    client,
    aPlace(),
    paths.map((path) => ({ commit: "c1", path })),
  );
}

test("many files are one query", async () => {
  const queries: { variables: object }[] = [];
  nock(api)
    .post("/graphql")
    .reply(async (request: Request) => {
      queries.push((await request.json()) as { variables: object });
      return [200, { data: { r0: { b0: blob("a"), b1: blob("ü\r\n"), b2: blob("") } } }];
    });

  expect(await read("a.py", "b c.py", "d.py")).toEqual([
    { text: "a" },
    { text: "ü\r\n" },
    { text: "" },
  ]);
  expect(queries[0]?.variables).toEqual({
    o0: "acme",
    n0: "shop",
    e0: "c1:a.py",
    e1: "c1:b c.py",
    e2: "c1:d.py",
  });
});

test("a text that GitHub changed or shortened is asked for as bytes", async () => {
  const latin = Buffer.from([0x78, 0x20, 0xe9]);
  const repository = {
    b0: blob("x �", { oid: "0".repeat(40) }),
    b1: blob("short", { isTruncated: true }),
    b2: blob("good"),
  };
  nock(api)
    .post("/graphql")
    .reply(200, { data: { r0: repository } });
  nock(api).get("/repos/acme/shop/contents/latin.py?ref=c1").reply(200, content(latin));
  nock(api)
    .get("/repos/acme/shop/contents/long.py?ref=c1")
    .reply(200, content(Buffer.from("long text")));

  expect(await read("latin.py", "long.py", "good.py")).toEqual([
    { unread: "It is not UTF-8 text.", kind: "not-text" },
    { text: "long text" },
    { text: "good" },
  ]);
});

test("large, binary and missing files are told apart", async () => {
  const repository = {
    b0: blob("x", { byteSize: 2_000_000 }),
    b1: blob("", { isBinary: true, text: null }),
    b2: null,
  };
  nock(api)
    .post("/graphql")
    .reply(200, { data: { r0: repository } });

  expect(await read("large.py", "binary.py", "submodule.py")).toEqual([
    { unread: "It is larger than 1 MB.", kind: "too-large" },
    { unread: "It is not UTF-8 text.", kind: "not-text" },
    { unread: "It is no file that GitHub shows.", kind: "not-text", isMissing: true },
  ]);
});

test("a query that is too much for GitHub is halved", async () => {
  const sizes: number[] = [];
  nock(api)
    .post("/graphql")
    .reply(async (request: Request) => {
      const { variables } = (await request.json()) as { variables: Record<string, string> };
      const paths = Object.keys(variables).filter((name) => /^e\d+$/u.test(name));
      sizes.push(paths.length);
      if (paths.length > 3) return [502, "Bad Gateway"];
      const repository = Object.fromEntries(
        paths.map((name) => [`b${name.slice(1)}`, blob(variables[name] ?? "")]),
      );
      return [200, { data: { r0: repository } }];
    })
    .persist();

  const texts = await read("a", "b", "c", "d", "e", "f");

  expect(sizes).toEqual([6, 3, 3]);
  expect(texts).toEqual(["a", "b", "c", "d", "e", "f"].map((path) => ({ text: `c1:${path}` })));
});

test("one or two files are read without a query, and a byte order mark stays", async () => {
  nock(api)
    .get("/repos/acme/shop/contents/a%20folder%2Fa%23b.py?ref=c1")
    .reply(200, content(Buffer.from("\uFEFFx = 1\n")));
  nock(api)
    .get("/repos/acme/shop/contents/big.py?ref=c1")
    .reply(200, content(Buffer.from(""), { encoding: "none", size: 1_200_000 }));

  expect(await read("a folder/a#b.py", "big.py")).toEqual([
    { text: "\uFEFFx = 1\n" },
    { unread: "It is larger than 1 MB.", kind: "too-large" },
  ]);
});

const elsewhere = { owner: "acme", repo: ".github" };

test("a repository that is out of reach is no reason to fail, as long as it is another one", async () => {
  const wanted = [
    { commit: "c1", path: "a.py" },
    { commit: "c1", path: "b.py" },
    { commit: "HEAD", path: "pyward.yml", elsewhere, isOptional: true },
  ];
  const refusal = { type: "NOT_FOUND", message: "Could not resolve to a Repository" };
  const answer = (path: string) => ({
    data: { r0: { b0: blob("a"), b1: blob("b") }, r1: null },
    errors: [{ ...refusal, path: [path] }],
  });
  nock(api).post("/graphql").reply(200, answer("r1"));

  expect(await readBlobs(client, aPlace(), wanted)).toEqual([
    { text: "a" },
    { text: "b" },
    { unread: "It is no file that GitHub shows.", kind: "not-text", isMissing: true },
  ]);
});
