// An engine that keeps what it has read finds, after any change, what one finds that reads everything anew.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { keptModules } from "../../src/analysis/read-module.ts";
import { loadEngine } from "../../src/load-engine.ts";
import type { SourceFile } from "../../src/python/source-file.ts";
import { type Random, random } from "../random.ts";

const fresh = await loadEngine();
const keeping = await loadEngine(1_000_000);
const design = new URL("../../rules/design", import.meta.url).pathname;

/** The wrong example of one rule, as one project. */
function projectOf(rule: string): readonly SourceFile[] {
  return filesBelow(join(design, rule))
    .filter((path) => /\/bad(?:\.py$|\/)/u.test(path))
    .map((path) => ({ path: relative(design, path), text: readFileSync(path, "utf8") }));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** What people do to a file: a line goes, two change places, a function becomes async, one is added. */
function changed(text: string, chance: Random): string {
  const lines = text.split("\n");
  const at = chance.below(lines.length);
  const line = lines[at] ?? "";
  switch (chance.below(5)) {
    case 0:
      return lines.toSpliced(at, 1).join("\n");
    case 1:
      return lines.with(at, lines[at + 1] ?? "").join("\n");
    case 2:
      return text.replace(/^( *)def /mu, "$1async def ");
    case 3:
      return text.replace(/\bawait /u, "");
    default:
      return lines
        .toSpliced(
          at,
          0,
          line.replace(/\w+/u, (word) => `${word}_${at}`),
        )
        .join("\n");
  }
}

test.each(
  readdirSync(design).map((rule, index) => [rule, index] as const),
)("%s: the same after every change", (rule, seed) => {
  const chance = random(seed);
  const files = [...projectOf(rule)];
  let found = 0;
  for (let round = 0; round < 6; round += 1) {
    const analysis = keeping.analyze(files);
    expect(analysis).toEqual(fresh.analyze(files));
    found += analysis.findings.length;
    const at = chance.below(files.length);
    const { path, text } = files[at] ?? { path: "", text: "" };
    files[at] = { path, text: changed(text, chance) };
  }
  expect(found).toBeGreaterThan(0);
});

test("the oldest files are forgotten, and a file too large for all room is not kept", () => {
  const kept = keptModules(10);
  const read = { module: undefined, problem: undefined };
  for (const text of ["aaaa", "bbbb", "cccc"]) kept.keep({ path: "a.py", text }, { ...read });
  kept.keep({ path: "b.py", text: "a".repeat(11) }, read);

  expect(["aaaa", "bbbb", "cccc"].filter((text) => kept.get({ path: "a.py", text }))).toEqual([
    "bbbb",
    "cccc",
  ]);
  expect(kept.get({ path: "b.py", text: "a".repeat(11) })).toBeUndefined();
});
