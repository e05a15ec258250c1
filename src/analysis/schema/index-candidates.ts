// Which columns lack an index that something needs: foreign keys first, then columns that tell rows
// apart and are asked for.

import { codeOf, type Span } from "../../python/module.ts";
import { enclosingNodes } from "../enclosing.ts";
import type { Severity } from "../finding.ts";
import { isLongPast } from "../migrations/long-past.ts";
import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";
import { indexBehind, isNamed } from "./covered.ts";
import type { Column, ColumnStyle, Declaration, ForeignKey, GenericKey, Index } from "./facts.ts";
import {
  isAppendOnly,
  isHighCardinality,
  isListOfNames,
  isOfPeople,
  isSmallTable,
  isTimestamp,
  showsGrowth,
} from "./growth.ts";
import {
  containsUseOf,
  genericUseOf,
  type IndexUse,
  isServed,
  keyOrder,
  rangeUseOf,
  useOf,
} from "./index-use.ts";
import { listedModels } from "./list-order.ts";
import { isManyValued } from "./query-conditions.ts";
import type { Schema, Table } from "./schema.ts";

export interface MissingColumn {
  /** `order.customer_id`, or `Order.token` for a Django model. */
  readonly title: string;
  /** In the database. */
  readonly name: string;
  /** In code. */
  readonly attribute: string;
  readonly style: ColumnStyle;
  readonly foreignKey: ForeignKey | undefined;
  /** Who asks for it. */
  readonly use: IndexUse | undefined;
  /** The index or key that holds it behind another column. */
  readonly behind: { readonly kind: Index["kind"]; readonly name: string | undefined } | undefined;
  /** The index that a migration takes away from it. */
  readonly dropped?: string | undefined;
  /** It points to rows of any table, together with the column that says which. */
  readonly generic?: GenericKey;
  /** It holds many values, and is asked what it holds. */
  readonly isManyValued?: true;
  /** The view whose pages are sorted by it. */
  readonly listedBy?: string;
}

/** A column, where it is declared, and how grave its lack is. */
export interface Candidate extends MissingColumn {
  readonly span: Span;
  readonly severity: Severity;
}

/** The columns of one declaration that something needs an index on. */
export function* candidatesIn(
  program: Program,
  schema: Schema,
  table: Table,
  declaration: Declaration,
): Iterable<Candidate> {
  for (const column of declaration.columns) {
    if (isTestPath(column.span.module.path) || isServed(table, column)) continue;
    const foreignKey =
      column.foreignKey ??
      declaration.foreignKeys.find(({ columns }) => isLedBy(columns, column))?.foreignKey;
    const generic = declaration.genericKeys.find(({ id }) => id === column.attribute);
    const candidate = generic
      ? genericCandidate(schema, table, column, generic)
      : foreignKey
        ? foreignKeyCandidate(schema, table, column, foreignKey)
        : (filteredCandidate(schema, table, column, declaration) ??
          containedCandidate(schema, table, column) ??
          orderedCandidate(program, schema, table, column, declaration));
    if (candidate && !isOver(program, candidate)) yield candidate;
  }
  for (const constraint of declaration.foreignKeys) {
    // Its column may be declared elsewhere: `op.create_foreign_key` on a column that was there.
    const columns = constraint.columns.map((name) =>
      table.columns.find((column) => column.name === name || column.attribute === name),
    );
    const [first] = columns;
    if (declaration.columns.some((column) => column === first)) continue;
    if (columns.some((column) => column && isServed(table, column))) continue;
    const column = first ?? columnOf(constraint.columns[0] ?? "", constraint.span);
    if (isServed(table, column) || first?.foreignKey) continue;
    const at = { ...column, style: "alembic", span: constraint.span } as const;
    const candidate = foreignKeyCandidate(schema, table, at, constraint.foreignKey);
    if (isTestPath(constraint.span.module.path)) continue;
    if (candidate && !isOver(program, candidate)) yield candidate;
  }
}

/** What an old migration says of a column that nobody is seen to ask for. */
function isOver(program: Program, { use, style, span }: Candidate): boolean {
  return !use && (style === "alembic" || style === "sql") && isLongPast(program, span.module);
}

function foreignKeyCandidate(
  schema: Schema,
  table: Table,
  column: Column,
  foreignKey: ForeignKey,
): Candidate | undefined {
  // InnoDB makes the index itself.
  if (foreignKey.isIndexedByLibrary || schema.dialect === "mysql") return undefined;
  const use = useOf(schema, table, column);
  const isCascade = cascades(foreignKey);
  const behind = indexBehind(column, keyOrder(table, column), table.indexes);
  const isAsked = use !== undefined;
  if (column.style === "django" && !isAsked) return undefined;
  if (behind && !isAsked && (behind.kind === "primary key" || !isCascade)) return undefined;
  // Few different values: an index finds half the table. Whoever asks an association for its other side means them.
  const isAsSide = behind?.kind === "primary key" && use?.kind === "filter";
  if (!isCascade && !isAsSide && isOfFewRows(schema, foreignKey)) return undefined;
  const grows = showsGrowth(table.title, table.columns);
  const isServer = ["postgresql", "oracle", "mssql"].includes(schema.dialect);
  const isGrave = isServer && grows && (use?.kind === "filter" || isCascade);
  const severity = schema.dialect === "sqlite" && !schema.isServer ? "low" : "medium";
  return {
    ...known(table, column, use, behind),
    foreignKey,
    severity: isGrave && behind?.kind !== "primary key" ? "high" : severity,
  };
}

/** The table that a key points to has few rows: by its name, or because it holds nothing but names. */
function isOfFewRows(schema: Schema, { table }: ForeignKey): boolean {
  if (table === undefined) return false;
  return isSmallTable(table) || isListOfNames(schema.tables.get(table)?.columns ?? []);
}

/** A column that tells rows apart, on a table that grows, by which somebody asks. */
function filteredCandidate(
  schema: Schema,
  table: Table,
  column: Column,
  { columns }: Declaration,
): Candidate | undefined {
  if (column.isPrimaryKey) return undefined;
  if (isTimestamp(column)) return timestampCandidate(schema, table, column);
  if (!isHighCardinality(column)) return undefined;
  // What a migration says of a column may be long past.
  if (column.style === "alembic" || column.style === "sql") return undefined;
  if (!showsGrowth(table.title, columns) && !isOfPeople(table.title)) return undefined;
  const use = useOf(schema, table, column, true);
  if (use?.kind !== "filter") return undefined;
  const behind = indexBehind(column, keyOrder(table, column), table.indexes);
  const severity = schema.dialect === "sqlite" && !schema.isServer ? "low" : "medium";
  return { ...known(table, column, use, behind), foreignKey: undefined, severity };
}

/** Which row of which table, asked for together and not indexed together. */
function genericCandidate(
  schema: Schema,
  table: Table,
  column: Column,
  generic: GenericKey,
): Candidate | undefined {
  const type = table.columns.find(({ attribute }) => attribute === generic.type);
  const halves = [type?.name, type?.attribute, column.name, column.attribute];
  const isTogether = table.indexes.some(
    ({ columns, where }) =>
      where === undefined &&
      columns.length > 1 &&
      columns.slice(0, 2).every((each) => halves.includes(each)),
  );
  if (isTogether || !type) return undefined;
  const use = genericUseOf(schema, table, column, type);
  if (!use) return undefined;
  return {
    ...known(table, column, use, undefined),
    foreignKey: undefined,
    severity: "medium",
    generic,
  };
}

/** A document or a list that is asked what it holds: only a GIN index answers that. */
function containedCandidate(schema: Schema, table: Table, column: Column): Candidate | undefined {
  if (schema.dialect !== "postgresql" || !isManyValued(column)) return undefined;
  if (column.style === "alembic" || !showsGrowth(table.title, table.columns)) return undefined;
  const isHeld = table.indexes.some(
    ({ columns, method }) => method === "gin" && columns.some((name) => isNamed(column, name)),
  );
  const use = isHeld ? undefined : containsUseOf(schema, table, column);
  return use
    ? {
        ...known(table, column, use, undefined),
        foreignKey: undefined,
        severity: "low",
        isManyValued: true,
      }
    : undefined;
}

/** A log whose pages are sorted by a moment. */
function orderedCandidate(
  program: Program,
  schema: Schema,
  table: Table,
  column: Column,
  { ordering }: Declaration,
): Candidate | undefined {
  if (ordering !== column.attribute || !isTimestamp(column) || !isAppendOnly(table.title))
    return undefined;
  const definition = [...schema.mapped.byClass].find(([, each]) =>
    each.columns.includes(column),
  )?.[0];
  const listed = definition && listedModels(program).get(definition);
  if (!listed) return undefined;
  return {
    ...known(table, column, undefined, undefined),
    foreignKey: undefined,
    severity: listed.isEndpoint && schema.dialect !== "sqlite" ? "medium" : "low",
    listedBy: listed.view.statement.name,
  };
}

/** What a migration takes an index away from, and somebody still asks for. */
export function* droppedCandidates(schema: Schema, table: Table): Iterable<Candidate> {
  for (const { index, span } of table.dropped) {
    const column = table.columns.find((each) => isNamed(each, index.columns[0]));
    if (!column || isServed(table, column) || isTestPath(span.module.path)) continue;
    if (/^(?:bool|boolean|enum|choices|BooleanField)$/iu.test(column.type ?? "")) continue;
    if (schema.dialect === "mysql" && column.foreignKey) continue;
    const use = useOf(schema, table, column) ?? rangeUseOf(schema, table, column);
    if (!use) continue;
    const at = { ...column, span };
    yield {
      ...known(table, at, use, undefined),
      foreignKey: undefined,
      severity: "high",
      dropped: index.name ?? "",
    };
  }
}

/** A moment by which rows of a log are found, and old ones removed. */
function timestampCandidate(schema: Schema, table: Table, column: Column): Candidate | undefined {
  if (column.style === "alembic") return undefined;
  const use = rangeUseOf(schema, table, column);
  // What is deleted by its age is written again and again.
  if (!use || !(isAppendOnly(table.title) || deletes(use.span))) return undefined;
  const behind = indexBehind(column, keyOrder(table, column), table.indexes);
  const severity = schema.dialect === "sqlite" && !schema.isServer ? "low" : "medium";
  return { ...known(table, column, use, behind), foreignKey: undefined, severity };
}

/** `Movement.objects.filter(moved_at__lt=limit).delete()`, `delete(Movement).where(...)` */
function deletes(span: Span): boolean {
  const statement = enclosingNodes(span).findLast(({ kind }) =>
    ["expression", "assign", "annotated", "return"].includes(kind),
  );
  const code =
    statement && codeOf({ module: span.module, start: statement.start, end: statement.end });
  return code !== undefined && /\bdelete\(/u.test(code);
}

function known(
  table: Table,
  column: Column,
  use: IndexUse | undefined,
  behind: MissingColumn["behind"],
): Omit<Candidate, "foreignKey" | "severity"> {
  const { name, attribute, style, span } = column;
  const title = `${table.title}.${style === "django" ? attribute : name}`;
  return { title, name, attribute, style, use, behind, span };
}

/** Whether the database looks for the rows that point to a deleted one. */
export function cascades(foreignKey: ForeignKey): boolean {
  return ["CASCADE", "SET NULL", "SET DEFAULT"].includes(foreignKey.onDelete ?? "");
}

function isLedBy(columns: readonly string[], column: Column): boolean {
  return columns[0] === column.name || columns[0] === column.attribute;
}

function columnOf(name: string, span: Span): Column {
  return {
    name,
    attribute: name,
    type: undefined,
    isPrimaryKey: false,
    isUnique: false,
    isIndexed: false,
    foreignKey: undefined,
    style: "alembic",
    span,
  };
}
