// Reading a repository: every diff, merge base, rename and blob is git's own.

import { expect, test } from "vitest";
import {
  aFile,
  anEmulator,
  anInstallation,
  aPullRequest,
  refusal,
  repository,
  shop,
} from "./makers.ts";
import { repositoryNamed } from "./world.ts";

const at = { ...shop, pull_number: 1 };

test("a pull request tells its ends and its size", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);

  const { data } = await client.rest.pulls.get(at);

  expect(data).toMatchObject({
    number: 1,
    state: "open",
    draft: false,
    user: { login: "ada", type: "User" },
    author_association: "MEMBER",
    head: { label: "acme:feature", sha: head },
    base: { ref: "main" },
    commits: 1,
    changed_files: 2,
    additions: 4,
    deletions: 2,
    mergeable: true,
  });
});

test("the files of a pull request come with git's statuses, blobs and patches", async () => {
  const github = await anEmulator();
  const text = aFile(60);
  await github.createRepository({
    owner: "acme",
    name: "shop",
    commits: [
      {
        message: "first",
        files: {
          "gone.py": "a = 1\n",
          "old name.py": text,
          "é.py": "a\n",
          "pic.png": Buffer.from([0, 1]),
        },
      },
    ],
  });
  const files = {
    "gone.py": null,
    "old name.py": null,
    "new/name.py": text,
    "é.py": "b\n",
    "pic.png": Buffer.from([0, 2]),
    "fresh.py": "one\ntwo",
  };
  await github.push({
    repository,
    branch: "feature",
    by: "acme",
    commits: [{ message: "m", files }],
  });
  await github.openPullRequest({ repository, title: "t", head: "feature", by: "acme" });
  const client = await anInstallation(github);

  const { data } = await client.rest.pulls.listFiles(at);

  const told = data.map(({ filename, status, patch, previous_filename }) => [
    filename,
    status,
    previous_filename,
    patch,
  ]);
  expect(told.sort()).toEqual([
    ["fresh.py", "added", undefined, "@@ -0,0 +1,2 @@\n+one\n+two\n\\ No newline at end of file"],
    ["gone.py", "removed", undefined, "@@ -1 +0,0 @@\n-a = 1"],
    ["new/name.py", "renamed", "old name.py", undefined],
    ["pic.png", "modified", undefined, undefined],
    ["é.py", "modified", undefined, "@@ -1 +1 @@\n-a\n+b"],
  ]);
  for (const { sha, filename } of data.filter((file) => file.status !== "removed")) {
    const { data: blob } = await client.rest.git.getBlob({ ...shop, file_sha: sha ?? "" });
    const { data: raw } = await client.rest.repos.getContent({
      ...shop,
      path: filename,
      ref: "feature",
    });
    expect(raw).toMatchObject({ type: "file", sha: blob.sha, content: `${blob.content}\n` });
  }
  expect(github.ledger.violations).toEqual([]);
});

test("lines that look like a diff's own header do not confuse the patches", async () => {
  const github = await anEmulator();
  await github.createRepository({ owner: "acme", name: "shop" });
  const odd = "diff --git a/x b/x\r@@ -1 +1 @@\u2028diff --git a/y b/y\n";
  const files = { "a.py": odd, "b.py": "b\n" };
  await github.push({
    repository,
    branch: "feature",
    by: "acme",
    commits: [{ message: "m", files }],
  });
  await github.openPullRequest({ repository, title: "t", head: "feature", by: "acme" });
  const client = await anInstallation(github);

  const { data } = await client.rest.pulls.listFiles(at);

  expect(data.map((file) => file.patch)).toEqual([
    `@@ -0,0 +1 @@\n+${odd.trimEnd()}`,
    "@@ -0,0 +1 @@\n+b",
  ]);
});

test("an over-large patch is left out, its counts are not", async () => {
  const github = await anEmulator();
  await github.createRepository({ owner: "acme", name: "shop" });
  const files = { "big.py": aFile(20_001) };
  await github.push({
    repository,
    branch: "feature",
    by: "acme",
    commits: [{ message: "m", files }],
  });
  await github.openPullRequest({ repository, title: "t", head: "feature", by: "acme" });
  const client = await anInstallation(github);

  const { data } = await client.rest.pulls.listFiles(at);

  expect(data).toMatchObject([{ filename: "big.py", additions: 20_001 }]);
  expect(data[0]).not.toHaveProperty("patch");
});

test("lists come in pages that say where the next is; a diff of too many files is refused", async () => {
  const github = await anEmulator();
  await github.createRepository({ owner: "acme", name: "shop" });
  const files = Object.fromEntries(Array.from({ length: 301 }, (_, n) => [`f${n}.py`, `${n}\n`]));
  await github.push({
    repository,
    branch: "feature",
    by: "acme",
    commits: [{ message: "m", files }],
  });
  await github.openPullRequest({ repository, title: "t", head: "feature", by: "acme" });
  const client = await anInstallation(github);

  const { headers } = await client.rest.pulls.listFiles({ ...at, per_page: 100 });
  const all = await client.paginate(client.rest.pulls.listFiles, { ...at, per_page: 100 });

  expect(headers.link).toContain(`page=2>; rel="next"`);
  expect(all).toHaveLength(301);
  const diff = client.rest.pulls.get({ ...at, mediaType: { format: "diff" } });
  expect((await refusal(diff)).status).toBe(406);
  const { data } = await client.rest.repos.compareCommitsWithBasehead({
    ...shop,
    basehead: "main...feature",
  });
  expect(data.files).toHaveLength(300);
});

test("a comparison tells the merge base, and its files on the first page only", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  const { data: before } = await client.rest.git.getRef({ ...shop, ref: "heads/main" });
  await github.push({
    repository,
    branch: "main",
    by: "ada",
    commits: [{ message: "m", files: { "m.py": "" } }],
  });

  const compare = (page: number) =>
    client.rest.repos.compareCommitsWithBasehead({ ...shop, basehead: "main...feature", page });

  const { data } = await compare(1);
  expect(data).toMatchObject({
    status: "diverged",
    ahead_by: 1,
    behind_by: 1,
    merge_base_commit: { sha: before.object.sha },
  });
  expect(data.files?.map((file) => file.filename)).toEqual(["app.py", "new.py"]);
  expect((await compare(2)).data.files).toBeUndefined();
});

test("contents are files, folders and bare bytes; what is not there is a 404", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const client = await anInstallation(github);
  const read = (path: string, format?: string) =>
    client.rest.repos.getContent({
      ...shop,
      path,
      ref: "feature",
      ...(format && { mediaType: { format } }),
    });

  expect((await read("")).data).toMatchObject([
    { name: "app.py", type: "file" },
    { name: "lib", type: "dir" },
    { name: "new.py" },
  ]);
  expect((await read("lib")).data).toMatchObject([{ path: "lib/other.py" }]);
  expect((await read("new.py", "raw")).data).toBe("z = 1\nz = 2\n");
  expect(await refusal(read(".github/pyward.yml"))).toMatchObject({ status: 404 });
  expect(github.ledger.violations).toEqual([]);
});

test("a file over a megabyte is told as bare bytes only", async () => {
  const github = await anEmulator();
  const big = "x".repeat(1024 * 1024 + 1);
  await github.createRepository({
    owner: "acme",
    name: "shop",
    commits: [{ message: "m", files: { "big.py": big } }],
  });
  const client = await anInstallation(github);
  const place = { ...shop, path: "big.py" };

  expect((await refusal(client.rest.repos.getContent(place))).status).toBe(403);
  const { data } = await client.rest.repos.getContent({ ...place, mediaType: { format: "raw" } });
  expect(data).toHaveLength(big.length);
});

test("a tree, a commit and the archive of a branch can be read", async () => {
  const github = await anEmulator();
  const { head } = await aPullRequest(github);
  const client = await anInstallation(github);

  const { data: tree } = await client.rest.git.getTree({
    ...shop,
    tree_sha: "feature",
    recursive: "1",
  });
  const { data: commit } = await client.rest.repos.getCommit({ ...shop, ref: "feature" });
  const { data: pulls } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
    ...shop,
    commit_sha: head,
  });
  const { data: archive } = await client.rest.repos.downloadTarballArchive({
    ...shop,
    ref: "feature",
  });

  expect(tree.tree.map((entry) => entry.path)).toEqual(["app.py", "lib", "lib/other.py", "new.py"]);
  expect(commit).toMatchObject({ sha: head, stats: { additions: 4, deletions: 2 } });
  expect(pulls).toMatchObject([{ number: 1 }]);
  expect(Buffer.from(archive as ArrayBuffer).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
});

test("a pull request from a fork is read from the base, and no commit tells of it", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  await github.fork(repository, "eve");
  const head = await github.push({
    repository: "eve/shop",
    branch: "evil",
    by: "eve",
    commits: [{ message: "m", files: { "evil.py": "import os\n" } }],
  });
  const number = await github.openPullRequest({
    repository,
    title: "t",
    head: "eve:evil",
    by: "eve",
  });
  const client = await anInstallation(github);

  const { data: pull } = await client.rest.pulls.get({ ...shop, pull_number: number });
  const { data: content } = await client.rest.repos.getContent({
    ...shop,
    path: "evil.py",
    ref: head,
  });
  const { data: run } = await client.rest.checks.create({
    ...shop,
    name: "Pyward",
    head_sha: head,
  });
  const { data: pulls } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
    ...shop,
    commit_sha: head,
  });

  expect(pull).toMatchObject({
    head: { repo: { full_name: "eve/shop", fork: true } },
    author_association: "CONTRIBUTOR",
  });
  expect(content).toMatchObject({ size: 10 });
  expect(run.pull_requests).toEqual([]);
  expect(pulls).toEqual([]);
});

test("a push to a fork's branch moves its pull request", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  await github.fork(repository, "eve");
  const push = (text: string) =>
    github.push({
      repository: "eve/shop",
      branch: "feature",
      by: "eve",
      onto: "main",
      commits: [{ message: text, files: { "[a]*.py": text } }],
    });
  await push("one\n");
  const number = await github.openPullRequest({
    repository,
    title: "t",
    head: "eve:feature",
    by: "eve",
  });

  const after = await push("two\n");

  const client = await anInstallation(github);
  const place = { ...shop, pull_number: number };
  expect((await client.rest.pulls.get(place)).data.head.sha).toBe(after);
  const { data } = await client.rest.pulls.listFiles(place);
  expect(data).toMatchObject([{ filename: "[a]*.py", patch: "@@ -0,0 +1 @@\n+two" }]);
});

test("a repository on disk becomes one of GitHub's with the branches chosen", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const path = repositoryNamed(github.world, "acme", "shop").git.dir;
  const branches = { main: "main", change: "feature" };

  await github.createRepository({ owner: "local", name: "copy", from: { path, branches } });
  await github.openPullRequest({
    repository: "local/copy",
    title: "t",
    head: "change",
    by: "local",
  });

  const view = await github.pullRequestView("local", "copy", 1);
  expect(view.commits.map((commit) => commit.title)).toEqual(["change"]);
  expect(view.files.map((file) => file.path)).toEqual(["app.py", "new.py"]);
});

test("a folder that is no repository, and a name nobody knows, are told plainly", async () => {
  const github = await anEmulator();
  await aPullRequest(github);
  const { dir } = repositoryNamed(github.world, "acme", "shop").git;
  const from = (path: string, head: string) =>
    github.createRepository({
      owner: "local",
      name: "copy",
      from: { path, branches: { main: head } },
    });

  await expect(from("/nowhere", "main")).rejects.toThrow("/nowhere is not a git repository");
  await expect(from(dir, "no-such-branch")).rejects.toThrow(
    'no branch, tag or commit "no-such-branch"',
  );
});
