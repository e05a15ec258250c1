// Which files of a large repository are one program, and that an engine which remembers says the same.

import { expect, test } from "vitest";
import { partsOf } from "../../src/analysis/parts.ts";
import { recentAnalyses, remembering } from "../../src/analysis/remembering.ts";
import { loadEngine } from "../../src/load-engine.ts";
import type { SourceFile } from "../../src/python/source-file.ts";

const engine = await loadEngine();

/** Two programs of 300 files each, and what the test adds. */
function aRepository(more: Readonly<Record<string, string>> = {}): readonly SourceFile[] {
  const texts: Record<string, string> = {};
  for (const folder of ["shop", "mill"])
    for (let index = 0; index < 300; index += 1)
      texts[`services/${folder}/part_${index}.py`] =
        `import yaml\n\n\ndef read_${index}(text):\n    return yaml.load(text, Loader=yaml.Loader)\n`;
  return Object.entries({ ...texts, ...more }).map(([path, text]) => ({ path, text }));
}

const foldersOf = (files: readonly SourceFile[]) =>
  partsOf(files).map((part) => [...new Set(part.map(({ path }) => path.split("/")[1]))]);

test("folders that never speak of each other are programs of their own", () => {
  expect(foldersOf(aRepository())).toEqual([["shop"], ["mill"]]);
});

test("what tells of the database beside all folders, or in one without code, is told to every part", () => {
  const more = {
    "services/.env.example": "DATABASE_URL=postgres://a@b/c\n",
    "services/sql/1.sql": "",
  };

  expect(foldersOf(aRepository(more))).toEqual([
    ["shop", ".env.example", "sql"],
    ["mill", ".env.example", "sql"],
    [".env.example"],
    ["sql"],
  ]);
});

test("a small repository is one program", () => {
  expect(partsOf(aRepository().slice(200, 400))).toHaveLength(1);
});

test("a package is one program", () => {
  expect(foldersOf(aRepository({ "services/__init__.py": "" }))).toHaveLength(1);
});

test.each([
  ["an import", "from mill.part_1 import read_1\n"],
  ["an import by the repository's own folders", "import services.mill.part_1\n"],
  ["an import among others", "import os, mill.part_2 as two\n"],
  ["an import inside a function", "def late():\n    import mill.part_3\n"],
  ["an import with dots", "from ..mill import part_1\n"],
  ["an import of the folder with dots", "from .. import mill\n"],
  ["the name of a module in a text", 'urls = include("mill.urls")\n'],
  ["Django's list of apps", 'INSTALLED_APPS = ["mill"]\n'],
])("%s makes two folders one program", (_what, text) => {
  expect(foldersOf(aRepository({ "services/shop/wiring.py": text }))).toEqual([["shop", "mill"]]);
});

test("what is remembered is what was found, in the same order", () => {
  const files = aRepository();
  const asked: number[] = [];
  const counting = {
    ...engine,
    analyze: (part: readonly SourceFile[]) => {
      asked.push(part.length);
      return engine.analyze(part);
    },
  };
  const keyOf = (part: readonly SourceFile[]) => JSON.stringify(part);
  const remembered = remembering(counting, recentAnalyses(10), keyOf);

  const first = remembered.analyze(files);
  const second = remembered.analyze(files);

  expect(first.findings).toHaveLength(600);
  expect(second).toEqual(first);
  expect(first.findings).toEqual(engine.analyze(files).findings);
  expect(asked).toEqual([300, 300]);
});

test("after a change only the program that holds it is analysed again", () => {
  const asked: string[] = [];
  const counting = {
    ...engine,
    analyze: (part: readonly SourceFile[]) => {
      asked.push(part[0]?.path ?? "");
      return { findings: [], problems: [] };
    },
  };
  const keyOf = (part: readonly SourceFile[]) => JSON.stringify(part);
  const remembered = remembering(counting, recentAnalyses(10), keyOf);
  remembered.analyze(aRepository());
  asked.length = 0;

  remembered.analyze(aRepository({ "services/mill/part_7.py": "seven = 7\n" }));

  expect(asked).toEqual(["services/mill/part_0.py"]);
});

test("a memory that is full forgets what was not asked for longest", () => {
  const memory = recentAnalyses(2);
  const empty = { findings: [], problems: [] };
  memory.set("a", empty);
  memory.set("b", empty);
  memory.get("a");
  memory.set("c", empty);

  expect(["a", "b", "c"].filter((key) => memory.get(key))).toEqual(["a", "c"]);
});
