// One line between the parentheses of `CREATE TABLE`: a column, and what it points to.
// https://www.postgresql.org/docs/current/sql-createtable.html

import type { Column, ForeignKey } from "./facts.ts";

/** `order_id bigint NOT NULL REFERENCES orders (id)`; `undefined` for what is no column. */
export function readSqlColumn(item: string, span: Column["span"]): Column | undefined {
  const { name, type } = /^(?<name>["`[]?\w+["`\]]?)\s+"?(?<type>\w+)/u.exec(item)?.groups ?? {};
  if (name === undefined || /^(?:check|exclude|like|constraint|period)$/iu.test(name))
    return undefined;
  return {
    name: bareName(name),
    attribute: bareName(name),
    type,
    isPrimaryKey: /\bprimary\s+key\b/iu.test(item),
    isUnique: /\bunique\b/iu.test(item),
    isIndexed: false,
    foreignKey: readSqlReference(item),
    style: "sql",
    span,
  };
}

/** `REFERENCES orders (id) ON DELETE CASCADE` */
export function readSqlReference(item: string): ForeignKey | undefined {
  const match =
    /\breferences\s+(?<table>[\w".`[\]]+)(?:[\s\S]*?\bon\s+delete\s+(?<action>cascade|set\s+null|set\s+default))?/iu.exec(
      item,
    );
  if (!match) return undefined;
  return {
    table: bareName(match.groups?.table ?? ""),
    onDelete: match.groups?.action?.replace(/\s+/gu, " ").toUpperCase(),
    isIndexedByLibrary: false,
  };
}

/** The names in `a, "b", public.c`. */
export function namesIn(list: string | undefined): string[] {
  return (list ?? "")
    .split(",")
    .map((each) => bareName(each.trim()))
    .filter((each) => each !== "");
}

/** Without quotes and without the schema before it. */
export function bareName(text: string): string {
  return (
    text
      .replaceAll(/["`[\]]/gu, "")
      .split(".")
      .at(-1) ?? text
  ).trim();
}
