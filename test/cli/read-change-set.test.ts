// A range of a real git repository, whatever its files are called and hold.

import { chmodSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readChangeSet } from "../../src/cli/read-change-set.ts";
import { findRange, findRepository } from "../../src/cli/repository.ts";
import type { ChangedFile, ChangeSet } from "../../src/review/change-set.ts";
import { aFolder, aRepository, type Folder } from "./git-folder.ts";

const numbers = "one = 1\ntwo = 2\nthree = 3\n";

async function changeOf(folder: Folder, base?: string, head?: string): Promise<ChangeSet> {
  const repository = await findRepository(folder.path);
  if (repository === undefined) throw new Error("no repository");
  return readChangeSet(repository, await findRange(repository, base, head), 1000);
}

async function onlyFile(folder: Folder, base?: string, head?: string): Promise<ChangedFile> {
  const { files } = await changeOf(folder, base, head);
  expect(files).toHaveLength(1);
  const [file] = files;
  if (file === undefined) throw new Error("no file");
  return file;
}

describe("the working tree", () => {
  test("is compared with where the branch left the default branch", async () => {
    using repository = aRepository({ "a.py": numbers });
    const fork = repository.git("rev-parse", "HEAD").trim();
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.write({ "a.py": numbers.replace("two = 2", "two = 22") });
    repository.commit();
    repository.git("checkout", "--quiet", "main");
    repository.write({ "main.py": "later = 1\n" });
    repository.commit();
    repository.git("checkout", "--quiet", "topic");
    repository.write({ "a.py": `${numbers.replace("two = 2", "two = 22")}four = 4\n` });

    const change = await changeOf(repository);

    expect(change).toEqual({
      base: fork,
      head: undefined,
      files: [
        {
          path: "a.py",
          previousPath: undefined,
          status: "modified",
          baseText: numbers,
          headText: "one = 1\ntwo = 22\nthree = 3\nfour = 4\n",
          hunks: [
            {
              oldStart: 1,
              oldLines: 3,
              newStart: 1,
              newLines: 4,
              added: [2, 4],
              removed: [2],
            },
          ],
          unread: undefined,
        },
      ],
      // What was committed on the way and is written over since.
      passing: [
        {
          commit: repository.git("rev-parse", "topic").trim(),
          path: "a.py",
          text: numbers.replace("two = 2", "two = 22"),
        },
      ],
    });
  });

  test("holds what is staged, unstaged and untracked, but not what is ignored", async () => {
    using repository = aRepository({ ".gitignore": "ignored.py\n", "unstaged.py": numbers });
    repository.write({ "unstaged.py": "x = 1\n", "staged.py": "y = 1\n" });
    repository.git("add", "staged.py");
    repository.write({ "untracked.py": "z = 1\n", "ignored.py": "i = 1\n", "notes.txt": "n\n" });

    const { files } = await changeOf(repository);

    expect(files.map(({ path, status, headText }) => [path, status, headText])).toEqual([
      ["staged.py", "added", "y = 1\n"],
      ["unstaged.py", "modified", "x = 1\n"],
      ["untracked.py", "added", "z = 1\n"],
      ["notes.txt", "added", undefined],
    ]);
    expect(files[2]?.hunks?.[0]?.added).toEqual([1]);
  });

  test("is left as it was, the index too", async () => {
    using repository = aRepository({ "a.py": numbers });
    repository.write({ "b.py": "b = 1\n" });
    const before = repository.git("status", "--porcelain");

    await changeOf(repository);

    expect(repository.git("status", "--porcelain")).toBe(before);
    expect(repository.git("diff", "--cached", "--name-only")).toBe("");
  });

  test("shows a file that was moved without git as renamed", async () => {
    using repository = aRepository({ "old.py": numbers.repeat(5) });
    renameSync(join(repository.path, "old.py"), join(repository.path, "new.py"));

    expect(await onlyFile(repository)).toMatchObject({
      path: "new.py",
      previousPath: "old.py",
      status: "renamed",
      baseText: numbers.repeat(5),
      hunks: [],
    });
  });

  test("without any commit is new as a whole", async () => {
    using folder = aFolder({ "a.py": "a = 1\n" });
    folder.git("init", "--quiet");

    expect(await onlyFile(folder)).toMatchObject({ status: "added", headText: "a = 1\n" });
  });
});

describe("a commit", () => {
  test("is read from git, not from the working tree", async () => {
    using repository = aRepository({ "a.py": numbers });
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.write({ "a.py": "committed = 1\n" });
    const head = repository.commit();
    repository.write({ "a.py": "uncommitted = 1\n", "untracked.py": "" });

    const change = await changeOf(repository, "main", "topic");

    expect(change.head).toBe(head);
    expect(change.files.map(({ path, headText }) => [path, headText])).toEqual([
      ["a.py", "committed = 1\n"],
    ]);
  });

  test("can be reviewed in a bare repository", async () => {
    using repository = aRepository({ "a.py": numbers });
    repository.write({ "a.py": "x = 1\n" });
    repository.commit();
    using bare = aFolder();
    bare.git("clone", "--quiet", "--bare", repository.path, ".");

    expect(await onlyFile(bare, "main~1", "main")).toMatchObject({ headText: "x = 1\n" });
  });

  test("that deletes a file has its old text", async () => {
    using repository = aRepository({ "a.py": numbers, "b.py": "b = 1\n" });
    repository.git("rm", "--quiet", "a.py");
    repository.commit();

    expect(await onlyFile(repository, "main~1", "main")).toMatchObject({
      path: "a.py",
      status: "removed",
      baseText: numbers,
      headText: undefined,
      unread: undefined,
    });
  });
});

describe("a file", () => {
  const names = [
    "with space.py",
    "ünï/日本語.py",
    'quote"and\\backslash.py',
    "new\nline\tdiff --git a b.py",
    "-dash.py",
    ":(glob)*.py",
  ];

  test.each(names)("may be called %j", async (name) => {
    using repository = aRepository({ "other.py": numbers });
    repository.write({ [name]: "a = 1\n" });
    repository.commit();
    repository.write({ [name]: "a = 1\nb = 2\n", [`untracked ${name}`]: "c = 3\n" });

    const { files } = await changeOf(repository, "main");

    expect(files).toContainEqual(
      expect.objectContaining({
        path: name,
        baseText: "a = 1\n",
        headText: "a = 1\nb = 2\n",
        hunks: [expect.objectContaining({ added: [2] })],
      }),
    );
    expect(files).toContainEqual(
      expect.objectContaining({ path: `untracked ${name}`, status: "added", headText: "c = 3\n" }),
    );
  });

  test("whose name is not UTF-8 is told and left unread", async () => {
    using repository = aRepository({ "a.py": numbers });
    const name = Buffer.concat([
      Buffer.from(`${repository.path}/`),
      Buffer.from([0xe9]),
      Buffer.from(".py"),
    ]);
    writeFileSync(name, "x = 1\n");
    repository.commit();

    expect((await onlyFile(repository, "main~1", "main")).unread).toBe("Its name is not UTF-8.");
  });

  test.each([
    { what: "over the limit", text: "x".repeat(1001), kind: "too-large" },
    { what: "in Latin-1", text: Buffer.from("x = 'é'\n", "latin1"), kind: "not-text" },
    { what: "with NUL bytes", text: "x = 1\0", kind: "not-text" },
  ])("$what is left unread, with the reason", async ({ text, kind }) => {
    using repository = aRepository({ "a.py": numbers });
    repository.write({ "a.py": text });

    const inTree = await onlyFile(repository);
    repository.commit();
    const inCommit = await onlyFile(repository, "main~1", "main");

    expect(inTree).toMatchObject({ headText: undefined, unreadKind: kind });
    expect(inTree.unread).toMatch(/^It .+\.$/u);
    expect(inCommit.unread).toBe(inTree.unread);
  });

  test("with CR LF lines has the same hunks as any other", async () => {
    using repository = aRepository({ "a.py": "one = 1\r\ntwo = 2\r\n" });
    repository.write({ "a.py": "one = 1\r\ntwo = 3\r\n" });

    expect((await onlyFile(repository)).hunks?.[0]).toMatchObject({ added: [2], removed: [2] });
  });

  test("that becomes a symbolic link is gone as code, and never followed", async () => {
    using repository = aRepository({ "a.py": numbers, "b.py": "b = 1\n" });
    repository.git("rm", "--quiet", "--cached", "a.py");
    rmSync(join(repository.path, "a.py"));
    symlinkSync("/etc/hostname", join(repository.path, "a.py"));

    expect(await onlyFile(repository)).toMatchObject({ status: "removed", headText: undefined });
    repository.commit();
    expect(await onlyFile(repository, "main~1", "main")).toMatchObject({ headText: undefined });
  });

  test("that git treats as binary has no hunks and is read all the same", async () => {
    using repository = aRepository({ ".gitattributes": "*.py binary\n", "a.py": numbers });
    repository.write({ "a.py": "x = 1\n" });

    expect(await onlyFile(repository)).toMatchObject({ headText: "x = 1\n", hunks: undefined });
  });
});

test("what a person set for their own eyes changes nothing", async () => {
  using repository = aRepository({ "a.py": numbers });
  repository.write({ "a.py": `${numbers}four = 4\n` });
  const plain = await changeOf(repository);
  const settings = {
    "diff.external": "false",
    "diff.noprefix": "true",
    "diff.mnemonicPrefix": "true",
    "color.ui": "always",
    "diff.submodule": "log",
    "core.quotePath": "true",
    "core.pager": "false",
    "diff.suppressBlankEmpty": "true",
    "diff.context": "0",
    "diff.relative": "true",
    "diff.renames": "copies",
    "core.fsmonitor": "false",
  };
  for (const [name, value] of Object.entries(settings)) repository.git("config", name, value);

  expect(await changeOf(repository)).toEqual(plain);
});

test("a thousand files are read by few processes", async () => {
  using repository = aRepository({ "a.py": numbers });
  const files = Array.from({ length: 1000 }, (_, index) => [`m/f${index}.py`, `x = ${index}\n`]);
  repository.write(Object.fromEntries(files));
  repository.commit();

  const { files: changed } = await changeOf(repository, "main~1", "main");

  expect(Object.fromEntries(changed.map(({ path, headText }) => [path, headText]))).toEqual(
    Object.fromEntries(files),
  );
});

test("a submodule is a changed path without code", async () => {
  using inner = aRepository({ "a.py": numbers });
  using repository = aRepository({ "b.py": "b = 1\n" });
  repository.git(
    "-c",
    "protocol.file.allow=always",
    "submodule",
    "--quiet",
    "add",
    inner.path,
    "sub.py",
  );
  repository.commit();

  const { files } = await changeOf(repository, "main~1", "main");

  expect(files.find(({ path }) => path === "sub.py")).toMatchObject({
    headText: undefined,
    unread: undefined,
  });
});

test("a file whose mode alone changed has no hunks", async () => {
  using repository = aRepository({ "a.py": numbers, "b.py": "b = 1\n" });
  repository.write({ "b.py": "b = 2\n" });
  chmodSync(join(repository.path, "a.py"), 0o755);

  const { files } = await changeOf(repository);

  expect(files.map(({ path, hunks }) => [path, hunks?.length])).toEqual([
    ["a.py", 0],
    ["b.py", 1],
  ]);
});
