// The npm package, packed and put under node_modules as npm would: it must run without this checkout.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { aFolder, type Folder } from "./git-folder.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

test("the packed package lists and explains its rules, finds what they find, and holds no more", () => {
  using folder = aFolder({
    "app.py": "import sys\n\n\ndef run():\n    eval(sys.argv[1])\n\n\nrun()\n",
  });
  const pyward = install(folder);

  expect(pyward("--version").stdout).toBe(`${versionOf(checkout)}\n`);
  expect(pyward("rules").stdout).toContain("security/code-injection");
  expect(pyward("explain", "code-injection").stdout).toContain("How to fix it");
  const scanned = pyward("scan", "app.py", "--rule", "code-injection");
  expect(scanned.stdout).toContain("app.py:5:");
  expect(scanned.code).toBe(1);

  const files = readdirSync(join(folder.path, "node_modules", "pyward"), { recursive: true });
  expect(files).toContain(join("dist", "app.yml"));
  expect(files.map(String).filter((path) => /\.ts$|^test|^src/u.test(path))).toEqual([]);
}, 120_000);

/** Packs, unpacks and links the dependencies; no registry is asked. */
function install(folder: Folder) {
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder.path], {
    cwd: checkout,
    encoding: "utf8",
  });
  const modules = join(folder.path, "node_modules");
  mkdirSync(join(modules, "pyward"), { recursive: true });
  const tarball = join(folder.path, packed.trim().split("\n").at(-1) ?? "");
  execFileSync("tar", ["xzf", tarball, "-C", join(modules, "pyward"), "--strip-components=1"]);
  for (const name of readdirSync(join(checkout, "node_modules"))) {
    if (name !== ".bin") symlinkSync(join(checkout, "node_modules", name), join(modules, name));
  }
  mkdirSync(join(modules, ".bin"));
  const command = join(modules, ".bin", "pyward");
  symlinkSync("../pyward/dist/src/cli.js", command);

  return (...args: string[]): { readonly code: number; readonly stdout: string } => {
    const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
    try {
      return {
        code: 0,
        stdout: execFileSync(command, args, { cwd: folder.path, env, encoding: "utf8" }),
      };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { code: status, stdout };
    }
  };
}

function versionOf(place: string): string {
  const { version } = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
