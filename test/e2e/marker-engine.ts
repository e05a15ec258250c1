// An engine that needs no Python, for tests of everything around it.

import type { Engine } from "../../src/analysis/analyze.ts";
import type { Finding } from "../../src/analysis/finding.ts";
import type { SourceFile } from "../../src/python/source-file.ts";
import { aRulebook, aRulePage } from "../makers.ts";

/**
 * A line with `BAD` is a finding of high severity, one with `MEH` of
 * low, and a file with `CRASH` breaks it.
 */
export function markerEngine(): Engine {
  return {
    rulebook: aRulebook([
      aRulePage({ name: "security/sql-injection", title: "SQL injection" }),
      aRulePage({ name: "design/missing-index", title: "Missing index", severity: "low" }),
    ]),
    analyze(files) {
      if (files.some(({ text }) => text.includes("CRASH"))) throw new Error("the engine broke");
      return { findings: files.flatMap(findMarks), problems: [] };
    },
  };
}

function findMarks({ path, text }: SourceFile): Finding[] {
  return text.split("\n").flatMap((line, index) => {
    const isBad = line.includes("BAD");
    if (!isBad && !line.includes("MEH")) return [];
    const place = {
      path,
      startLine: index + 1,
      startColumn: 1,
      endLine: index + 1,
      endColumn: line.length + 1,
    };
    return [
      {
        rule: isBad ? "security/sql-injection" : "design/missing-index",
        severity: isBad ? "high" : "low",
        confidence: "high",
        message: `\`${line.trim()}\` is marked; unmark it.`,
        place,
        symbol: "<module>",
        code: line.trim(),
        trace: [],
      } satisfies Finding,
    ];
  });
}
