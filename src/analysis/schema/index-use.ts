// Who needs an index on a column: the queries that nothing else in them makes quick.

import { placeOf, type Span } from "../../python/module.ts";
import { isCovered } from "./covered.ts";
import type { Column } from "./facts.ts";
import type { Schema, Table } from "./schema.ts";

export interface IndexUse {
  /** `orders_of`; `undefined` at the top of a module. */
  readonly symbol: string | undefined;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly kind: "filter" | "join" | "range" | "contains";
  /** Other columns of the table without an index that are asked for at the same time. */
  readonly together: readonly string[];
  readonly span: Span;
}

/** The first query that this column's index would help: nothing else in it finds the rows. */
export function useOf(
  schema: Schema,
  table: Table,
  column: Column,
  isClosedOnly = false,
): IndexUse | undefined {
  const uses = (schema.queries.get(table.name) ?? []).flatMap((query) => {
    if (isClosedOnly && query.isOpen) return [];
    const own = query.predicates.filter((predicate) => predicate.table === table.name);
    const predicate = own.find(
      ({ column: name, kind }) => name === column.name && (kind === "filter" || kind === "join"),
    );
    if (!predicate) return [];
    const others = own.filter((each) => each.column !== column.name && each.kind === "filter");
    if (others.some((each) => isFound(table, each.column))) return [];
    // A join finds rows by this column when it starts from the other table.
    const startsThere = query.predicates.some(
      (each) => each.kind === "filter" && each.table === predicate.joined,
    );
    if (predicate.kind === "join" && !startsThere) return [];
    const { span } = predicate;
    const kind = predicate.kind === "join" ? ("join" as const) : ("filter" as const);
    const { startLine: line, path } = placeOf(span);
    const together = [...new Set(others.map((each) => each.column))];
    return [{ symbol: query.symbol, path, line, kind, together, span }];
  });
  return uses.find(({ kind }) => kind === "filter") ?? uses[0];
}

/** The first query that chooses rows by a range of this column and by nothing that is quicker. */
export function rangeUseOf(schema: Schema, table: Table, column: Column): IndexUse | undefined {
  for (const query of schema.queries.get(table.name) ?? []) {
    const own = query.predicates.filter((predicate) => predicate.table === table.name);
    const range = own.find((each) => each.column === column.name && each.kind === "range");
    // What is filtered by more may find its rows by that.
    if (!range || query.isOpen || query.predicates.some(({ kind }) => kind !== "range")) continue;
    if (own.some((each) => isFound(table, each.column))) continue;
    const { startLine: line, path } = placeOf(range.span);
    return { symbol: query.symbol, path, line, kind: "range", together: [], span: range.span };
  }
  return undefined;
}

/** The first query that asks what a column of many values holds, and finds its rows by nothing else. */
export function containsUseOf(schema: Schema, table: Table, column: Column): IndexUse | undefined {
  for (const query of schema.queries.get(table.name) ?? []) {
    const own = query.predicates.filter((predicate) => predicate.table === table.name);
    const found = own.find((each) => each.column === column.name && each.kind === "contains");
    if (!found || query.isOpen) continue;
    if (own.some((each) => each.column !== column.name && isFound(table, each.column))) continue;
    const { startLine: line, path } = placeOf(found.span);
    const { symbol } = query;
    return { symbol, path, line, kind: "contains", together: [], span: found.span };
  }
  return undefined;
}

/** The first query that asks for a row of any table: by both halves of its key and nothing quicker. */
export function genericUseOf(
  schema: Schema,
  table: Table,
  id: Column,
  type: Column,
): IndexUse | undefined {
  for (const query of schema.queries.get(table.name) ?? []) {
    const own = query.predicates.filter((predicate) => predicate.table === table.name);
    const predicate = own.find((each) => each.column === id.name && each.kind === "filter");
    if (!predicate || !own.some((each) => each.column === type.name)) continue;
    const others = own.filter((each) => each.column !== id.name && each.column !== type.name);
    if (others.some((each) => isFound(table, each.column))) continue;
    const { span } = predicate;
    const { startLine: line, path } = placeOf(span);
    return { symbol: query.symbol, path, line, kind: "filter", together: [], span };
  }
  return undefined;
}

/** Whether a column finds rows; one that is not known may well be the key. */
function isFound(table: Table, name: string): boolean {
  const column = table.columns.find((each) => each.name === name);
  return !column || isServed(table, column);
}

/** Whether a column is found by an index, as any of its declarations has it. */
export function isServed(table: Table, column: Column): boolean {
  return (
    table.columns.some(
      (each) => each.name === column.name && isCovered(each, keyOrder(table, each), table.indexes),
    ) || isCovered(column, keyOrder(table, column), table.indexes)
  );
}

/** The columns of the declaration that a column stands in: its key has their order. */
export function keyOrder(table: Table, column: Column): readonly Column[] {
  return (
    table.declarations.find(({ columns }) => columns.includes(column))?.columns ?? table.columns
  );
}
