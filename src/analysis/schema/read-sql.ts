// Tables and indexes that SQL makes: `CREATE TABLE line (order_id int REFERENCES orders (id))`, in files
// of SQL, in `op.execute`, `RunSQL`, `DDL`, and in any string that is written out.
// https://www.postgresql.org/docs/current/sql-commands.html

import type { Module } from "../../python/module.ts";
import type { Declaration, ForeignKeyConstraint, Index } from "./facts.ts";
import type { Found, Migration } from "./migration.ts";
import { importsAlembic } from "./read-alembic.ts";
import { bareName, namesIn, readSqlColumn, readSqlReference } from "./read-sql-column.ts";
import { itemsAt, type SqlStatement, sqlInFile, sqlInStrings } from "./sql-text.ts";

/** What a file of SQL does. */
export function readSqlFile(module: Module): Migration {
  return readSql(sqlInFile(module), true);
}

/** What the SQL in a module's strings does; only a migration is believed to take something away. */
export function readSqlStrings(module: Module): Migration {
  return readSql(sqlInStrings(module), importsAlembic(module));
}

function readSql(statements: readonly SqlStatement[], isMigration: boolean): Migration {
  const found: Found = { declarations: [], indexes: [], gone: [], dropped: [] };
  for (const statement of statements) {
    readCreateTable(statement, found);
    readCreateIndexes(statement, found);
    readAlterTable(statement, found);
    if (isMigration) readDrops(statement, found);
  }
  return found;
}

const name = String.raw`[\w".?\x60\[\]]+`;
const createTable = new RegExp(
  String.raw`\bcreate\s+(?:(?:unlogged|global|local)\s+)?table\s+(?:if\s+not\s+exists\s+)?(?<table>${name})\s*\(`,
  "giu",
);

function readCreateTable(statement: SqlStatement, found: Found): void {
  for (const match of statement.text.matchAll(createTable)) {
    const table = bareName(match.groups?.table ?? "");
    if (table.includes("?")) continue;
    const items = itemsAt(statement.text, match.index + match[0].length - 1);
    found.declarations.push(declarationOf(statement, table, items));
    // What was dropped before it is made here is made anew.
    const before = found.gone.indexOf(table);
    if (before >= 0) found.gone.splice(before, 1);
  }
}

const keyed =
  /^(?:constraint\s+\S+\s+)?(?<kind>primary\s+key|unique|foreign\s+key|(?:unique\s+)?(?:index|key)\b[^(]*)\s*\((?<columns>[^)]*)\)/iu;

function declarationOf(
  statement: SqlStatement,
  table: string,
  items: readonly { readonly text: string; readonly start: number }[],
): Declaration {
  const declaration = declarationNamed(table);
  const { columns, indexes, foreignKeys } = declaration;
  for (const { text, start } of items) {
    const span = statement.spanOf(start, start + text.length);
    const key = keyed.exec(text)?.groups;
    if (!key) {
      const column = readSqlColumn(text, span);
      if (column) columns.push(column);
      continue;
    }
    const names = namesIn(key.columns);
    const foreignKey = /^foreign/iu.test(key.kind ?? "") ? readSqlReference(text) : undefined;
    if (foreignKey) foreignKeys.push({ columns: names, foreignKey, span });
    else indexes.push(keyIndex(key.kind ?? "", names));
  }
  return declaration;
}

function keyIndex(kind: string, columns: readonly string[]): Index {
  const words = kind.toLowerCase();
  return {
    name: undefined,
    kind: words.startsWith("primary")
      ? "primary key"
      : words.startsWith("unique")
        ? "unique"
        : "index",
    columns,
    where: undefined,
    method: undefined,
  };
}

function declarationNamed(table: string) {
  return {
    table,
    title: table,
    alias: undefined,
    origin: "migration" as const,
    columns: [] as Declaration["columns"][number][],
    indexes: [] as Index[],
    foreignKeys: [] as ForeignKeyConstraint[],
    genericKeys: [],
    isUnreadable: false,
  } satisfies Declaration;
}

// https://www.postgresql.org/docs/current/sql-createindex.html
const createIndex = new RegExp(
  String.raw`\bcreate\s+(?<unique>unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(?<name>${name}\s+)?on\s+(?:only\s+)?(?<table>${name})\s*(?:using\s+(?<method>\w+)\s*)?\(`,
  "giu",
);

function readCreateIndexes({ text }: SqlStatement, found: Found): void {
  for (const match of text.matchAll(createIndex)) {
    const { groups } = match;
    const table = bareName(groups?.table ?? "");
    const items = itemsAt(text, match.index + match[0].length - 1);
    const where = /\)\s*(?:include\s*\([^)]*\)\s*)?where\s+(?<where>[\s\S]*)$/iu.exec(
      text.slice(match.index),
    )?.groups?.where;
    const indexName = bareName((groups?.name ?? "").trim()) || undefined;
    const before = found.dropped.findIndex((each) => each.name === indexName);
    if (before >= 0 && found.indexes.every(({ index }) => index.name !== indexName))
      found.dropped.splice(before, 1);
    found.indexes.push({
      table: table.includes("?") ? undefined : table,
      index: {
        name: indexName,
        kind: groups?.unique ? "unique" : "index",
        columns: items.map((item) => columnIn(item.text)),
        where,
        method: groups?.method?.toLowerCase(),
      },
    });
  }
}

function columnIn(part: string): string | undefined {
  return /^["`]?(?<column>\w+)["`]?(?:\s+(?:asc|desc|nulls|collate|\w+_ops)\b.*)?$/isu.exec(part)
    ?.groups?.column;
}

const alterTable = new RegExp(
  String.raw`^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?<table>${name})\s+(?=\w)`,
  "iu",
);

/** `ALTER TABLE line ADD COLUMN order_id int REFERENCES orders, ADD CONSTRAINT ...` */
function readAlterTable(statement: SqlStatement, found: Found): void {
  const match = alterTable.exec(statement.text);
  const table = bareName(match?.groups?.table ?? "");
  if (!match || table.includes("?")) return;
  const declaration = declarationNamed(table);
  for (const { text, start } of itemsAt(statement.text, match[0].length - 1)) {
    const lead = /^add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?/iu.exec(text)?.[0];
    if (lead === undefined) continue;
    const item = text.slice(lead.length);
    const at = start + lead.length;
    const { columns, indexes, foreignKeys } = declarationOf(statement, table, [
      { text: item, start: at },
    ]);
    declaration.columns.push(...columns);
    declaration.foreignKeys.push(...foreignKeys);
    found.indexes.push(...indexes.map((index) => ({ table, index })));
  }
  if (declaration.columns.length + declaration.foreignKeys.length > 0)
    found.declarations.push({ ...declaration, isAddition: true });
}

const dropIndex = new RegExp(
  String.raw`^drop\s+index\s+(?:concurrently\s+)?(?:if\s+exists\s+)?(?<names>${name}(?:\s*,\s*${name})*)`,
  "iu",
);
const dropTable = new RegExp(
  String.raw`^drop\s+table\s+(?:if\s+exists\s+)?(?<names>${name}(?:\s*,\s*${name})*)`,
  "iu",
);
const goneFromTable =
  /\b(?:drop\s+column\s+(?:if\s+exists\s+)?(?<column>[\w"`]+)|rename\s+column\s+(?<renamed>[\w"`]+)\s+to|rename\s+(?<table>to)\b)/giu;

/** What is taken away again. */
function readDrops(statement: SqlStatement, found: Found): void {
  const { text } = statement;
  const indexes = dropIndex.exec(text)?.groups?.names;
  for (const each of indexes === undefined ? [] : namesIn(indexes))
    found.dropped.push({ name: each, span: statement.spanOf(0, text.length) });
  const tables = dropTable.exec(text)?.groups?.names;
  for (const each of tables === undefined ? [] : namesIn(tables)) found.gone.push(each);
  const altered = alterTable.exec(text);
  const table = altered && bareName(altered.groups?.table ?? "");
  for (const { groups } of altered ? text.matchAll(goneFromTable) : []) {
    const column = groups?.column ?? groups?.renamed;
    found.gone.push(column === undefined ? `${table}` : `${table}.${bareName(column)}`);
  }
}
