// The answer that an author writes into the code: `# pyward: ignore[sql-injection] only constants`.

import type { Finding } from "../analysis/finding.ts";
import type { LineRange } from "./patch.ts";
import { readLayout } from "./python-comments.ts";

/** The ignore comments of one file; made by `readIgnores`, asked by `findIgnore`. */
export interface Ignores {
  /** Ascending by `line`. */
  readonly comments: readonly IgnoreComment[];
  readonly longStatements: readonly LineRange[];
}

export interface IgnoreComment {
  /** 1-based line of code that is answered for: the comment's own, or the next after it. */
  readonly line: number;
  /** Rules as they were written, in lower case: full names or last words. */
  readonly rules: readonly string[];
  /** Hostile text, on one line; empty where none was given. */
  readonly reason: string;
}

/**
 * Reads the ignore comments of a Python text. A comment answers for its own line; one that stands
 * alone answers for the next line that is not a comment. Rules must be named: a bare
 * `# pyward: ignore` says nothing, and neither do these words within a string.
 */
export function readIgnores(text: string): Ignores {
  if (!/pyward:/iu.test(text)) return { comments: [], longStatements: [] };
  const { comments, longStatements } = readLayout(text);

  const ignores: IgnoreComment[] = [];
  let codeLine = 0;
  let below = 0;
  for (const { line, text: comment, alone } of comments.toReversed()) {
    if (!alone) codeLine = line;
    else if (line !== below - 1) codeLine = line + 1;
    below = alone ? line : 0;
    for (const { rules, reason } of readComment(comment).toReversed()) {
      ignores.push({ line: codeLine, rules, reason });
    }
  }
  return { comments: ignores.reverse(), longStatements };
}

/**
 * The comment that answers for a finding, if there is one: on a line of the finding itself, or on
 * (or alone above) the first or the last line of the statement that the finding begins in. A comment
 * deep inside a long statement answers for its own line only, so that one entry of a long table
 * can be ignored without the others.
 */
export function findIgnore(ignores: Ignores, finding: Finding): IgnoreComment | undefined {
  if (ignores.comments.length === 0) return undefined;
  const { startLine, endLine } = finding.place;
  const statement = statementAt(ignores.longStatements, startLine);
  // A finding on a whole class or function is answered at its head, not somewhere in its body.
  const lastLine = Math.min(endLine, statement.endLine);
  return (
    findOnLines(ignores, startLine, lastLine, finding.rule) ??
    findOnLines(ignores, statement.startLine, statement.startLine, finding.rule) ??
    findOnLines(ignores, statement.endLine, statement.endLine, finding.rule)
  );
}

/** Linear: a `#` begins at most one attempt, and an attempt stops at the next bracket. */
function readComment(comment: string): { rules: readonly string[]; reason: string }[] {
  const found = [...comment.matchAll(/#[ \t]*pyward:[ \t]*ignore\[([^[\]]{0,500})\]/giu)];
  return found.map((match, index) => {
    const end = found[index + 1]?.index ?? comment.length;
    const reason = comment.slice(match.index + match[0].length, end);
    return {
      rules: (match[1] ?? "").split(",").map((rule) => rule.trim().toLowerCase()),
      reason: reason
        .replace(/^[\s:,-]+/u, "")
        .slice(0, 200)
        .trim(),
    };
  });
}

function findOnLines(
  { comments }: Ignores,
  startLine: number,
  endLine: number,
  rule: string,
): IgnoreComment | undefined {
  const lastWord = rule.slice(rule.lastIndexOf("/") + 1);
  for (let at = firstIndex(comments, startLine); at < comments.length; at += 1) {
    const comment = comments[at];
    if (comment === undefined || comment.line > endLine) return undefined;
    if (comment.rules.includes(rule) || comment.rules.includes(lastWord)) return comment;
  }
  return undefined;
}

/** Index of the first comment at or after a line. */
function firstIndex(comments: readonly IgnoreComment[], line: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((comments[middle]?.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

function statementAt(longStatements: readonly LineRange[], line: number): LineRange {
  let low = 0;
  let high = longStatements.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const statement = longStatements[middle];
    if (statement === undefined) break;
    if (line < statement.startLine) high = middle - 1;
    else if (line > statement.endLine) low = middle + 1;
    else return statement;
  }
  return { startLine: line, endLine: line };
}
