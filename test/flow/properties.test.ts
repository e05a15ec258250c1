// What must hold of every program: its verdict does not depend on how it is written down, the same input gives
// the same bytes, and no text at all makes the engine fail.

import { describe, expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import type { SourceFile } from "../../src/python/source-file.ts";
import { type Random, random } from "../random.ts";
import { aProgram, type Writing } from "./a-program.ts";

const engine = await loadEngine();
const seeds = Array.from({ length: 120 }, (_, seed) => seed);

const writings: Readonly<Record<string, Writing>> = {
  "as it is": {},
  "with other names": {
    name: (index) => ["title", "_x", "data", "Ω", "self", "q", "id2"][index] ?? `z${index}`,
  },
  "with two names by turns": { name: (index) => (index % 2 === 0 ? "text" : "data") },
  "in functions": { place: () => "function" },
  "in functions of another file": { place: () => "file" },
  "in methods": { place: () => "method" },
  "in methods and in another file": { place: (index) => (index % 2 === 0 ? "method" : "file") },
  "here and there": { place: (index) => (index % 2 === 0 ? "file" : "inline") },
  "with unrelated lines between": {
    before: (index) => [`unused${index} = ${index} + 1`, "print('x')"],
  },
  "with other values of the visitor's beside it": {
    before: () => [`other_value = request.args["x"]`],
  },
  "within if True": { around: "if True:" },
  "within with": { around: "with open('lock') as lock:" },
  "within try": {
    around: "try:",
    below: ["except LookupError:", "    raise", "finally:", "    print('x')"],
  },
  "with its words in settings": { areWordsSettings: true },
  "with its words in settings, in methods": { areWordsSettings: true, place: () => "method" },
};

describe.each(Object.entries(writings))("a program's verdict is what it is %s", (_, writing) => {
  test("for a hundred programs", () => {
    const wrong = seeds.filter((seed) => {
      const program = aProgram(seed);
      return isReported(program.write(writing)) !== program.isVulnerable;
    });

    expect(wrong.map((seed) => aProgram(seed).write(writing)[0]?.text)).toEqual([]);
  });
});

test("both verdicts are among the programs", () => {
  const verdicts = seeds.map((seed) => aProgram(seed).isVulnerable);

  expect(verdicts.filter((isVulnerable) => isVulnerable).length).toBeGreaterThan(20);
  expect(verdicts.filter((isVulnerable) => !isVulnerable).length).toBeGreaterThan(20);
});

test("the same files give the same bytes", () => {
  const files = engine.rulebook.entries.flatMap(({ page }) =>
    [...page.bad, ...page.good].map(({ path, text }) => ({ path: `${page.name}/${path}`, text })),
  );

  const first = JSON.stringify(engine.analyze(files));
  const second = JSON.stringify(engine.analyze(files));

  expect(second).toBe(first);
  expect(JSON.parse(first).findings.length).toBeGreaterThan(30);
});

test("functions may stand in any order", () => {
  const parts = ["b", "c"].map(
    (name) => `def ${name}():\n    db.execute("SELECT " + read("${name}"))\n`,
  );
  const top = `import sqlite3\nfrom flask import request\ndb = sqlite3.connect("x")\n`;
  const read = "def read(name):\n    return request.args[name]\n";
  const orders = [
    [read, ...parts],
    [...parts, read],
    [...parts.toReversed(), read],
  ];

  const verdicts = orders.map((order) =>
    engine
      .analyze([{ path: "app.py", text: [top, ...order].join("\n") }])
      .findings.map(({ symbol }) => symbol)
      .toSorted(),
  );

  expect(verdicts).toEqual([
    ["b", "c"],
    ["b", "c"],
    ["b", "c"],
  ]);
});

test("a text that is cut off or garbled makes nothing fail and takes no unending time", () => {
  const texts = engine.rulebook.entries.flatMap(({ page }) =>
    [...page.bad, ...page.good].map(({ text }) => text),
  );
  const chance = random(7);

  const failures = Array.from({ length: 250 }, () => {
    const text = garbled(chance, chance.pick(texts), texts);
    const { problems } = engine.analyze([{ path: "app.py", text }]);
    const failed = problems.some(({ kind }) => kind === "crashed" || kind === "too-complex");
    return failed ? [text] : [];
  }).flat();

  expect(failures).toEqual([]);
});

function isReported(files: readonly SourceFile[]): boolean {
  const { findings, problems } = engine.analyze(files);
  expect(problems).toEqual([]);
  return findings.some(({ rule }) => rule === "security/sql-injection");
}

/** Cuts, repeats, swaps and mixes lines and characters. */
function garbled(chance: Random, text: string, texts: readonly string[]): string {
  const lines = text.split("\n");
  const at = chance.below(lines.length);
  switch (chance.below(6)) {
    case 0:
      return text.slice(0, chance.below(text.length));
    case 1:
      return lines.toSpliced(at, 1 + chance.below(3)).join("\n");
    case 2:
      return lines.toSpliced(at, 0, ...lines.slice(0, at)).join("\n");
    case 3:
      return lines.map((line) => (chance.below(12) === 0 ? line.trimStart() : line)).join("\n");
    case 4: {
      const other = chance.pick(texts).split("\n");
      return lines
        .map((line, index) => (chance.below(4) === 0 ? (other[index] ?? "") : line))
        .join("\n");
    }
    default: {
      const words = text.split(/\b/u);
      const swaps = Array.from({ length: 8 }, () => chance.below(words.length));
      for (const index of swaps) words[index] = chance.pick(words);
      return words.join("");
    }
  }
}
