// Changes that undo what teams have mended: each is told of where it was changed, and what mends it is silent.

import { describe, expect, test } from "vitest";
import { loadEngine } from "../../src/load-engine.ts";
import { findAnchor } from "../../src/review/anchor.ts";
import type { ChangeSet } from "../../src/review/change-set.ts";
import { defaultConfig } from "../../src/review/config.ts";
import { review } from "../../src/review/review.ts";
import { aChange, aChangedFile } from "../makers.ts";

const engine = await loadEngine();

export interface Undone {
  readonly title: string;
  /** Unchanged files. */
  readonly around?: Readonly<Record<string, string>>;
  readonly path: string;
  readonly mended: string;
  readonly broken: string;
  /** `rule path:line`, all that is told by the rules in question. */
  readonly told: string;
}

/** Tests each change in both directions; `rules` are those in question. */
export function testUndone(undone: readonly Undone[], rules: RegExp): void {
  describe.each(undone)("$title", ({ around = {}, path, mended, broken, told }) => {
    const files = Object.entries(around).map(([each, text]) => ({ path: each, text }));
    const changeTo = (headText: string, baseText: string): ChangeSet => {
      const before = new Set(baseText.split("\n"));
      const lines = headText.split("\n");
      const added = lines.flatMap((line, index) => (before.has(line) ? [] : [index + 1]));
      return aChange([aChangedFile({ path, baseText, headText, added })]);
    };
    const findingsIn = (change: ChangeSet) =>
      review(change, { files }, engine, defaultConfig)
        .introduced.map(({ finding }) => finding)
        .filter(({ rule }) => rules.test(rule));

    test("it is told of, at a line of the change", () => {
      const change = changeTo(broken, mended);
      const found = findingsIn(change);

      const places = found.map(
        ({ rule, place }) => `${rule.slice(7)} ${place.path}:${place.startLine}`,
      );
      expect(places).toEqual([told]);
      // What a changed helper does to code elsewhere is told in the summary.
      const own = found.filter(({ place }) => place.path === path);
      expect(own.map((finding) => findAnchor(finding, change).kind)).toEqual(
        own.map(() => "lines"),
      );
    });

    test("what mends it is silent", () => {
      expect(findingsIn(changeTo(mended, broken))).toEqual([]);
    });
  });
}
