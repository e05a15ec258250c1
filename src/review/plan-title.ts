// The one line that everybody reads: the title of the check.

import type { FileProblem } from "../analysis/finding.ts";

export interface TitleFacts {
  /** How many new findings are told. */
  readonly found: number;
  readonly blocking: number;
  /** Secrets that only the history keeps, and that nobody has replaced yet. */
  readonly leaked?: number;
  readonly problems: readonly FileProblem[];
  /** Does the change touch any Python file? */
  readonly hasPython: boolean;
}

/** "2 new findings, 1 must be fixed"; what could not be read is said in the same breath. */
export function writeTitle({
  found,
  blocking,
  leaked = 0,
  problems,
  hasPython,
}: TitleFacts): string {
  if (!hasPython) return "No Python files changed";
  const findings = found === 1 ? "1 new finding" : `${found === 0 ? "No" : found} new findings`;
  const mustFix = blocking === 0 ? "" : `, ${blocking} must be fixed`;
  const secrets = leaked === 1 ? "1 leaked secret" : `${leaked} leaked secrets`;
  const mustBeFixed = leaked === 0 ? mustFix : `${mustFix}, ${secrets} to replace`;
  if (problems.length === 0) return `${findings}${mustBeFixed}`;
  return `${findings} in what could be read${mustBeFixed}; ${countUnread(problems)}`;
}

/** One file counts once; files that failed in several ways are told in the most general words. */
function countUnread(problems: readonly FileProblem[]): string {
  const count = new Set(problems.map(({ path }) => path)).size;
  const [kind, ...others] = new Set(problems.map((problem) => problem.kind));
  const words = kind === undefined || others.length > 0 ? mixed : wordsFor[kind];
  return count === 1 ? `1 file ${words.one}` : `${count} files ${words.many}`;
}

interface CountedWords {
  readonly one: string;
  readonly many: string;
}

const mixed: CountedWords = {
  one: "could not be wholly read",
  many: "could not be wholly read",
};

const wordsFor: Readonly<Record<FileProblem["kind"], CountedWords>> = {
  "syntax-error": { one: "does not parse", many: "do not parse" },
  "too-large": { one: "was too large", many: "were too large" },
  "too-complex": { one: "was too complex", many: "were too complex" },
  "not-text": { one: "could not be read", many: "could not be read" },
  "out-of-time": { one: "took too long", many: "took too long" },
  crashed: { one: "could not be analysed", many: "could not be analysed" },
};
