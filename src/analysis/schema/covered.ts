// Whether an index helps to find rows by a column: the column must be the first of the index.
// https://www.postgresql.org/docs/current/indexes-multicolumn.html

import type { Column, Index } from "./facts.ts";

/** Whether rows are found by this column alone without reading the whole table. */
export function isCovered(
  column: Column,
  columns: readonly Column[],
  indexes: readonly Index[],
): boolean {
  if (column.isUnique || column.isIndexed) return true;
  if (keyColumns(columns, indexes)[0] === column.name) return true;
  return indexes.some((index) => isNamed(column, leading(index)) && isUsable(index, column));
}

/** The index, or the key, that holds the column behind another one and so does not help. */
export function indexBehind(
  column: Column,
  columns: readonly Column[],
  indexes: readonly Index[],
): { readonly kind: Index["kind"]; readonly name: string | undefined } | undefined {
  const index = indexes.find((each) => each.columns.slice(1).some((name) => isNamed(column, name)));
  if (index) return { kind: index.kind, name: index.name };
  return keyColumns(columns, indexes).slice(1).includes(column.name)
    ? { kind: "primary key", name: undefined }
    : undefined;
}

/** The first column that tells rows apart: where rows are deleted by a mark, every query asks for the mark. */
function leading({ columns }: Index): string | undefined {
  const marks = columns.findIndex((name) => name === undefined || !deletionMark.test(name));
  return columns[Math.max(marks, 0)];
}

const deletionMark = /^(?:is_)?(?:deleted|removed|archived)(?:_at)?$/u;

export function isNamed(column: Column, name: string | undefined): boolean {
  return name !== undefined && (name === column.name || name === column.attribute);
}

/** The primary key in its order: as a constraint says, else as the columns stand. */
function keyColumns(
  columns: readonly Column[],
  indexes: readonly Index[],
): readonly (string | undefined)[] {
  const key = indexes.find((index) => index.kind === "primary key");
  return (
    key?.columns ?? columns.filter((column) => column.isPrimaryKey).map((column) => column.name)
  );
}

function isUsable(index: Index, column: Column): boolean {
  // A hash finds equals; the others answer other questions.
  if (index.method && !["btree", "hash"].includes(index.method)) return false;
  if (index.where === undefined) return true;
  // Rows without a value are not asked for by one; deleted ones are commonly left out everywhere.
  return (
    /\b(?:isnot|is_not|is_|isnull)\b|\bis\s+(?:not\s+)?null\b|[!=]=\s*None\b/iu.test(index.where) ||
    index.where.includes(`${column.attribute}__isnull`)
  );
}
