// SQL as text, wherever it stands: a file of its own, or a string in Python. Cut into statements, with
// comments blanked out and every place known.

import { blocksOf, childrenOf, expressionsOf } from "../../flow/language/definitions.ts";
import type { Module, Span } from "../../python/module.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
import { isUndoingSql } from "../database-file.ts";

/** One statement, without its semicolon; comments are spaces. */
export interface SqlStatement {
  readonly text: string;
  /** Where a piece of the statement stands, by its offsets in `text`. */
  spanOf(start: number, end: number): Span;
}

/** A longer text holds rows, not tables. */
const longestText = 400_000;

/** The statements that a module's strings hold, those of functions that go back left out. */
export function sqlInStrings(module: Module): readonly SqlStatement[] {
  if (!/\b(?:create|alter|drop)\s+(?:\w+\s+)*?(?:table|index)\b/iu.test(module.text)) return [];
  const found: SqlStatement[] = [];
  readStatements(module, module.body, found);
  return found;
}

/** The statements of a file of SQL, as far as they go forward. */
export function sqlInFile(module: Module): readonly SqlStatement[] {
  const { text, path } = module;
  if (isUndoingSql(path) || text.length > longestText) return [];
  // goose, dbmate and sql-migrate keep both ways in one file.
  const back = /^--\s*(?:\+goose\s+down|migrate:down|\+migrate\s+down|rollback\b)/imu.exec(text);
  const forward = back ? text.slice(0, back.index) : text;
  return statementsIn(forward).map(({ text: own, start }) => ({
    text: own,
    spanOf: (from, to) => ({ module, start: start + from, end: start + to }),
  }));
}

function readStatements(
  module: Module,
  statements: readonly Statement[],
  found: SqlStatement[],
): void {
  for (const statement of statements) {
    if (statement.kind === "function" && /^downgrade/u.test(statement.name)) continue;
    for (const expression of expressionsOf(statement)) readStrings(module, expression, found);
    for (const block of blocksOf(statement)) readStatements(module, block, found);
  }
}

function readStrings(module: Module, expression: Expression, found: SqlStatement[]): void {
  const text = textOf(expression);
  if (text !== undefined && text.length <= longestText) {
    const { start, end } = expression;
    for (const { text: own } of statementsIn(text))
      found.push({
        text: own,
        spanOf: (from, to) => ({ module, ...placed(module.text, own.slice(from, to), start, end) }),
      });
  }
  for (const child of childrenOf(expression)) readStrings(module, child, found);
}

/** What is put into a text is a question mark. */
function textOf(expression: Expression): string | undefined {
  if (expression.kind === "string") return expression.value;
  if (expression.kind !== "formatted") return undefined;
  return expression.parts.map((part) => (typeof part === "string" ? part : "?")).join("");
}

/** Where a piece of a string stands in the file: its own line, or the whole string where that is not to be found. */
function placed(
  text: string,
  piece: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  const at = text.indexOf(piece, start);
  return at >= start && at < end ? { start: at, end: at + piece.length } : { start, end };
}

interface Cut {
  readonly text: string;
  readonly start: number;
}

/** Comments; quoted text, in which neither they nor semicolons count; and the semicolons. */
const tokens =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$|(?<end>;)/gu;

/** Cuts a text at its semicolons. Offsets are those of the text. */
function statementsIn(text: string): readonly Cut[] {
  const blanked = text.split("");
  const ends: number[] = [];
  for (const match of text.matchAll(tokens)) {
    if (match.groups?.end) ends.push(match.index);
    if (!/^(?:--|\/\*)/u.test(match[0])) continue;
    for (let at = match.index; at < match.index + match[0].length; at += 1)
      if (text[at] !== "\n") blanked[at] = " ";
  }
  const whole = blanked.join("");
  return [...ends, text.length].flatMap((end, index) => {
    const from = index === 0 ? 0 : (ends[index - 1] ?? 0) + 1;
    const own = whole.slice(from, end);
    const lead = own.length - own.trimStart().length;
    const trimmed = own.trim();
    return trimmed === "" ? [] : [{ text: trimmed, start: from + lead }];
  });
}

/** Where a list in parentheses begins and ends, and its parts at the commas, by offsets in the text. */
export function itemsAt(
  text: string,
  open: number,
): readonly { readonly text: string; readonly start: number }[] {
  const items: { text: string; start: number }[] = [];
  let depth = 0;
  let from = open + 1;
  const take = (to: number): void => {
    const own = text.slice(from, to);
    const lead = own.length - own.trimStart().length;
    if (own.trim() !== "") items.push({ text: own.trim(), start: from + lead });
    from = to + 1;
  };
  for (let at = open + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === "(") depth += 1;
    if (character === ")") {
      if (depth === 0) {
        take(at);
        return items;
      }
      depth -= 1;
    }
    if (character === "," && depth === 0) take(at);
  }
  take(text.length);
  return items;
}
