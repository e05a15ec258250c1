// The schema of a project as plain data, for people and programs that want to see what was understood.

import { placeOf } from "../../python/module.ts";
import type { Program } from "../program.ts";
import type { Column, Dialect, Index } from "./facts.ts";
import { isServed } from "./index-use.ts";
import { schemaOf, type Table } from "./schema.ts";

export interface SchemaDescription {
  readonly dialect: Dialect;
  /** By name. */
  readonly tables: readonly TableDescription[];
}

export interface TableDescription {
  readonly name: string;
  /** What the code calls it: a model's name. */
  readonly title: string;
  readonly declared: readonly DeclaredAt[];
  /** Something said of it could not be read: it may have more columns and indexes than stand here. */
  readonly isPartlyRead: boolean;
  readonly columns: readonly ColumnDescription[];
  readonly indexes: readonly IndexDescription[];
  readonly queries: readonly QueryDescription[];
}

export interface DeclaredAt {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly by: "model" | "migration";
}

export interface ColumnDescription {
  readonly name: string;
  readonly type: string | undefined;
  readonly isPrimaryKey: boolean;
  readonly isUnique: boolean;
  /** Some index or key finds rows by it. */
  readonly isIndexed: boolean;
  /** The table it points to; `undefined` in a foreign key whose target is computed. */
  readonly references: string | undefined;
  readonly isForeignKey: boolean;
}

export interface IndexDescription {
  readonly name: string | undefined;
  readonly kind: Index["kind"];
  /** `null` is an expression. */
  readonly columns: readonly (string | null)[];
  readonly where: string | undefined;
  readonly method: string | undefined;
}

export interface QueryDescription {
  /** The function that asks; `undefined` at the top of a module. */
  readonly symbol: string | undefined;
  readonly path: string;
  readonly line: number;
  /** The columns it filters or joins by. */
  readonly columns: readonly string[];
}

/** What a program's models, migrations and queries say of its tables. */
export function describeSchema(program: Program): SchemaDescription {
  const schema = schemaOf(program);
  const tables = [...schema.tables.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((table) => describeTable(schema.tables, table, schema.queries.get(table.name) ?? []));
  return { dialect: schema.dialect, tables };
}

type Queries = NonNullable<ReturnType<ReturnType<typeof schemaOf>["queries"]["get"]>>;

function describeTable(
  tables: ReadonlyMap<string, Table>,
  table: Table,
  queries: Queries,
): TableDescription {
  const { name, title, isUnreadable } = table;
  const columns = new Map<string, Column>();
  for (const column of table.columns)
    if (!columns.has(column.name)) columns.set(column.name, column);
  return {
    name,
    title,
    declared: table.declarations.flatMap(({ columns: [first], origin }) => {
      if (!first) return [];
      const { path, startLine } = placeOf(first.span);
      return [{ path, line: startLine, by: origin }];
    }),
    isPartlyRead: isUnreadable,
    columns: [
      ...ownKey(table),
      ...[...columns.values()].map((column) => ({
        name: column.name,
        type: column.type,
        isPrimaryKey: column.isPrimaryKey,
        isUnique: column.isUnique,
        isIndexed: isServed(table, column),
        references: referenced(tables, table, column.foreignKey?.table),
        isForeignKey: column.foreignKey !== undefined,
      })),
    ],
    indexes: describeIndexes(table),
    queries: queries.flatMap(({ symbol, predicates }) => {
      const own = predicates.filter((predicate) => predicate.table === name);
      const [first] = own;
      if (!first) return [];
      const { path, startLine } = placeOf(first.span);
      const asked = [...new Set(own.map(({ column }) => column))];
      return [{ symbol, path, line: startLine, columns: asked }];
    }),
  };
}

/** Libraries that give a model a key of their own where it declares none. */
const keyTypes: Partial<Record<Column["style"], string>> = {
  django: "BigAutoField",
  peewee: "AutoField",
  pony: "int",
  tortoise: "IntField",
};

function ownKey({ columns, indexes, declarations }: Table): readonly ColumnDescription[] {
  const type = keyTypes[columns[0]?.style ?? "sql"];
  const hasKey =
    columns.some(({ isPrimaryKey }) => isPrimaryKey) ||
    indexes.some(({ kind }) => kind === "primary key");
  const isModel = declarations.some(({ origin }) => origin === "model");
  if (type === undefined || hasKey || !isModel) return [];
  const key = { name: "id", type, isPrimaryKey: true, isUnique: false, isIndexed: true };
  return [{ ...key, references: undefined, isForeignKey: false }];
}

/** A Django model is pointed to by its name, the table is called after its app too. */
function referenced(
  tables: ReadonlyMap<string, Table>,
  own: Table,
  target: string | undefined,
): string | undefined {
  if (target === undefined || tables.has(target)) return target;
  if (target === "self") return own.name;
  const meant = [...tables.values()].filter(({ title }) => title.toLowerCase() === target);
  return meant.length === 1 ? meant[0]?.name : target;
}

/** Each index once, by the names that its columns have in the database. */
function describeIndexes({ columns, indexes }: Table): readonly IndexDescription[] {
  const nameOf = (each: string | undefined): string | null =>
    columns.find(({ name, attribute }) => name === each || attribute === each)?.name ??
    each ??
    null;
  const told = new Set<string>();
  return indexes.flatMap(({ name, kind, columns: parts, where, method }) => {
    const described = { name, kind, columns: parts.map(nameOf), where, method };
    const key = JSON.stringify({ ...described, name: name ?? "" });
    // An index of one column that has no name stands with the column already.
    const isPlain =
      name === undefined && kind === "index" && parts.length === 1 && !where && !method;
    if (told.has(key) || isPlain) return [];
    told.add(key);
    return [described];
  });
}
