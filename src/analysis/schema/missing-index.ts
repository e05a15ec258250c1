// What is said of columns that lack an index: one finding for a table and a file.

import { codeOf, placeOf, type Span } from "../../python/module.ts";
import type { Finding, TraceStep } from "../finding.ts";
import { normaliseCode } from "../normalise-code.ts";
import type { RuleContext } from "../rule.ts";
import type { Dialect } from "./facts.ts";
import { isSmallTable } from "./growth.ts";
import {
  type Candidate,
  candidatesIn,
  cascades,
  droppedCandidates,
  type MissingColumn,
} from "./index-candidates.ts";
import { type IndexHabit, indexHabit } from "./index-habits.ts";
import { type Schema, schemaOf, type Table } from "./schema.ts";

/** The columns of one table that lack an index, as one file declares them. */
export interface MissingIndex {
  /** The table's name in the database. */
  readonly table: string;
  readonly dialect: Dialect;
  /** At least one; in the order of the code. */
  readonly columns: readonly MissingColumn[];
  /** How the project writes indexes, and brings them to the database. */
  readonly habit: IndexHabit;
  /** The table was there before what declares these columns, as far as can be told. */
  readonly isInUse: boolean;
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
      for (const candidate of candidatesIn(context.program, schema, table, declaration)) {
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
  const { dialect } = schema;
  const habit = indexHabit(context.program, first.span, first.style);
  const text = message({
    table: table.name,
    dialect,
    columns,
    habit,
    isInUse: isInUse(table, first),
  });
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

function isNeeded({ use, foreignKey }: Candidate): boolean {
  return use !== undefined || (foreignKey !== undefined && cascades(foreignKey));
}

/** Whether the table had rows before: another migration makes it, or the model is in one already. */
function isInUse(table: Table, { span, style }: Candidate): boolean {
  const isMigration = style === "alembic" || style === "sql";
  const made = table.declarations.filter(
    ({ origin, isAddition }) => origin === "migration" && !isAddition,
  );
  if (!isMigration)
    return made.length > 0 || table.declarations.every(({ origin }) => origin === "model");
  return made.every(({ columns }) => columns[0]?.span.module !== span.module);
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
