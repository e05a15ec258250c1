// Hunks, from GitHub's patches and git's diffs.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { clampToHunk, hunkAt, parsePatch } from "../../src/review/patch.ts";
import type { Random } from "../random.ts";
import { random } from "../random.ts";

const folder = mkdtempSync(path.join(tmpdir(), "pyward-patch-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a hunk knows its added and removed lines", () => {
  const patch = "@@ -1,3 +1,4 @@ def f():\n a\n-b\n+B\n+B2\n c";

  expect(parsePatch(patch)).toEqual([
    { oldStart: 1, oldLines: 3, newStart: 1, newLines: 4, added: [2, 3], removed: [2] },
  ]);
});

test("a count that is left out is one", () => {
  expect(parsePatch("@@ -4 +4 @@\n-a\n+b\n")).toEqual([
    { oldStart: 4, oldLines: 1, newStart: 4, newLines: 1, added: [4], removed: [4] },
  ]);
});

test("the note on a missing line break at the end of a file is no line", () => {
  const patch =
    "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file";

  expect(parsePatch(patch)).toMatchObject([{ added: [2], removed: [2], newLines: 2 }]);
});

test("a file that becomes empty has no line that may carry a comment", () => {
  const hunks = parsePatch("@@ -1,2 +0,0 @@\n-a\n-b\n");

  expect(hunks).toMatchObject([{ newStart: 0, newLines: 0, added: [], removed: [1, 2] }]);
  expect([0, 1, 2].map((line) => hunkAt(hunks, line))).toEqual([undefined, undefined, undefined]);
});

test("an empty patch has no hunks", () => {
  expect(parsePatch("")).toEqual([]);
});

test("lines that look like headers are content within a hunk", () => {
  const patch = "--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n--- a\n+++ b\n @@ -1 +1 @@\n";

  expect(parsePatch(patch)).toMatchObject([{ added: [1], removed: [1], newLines: 2 }]);
});

test("a patch that breaks off counts as far as it goes", () => {
  expect(parsePatch("@@ -1,9 +1,9 @@\n a\n+b\n")).toMatchObject([{ newLines: 2, added: [2] }]);
});

test("a range is cut to the hunk that shows its beginning, else to the first it touches", () => {
  const hunks = parsePatch("@@ -5,3 +5,3 @@\n a\n-b\n+c\n d\n@@ -20,1 +20,2 @@\n a\n+b\n");

  expect(clampToHunk(hunks, 6, 9)).toEqual({ startLine: 6, endLine: 7 });
  expect(clampToHunk(hunks, 1, 6)).toEqual({ startLine: 5, endLine: 6 });
  expect(clampToHunk(hunks, 1, 30)).toEqual({ startLine: 5, endLine: 7 });
  expect(clampToHunk(hunks, 20, 30)).toEqual({ startLine: 20, endLine: 21 });
  expect(clampToHunk(hunks, 8, 19)).toBeUndefined();
});

test("git's diffs of random edits agree with walking both files line by line", () => {
  const dice = random(7);
  for (let round = 0; round < 60; round += 1) {
    const before = Array.from({ length: dice.below(60) }, () => someLine(dice));
    const after = edit(before, dice);
    const hunks = parsePatch(gitDiff(before, after));

    // Taking the removed lines out and putting the added ones in makes the new file of the old.
    const removed = new Set(hunks.flatMap((hunk) => hunk.removed));
    const kept = before.filter((_, index) => !removed.has(index + 1));
    const added = new Set(hunks.flatMap((hunk) => hunk.added));
    const rebuilt: (string | undefined)[] = [];
    for (let line = 1; line <= after.length; line += 1) {
      rebuilt.push(added.has(line) ? after[line - 1] : kept.shift());
    }
    expect(rebuilt).toEqual(after);
    expect(kept).toEqual([]);

    const shown = after.map((_, index) => hunkAt(hunks, index + 1) !== undefined);
    expect(shown).toEqual(nearChanges(before.length, after.length, removed, added));
  }
});

/** Which lines of the new file are within three lines of a change, walking both files in step. */
function nearChanges(
  oldLines: number,
  newLines: number,
  removed: ReadonlySet<number>,
  added: ReadonlySet<number>,
): boolean[] {
  const near = Array.from({ length: newLines }, () => false);
  const mark = (from: number, to: number) => {
    for (let line = from; line <= to; line += 1)
      if (line >= 1 && line <= newLines) near[line - 1] = true;
  };
  let [oldLine, newLine] = [1, 1];
  while (oldLine <= oldLines || newLine <= newLines) {
    if (removed.has(oldLine)) {
      mark(newLine - 3, newLine + 2);
      oldLine += 1;
    } else if (added.has(newLine)) {
      mark(newLine - 3, newLine + 3);
      newLine += 1;
    } else {
      oldLine += 1;
      newLine += 1;
    }
  }
  return near;
}

function someLine(dice: Random): string {
  return dice.pick(["", "a", "b", "-- c", "++ d", "@@ -1 +1 @@", "\\ No", "diff --git a b", "é\r"]);
}

function edit(lines: readonly string[], dice: Random): string[] {
  return lines.flatMap((line) => {
    const choice = dice.below(12);
    if (choice === 0) return [];
    if (choice === 1) return [line, someLine(dice)];
    return choice === 2 ? [someLine(dice)] : [line];
  });
}

function gitDiff(before: readonly string[], after: readonly string[]): string {
  const [a, b] = [path.join(folder, "a"), path.join(folder, "b")];
  writeFileSync(a, before.map((line) => `${line}\n`).join(""));
  writeFileSync(b, after.map((line) => `${line}\n`).join(""));
  try {
    return execFileSync("git", ["diff", "--no-index", "--no-color", a, b], { encoding: "utf8" });
  } catch (error) {
    // git's way to say that the files differ.
    if (error instanceof Error && "stdout" in error) return String(error.stdout);
    throw error;
  }
}
