// Tables that SQL in a string makes: `CREATE TABLE line (order_id int REFERENCES orders (id))`.
// https://www.postgresql.org/docs/current/sql-createtable.html

import { blocksOf, childrenOf, expressionsOf } from "../../flow/language/definitions.ts";
import type { Module } from "../../python/module.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
import type { Column, Declaration, ForeignKey, ForeignKeyConstraint, Index } from "./facts.ts";

/** Every `CREATE TABLE` in a string of a module. */
export function readSqlTables(module: Module): readonly Declaration[] {
  if (!/\bcreate\s+table\b/iu.test(module.text)) return [];
  const found: Declaration[] = [];
  readStatements(module, module.body, found);
  return found;
}

function readStatements(
  module: Module,
  statements: readonly Statement[],
  found: Declaration[],
): void {
  for (const statement of statements) {
    if (statement.kind === "function" && /^downgrade/u.test(statement.name)) continue;
    for (const expression of expressionsOf(statement)) readStrings(module, expression, found);
    for (const block of blocksOf(statement)) readStatements(module, block, found);
  }
}

function readStrings(module: Module, expression: Expression, found: Declaration[]): void {
  if (expression.kind === "string" && expression.value.length < 100_000)
    found.push(...tablesIn(module, expression));
  for (const child of childrenOf(expression)) readStrings(module, child, found);
}

const createTable =
  /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?<table>[\w".`]+)\s*\(/giu;

function tablesIn(
  module: Module,
  { value, start, end }: Extract<Expression, { kind: "string" }>,
): readonly Declaration[] {
  return Array.from(value.matchAll(createTable), (match) => {
    const table = bare(match.groups?.table ?? "");
    const columns: Column[] = [];
    const indexes: Index[] = [];
    const foreignKeys: ForeignKeyConstraint[] = [];
    for (const item of itemsOf(value.slice(match.index + match[0].length))) {
      const span = { module, ...placed(module.text, item, start, end) };
      const key =
        /^(?:constraint\s+\S+\s+)?(?<kind>primary\s+key|unique|foreign\s+key|(?:unique\s+)?(?:index|key)\b[^(]*)\s*\((?<columns>[^)]*)\)/iu.exec(
          item,
        )?.groups;
      if (!key) {
        const column = readColumn(item, span);
        if (column) columns.push(column);
        continue;
      }
      const names = (key.columns ?? "").split(",").map((name) => bare(name.trim()));
      const foreignKey = /^foreign/iu.test(key.kind ?? "") ? readReference(item) : undefined;
      if (foreignKey) foreignKeys.push({ columns: names, foreignKey, span });
      else
        indexes.push({
          name: undefined,
          kind: /^primary/iu.test(key.kind ?? "")
            ? "primary key"
            : /^unique/iu.test(key.kind ?? "")
              ? "unique"
              : "index",
          columns: names,
          where: undefined,
          method: undefined,
        });
    }
    return {
      table,
      title: table,
      alias: undefined,
      origin: "migration",
      columns,
      indexes,
      foreignKeys,
      genericKeys: [],
      isUnreadable: false,
    } satisfies Declaration;
  });
}

/** The items between the parentheses of a table, up to the one that closes it. */
function itemsOf(text: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let item = "";
  for (const character of text.replace(/--[^\n]*/gu, "")) {
    if (character === ")" && depth === 0) break;
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) {
      items.push(item.trim());
      item = "";
    } else item += character;
  }
  return [...items, item.trim()].filter((each) => each !== "");
}

function readColumn(item: string, span: Column["span"]): Column | undefined {
  const { name, type } = /^(?<name>["`]?\w+["`]?)\s+(?<type>\w+)/u.exec(item)?.groups ?? {};
  if (name === undefined || /^(?:check|exclude|like|constraint)$/iu.test(name)) return undefined;
  return {
    name: bare(name),
    attribute: bare(name),
    type,
    isPrimaryKey: /\bprimary\s+key\b/iu.test(item),
    isUnique: /\bunique\b/iu.test(item),
    isIndexed: false,
    foreignKey: readReference(item),
    style: "sql",
    span,
  };
}

function readReference(item: string): ForeignKey | undefined {
  const match =
    /\breferences\s+(?<table>[\w".`]+)(?:[\s\S]*?\bon\s+delete\s+(?<action>cascade|set\s+null|set\s+default))?/iu.exec(
      item,
    );
  if (!match) return undefined;
  return {
    table: bare(match.groups?.table ?? ""),
    onDelete: match.groups?.action?.replace(/\s+/gu, " ").toUpperCase(),
    isIndexedByLibrary: false,
  };
}

/** Where an item stands in the file: its own line, or the whole string where that is not to be found. */
function placed(
  text: string,
  item: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  const at = text.indexOf(item, start);
  return at >= start && at < end ? { start: at, end: at + item.length } : { start, end };
}

function bare(name: string): string {
  return (name.replaceAll(/["`]/gu, "").split(".").at(-1) ?? name).trim();
}
