// An engine whose every fault has a rule of its own, so that a comment's hidden markers tell which of
// several faults it is about: for lives in which faults share lines and comments.

import type { Engine } from "../../src/analysis/analyze.ts";
import type { Finding, Severity } from "../../src/analysis/finding.ts";
import type { SourceFile } from "../../src/python/source-file.ts";
import { aRulebook, aRulePage } from "../makers.ts";

/** A fault is a statement; several may stand on one line, with `; ` between them. */
export const faultNumbers = [0, 1, 2, 3, 4, 5] as const;

export function statementOf(fault: number): string {
  return `FAULT_${fault} = ${fault}`;
}

export function ruleOf(fault: number): string {
  return `security/fault-${fault}`;
}

/** Faults of high severity make the check fail. */
export function severityOf(fault: number): Severity {
  return fault < 4 ? "high" : "medium";
}

export function faultEngine(): Engine {
  return {
    rulebook: aRulebook(
      faultNumbers.map((fault) =>
        aRulePage({ name: ruleOf(fault), title: `Fault ${fault}`, severity: severityOf(fault) }),
      ),
    ),
    analyze: (files) => ({ findings: files.flatMap(findFaults), problems: [] }),
  };
}

function findFaults({ path, text }: SourceFile): Finding[] {
  return text.split("\n").flatMap((line, index) =>
    [...line.matchAll(/FAULT_(\d) = \d/gu)].map((match): Finding => {
      const fault = Number(match[1]);
      const startLine = index + 1;
      const columns = {
        startColumn: match.index + 1,
        endColumn: match.index + 1 + match[0].length,
      };
      return {
        ...{ rule: ruleOf(fault), severity: severityOf(fault), confidence: "high" },
        place: { path, startLine, endLine: startLine, ...columns },
        message: `\`${match[0]}\` is a fault; take it out.`,
        ...{ symbol: "<module>", code: match[0], trace: [] },
      };
    }),
  );
}
