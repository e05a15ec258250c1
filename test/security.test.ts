// docs/security.md is true: every test it names exists, and what it says of the code as a whole holds.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/security.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| **"));
const threats = rows.map((row) => {
  const [, threat = "", defence = "", tests = ""] = row.split("|").map((cell) => cell.trim());
  const named = [...tests.matchAll(/\[([^\]]+)\]\(\.\.\/([^)]+)\)/gu)];
  return { threat, defence, tests: named.map(([, title = "", path = ""]) => ({ title, path })) };
});

describe("the threat model", () => {
  test("is one page, and every threat has a defence and a test", () => {
    expect(threats.length).toBeGreaterThan(15);
    expect(page.split("\n").length).toBeLessThan(60);
    for (const { threat, defence, tests } of threats) {
      expect(defence, threat).not.toBe("");
      expect(tests, threat).not.toEqual([]);
    }
  });

  test.each(threats.flatMap(({ tests }) => tests))("$title is a test of $path", ({
    title,
    path,
  }) => {
    expect(existsSync(join(root, path))).toBe(true);
    const titles = [...readFileSync(join(root, path), "utf8").matchAll(/\(\s*(["'`])(.*?)\1,/gu)];
    expect(titles.some(([, , text = ""]) => text.includes(title))).toBe(true);
  });
});

test("nothing but the command line starts a process, and nothing runs text as code", () => {
  const sources = ["src", "rules"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => `${folder}/${path}`),
  );
  expect(sources.length).toBeGreaterThan(200);
  const starting = sources.filter((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return /from "node:(?:child_process|vm|cluster)"|\beval\(|new Function\(/u.test(text);
  });

  expect(starting.filter((path) => !path.startsWith("src/cli/"))).toEqual([]);
  expect(starting).toEqual(["src/cli/git.ts"]);
});

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

test("every dependency is pinned, by version and by the hash of what it holds", () => {
  const named = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const [name, version] of Object.entries(named)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/u);
  }
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { integrity?: string; resolved?: string }>>;
  };
  const locked = Object.entries(packages).filter(([path]) => path !== "");
  expect(locked.length).toBeGreaterThan(100);
  for (const [path, { integrity, resolved }] of locked) {
    expect(integrity, path).toMatch(/^sha512-/u);
    if (resolved !== undefined) expect(resolved).toMatch(/^https:\/\/registry\.npmjs\.org\//u);
  }
});

test("the list of what is in it names every dependency, and tells tools of its developers apart", () => {
  const list = JSON.parse(
    execFileSync("npm", ["run", "-s", "sbom"], { cwd: root, encoding: "utf8" }),
  ) as {
    readonly bomFormat: string;
    readonly components: readonly { readonly name: string; readonly scope: string }[];
  };

  expect(list.bomFormat).toBe("CycloneDX");
  const required = list.components.filter(({ scope }) => scope === "required");
  const names = required.map(({ name }) => name);
  const shipped = Object.keys(manifest.dependencies).map((name) => name.split("/").at(-1));
  expect(names.map((name) => name.split("/").at(-1))).toEqual(expect.arrayContaining(shipped));
  for (const tool of ["vitest", "typescript", "playwright-core"]) {
    expect(names).not.toContain(tool);
    expect(list.components.map(({ name }) => name)).toContain(tool);
  }
});
