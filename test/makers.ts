// Plain values for tests: each maker fills in what a test does not care about.

import type { Engine } from "../src/analysis/analyze.ts";
import type { FileProblem, Finding } from "../src/analysis/finding.ts";
import type { Rulebook, RulePage } from "../src/analysis/rulebook.ts";
import type { Place, SourceFile } from "../src/python/source-file.ts";
import type { Links } from "../src/render/links.ts";
import { encodePath } from "../src/render/markdown.ts";
import type { ChangedFile, ChangeSet } from "../src/review/change-set.ts";
import { defaultConfig, type Mode } from "../src/review/config.ts";
import { type Earlier, type EarlierComment, nothingEarlier } from "../src/review/earlier.ts";
import { findingModes } from "../src/review/finding-mode.ts";
import { parsePatch } from "../src/review/patch.ts";
import type { Plan } from "../src/review/plan.ts";
import type { Review } from "../src/review/review.ts";
import type { ReviewedFinding } from "../src/review/reviewed-finding.ts";

/** A place on whole lines; `line` alone is one line. */
export function aPlace({
  path = "app.py",
  line = 1,
  endLine = line,
  column = 1,
  endColumn = column + 10,
}: {
  path?: string;
  line?: number;
  endLine?: number;
  column?: number;
  endColumn?: number;
} = {}): Place {
  return { path, startLine: line, startColumn: column, endLine, endColumn };
}

export function aFinding(
  given: Partial<Finding> & { path?: string; line?: number; endLine?: number } = {},
): Finding {
  const { path, line, endLine, ...finding } = given;
  return {
    rule: "security/sql-injection",
    severity: "high",
    confidence: "high",
    message: "`title` becomes part of the SQL that `db.execute` runs; bind it as a parameter.",
    place: aPlace({
      ...(path === undefined ? {} : { path }),
      ...(line === undefined ? {} : { line }),
      ...(endLine === undefined ? {} : { endLine }),
    }),
    symbol: "search",
    code: "db.execute(query)",
    trace: [],
    ...finding,
  };
}

/**
 * `fingerprint` defaults to one made of the rule and the line, so that two places differ; `mode` to what
 * the default config says.
 */
export function aReviewed(
  given: Parameters<typeof aFinding>[0] & { fingerprint?: string; mode?: Mode } = {},
): ReviewedFinding {
  const { fingerprint, mode, ...rest } = given;
  const finding = aFinding(rest);
  const count = finding.place.startLine.toString(16).padStart(16, "0");
  return {
    finding,
    fingerprint: fingerprint ?? count,
    mode: mode ?? findingModes(defaultConfig)(finding),
  };
}

export function aReview(given: Partial<Review> = {}): Review {
  return {
    base: "b".repeat(40),
    head: "a".repeat(40),
    introduced: [],
    existing: [],
    suppressed: [],
    leftOut: [],
    notices: [],
    problems: [],
    lasting: new Map(),
    coverage: { changedFiles: 1, pythonFiles: 1, contextFiles: 0 },
    ...given,
  };
}

export function aPlan(given: Partial<Plan> = {}): Plan {
  return {
    told: [],
    say: [],
    leave: [],
    reopen: [],
    close: [],
    rewrite: [],
    ignored: [],
    summaryOnly: [],
    leaked: [],
    blocking: 0,
    conclusion: "success",
    title: "No new findings",
    ...given,
  };
}

/** One of our comments, in a thread in which nobody else spoke. */
export function anEarlierComment(given: Partial<EarlierComment> = {}): EarlierComment {
  return {
    fingerprint: "0".repeat(16),
    rule: "security/sql-injection",
    path: "app.py",
    isElsewhere: false,
    lines: undefined,
    standing: "open",
    comment: 1,
    commentNode: "PRRC_1",
    thread: "PRRT_1",
    body: "",
    isResolved: false,
    resolvedBy: undefined,
    isMinimized: false,
    hasReplies: false,
    canResolve: true,
    canReopen: true,
    ...given,
  };
}

export function anEarlier(given: Partial<Earlier> = {}): Earlier {
  return { ...nothingEarlier, ...given };
}

/** A modified file; `patch` is turned into hunks, and `added` into one hunk that adds those lines. */
export function aChangedFile(
  given: Partial<ChangedFile> & { patch?: string; added?: readonly number[] } = {},
): ChangedFile {
  const { patch, added, ...file } = given;
  return {
    path: "app.py",
    previousPath: undefined,
    status: "modified",
    baseText: "",
    headText: "",
    hunks: patch === undefined ? hunksOf(added ?? []) : parsePatch(patch),
    unread: undefined,
    ...file,
  };
}

export function aChange(files: readonly ChangedFile[] = [aChangedFile()]): ChangeSet {
  return { base: "b".repeat(40), head: "a".repeat(40), files };
}

export function aProblem(given: Partial<FileProblem> = {}): FileProblem {
  return { path: "big.py", kind: "too-large", message: "The file is larger than 1 MB.", ...given };
}

export function aRulePage(given: Partial<RulePage> = {}): RulePage {
  return {
    name: "security/sql-injection",
    title: "SQL injection",
    severity: "high",
    confidence: "high",
    cwe: ["CWE-89"],
    since: "0.1.0",
    summary: "Text from outside becomes part of an SQL statement.",
    body: "## Why it matters\n",
    bad: [],
    good: [],
    ...given,
  };
}

export function aRulebook(pages: readonly RulePage[] = [aRulePage()]): Rulebook {
  const entries = pages.map((page) => ({ page, rule: { kind: "pattern" } as const }));
  return {
    entries: entries as unknown as Rulebook["entries"],
    find: (name) =>
      entries.find(
        ({ page }) => page.name === name || page.name.endsWith(`/${name}`),
      ) as unknown as ReturnType<Rulebook["find"]>,
  };
}

/**
 * An engine with one rule: a line that holds the word `danger` is a finding, in the function whose
 * `def` stands last above it; a line that holds `broken` makes its file unreadable.
 */
export function anEngine(): Engine & { readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    rulebook: aRulebook(),
    analyze(files) {
      asked.push(files.map(({ path }) => path));
      return {
        findings: files.flatMap(findDanger),
        problems: files
          .filter(({ text }) => text.includes("broken"))
          .map(({ path }) =>
            aProblem({ path, kind: "syntax-error", message: "It does not parse." }),
          ),
      };
    },
  };
}

export const links: Links = {
  rule: (name) => `https://pyward.example/rules/${name}`,
  lines: (path, startLine, endLine) =>
    `https://github.example/acme/shop/blob/abc/${encodePath(path)}#L${startLine}-L${endLine}`,
};

function findDanger({ path, text }: SourceFile): Finding[] {
  let symbol = "<module>";
  return text.split("\n").flatMap((line, index) => {
    symbol = /^def (\w+)/u.exec(line)?.[1] ?? symbol;
    if (!/^[^#]*danger/u.test(line)) return [];
    const code = line.replace(/#.*/u, "").trim();
    return [aFinding({ path, line: index + 1, symbol, code })];
  });
}

function hunksOf(added: readonly number[]) {
  const [first] = added;
  const last = added.at(-1);
  if (first === undefined || last === undefined) return [];
  const newLines = last - first + 1;
  const removed: number[] = [];
  return [
    {
      oldStart: first,
      oldLines: newLines - added.length,
      newStart: first,
      newLines,
      added,
      removed,
    },
  ];
}
