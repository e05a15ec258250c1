// How a call of `pyward` is understood, and how it ends.

import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { aFolder } from "./git-folder.ts";
import { runPyward } from "./run-pyward.ts";

const dangerous = { "a.py": "danger()\n" };

describe("the exit code", () => {
  test.each([
    { args: ["scan", "a.py"], code: 1 },
    { args: ["scan", "a.py", "--fail-on", "high"], code: 1 },
    { args: ["scan", "a.py", "--fail-on", "never"], code: 0 },
    { args: ["scan", "a.py", "--rule", "sql-injection"], code: 1 },
    { args: ["--version"], code: 0 },
    { args: ["--help"], code: 0 },
    { args: ["help", "scan"], code: 0 },
    { args: ["rules"], code: 0 },
    { args: ["explain", "sql-injection"], code: 0 },
    { args: [], code: 2 },
    { args: ["scan"], code: 2 },
    { args: ["scan", "a.py", "--severity", "grave"], code: 2 },
    { args: ["explain", "nope"], code: 2 },
  ])("of $args is $code", async ({ args, code }) => {
    using folder = aFolder(dangerous);

    expect((await runPyward(args, { cwd: folder.path })).code).toBe(code);
  });

  test("of our own failure is 3, with a stack to report", async () => {
    using folder = aFolder(dangerous);

    const { code, stdout, stderr } = await runPyward(["scan", "a.py"], {
      cwd: folder.path,
      env: { TEST_ENGINE: "fails" },
    });

    expect(code).toBe(3);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^pyward: this is a fault of Pyward.*\nError: no engine\n {4}at /u);
    expect(stderr).toContain("caused by:\na test\n");
  });
});

describe("what is mistyped gets a sentence with the nearest word", () => {
  test.each([
    { args: ["scn"], sentence: "unknown command 'scn'; did you mean scan? See `pyward --help`." },
    {
      args: ["scan", "--outptu", "x"],
      sentence: "unknown option '--outptu'; did you mean --output? See `pyward --help`.",
    },
    {
      args: ["scan", ".", "--fail-on", "grave"],
      sentence:
        "option '--fail-on <level>' argument 'grave' is invalid. Allowed choices are high, medium, low, never. See `pyward --help`.",
    },
    {
      args: ["scan", ".", "--max-file-size", "1TB"],
      sentence:
        "option '--max-file-size <size>' argument '1TB' is invalid. Give a size up to 100MB, such as 500kB or 2MB. See `pyward --help`.",
    },
    {
      args: ["explain", "sql-injecton"],
      sentence: '"sql-injecton" is no rule; did you mean "security/sql-injection"?',
    },
    {
      args: ["explain", "\u001b[31m"],
      sentence: '"\\x1b[31m" is no rule; `pyward rules` lists them.',
    },
  ])("$args", async ({ args, sentence }) => {
    using folder = aFolder(dangerous);

    expect(await runPyward(args, { cwd: folder.path })).toEqual({
      code: 2,
      signal: null,
      stdout: "",
      stderr: `pyward: ${sentence}\n`,
    });
  });
});

describe("colour", () => {
  test.each([
    { what: "is off where no terminal is", env: {}, args: [], colored: false },
    { what: "is forced by FORCE_COLOR", env: { FORCE_COLOR: "1" }, args: [], colored: true },
    { what: "stays off for FORCE_COLOR=0", env: { FORCE_COLOR: "0" }, args: [], colored: false },
    {
      what: "is off for NO_COLOR, whatever else is set",
      env: { NO_COLOR: "1", FORCE_COLOR: "1" },
      args: [],
      colored: false,
    },
    {
      what: "is off for --no-color",
      env: { FORCE_COLOR: "1" },
      args: ["--no-color"],
      colored: false,
    },
    {
      what: "never reaches a file",
      env: { FORCE_COLOR: "1" },
      args: ["--output", "out.txt"],
      colored: false,
    },
  ])("$what", async ({ env, args, colored }) => {
    using folder = aFolder(dangerous);

    const { stdout } = await runPyward(["scan", "a.py", ...args], { cwd: folder.path, env });

    const file = join(folder.path, "out.txt");
    const text = existsSync(file) ? readFileSync(file, "utf8") : stdout;
    expect(text).toContain("SQL injection");
    expect(text.includes("\u001b[")).toBe(colored);
  });
});

describe("--output", () => {
  test("writes the whole file and leaves the counts on the screen", async () => {
    using folder = aFolder(dangerous);

    const args = ["scan", "a.py", "--format", "json", "--output", "out.json"];
    const { code, stdout, stderr } = await runPyward(args, { cwd: folder.path });

    expect(JSON.parse(readFileSync(join(folder.path, "out.json"), "utf8"))).toHaveProperty(
      "version",
      1,
    );
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^1 finding \(1 high\) · 1 file · /u);
    expect(readdirSync(folder.path).toSorted()).toEqual(["a.py", "out.json"]);
    expect(code).toBe(1);
  });

  test("replaces what a link points to, and keeps the link", async () => {
    using folder = aFolder({ ...dangerous, "real.txt": "old" });
    symlinkSync("real.txt", join(folder.path, "link.txt"));

    await runPyward(["scan", "a.py", "-o", "link.txt"], { cwd: folder.path });

    expect(readFileSync(join(folder.path, "real.txt"), "utf8")).toContain("SQL injection");
  });

  test("may be a pipe, which is written to and stays", async () => {
    using folder = aFolder(dangerous);
    const pipe = join(folder.path, "pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = spawn("cat", [pipe]);
    const read = new Promise<string>((resolve) => {
      let text = "";
      reader.stdout.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      reader.stdout.once("end", () => resolve(text));
    });

    await runPyward(["scan", "a.py", "--output", "pipe"], { cwd: folder.path });

    expect(await read).toContain("SQL injection");
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  test.each([
    { file: "nope/out.json", reason: "its folder does not exist" },
    { file: "folder", reason: "it is a folder" },
  ])("says why $file cannot be written", async ({ file, reason }) => {
    using folder = aFolder(dangerous);
    mkdirSync(join(folder.path, "folder"));

    const { code, stderr } = await runPyward(["scan", "a.py", "-o", file], { cwd: folder.path });

    expect(stderr).toBe(`pyward: --output: ${file} cannot be written: ${reason}.\n`);
    expect(code).toBe(2);
    expect(readdirSync(folder.path).toSorted()).toEqual(["a.py", "folder"]);
  });
});

describe("what is told", () => {
  test("can be limited by severity", async () => {
    using folder = aFolder(dangerous);

    const all = await runPyward(["scan", "a.py", "--severity", "high"], { cwd: folder.path });

    expect(all.stdout).toContain("1 finding (1 high)");
  });

  test("is nothing at all when quiet and clean", async () => {
    using folder = aFolder({ "a.py": "x = 1\n" });

    expect(await runPyward(["scan", "--quiet", "."], { cwd: folder.path })).toEqual({
      code: 0,
      signal: null,
      stdout: "",
      stderr: "",
    });
  });

  test("as workflow commands leaves the counts to the log", async () => {
    using folder = aFolder(dangerous);

    const { stdout, stderr } = await runPyward(["scan", "a.py", "--format", "github"], {
      cwd: folder.path,
    });

    expect(stdout).toMatch(/^::error file=a\.py,line=1,[^\n]+\n$/u);
    expect(stderr).toMatch(/^1 finding/u);
  });
});

test("a reader who leaves early is no reason to complain", async () => {
  const files = Array.from({ length: 3000 }, (_, i) => [`f${i}.py`, "danger()\n".repeat(20)]);
  using folder = aFolder(Object.fromEntries(files));
  const program = fileURLToPath(new URL("marked-words.ts", import.meta.url));
  const child = spawn(process.execPath, [program, "scan", "."], { cwd: folder.path });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.once("data", () => child.stdout.destroy());

  const code = await new Promise((resolve) => child.once("close", resolve));

  expect(stderr).toBe("");
  expect(code).toBe(1);
});

test("a full disk is told, and is not mistaken for findings", async () => {
  using folder = aFolder(dangerous);
  const full = openSync("/dev/full", "w");
  const program = fileURLToPath(new URL("marked-words.ts", import.meta.url));
  const child = spawn(process.execPath, [program, "scan", "."], {
    cwd: folder.path,
    stdio: ["ignore", full, "pipe"],
  });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });

  const code = await new Promise((resolve) => child.once("close", resolve));
  closeSync(full);

  expect(stderr).toBe("pyward: standard output cannot be written: the disk is full.\n");
  expect(code).toBe(2);
});

test("Ctrl-C ends it at once and leaves no half-written file", async () => {
  const files = Array.from({ length: 2000 }, (_, i) => [`f${i}.py`, "danger()\n".repeat(20)]);
  using folder = aFolder(Object.fromEntries(files));
  const program = fileURLToPath(new URL("marked-words.ts", import.meta.url));
  const args = [program, "scan", ".", "--output", "out.txt"];
  const child = spawn(process.execPath, args, { cwd: folder.path });
  child.once("spawn", () => setTimeout(() => child.kill("SIGINT"), 60));

  // A shell reports a process that SIGINT ended as 130.
  const signal = await new Promise((resolve) => child.once("close", (_, by) => resolve(by)));

  expect(signal).toBe("SIGINT");
  expect(readdirSync(folder.path).filter((name) => !name.endsWith(".py"))).toEqual([]);
});
