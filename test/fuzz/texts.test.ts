// Comments, configs and diffs as nobody writes them: nothing breaks or hangs, and what is refused is
// refused with a sentence and its line. `npm run test:fuzz` tries tens of thousands of each.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readTemplates } from "../../src/read-templates.ts";
import { createReviewWords } from "../../src/render/review-words.ts";
import { compileTemplates } from "../../src/render/templates.ts";
import { readBaseline } from "../../src/review/baseline.ts";
import type { ChangeSet } from "../../src/review/change-set.ts";
import { commandNames, parseCommand, readAim } from "../../src/review/command.ts";
import { defaultConfig } from "../../src/review/config.ts";
import { readDecisions } from "../../src/review/decision.ts";
import { nothingEarlier } from "../../src/review/earlier.ts";
import { readMarkers } from "../../src/review/marker.ts";
import { parsePatch } from "../../src/review/patch.ts";
import { planReview } from "../../src/review/plan.ts";
import { type ConfigWords, readConfigFile } from "../../src/review/read-config-file.ts";
import { resolveConfig } from "../../src/review/resolve-config.ts";
import { review } from "../../src/review/review.ts";
import { markerEngine } from "../e2e/marker-engine.ts";
import { links } from "../makers.ts";
import { type Random, random } from "../random.ts";
import { cases, hangMs, seed } from "./cases.ts";
import { mutateText } from "./mutate.ts";

const count = cases(400);
const engine = markerEngine();
const words = createReviewWords(compileTemplates(await readTemplates()), engine.rulebook);
const configWords: ConfigWords = {
  rules: engine.rulebook.entries.map(({ page }) => page.name),
  models: { sanitizer: ["html", "sql"], source: ["http-body"], sink: ["sql"], guard: ["url"] },
};

const comments = [
  ...commandNames.map((name) => `/pyward ${name}`),
  "Nice work!\n\n/pyward ignore security/sql-injection it is test data\n\nThanks",
  "> /pyward review\n\n```\n/pyward fix\n```\n\n- /pyward help\n\n<!-- /pyward full -->",
  "/pyward ignore 0123456789abcdef because of *this* `code` <b>and</b> [that](https://x.example)",
  `<!-- pyward:${"0".repeat(16)} security/sql-injection -->\n**SQL injection** · high`,
  "/PYWARD  explain\tdesign/missing-index\u00a0please",
  "/pyward revew",
];

test(`${count} comments that nobody writes hold a command or none`, () => {
  tryAll(count, comments, (text) => {
    const command = parseCommand(text);
    if (command === undefined) return;
    expect([...commandNames, "unknown"]).toContain(command.name);
    if ("words" in command) {
      expect(command.words.length).toBeLessThanOrEqual(400);
      const { reason } = readAim(command.words, () => undefined, text.length % 2 === 0);
      expect(reason.length).toBeLessThanOrEqual(400);
    }
    readMarkers(text);
    readDecisions(text);
  });
});

const configs = [
  readFileSync(new URL("../../README.md", import.meta.url), "utf8").match(
    /```yaml\n([^`]+)```/u,
  )?.[1] ?? "",
  "fail-on: low\nrules:\n  security/*: block\n  design/missing-index: { mode: monitor }\n",
  'paths:\n  - match: ["a/**", "!a/b.py"]\n    rules: { "*": summary }\nignore: ["vendor/"]\n',
  "a: &a [*a, *a]\nb: *a\n? {c: d}\n: !!binary aGk=\n",
  '{"version": 1, "findings": [{"fingerprint": "0123456789abcdef", "rule": "security/x", "path": "a.py", "reason": "r", "by": "b", "at": "2026-01-01T00:00:00Z"}]}',
];

const warned: string[] = [];
process.on("warning", ({ message }) => warned.push(message));

test(`${count} configs that nobody writes are read, or refused line by line`, async () => {
  tryAll(count, configs, (text) => {
    const read = readConfigFile(text, { words: configWords, mayEnforce: text.length % 2 === 0 });
    if (read.ok) resolveConfig([{ place: "fuzz", file: read.file, enforces: true }]);
    else {
      expect(read.problems.length).toBeGreaterThan(0);
      for (const { line, message } of read.problems) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(message).toMatch(/\S/u);
      }
    }
    const baseline = readBaseline(text);
    if (!baseline.ok) expect(baseline.fault).toMatch(/\S/u);
  });
  // Node tells of warnings a moment later. They would be lines in the log, with words of the file.
  await new Promise((resolve) => setImmediate(resolve));
  expect(warned).toEqual([]);
});

const patches = [
  "@@ -1,3 +1,4 @@\n import os\n-x = 1\n+x = 1\n+BAD = 2\n y = 3\n",
  "@@ -0,0 +1,3 @@\n+BAD_1 = 1\n+ODD = 2\n+MEH = 3\n\\ No newline at end of file\n",
  "diff --git a/a.py b/b.py\nsimilarity index 90%\nrename from a.py\nrename to b.py\n--- a/a.py\n+++ b/b.py\n@@ -10,2 +10,3 @@ def f():\n a\n+BAD\n b\n@@ -30 +31,0 @@\n-BAD_0 = 0\n",
  "@@ -1,2 +1,2 @@\r\n-a\r\n+BAD\r\n b\r\n",
  "--- a/x.py\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-BAD = 1\n-ODD = 2\n",
];

test(`${count} diffs that nobody makes are reviewed, planned and told`, () => {
  const dice = random(seed + 1);
  tryAll(count, patches, (patch) => {
    const hunks = parsePatch(patch);
    for (const { added, newLines } of hunks)
      expect(added.length).toBeLessThanOrEqual(Math.max(newLines, 0));
    const change = changeOf(patch, hunks, dice);
    const reviewed = review(change, { files: [] }, engine, defaultConfig);
    const plan = planReview(reviewed, change, nothingEarlier, defaultConfig);
    for (const planned of plan.say) {
      expect(words.comment(planned, links).length).toBeLessThanOrEqual(65_536);
    }
    expect(words.body(plan, reviewed, links).length).toBeLessThanOrEqual(65_536);
    const { summary } = words.check(reviewed, plan, links, { seconds: 1 });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
  });
});

/** The texts on both sides fit the diff, or do not: GitHub's diff and its files may be of two moments. */
function changeOf(patch: string, hunks: ReturnType<typeof parsePatch>, dice: Random): ChangeSet {
  const side = (mark: string) =>
    patch
      .split("\n")
      .filter((line) => line.startsWith(mark) || line.startsWith(" "))
      .map((line) => line.slice(1))
      .join("\n");
  const path = dice.pick(["a.py", "ä b.py", "x/`y`.py", "a.py\n", "<img>.py", ""]);
  const text = (mark: string) => dice.pick([side(mark), side(mark), patch, "", undefined]);
  return {
    base: "b".repeat(40),
    head: "a".repeat(40),
    files: [
      {
        path,
        previousPath: dice.pick([undefined, undefined, "old.py"]),
        status: dice.pick(["added", "modified", "removed", "renamed"]),
        baseText: text("-"),
        headText: text("+"),
        hunks: dice.pick([hunks, hunks, hunks, undefined]),
        unread: undefined,
      },
    ],
  };
}

/** Tries changed texts; tells which one broke, and on which one it hung. */
function tryAll(count: number, originals: readonly string[], act: (text: string) => void): void {
  const dice = random(seed);
  for (let nth = 0; nth < count; nth += 1) {
    const text = mutateText(dice.pick(originals), dice, originals);
    const began = performance.now();
    try {
      act(text);
    } catch (error) {
      throw new Error(`no. ${nth} of seed ${seed}: ${JSON.stringify(text)}`, { cause: error });
    }
    const ms = performance.now() - began;
    if (ms > hangMs)
      throw new Error(`no. ${nth} of seed ${seed} took ${ms} ms: ${JSON.stringify(text)}`);
  }
}
