// The answer that an author writes into the code: `# pyward: ignore[sql-injection] only constants`.

import type { Finding } from "../analysis/finding.ts";
import { defaultConfig, type SuppressionSettings } from "./config.ts";
import { allSecurity, readNoqa, readNosec } from "./other-linters.ts";
import type { LineRange } from "./patch.ts";
import { readLayout } from "./python-comments.ts";

/** The ignore comments of one file; made by `readIgnores`, asked by `answerFindings`. */
export interface Ignores {
  /** Ascending by `line`. */
  readonly comments: readonly IgnoreComment[];
  readonly longStatements: readonly LineRange[];
}

export interface IgnoreComment {
  /** 1-based line of code that is answered for: the comment's own, or the next after it. */
  readonly line: number;
  /** 1-based line of the comment itself. */
  readonly ownLine: number;
  /** Whose words it is in; answers to other tools are heard only where a team wants it. */
  readonly tool: "pyward" | "nosec" | "noqa";
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
export function readIgnores(
  text: string,
  settings: SuppressionSettings = defaultConfig.suppressions,
): Ignores {
  if (!wordsOf(settings).test(text)) return { comments: [], longStatements: [] };
  const { comments, longStatements } = readLayout(text);

  const ignores: IgnoreComment[] = [];
  let codeLine = 0;
  let below = 0;
  for (const { line: ownLine, text: comment, alone } of comments.toReversed()) {
    if (!alone) codeLine = ownLine;
    else if (ownLine !== below - 1) codeLine = ownLine + 1;
    below = alone ? ownLine : 0;
    for (const answer of readComment(comment, settings).toReversed()) {
      // Bandit and Ruff hear their own words behind code only.
      if (answer.tool === "pyward" || !alone) ignores.push({ line: codeLine, ownLine, ...answer });
    }
  }
  return { comments: ignores.reverse(), longStatements };
}

/**
 * Which comment answers for which finding of one file. First the sure ones, as `findIgnore` says;
 * then a comment on any other line of the statement, where that leaves no doubt: it has answered for
 * nothing yet, and no second finding of the rule in the statement waits for an answer.
 */
export function answerFindings(
  ignores: Ignores,
  findings: readonly Finding[],
): ReadonlyMap<Finding, IgnoreComment> {
  const answers = new Map<Finding, IgnoreComment>();
  if (ignores.comments.length === 0) return answers;
  for (const finding of findings) {
    const comment = findIgnore(ignores, finding);
    if (comment !== undefined) answers.set(finding, comment);
  }

  const used = new Set(answers.values());
  const waiting = Map.groupBy(
    findings.filter((finding) => !answers.has(finding)),
    ({ rule, place }) =>
      JSON.stringify([rule, statementAt(ignores.longStatements, place.startLine)]),
  );
  for (const [finding, ...others] of waiting.values()) {
    if (finding === undefined || others.length > 0) continue;
    const { startLine, endLine } = statementAt(ignores.longStatements, finding.place.startLine);
    const comment = onLines(ignores, startLine, endLine, finding.rule).find(
      (each) => !used.has(each),
    );
    if (comment !== undefined) answers.set(finding, comment);
  }
  return answers;
}

/**
 * The comment that surely answers for a finding, if there is one: on a line of the finding itself, or
 * on (or alone above) the first or the last line of the statement that the finding begins in. A
 * comment deep inside a long statement answers for its own line, so that one entry of a long table
 * can be ignored without the others.
 */
export function findIgnore(ignores: Ignores, finding: Finding): IgnoreComment | undefined {
  const { startLine, endLine } = finding.place;
  const statement = statementAt(ignores.longStatements, startLine);
  // A finding on a whole class or function is answered at its head, not somewhere in its body.
  const lastLine = Math.min(endLine, statement.endLine);
  return (
    onLines(ignores, startLine, lastLine, finding.rule)[0] ??
    onLines(ignores, statement.startLine, statement.startLine, finding.rule)[0] ??
    onLines(ignores, statement.endLine, statement.endLine, finding.rule)[0]
  );
}

function wordsOf({ nosec, noqa }: SuppressionSettings): RegExp {
  const others = `${nosec ? "|#[ \\t]*nosec" : ""}${noqa ? "|#[ \\t]*noqa" : ""}`;
  return new RegExp(`pyward:${others}`, "iu");
}

type Answer = Pick<IgnoreComment, "tool" | "rules" | "reason">;

/** Linear: a `#` begins at most one attempt, and an attempt stops at the next bracket. */
function readComment(comment: string, settings: SuppressionSettings): Answer[] {
  const found = [...comment.matchAll(/#[ \t]*pyward:[ \t]*ignore\[([^[\]]{0,500})\]/giu)];
  const own = found.map((match, index): Answer => {
    const end = found[index + 1]?.index ?? comment.length;
    const reason = comment.slice(match.index + match[0].length, end);
    return {
      tool: "pyward",
      rules: (match[1] ?? "").split(",").map((rule) => rule.trim().toLowerCase()),
      reason: reason
        .replace(/^[\s:,-]+/u, "")
        .slice(0, 200)
        .trim(),
    };
  });
  const nosec = settings.nosec ? readNosec(comment) : undefined;
  const noqa = settings.noqa ? readNoqa(comment) : undefined;
  return [
    ...own,
    ...(nosec ? [{ tool: "nosec", rules: nosec, reason: "# nosec" } as const] : []),
    ...(noqa ? [{ tool: "noqa", rules: noqa, reason: "# noqa" } as const] : []),
  ];
}

/** The comments that name a rule and answer for one of these lines. */
function onLines(
  { comments }: Ignores,
  startLine: number,
  endLine: number,
  rule: string,
): readonly IgnoreComment[] {
  const found: IgnoreComment[] = [];
  for (let at = firstIndex(comments, startLine); at < comments.length; at += 1) {
    const comment = comments[at];
    if (comment === undefined || comment.line > endLine) break;
    if (names(comment, rule)) found.push(comment);
  }
  return found;
}

function names({ tool, rules }: IgnoreComment, rule: string): boolean {
  const lastWord = rule.slice(rule.lastIndexOf("/") + 1);
  if (rules.includes(rule) || rules.includes(lastWord)) return true;
  return tool !== "pyward" && rules.includes(allSecurity) && rule.startsWith("security/");
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
