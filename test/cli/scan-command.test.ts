// `pyward scan` as a process: which files it reads, which it passes over, and what it says of them.

import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aFolder, aRepository, type Folder } from "./git-folder.ts";
import { runPyward } from "./run-pyward.ts";

interface Scanned {
  readonly findings: readonly { readonly path: string }[];
  readonly problems: readonly { readonly path: string; readonly kind: string }[];
  readonly skipped: readonly { readonly path: string; readonly kind: string }[];
}

async function scan(cwd: string, ...args: string[]): Promise<Scanned> {
  const { stdout, stderr } = await runPyward(["scan", "--format", "json", ...args], { cwd });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Scanned;
}

const pathsOf = (found: readonly { readonly path: string }[]) => found.map(({ path }) => path);

/** One tree for both ways of finding files: git's and our own. */
const tree = {
  ".gitignore": "/build/\n*.gen.py\n!kept.gen.py\n",
  "app.py": "danger()\n",
  "notes.txt": "danger()\n",
  "build/lib.py": "danger()\n",
  "pkg/a.gen.py": "danger()\n",
  "pkg/kept.gen.py": "danger()\n",
  "pkg/.gitignore": "local.py\n",
  "pkg/local.py": "danger()\n",
  "pkg/deep/local.py": "danger()\n",
  "local.py": "danger()\n",
  "env/pyvenv.cfg": "home = /usr\n",
  "env/lib/x.py": "danger()\n",
  "old-env/lib/python2.7/site-packages/y.py": "danger()\n",
  "web/node_modules/gyp/z.py": "danger()\n",
};

describe.each([
  { where: "in a repository", make: () => aRepository(tree) },
  { where: "outside of any", make: () => aFolder(tree) },
])("$where", ({ make }) => {
  test("files are found as git would, without what is installed", async () => {
    using folder = make();

    const { findings, skipped } = await scan(folder.path, ".");

    expect(pathsOf(findings)).toEqual(["app.py", "local.py", "pkg/kept.gen.py"]);
    expect(skipped).toEqual(
      expect.arrayContaining([
        { path: "build/", kind: "ignored" },
        { path: "env/", kind: "virtual-environment" },
        { path: "old-env/lib/python2.7/site-packages/", kind: "installed-packages" },
        { path: "pkg/a.gen.py", kind: "ignored" },
        { path: "web/node_modules/", kind: "node-modules" },
      ]),
    );
  });

  test("what is named is read even where it is ignored or installed", async () => {
    using folder = make();

    const { findings } = await scan(
      folder.path,
      "build",
      "pkg/a.gen.py",
      "env/lib",
      "web/node_modules/gyp",
    );

    expect(pathsOf(findings)).toEqual([
      "build/lib.py",
      "env/lib/x.py",
      "pkg/a.gen.py",
      "web/node_modules/gyp/z.py",
    ]);
  });

  test("symbolic links are not followed, so that a circle of them ends", async () => {
    using folder = make();
    symlinkSync("..", join(folder.path, "pkg", "circle"));
    symlinkSync("app.py", join(folder.path, "link.py"));

    const { findings, skipped } = await scan(folder.path, ".");

    expect(pathsOf(findings)).toEqual(["app.py", "local.py", "pkg/kept.gen.py"]);
    expect(skipped).toContainEqual({ path: "link.py", kind: "symbolic-link" });
  });

  test("overlapping paths are read once", async () => {
    using folder = make();

    expect(pathsOf((await scan(folder.path, ".", "app.py", "./pkg")).findings)).toEqual([
      "app.py",
      "local.py",
      "pkg/kept.gen.py",
    ]);
  });
});

test("paths in the report are relative to the repository, those on the screen to the person", async () => {
  using folder = aRepository({ "src/shop/app.py": "danger()\n" });
  const cwd = join(folder.path, "src");

  expect(pathsOf((await scan(cwd, "shop")).findings)).toEqual(["src/shop/app.py"]);
  const { stdout } = await runPyward(["scan", "shop"], { cwd });
  expect(stdout).toMatch(/^shop\/app\.py:1:1/u);
});

test("files that are too large or no text are told, and cost only themselves", async () => {
  using folder = aFolder({
    "big.py": "x".repeat(5_000_000),
    "latin.py": Buffer.from("x = 'é'", "latin1"),
    "nul.py": "x = 1\0",
    "broken.py": "broken danger()\n",
    "app.py": "danger()\n",
  });

  const { code, stdout } = await runPyward(["scan", "."], { cwd: folder.path });

  expect(stdout).toContain("app.py:1:1  high");
  expect(stdout).toContain("big.py  It is larger (5.0 MB) than the limit of 1.0 MB.\n");
  expect(stdout).toContain("latin.py  It is not UTF-8 text.\n");
  expect(stdout).toContain("nul.py  It holds NUL bytes, so it is not text.\n");
  expect(stdout).toContain("broken.py  It does not parse.\n");
  expect(stdout).toContain(" · 4 files not wholly read");
  expect(code).toBe(1);
});

test("the size limit can be raised", async () => {
  using folder = aFolder({ "big.py": `danger()${" ".repeat(1_500_000)}\n` });

  expect((await scan(folder.path, ".")).findings).toEqual([]);
  expect((await scan(folder.path, "--max-file-size", "2MB", ".")).findings).toHaveLength(1);
});

test("the last line counts files and what was skipped; --verbose lists it", async () => {
  using folder = aRepository(tree);

  const short = await runPyward(["scan", "."], { cwd: folder.path });
  const long = await runPyward(["scan", "--verbose", "."], { cwd: folder.path });

  expect(short.stdout.split("\n").at(-2)).toMatch(
    /^3 findings \(3 high\) · 3 files · \d+\.\d s · [\d,]+ files\/s · skipped: 1 virtual environment, 1 folder of installed packages, 1 node_modules, \d paths ignored by git \(--verbose\)$/u,
  );
  expect(long.stdout).toContain("\nenv/  skipped: virtual environment\n");
});

test("a submodule is told as skipped", async () => {
  using inner = aRepository({ "a.py": "danger()\n" });
  using folder = aRepository({});
  const allow = ["-c", "protocol.file.allow=always"];
  folder.git(...allow, "submodule", "--quiet", "add", inner.path, "vendored");
  folder.commit();

  expect(await scan(folder.path, ".")).toMatchObject({
    findings: [],
    skipped: [{ path: "vendored/", kind: "submodule" }],
  });
});

test("ignore comments in the code are heard", async () => {
  using folder = aFolder({ "a.py": "danger()  # pyward: ignore[sql-injection] a test\n" });

  const { code, stdout } = await runPyward(["scan", "."], { cwd: folder.path });

  expect(stdout).toMatch(/^No findings · 1 file · .* · 1 ignored in the code\n$/u);
  expect(code).toBe(0);
});

describe("a sentence and exit code 2 answer", () => {
  test.each([
    { args: ["nope.py"], sentence: "nope.py does not exist." },
    { args: ["app.py/nope"], sentence: "app.py/nope does not exist." },
    {
      args: ["notes.txt"],
      sentence: "notes.txt is no Python file (.py or .pyw), no configuration and no folder.",
    },
    { args: ["circle"], sentence: "circle cannot be read: its symbolic links go in a circle." },
  ])("$args", async ({ args, sentence }) => {
    using folder = aFolder({ "app.py": "", "notes.txt": "" });
    symlinkSync("circle", join(folder.path, "circle"));

    const ended = await runPyward(["scan", ...args], { cwd: folder.path });

    expect(ended).toEqual({ code: 2, signal: null, stdout: "", stderr: `pyward: ${sentence}\n` });
  });
});

test("names with every kind of character are read", async () => {
  const names = [
    "with space.py",
    "日本語.py",
    'q"uote.py',
    "new\nline.py",
    "back\\slash.py",
    "-x.py",
  ];
  const files = Object.fromEntries(names.map((name) => [name, "danger()\n"]));
  const scanAll = async (folder: Folder): Promise<string[]> =>
    pathsOf((await scan(folder.path, ".")).findings).toSorted();

  using repository = aRepository(files);
  using folder = aFolder(files);

  expect(await scanAll(repository)).toEqual(names.toSorted());
  expect(await scanAll(folder)).toEqual(names.toSorted());
});
