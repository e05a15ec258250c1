// The house checks itself: which room may import which, who may touch what, and that nothing goes in circles.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Rooms, and what each may import beside itself. Imports fall, never rise. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  python: [],
  flow: ["python"],
  analysis: ["python", "flow"],
  rules: ["analysis"],
  review: ["python", "analysis"],
  render: ["python", "analysis", "review"],
  github: ["python", "analysis", "review", "render", "jobs"],
  store: ["analysis", "review", "jobs"],
  jobs: ["python", "analysis", "review", "render", "github", "store"],
  web: ["analysis", "render"],
  cli: ["python", "analysis", "review", "render"],
};
const pureRooms = new Set(["python", "flow", "analysis", "rules", "review", "render"]);
/** What the pure rooms may take from outside: libraries that run in a browser too. */
const browserLibraries = new Set([
  ...[
    "web-tree-sitter",
    "zod",
    "js-yaml",
    "yaml",
    "handlebars",
    "markdown-it",
    "get-east-asian-width",
  ],
  ...[
    "highlight.js/lib/core",
    "highlight.js/lib/languages/python",
    "picocolors",
    "ignore",
    "#rule",
  ],
]);

interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** `python`, `rules`, ...; empty for the files of `src` itself, which may import every room. */
  readonly room: string;
  readonly imports: readonly string[];
}

const files = [...filesBelow("src"), ...filesBelow("rules")];

test("the house has files to check in every room", () => {
  for (const room of Object.keys(mayImport)) {
    expect(
      files.some((file) => file.room === room),
      room,
    ).toBe(true);
  }
  expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(200);
});

test("imports fall, never rise", () => {
  const rising = files.flatMap((file) =>
    file.room === ""
      ? []
      : file.imports
          .filter((name) => name.startsWith("."))
          .map((name) => relative(root, join(root, dirname(file.path), name)))
          .filter(
            (target) =>
              roomOf(target) !== file.room && !mayImport[file.room]?.includes(roomOf(target)),
          )
          .map((target) => `${file.path} imports ${target}`),
  );
  expect(rising).toEqual([]);
});

test("no file imports itself by a detour", () => {
  const graph = new Map(
    files.map((file) => [
      file.path,
      file.imports.flatMap((name) => {
        if (name === "#rule") return ["src/analysis/rule-kit.ts"];
        return name.startsWith(".") ? [relative(root, join(root, dirname(file.path), name))] : [];
      }),
    ]),
  );
  expect(circlesOf(graph)).toEqual([]);
});

test("the pure rooms import nothing from Node and no library that needs it", () => {
  const foreign = files
    .filter((file) => pureRooms.has(file.room))
    .flatMap((file) =>
      file.imports
        .filter((name) => !name.startsWith(".") && !browserLibraries.has(name))
        .map((name) => `${file.path} imports ${name}`),
    );
  expect(foreign).toEqual([]);
});

test("the pure rooms ask neither clock nor chance nor environment", () => {
  const asking = files
    .filter((file) => pureRooms.has(file.room))
    .filter((file) =>
      /\b(?:Date\.now|new Date\(\)|performance\.now|Math\.random|process\.(?:env|argv|cwd))\b/u.test(
        file.text,
      ),
    )
    .map((file) => file.path);
  expect(asking).toEqual([]);
});

test("rules import nothing but #rule and files of their own folder, and each other never", () => {
  const others = files
    .filter((file) => file.room === "rules" && file.path !== "rules/index.ts")
    .flatMap((file) =>
      file.imports
        .filter((name) => name !== "#rule" && !/^\.\/[^/]+$/u.test(name))
        .map((name) => `${file.path}: ${name}`),
    );
  expect(others).toEqual([]);
});

test.each([
  ["tree-sitter", /^web-tree-sitter/u, "python"],
  ["Octokit", /octokit/u, "github"],
])("nobody but one room says %s", (_name, library, room) => {
  const saying = files.filter(
    (file) => file.room !== room && file.imports.some((name) => library.test(name)),
  );
  expect(saying.map((file) => file.path)).toEqual([]);
});

test("the list of rules is read in one place", () => {
  const readers = files.filter((file) =>
    file.imports.some((name) => name.endsWith("rules/index.ts")),
  );
  expect(readers.map((file) => file.path)).toEqual(["src/read-rulebook.ts"]);
});

test("every file opens with a comment that says what it is for", () => {
  const silent = files
    .filter((file) => !/^(?:#![^\n]*\n)?\/\/ \S/u.test(file.text))
    .map((file) => file.path);
  expect(silent).toEqual([]);
});

test("no file is called after nothing", () => {
  const vague = files.filter((file) =>
    /(?:^|[/-])(?:utils?|helpers?|misc|common|manager)[.-]/u.test(file.path),
  );
  expect(vague.map((file) => file.path)).toEqual([]);
});

function filesBelow(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => {
      const whole = `${folder}/${path.replaceAll("\\", "/")}`;
      const text = readFileSync(join(root, whole), "utf8");
      const imports = [
        ...text.matchAll(
          /^(?:import|export)\b[^;"]*?from "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gmu,
        ),
      ].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
      return { path: whole, text, room: roomOf(whole), imports };
    });
}

function roomOf(path: string): string {
  const parts = path.split("/");
  if (parts[0] === "rules") return "rules";
  return parts[0] === "src" && parts.length > 2 ? (parts[1] ?? "") : "";
}

function circlesOf(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at !== -1) {
      circles.push([...trail.slice(at), path].join(" -> "));
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return circles;
}
