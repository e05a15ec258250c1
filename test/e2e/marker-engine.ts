// An engine that needs no Python, for tests of everything around it.

import type { Engine } from "../../src/analysis/analyze.ts";
import type { Finding } from "../../src/analysis/finding.ts";
import type { SourceFile } from "../../src/python/source-file.ts";
import { aRulebook, aRulePage } from "../makers.ts";

/**
 * A line with `BAD` is a finding of high severity, one with `ODD` (also) of medium, one with `MEH` of
 * low, and a file with `CRASH` breaks it.
 */
export function markerEngine(): Engine {
  return {
    rulebook: aRulebook([
      aRulePage({ name: "security/sql-injection", title: "SQL injection" }),
      aRulePage({ name: "security/weak-hash", title: "Weak hash", severity: "medium" }),
      aRulePage({ name: "design/missing-index", title: "Missing index", severity: "low" }),
    ]),
    analyze(files) {
      if (files.some(({ text }) => text.includes("CRASH"))) throw new Error("the engine broke");
      return { findings: files.flatMap(findMarks), problems: [] };
    },
  };
}

const marks = [
  { word: "BAD", rule: "security/sql-injection", severity: "high" },
  { word: "ODD", rule: "security/weak-hash", severity: "medium" },
  { word: "MEH", rule: "design/missing-index", severity: "low" },
] as const;

function findMarks({ path, text }: SourceFile): Finding[] {
  return text.split("\n").flatMap((line, index) =>
    marks.flatMap(({ word, rule, severity }) => {
      if (!line.includes(word)) return [];
      const place = {
        path,
        startLine: index + 1,
        startColumn: 1,
        endLine: index + 1,
        endColumn: line.length + 1,
      };
      const finding: Finding = {
        ...{ rule, severity, place },
        confidence: "high",
        message: `\`${line.trim()}\` is marked; unmark it.`,
        symbol: "<module>",
        code: line.trim(),
        trace: [],
      };
      return [finding];
    }),
  );
}
