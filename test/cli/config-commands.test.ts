// The config at the terminal: obeyed, checked, shown; and the baseline that is written there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aFolder, aRepository } from "./git-folder.ts";
import { runPyward } from "./run-pyward.ts";

const danger = "def f(a):\n    danger(a)\n";
const config = ".github/pyward.yml";

test("scan and review obey the config of the working tree", async () => {
  using folder = aRepository({ "a.py": "x = 1\n", "old/b.py": "x = 1\n" });
  folder.write({
    [config]: "fail-on: never\nignore: [old/]\n",
    "a.py": danger,
    "old/b.py": danger,
  });

  for (const command of [["scan", "."], ["review"]]) {
    const { code, stdout } = await runPyward([...command, "--format", "json"], {
      cwd: folder.path,
    });
    const { findings, skipped } = JSON.parse(stdout);

    expect(findings).toMatchObject([{ path: "a.py", mode: "comment" }]);
    expect(skipped).toEqual([{ path: "old/b.py", kind: "left-out" }]);
    expect(code).toBe(0);
  }
});

test.each([
  ["rules: { sql-injection: block }", [], 1],
  ["rules: { sql-injection: comment }", [], 0],
  ["rules: { sql-injection: comment }", ["--fail-on", "low"], 1],
  ["rules: { sql-injection: monitor }", ["--fail-on", "low"], 0],
])("what fails a check fails the run, unless the call says otherwise: %s %j", async (text, options, expected) => {
  using folder = aFolder({ [config]: text, "a.py": danger });

  expect((await runPyward(["scan", ".", ...options], { cwd: folder.path })).code).toBe(expected);
});

test("monitored findings are counted, and told where all is asked for", async () => {
  using folder = aFolder({ [config]: "rules: { sql-injection: monitor }\n", "a.py": danger });
  const { stdout } = await runPyward(["scan", "."], { cwd: folder.path });

  expect(stdout).toMatch(/^No findings · .* · 1 monitored finding not shown \(--all\)\n$/u);
  expect((await runPyward(["scan", ".", "--all"], { cwd: folder.path })).stdout).toContain(
    "a.py:2",
  );
});

test("a config with a mistake stops the run, with its line", async () => {
  using folder = aFolder({ [config]: "\nrules:\n  sql-injektion: off\n", "a.py": danger });
  const { code, stderr } = await runPyward(["scan", "."], { cwd: folder.path });

  expect(stderr).toBe(
    'pyward: .github/pyward.yml:3: "sql-injektion" is no rule; did you mean "security/sql-injection"?\n',
  );
  expect(code).toBe(2);
});

test("config check tells all problems, or that there are none", async () => {
  using folder = aRepository({ [config]: "fail-on: hi\nrule: {}\n", "good.yml": "fail-on: low\n" });
  const bad = await runPyward(["config", "check"], { cwd: folder.path });

  expect(bad.stdout.split("\n")).toEqual([
    '.github/pyward.yml:1: "fail-on": "hi" is none of its values; did you mean "high"?',
    '.github/pyward.yml:2: "rule" is no setting; did you mean "rules"?',
    "",
  ]);
  expect(bad.code).toBe(1);
  expect(await runPyward(["config", "check", "good.yml"], { cwd: folder.path })).toMatchObject({
    code: 0,
    stdout: "good.yml is fine.\n",
  });
});

test("config check without a file says so", async () => {
  using folder = aFolder();
  const { code, stderr } = await runPyward(["config", "check"], { cwd: folder.path });

  expect(stderr).toBe("pyward: There is no .github/pyward.yml here; name the file to check.\n");
  expect(code).toBe(2);
});

test("config show tells where each value comes from", async () => {
  using folder = aRepository({ [config]: "fail-on: low\nrules: { sql-injection: off }\n" });
  const { stdout } = await runPyward(["config", "show", "--format", "json"], { cwd: folder.path });
  const { settings } = JSON.parse(stdout);

  expect(settings).toContainEqual({ setting: "fail-on", value: "low", origin: config });
  expect(settings).toContainEqual({ setting: "comment-from", value: "medium", origin: "default" });
  expect(settings).toContainEqual({
    setting: "rules: sql-injection",
    value: "off",
    origin: config,
  });
});

test("config show adds an organisation's file, and one that is extended, where they are named", async () => {
  using folder = aRepository({
    [config]: "extends: acme/policies\nfail-on: low\nrules: { sql-injection: off }\n",
    "org.yml": "drafts: skip\nfail-on: medium\nenforced:\n  rules: { sql-injection: block }\n",
    "policies.yml": "drafts: full\ncomment-from: low\n",
  });
  const show = async (...options: string[]) => {
    const command = ["config", "show", "--format", "json", ...options];
    const { stdout } = await runPyward(command, { cwd: folder.path });
    return JSON.parse(stdout).settings as { setting: string; value: string; origin: string }[];
  };
  const shared = ["--org-config", "org.yml", "--extended-config", "policies.yml"];

  expect(await show(...shared)).toEqual(
    expect.arrayContaining([
      { setting: "fail-on", value: "low", origin: config },
      { setting: "drafts", value: "full", origin: "policies.yml" },
      { setting: "comment-from", value: "low", origin: "policies.yml" },
      { setting: "enforced: sql-injection", value: "block", origin: "org.yml" },
    ]),
  );
  expect(await show("--org-config", "org.yml")).toContainEqual({
    ...{ setting: "drafts", value: "skip", origin: "org.yml" },
  });
  const { stdout } = await runPyward(["config", "show"], { cwd: folder.path });
  expect(stdout).toContain("acme/policies is extended: name its file with --extended-config");
});

test("an organisation's file may enforce, a repository's own may not", async () => {
  using folder = aRepository({ "org.yml": "enforced:\n  fail-on: high\n" });
  const check = (...file: string[]) =>
    runPyward(["config", "check", ...file], { cwd: folder.path });

  expect(await check("--org-config", "org.yml")).toMatchObject({ code: 0 });
  expect(await check("org.yml")).toMatchObject({ code: 1 });
});

test("the baseline accepts what is found today and keeps what was decided before", async () => {
  using folder = aRepository({ "a.py": danger, "b.py": "x = 1\n" });
  const run = (...args: string[]) => runPyward(args, { cwd: folder.path });
  const read = () =>
    JSON.parse(readFileSync(join(folder.path, ".github/pyward-baseline.json"), "utf8"));

  await run("baseline", "--reason", "known");
  expect(read().findings).toMatchObject([{ path: "a.py", line: 2, reason: "known" }]);
  expect(await run("scan", ".")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("1 in the baseline"),
  });

  folder.write({ "b.py": danger });
  expect((await run("scan", ".")).code).toBe(1);
  expect((await run("baseline")).stdout).toBe(
    ".github/pyward-baseline.json: 1 added, 1 kept, 0 no longer found.\n",
  );
  expect(read().findings.map(({ reason }: { reason: string }) => reason)).toEqual([
    "known",
    "there before Pyward",
  ]);

  folder.write({ "a.py": "x = 1\n" });
  expect((await run("baseline")).stdout).toContain("0 added, 1 kept, 1 no longer found");
});

test("a baseline that is wrong is told, not passed over", async () => {
  using folder = aFolder({ ".github/pyward-baseline.json": '{"version": 1, "findings": [{}]}' });
  const { code, stderr } = await runPyward(["scan", "."], { cwd: folder.path });

  expect(stderr).toMatch(
    /^pyward: \.github\/pyward-baseline\.json: `findings\[0\]\.fingerprint`: must be 16/u,
  );
  expect(code).toBe(2);
});

test("files that git attributes call generated or vendored are left out", async () => {
  using folder = aFolder({
    ".gitattributes": "gen/** linguist-generated\nlib/*.py linguist-vendored=true\n",
    "gen/a.py": danger,
    "lib/b.py": danger,
    "c.py": danger,
  });
  const { stdout } = await runPyward(["scan", ".", "--format", "json"], { cwd: folder.path });
  const { findings, skipped } = JSON.parse(stdout);

  expect(findings).toMatchObject([{ path: "c.py" }]);
  expect(skipped).toEqual([
    { path: "gen/a.py", kind: "generated" },
    { path: "lib/b.py", kind: "vendored" },
  ]);
});

test("ignore comments that answer for nothing are counted, and told where all is asked for", async () => {
  using folder = aFolder({ "a.py": "x = 1  # pyward: ignore[sql-injection] once\n" });
  const { stdout } = await runPyward(["scan", "."], { cwd: folder.path });

  expect(stdout).toContain("1 ignore comment to look at (--all)");
  expect((await runPyward(["scan", ".", "--all"], { cwd: folder.path })).stdout).toContain(
    "a.py:1  Nothing is found here for `sql-injection`; the comment can go.",
  );
});
