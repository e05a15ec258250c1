// Analyses kept on disk and made on threads: the same as those made at once, or none.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Analysis } from "../../src/analysis/analyze.ts";
import { recentAnalyses, remembering } from "../../src/analysis/remembering.ts";
import { analyseOnThreads } from "../../src/cli/analyse-on-threads.ts";
import { keysOf, openAnalysisCache } from "../../src/cli/analysis-cache.ts";
import { loadEngine } from "../../src/load-engine.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pyward-cache-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openAnalysisCache(folder, recentAnalyses(10));
const anAnalysis: Analysis = {
  findings: [],
  problems: [{ path: "a.py", kind: "syntax-error", line: 2, message: "It does not parse." }],
};

test("another process reads what one has written", () => {
  open().set("k", anAnalysis);

  expect(open().get("k")).toEqual(anAnalysis);
});

test.each([
  ["cut short", (text: string) => text.slice(0, -5)],
  ["changed", (text: string) => text.replace("parse", "matter")],
  ["empty", () => ""],
  ["of another format", () => "{}"],
])("an entry that is %s is not there", (_what, spoil) => {
  open().set("k", anAnalysis);
  const file = join(folder, "k.json");
  writeFileSync(file, spoil(readFileSync(file, "utf8")));

  expect(open().get("k")).toBeUndefined();
});

test("an entry under another's name is not there", () => {
  open().set("k", anAnalysis);
  writeFileSync(join(folder, "other.json"), readFileSync(join(folder, "k.json")));

  expect(open().get("other")).toBeUndefined();
});

test("a folder that cannot be made is no cache, and no failure", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  const cache = openAnalysisCache(join(file, "below"), recentAnalyses(10));

  cache.set("k", anAnalysis);

  expect(openAnalysisCache(join(file, "below"), recentAnalyses(10)).get("k")).toBeUndefined();
});

test("nothing half written is left behind", () => {
  open().set("k", anAnalysis);

  expect(readdirSync(folder)).toEqual(["k.json"]);
});

test("a key tells engines, models, names, texts and their borders apart", () => {
  const key = keysOf("one");
  const keys = [
    key([{ path: "a.py", text: "x" }], []),
    keysOf("two")([{ path: "a.py", text: "x" }], []),
    key([{ path: "a.py", text: "x" }], [{ kind: "clean", signature: "a.b()", concept: "" }]),
    key([{ path: "b.py", text: "x" }], []),
    key([{ path: "a.py", text: "y" }], []),
    key([{ path: "a.py", text: "" }], []),
    key(
      [
        { path: "a.py", text: "" },
        { path: "x", text: "" },
      ],
      [],
    ),
  ];

  expect(new Set(keys).size).toBe(keys.length);
});

test("two threads find what one finds, in the same order", async () => {
  const engine = await loadEngine();
  const files = ["shop", "mill"].flatMap((name) =>
    Array.from({ length: 260 }, (_, index) => ({
      path: `${name}/part_${index}.py`,
      text: "import yaml\n\n\ndef read(text):\n    return yaml.load(text, Loader=yaml.Loader)\n",
    })),
  );
  const memory = recentAnalyses(10);
  const keyOf = keysOf("test");
  const entry = new URL("../../src/analysis-thread.ts", import.meta.url);
  // Whatever the threads have left out, this engine would not find.
  const blind = { ...engine, analyze: () => ({ findings: [], problems: [] }) };

  await analyseOnThreads(files, [], memory, keyOf, { entry, count: 2, worthwhile: 1 });

  const found = remembering(blind, memory, keyOf).analyze(files);
  expect(JSON.stringify(found.findings)).toBe(JSON.stringify(engine.analyze(files).findings));
  expect(found.findings).toHaveLength(520);
});
