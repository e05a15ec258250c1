// Files as nobody wrote them: real ones, cut, doubled and mixed up at random. The engine must neither
// fail nor hang on any, and say the same when it is asked again. `npm run test:slow` tries ten thousand.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import { type Random, random } from "../random.ts";

const engine = await loadEngine();
const mutations = Number(process.env.PYWARD_MUTATIONS ?? 300);
const perTest = 50;

/** The rules' own examples, and real files of a folder where one is named. */
const originals = [
  fileURLToPath(new URL("../../rules", import.meta.url)),
  ...(process.env.PYWARD_CORPUS ?? "").split(":").filter(Boolean),
].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py"))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .filter((text) => text.length < 40_000),
);

/** What a stretch of a text is replaced by. */
const edits: readonly ((stretch: string, chance: Random) => string)[] = [
  () => "",
  (stretch) => stretch + stretch,
  (stretch) => [...stretch].reverse().join(""),
  (stretch) => stretch.split("\n").toReversed().join("\n"),
  (stretch, chance) => stretch.replaceAll("\n", `\n${" ".repeat(chance.below(9))}`),
  (stretch) => stretch.replaceAll(/[()[\]{}]/gu, ""),
  (stretch, chance) => stretch + chance.pick(pieces),
  (_stretch, chance) => {
    const other = chance.pick(originals);
    const from = chance.below(other.length);
    return other.slice(from, from + chance.below(600));
  },
];

const pieces = [
  ...["(", ")", "[", "{", "}", ":", "\\\n", '"""', "'", "f'{", "}'", "\t", "\f", "\0", "\r\n"],
  ...[
    "*",
    "**",
    ":=",
    "->",
    "@",
    "...",
    "lambda: ",
    "await ",
    "yield ",
    "async ",
    "del ",
    "\u{feff}",
  ],
  ...[
    "\nelse:\n",
    "\nexcept* E:\n",
    "\nfinally:\n",
    "\nmatch x:\n case ",
    "\nclass A(A):\n  x = A\n",
  ],
  ...["\nglobal x\n", "\nnonlocal x\n", "\nfrom . import *\n", "\ndef f(*, x=f()): return f(f)\n"],
  ...["\ud800", "\u{1f40d}", "x = x + x\n", "\nwhile x: x = [x]\n", "\nfor x in x: x = x(x)\n"],
];

function mutated(seed: number): string {
  const chance = random(seed);
  let text = chance.pick(originals);
  for (let left = 1 + chance.below(5); left > 0; left -= 1) {
    const from = chance.below(text.length);
    const to = from + chance.below(400);
    const edit = chance.pick(edits);
    text = text.slice(0, from) + edit(text.slice(from, to), chance) + text.slice(to);
  }
  return text;
}

test.each(
  Array.from({ length: Math.ceil(mutations / perTest) }, (_, index) => index * perTest),
)("mutations from %i on are read without a fault, twice the same", {
  timeout: 120_000,
}, (first) => {
  for (let seed = first; seed < first + perTest; seed += 1) {
    const files = [{ path: "app.py", text: mutated(seed) }];
    const found = engine.analyze(files);
    expect(
      found.problems.filter(({ kind }) => kind === "crashed"),
      `seed ${seed}`,
    ).toEqual([]);
    expect(JSON.stringify(engine.analyze(files)), `seed ${seed}`).toBe(JSON.stringify(found));
  }
});
