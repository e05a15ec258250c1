// `pyward scan --fix` and `pyward review --fix` as processes with the real engine: what is written, and what is not.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { applyFixes } from "../../src/cli/apply-fixes.ts";
import { aReviewed } from "../makers.ts";
import { aFolder, aRepository } from "./git-folder.ts";
import { runNode } from "./run-pyward.ts";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const pyward = (cwd: string, ...args: string[]) => runNode([cli, ...args], { cwd, env: {} });

const wrong = `import requests


def rates(url):
    return requests.get(url, timeout=5, verify=False).json()


def make_token():
    return requests.post("https://tokens.example.org", verify=False, timeout=5).text
`;
const right = wrong.replace(", verify=False)", ")").replace(", verify=False,", ",");

test("a scan with --fix mends the files and tells what it did", async () => {
  using folder = aFolder({ "app.py": wrong });

  const { code, stderr } = await pyward(folder.path, "scan", ".", "--fix");

  expect(readFileSync(join(folder.path, "app.py"), "utf8")).toBe(right);
  expect(stderr).toContain("Fixed 2 findings in 1 file.");
  expect(code).toBe(1);
});

test("a dry run changes nothing and prints a diff that git applies", async () => {
  using folder = aRepository({ "app.py": wrong.trimEnd() });

  const { stdout } = await pyward(folder.path, "scan", "app.py", "--fix", "--dry-run");

  expect(readFileSync(join(folder.path, "app.py"), "utf8")).toBe(wrong.trimEnd());
  execFileSync("git", ["apply"], { cwd: folder.path, input: stdout });
  expect(readFileSync(join(folder.path, "app.py"), "utf8")).toBe(right.trimEnd());
});

test("a review with --fix mends what the branch brings and leaves the rest", async () => {
  using folder = aRepository({ "old.py": wrong });
  writeFileSync(join(folder.path, "new.py"), wrong);

  await pyward(folder.path, "review", "--base", "HEAD", "--fix");

  expect(readFileSync(join(folder.path, "new.py"), "utf8")).toBe(right);
  expect(readFileSync(join(folder.path, "old.py"), "utf8")).toBe(wrong);
});

test("only what was asked for is mended", async () => {
  using folder = aFolder({ "app.py": wrong });

  const { stderr } = await pyward(folder.path, "scan", ".", "--fix", "--rule", "sql-injection");

  expect(readFileSync(join(folder.path, "app.py"), "utf8")).toBe(wrong);
  expect(stderr).toContain("Nothing was fixed.");
});

test.each([
  { args: ["scan", ".", "--dry-run"], says: "--dry-run" },
  { args: ["review", "--head", "HEAD", "--fix"], says: "--head" },
])("$args is a mistake in the call", async ({ args, says }) => {
  using folder = aRepository({ "app.py": "x = 1\n" });

  const { code, stderr } = await pyward(folder.path, ...args);

  expect(code).toBe(2);
  expect(stderr).toContain(says);
});

test("a file that changed since it was analysed is left alone", async () => {
  using folder = aFolder({ "app.py": "y = 2\n" });
  const change = { startLine: 1, endLine: 1, before: ["x = 1"], after: ["x = 3"] };
  const suggestion = { path: "app.py", change, imports: [], edits: [] };

  await applyFixes(
    [{ ...aReviewed(), suggestion }],
    { root: folder.path, text: () => "x = 1\n" },
    (path) => path,
  );

  expect(readFileSync(join(folder.path, "app.py"), "utf8")).toBe("y = 2\n");
});

test("a byte order mark stays", async () => {
  using folder = aFolder({ "app.py": `\uFEFF${wrong}` });

  await pyward(folder.path, "scan", ".", "--fix");

  expect(readFileSync(join(folder.path, "app.py"), "utf8")).toBe(`\uFEFF${right}`);
});
