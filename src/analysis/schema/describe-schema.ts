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
    .map((table) => describeTable(table, schema.queries.get(table.name) ?? []));
  return { dialect: schema.dialect, tables };
}

type Queries = NonNullable<ReturnType<ReturnType<typeof schemaOf>["queries"]["get"]>>;

function describeTable(table: Table, queries: Queries): TableDescription {
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
    columns: [...columns.values()].map((column) => ({
      name: column.name,
      type: column.type,
      isPrimaryKey: column.isPrimaryKey,
      isUnique: column.isUnique,
      isIndexed: isServed(table, column),
      references: column.foreignKey?.table,
      isForeignKey: column.foreignKey !== undefined,
    })),
    indexes: table.indexes.map((index) => ({
      name: index.name,
      kind: index.kind,
      columns: index.columns.map((each) => each ?? null),
      where: index.where,
      method: index.method,
    })),
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
