// Which columns lack an index that something needs: foreign keys first, then columns that tell rows
// apart and are asked for.

import { codeOf, placeOf, type Span } from "../../python/module.ts";
import type { Finding, Severity, TraceStep } from "../finding.ts";
import { normaliseCode } from "../normalise-code.ts";
import { isTestPath } from "../paths.ts";
import type { RuleContext } from "../rule.ts";
import { indexBehind, isNamed } from "./covered.ts";
import type {
  Column,
  ColumnStyle,
  Declaration,
  Dialect,
  ForeignKey,
  GenericKey,
  Index,
} from "./facts.ts";
import {
  isAppendOnly,
  isHighCardinality,
  isSmallTable,
  isTimestamp,
  showsGrowth,
} from "./growth.ts";
import { genericUseOf, type IndexUse, isServed, keyOrder, rangeUseOf, useOf } from "./index-use.ts";
import { type Schema, schemaOf, type Table } from "./schema.ts";

/** The columns of one table that lack an index, as one file declares them. */
export interface MissingIndex {
  /** The table's name in the database. */
  readonly table: string;
  readonly dialect: Dialect;
  /** At least one; in the order of the code. */
  readonly columns: readonly MissingColumn[];
}

export interface MissingColumn {
  /** `order.customer_id`, or `Order.token` for a Django model. */
  readonly title: string;
  readonly name: string;
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
}

interface Candidate extends MissingColumn {
  readonly span: Span;
  readonly severity: Severity;
}

/** One finding for each table and file that lacks an index. */
export function* missingIndexFindings(
  context: RuleContext,
  message: (missing: MissingIndex) => string,
): Iterable<Finding> {
  const schema = schemaOf(context.program);
  const told = new Set<string>();
  for (const table of schema.tables.values()) {
    if (isSmallTable(table.title) || table.isUnreadable) continue;
    // An index that is taken away tells more than a column that has none.
    const candidates = [...droppedCandidates(schema, table)];
    const names = new Set(candidates.map(({ name }) => name));
    for (const declaration of table.declarations) {
      for (const candidate of candidatesIn(schema, table, declaration)) {
        // A column that a model and a migration declare is told of once; so is a mixin's.
        const key = `${candidate.span.module.path}:${candidate.span.start}`;
        if (names.has(candidate.name) || told.has(key)) continue;
        names.add(candidate.name);
        told.add(key);
        candidates.push(candidate);
      }
    }
    const needed = candidates.filter((each) => !isServedBeside(each, candidates));
    for (const group of Map.groupBy(needed, ({ span }) => span.module.path).values())
      yield findingOf(context, schema, table, group, message);
  }
}

/** A column that is asked for together with a foreign key needs no index of its own beside that one's. */
function isServedBeside(
  { foreignKey, dropped, use }: Candidate,
  candidates: readonly Candidate[],
): boolean {
  if (foreignKey || dropped !== undefined || !use) return false;
  return candidates.some(
    (other) => other.foreignKey !== undefined && use.together.includes(other.name),
  );
}

function findingOf(
  context: RuleContext,
  schema: Schema,
  table: Table,
  group: readonly Candidate[],
  message: (missing: MissingIndex) => string,
): Finding {
  const columns = group.toSorted((a, b) => a.span.start - b.span.start);
  const [first] = columns;
  if (!first) throw new Error("a group of columns without a column");
  const text = message({ table: table.name, dialect: schema.dialect, columns });
  const isSure = schema.dialect !== "unknown" && columns.some(isNeeded);
  const finding = context.finding(first.span, text, {
    severity: columns.some(({ severity }) => severity === "high") ? "high" : first.severity,
    confidence: isSure ? "high" : "medium",
    trace: traceOf(columns),
  });
  // A column that joins the others is news, so the finding is known by all of them.
  const code = columns.map(({ span }) => normaliseCode(codeOf(span))).join("; ");
  return { ...finding, code };
}

function* candidatesIn(
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
        : filteredCandidate(schema, table, column, declaration);
    if (candidate) yield candidate;
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
    if (candidate && !isTestPath(constraint.span.module.path)) yield candidate;
  }
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
  // Few different values: an index finds half the table.
  if (foreignKey.table && isSmallTable(foreignKey.table) && !isCascade) return undefined;
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
  if (!showsGrowth(table.title, columns)) return undefined;
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

/** What a migration takes an index away from, and somebody still asks for. */
function* droppedCandidates(schema: Schema, table: Table): Iterable<Candidate> {
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
  if (column.style === "alembic" || !isAppendOnly(table.title)) return undefined;
  const use = rangeUseOf(schema, table, column);
  if (!use) return undefined;
  const behind = indexBehind(column, keyOrder(table, column), table.indexes);
  const severity = schema.dialect === "sqlite" && !schema.isServer ? "low" : "medium";
  return { ...known(table, column, use, behind), foreignKey: undefined, severity };
}

function known(
  table: Table,
  column: Column,
  use: IndexUse | undefined,
  behind: MissingColumn["behind"],
): Omit<Candidate, "foreignKey" | "severity"> {
  const { name, attribute, style, span } = column;
  const title = `${table.title}.${style === "django" ? attribute : name}`;
  return { title, name, style, use, behind, span };
}

function cascades(foreignKey: ForeignKey): boolean {
  return ["CASCADE", "SET NULL", "SET DEFAULT"].includes(foreignKey.onDelete ?? "");
}

function isNeeded({ use, foreignKey }: Candidate): boolean {
  return use !== undefined || (foreignKey !== undefined && cascades(foreignKey));
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

function traceOf(columns: readonly Candidate[]): readonly TraceStep[] {
  const steps = columns.flatMap(({ span, use }) => [
    step(span, "is declared without an index"),
    ...(use
      ? [step(use.span, use.kind === "join" ? "is joined by here" : "is filtered by here")]
      : []),
  ]);
  // One line that is the finding's own says nothing more.
  return steps.length > 1 ? steps : [];
}

function step(span: Span, words: string): TraceStep {
  return { place: placeOf(span), code: codeOf(span).replace(/\s+/gu, " ").slice(0, 120), words };
}
