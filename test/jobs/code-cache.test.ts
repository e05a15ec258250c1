// What is kept of repositories' code: each for itself, as much as there is room for, and in memory only.

import { expect, test } from "vitest";
import { createCodeCache } from "../../src/jobs/code-cache.ts";
import { aPlace } from "./makers.ts";

const commit = "c".repeat(40);

test("nobody reads what was fetched for another installation or repository", () => {
  const cache = createCodeCache();
  cache.of(aPlace({ installation: 1, repositoryId: 11 })).keep("b1", "x = 1\n");
  cache.of(aPlace({ installation: 1, repositoryId: 11 })).keepPlace(commit, "a.py", "b1");

  for (const place of [
    aPlace({ installation: 2, repositoryId: 11 }),
    aPlace({ installation: 1, repositoryId: 1 }),
    aPlace({ installation: 11, repositoryId: 1 }),
  ]) {
    expect(cache.of(place).file("b1")).toBeUndefined();
    expect(cache.of(place).blobAt(commit, "a.py")).toBeUndefined();
  }
  const own = cache.of(aPlace({ installation: 1, repositoryId: 11 }));
  expect(own.file("b1")?.text).toBe("x = 1\n");
  expect(own.blobAt(commit, "a.py")).toBe("b1");
});

test("where room is short, what was not used for longest is forgotten", () => {
  const code = createCodeCache(25_000).of(aPlace());
  const text = "x".repeat(10_000);

  code.keep("b1", text);
  code.keep("b2", text);
  code.file("b1");
  code.keep("b3", text);

  expect(["b1", "b2", "b3"].map((blob) => code.file(blob) !== undefined)).toEqual([
    true,
    false,
    true,
  ]);
});

test("a text larger than all room is not kept, and costs nothing else its place", () => {
  const code = createCodeCache(5_000).of(aPlace());
  code.keep("b1", "x = 1\n");

  code.keep("b2", "ж".repeat(3_000));

  expect(code.file("b1")).toBeDefined();
  expect(code.file("b2")).toBeUndefined();
});

test("a removed installation is forgotten, others are not", () => {
  const cache = createCodeCache();
  cache.of(aPlace({ installation: 1 })).keep("b1", "");
  cache.of(aPlace({ installation: 12 })).keep("b1", "");

  cache.forget(1);

  expect(cache.of(aPlace({ installation: 1 })).file("b1")).toBeUndefined();
  expect(cache.of(aPlace({ installation: 12 })).file("b1")).toBeDefined();
});

test("so is a removed repository, and the installation's others are not", () => {
  const cache = createCodeCache();
  cache.of(aPlace({ repositoryId: 1 })).keep("b1", "");
  cache.of(aPlace({ repositoryId: 12 })).keep("b1", "");

  cache.forget(aPlace().installation, [1]);

  expect(cache.of(aPlace({ repositoryId: 1 })).file("b1")).toBeUndefined();
  expect(cache.of(aPlace({ repositoryId: 12 })).file("b1")).toBeDefined();
});

test("only commits are remembered by name: a branch means another one tomorrow", () => {
  const code = createCodeCache().of(aPlace());

  code.keepPlace("HEAD", "a.py", "b1");

  expect(code.blobAt("HEAD", "a.py")).toBeUndefined();
});

test("what is no text is known to be none", () => {
  const code = createCodeCache().of(aPlace());

  code.keep("b1", undefined);

  expect(code.file("b1")).toEqual({ text: undefined, imports: [] });
});

test("who comes while a project is fetched waits for it, also where that fails", async () => {
  const code = createCodeCache().of(aPlace());
  const heard: string[] = [];
  const fetching = code.fetch(async () => {
    await Promise.resolve();
    heard.push("fetched");
    throw new Error("GitHub is down");
  });

  await Promise.all([
    expect(fetching).rejects.toThrow("GitHub is down"),
    code.fetched().then(() => heard.push("waited")),
  ]);
  await code.fetched();

  expect(heard).toEqual(["fetched", "waited"]);
});
