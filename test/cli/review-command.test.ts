// `pyward review` as a process, on real repositories.

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aFolder, aRepository } from "./git-folder.ts";
import { runPyward } from "./run-pyward.ts";

const old = { "shop/app.py": "def old():\n    danger()\n", "shop/other.py": "x = 1\n" };

test("tells what the work in progress introduces, and not what was there", async () => {
  using repository = aRepository(old);
  repository.write({ "shop/new.py": "def new():\n    danger(1)\n" });

  const { code, stdout, stderr } = await runPyward(["review"], { cwd: repository.path });

  expect(
    stdout.replace(/\d+\.\d s/u, "0.0 s"),
  ).toBe(`shop/new.py:2:1  high  SQL injection  security/sql-injection
   2 │ danger(1)
     ╰─ \`title\` becomes part of the SQL that \`db.execute\` runs; bind it as a parameter.

1 new finding (1 high) · 1 file changed, 2 read · 0.0 s
`);
  expect(stderr).toBe("");
  expect(code).toBe(1);
});

test("is silent about a clean change but for one line", async () => {
  using repository = aRepository(old);
  repository.write({ "shop/app.py": "def old():\n    danger()  # why\n" });

  const { code, stdout } = await runPyward(["review"], { cwd: repository.path });

  expect(stdout).toMatch(
    /^No new findings · 1 file changed, 1 read · .* · 1 earlier finding not shown \(--all\)\n$/u,
  );
  expect(code).toBe(0);
});

test("reviews a commit between refs, from within a folder, with paths as seen from there", async () => {
  using repository = aRepository(old);
  repository.git("checkout", "--quiet", "-b", "topic");
  repository.write({ "shop/new.py": "danger(1)\n" });
  repository.commit();
  repository.git("checkout", "--quiet", "main");

  const { code, stdout } = await runPyward(["review", "--base", "main", "--head", "topic"], {
    cwd: join(repository.path, "shop"),
  });

  expect(stdout).toMatch(/^new\.py:1:1 {2}high/u);
  expect(code).toBe(1);
});

test("a path may name the repository from elsewhere", async () => {
  using repository = aRepository(old);
  using elsewhere = aFolder();
  repository.write({ "shop/new.py": "danger(1)\n" });

  const { stdout } = await runPyward(["review", repository.path, "--format", "json"], {
    cwd: elsewhere.path,
  });

  const report = JSON.parse(stdout) as { findings: { path: string }[]; base: string };
  expect(report.findings.map(({ path }) => path)).toEqual(["shop/new.py"]);
  expect(report.base).toBe(repository.git("rev-parse", "HEAD").trim());
});

test("what git's own hooks are told of their repository does not mislead it", async () => {
  using repository = aRepository(old);
  repository.write({ "shop/new.py": "danger(1)\n" });
  repository.git("add", "--all");

  const { code } = await runPyward(["review"], {
    cwd: repository.path,
    env: { GIT_DIR: ".git", GIT_INDEX_FILE: ".git/index" },
  });

  expect(code).toBe(1);
});

describe("a sentence and exit code 2 answer", () => {
  const cases = [
    {
      what: "a base that does not exist",
      args: ["--base", "nope"],
      sentence: '--base: "nope" is no branch, tag or commit here; fetch it first, or name another.',
    },
    {
      what: "a head that looks like an option",
      args: ["--head=--output=x"],
      sentence:
        '--head: "--output=x" is no branch, tag or commit here; fetch it first, or name another.',
    },
    { what: "a path that does not exist", args: ["nope"], sentence: "nope does not exist." },
    {
      what: "a rule that does not exist",
      args: ["--rule", "sql-injektion"],
      sentence: '--rule: "sql-injektion" is no rule; did you mean "security/sql-injection"?',
    },
  ];

  test.each(cases)("$what", async ({ args, sentence }) => {
    using repository = aRepository(old);

    const ended = await runPyward(["review", ...args], { cwd: repository.path });

    expect(ended).toEqual({ code: 2, signal: null, stdout: "", stderr: `pyward: ${sentence}\n` });
  });

  test("a folder that is no repository", async () => {
    using folder = aFolder();

    const { code, stderr } = await runPyward(["review"], { cwd: folder.path });

    expect(stderr).toBe(
      `pyward: ${folder.path} is in no git repository; \`pyward scan\` reads files without one.\n`,
    );
    expect(code).toBe(2);
  });

  test("a repository whose default branch nobody knows", async () => {
    using repository = aRepository(old);
    repository.git("branch", "--move", "trunk");

    const { code, stderr } = await runPyward(["review"], { cwd: repository.path });

    expect(stderr).toContain("name the branch to compare with by --base");
    expect(code).toBe(2);
  });

  test("a shallow clone that does not reach back to the merge base", async () => {
    using repository = aRepository(old);
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.write({ "a.py": "" });
    repository.commit();
    repository.git("checkout", "--quiet", "main");
    repository.write({ "b.py": "" });
    repository.commit();
    using clone = aFolder();
    const url = `file://${repository.path}`;
    clone.git("clone", "--quiet", "--depth=1", "--no-single-branch", url, ".");

    const { code, stderr } = await runPyward(["review", "--head", "origin/topic"], {
      cwd: clone.path,
    });

    expect(stderr).toContain("run `git fetch --unshallow`");
    expect(code).toBe(2);
  });

  test("branches without a common history", async () => {
    using repository = aRepository(old);
    repository.git("checkout", "--quiet", "--orphan", "island");
    repository.write({ "island.py": "" });
    repository.commit();

    const { code, stderr } = await runPyward(["review"], { cwd: repository.path });

    expect(stderr).toContain("have no commit in common");
    expect(code).toBe(2);
  });

  test("a bare repository without a head", async () => {
    using bare = aFolder();
    bare.git("init", "--quiet", "--bare");

    const { code, stderr } = await runPyward(["review"], { cwd: bare.path });

    expect(stderr).toContain("is a bare repository; name a commit to review with --head.");
    expect(code).toBe(2);
  });
});

test("the default branch is the remote's, where the clone knows it", async () => {
  using origin = aRepository(old);
  origin.git("branch", "--move", "trunk");
  using clone = aFolder();
  clone.git("clone", "--quiet", origin.path, ".");
  clone.git("checkout", "--quiet", "-b", "topic");
  clone.write({ "new.py": "danger(1)\n" });
  clone.commit();

  const { stdout } = await runPyward(["review"], { cwd: clone.path });

  expect(stdout).toMatch(/^new\.py:1:1/u);
});
