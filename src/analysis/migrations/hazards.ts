// What is dangerous in a migration, for tables that hold rows and are in use while it runs.

import type { Span } from "../../python/module.ts";
import type { Severity } from "../finding.ts";
import type { Program } from "../program.ts";
import type { Dialect } from "../schema/facts.ts";
import { isSmallTable } from "../schema/growth.ts";
import { schemaOf } from "../schema/schema.ts";
import { isCostlyChange } from "./column-types.ts";
import { migrationsOf } from "./migrations.ts";
import { modelUses } from "./model-uses.ts";
import { rivalsOf } from "./rivals.ts";
import type { MigrationFile, Step } from "./step.ts";

export interface MigrationHazard {
  readonly kind:
    | "required-column"
    | "library-default"
    | "locking-index"
    | "index-in-transaction"
    | "constraint-on-rows"
    | "unique-on-rows"
    | "not-null-on-rows"
    | "costly-type"
    | "rename"
    | "drop-in-use"
    | "drop"
    | "update-of-all"
    | "rows-and-schema"
    | "imports-model"
    | "two-heads";
  readonly severity: Severity;
  /** How the library, and the call, are written. */
  readonly by: Step["by"];
  /** The table's name; of a column `orders.state`; or what else it is about. */
  readonly subject: string;
  /** Who else is concerned: the model in use, the other head. */
  readonly other: string;
  readonly dialect: Dialect;
  readonly span: Span;
}

/** Followers from which on a migration has run long ago, everywhere. */
const manyFollowers = 6;
/** Followers from which on a release that mixed old and new code is over. */
const fewFollowers = 3;
/** What only matters while a release goes out. */
const passing: ReadonlySet<MigrationHazard["kind"]> = new Set(["drop", "library-default"]);

/** Every hazard of a program's migrations; one for each table, file and kind. */
export function* migrationHazards(program: Program): Iterable<MigrationHazard> {
  const { files, followersOf } = migrationsOf(program);
  for (const file of files) {
    const isLongAgo = followersOf(file) >= manyFollowers;
    const isReleased = followersOf(file) >= fewFollowers;
    const told = new Set<string>();
    for (const hazard of hazardsOf(program, file)) {
      // What is dropped is told of once a file, and not at all once it is long gone.
      const isDrop = hazard.kind === "drop";
      const key = isDrop ? hazard.kind : `${hazard.kind} ${hazard.subject.split(".")[0]}`;
      if (told.has(key) || (passing.has(hazard.kind) && isReleased)) continue;
      told.add(key);
      yield isLongAgo ? { ...hazard, severity: "low" } : hazard;
    }
  }
}

function* hazardsOf(program: Program, file: MigrationFile): Iterable<MigrationHazard> {
  const { dialect } = schemaOf(program);
  const by = file.library;
  for (const { span, name } of modelUses(program, file))
    yield {
      kind: "imports-model",
      severity: "medium",
      by,
      subject: name,
      other: "",
      dialect,
      span,
    };
  const [rival] = rivalsOf(program, file);
  if (rival && file.afterSpan)
    yield {
      kind: "two-heads",
      severity: "medium",
      by,
      subject: file.name,
      other: rival.name,
      dialect,
      span: file.afterSpan,
    };
  if (file.isFirst) return;
  const made = new Set(
    file.steps.flatMap((step) => (step.kind === "create-table" ? (step.table ?? []) : [])),
  );
  const steps = file.steps.filter(
    ({ table, by: how, kind }) =>
      (table === undefined ? kind === "update-rows" || kind === "run-python" : !made.has(table)) &&
      !(how === "batch" && dialect === "sqlite"),
  );
  for (const step of steps) {
    const judged = judge(program, file, steps, step, dialect);
    if (!judged) continue;
    const column = "column" in step ? `.${step.column}` : "";
    yield {
      ...judged,
      by: step.by,
      subject: `${subjectOf(program, step)}${column}`,
      other: judged.other ?? "",
      dialect,
      span: step.span,
    };
  }
}

interface Judged {
  readonly kind: MigrationHazard["kind"];
  readonly severity: Severity;
  readonly other?: string;
}

function judge(
  program: Program,
  file: MigrationFile,
  steps: readonly Step[],
  step: Step,
  dialect: Dialect,
): Judged | undefined {
  const title = titleOf(program, step.table);
  const isSmall = isSmallTable(title);
  // SQLite keeps the whole file to one writer anyway, and MySQL has no concurrent form of these.
  const locks = dialect === "postgresql" || dialect === "unknown";
  const added = (column: string | undefined): Extract<Step, { kind: "add-column" }> | undefined =>
    steps.find(
      (each): each is Extract<Step, { kind: "add-column" }> =>
        each.kind === "add-column" && each.table === step.table && isColumn(each.column, column),
    );
  switch (step.kind) {
    case "add-column":
      if (step.isNullable || step.filledBy === "database" || isEmptied(file, step.table))
        return undefined;
      if (step.filledBy === "library") return { kind: "library-default", severity: "low" };
      // MySQL fills in an empty value of its own.
      return dialect === "mysql" ? undefined : { kind: "required-column", severity: "high" };
    case "add-index":
      if (!locks) return undefined;
      if (step.isConcurrent)
        return step.isOutsideTransaction
          ? undefined
          : { kind: "index-in-transaction", severity: "high" };
      return { kind: "locking-index", severity: isSmall ? "low" : "medium" };
    case "add-unique": {
      // Another one goes in its stead: it may have asked for more.
      const isLoosened = steps.some(
        (each) => each.kind === "drop-constraint" && each.table === step.table,
      );
      // A new column that is still empty cannot hold anything twice.
      const isEmpty = step.columns.some((column) => added(column)?.isNullable === true);
      if (isLoosened || isEmpty || dialect === "sqlite") return undefined;
      return { kind: "unique-on-rows", severity: "medium" };
    }
    case "add-foreign-key":
    case "add-check": {
      if (!locks) return undefined;
      const isNew = step.columns.some((column) => added(column) !== undefined);
      const isSure = dialect === "postgresql" && !isSmall && !isNew;
      return { kind: "constraint-on-rows", severity: isSure ? "medium" : "low" };
    }
    case "set-not-null":
      if (dialect === "sqlite" || isChecked(program, file, step.column)) return undefined;
      return added(step.column)?.filledBy === "database"
        ? undefined
        : { kind: "not-null-on-rows", severity: "medium" };
    case "change-type":
      return dialect !== "sqlite" && isCostlyChange(step.from, step.to)
        ? { kind: "costly-type", severity: "medium", other: step.to }
        : undefined;
    case "rename-column":
    case "rename-table":
      return dialect === "sqlite" ? undefined : { kind: "rename", severity: "medium" };
    case "drop-column":
    case "drop-table": {
      const user = userOf(program, file, step);
      return user === undefined
        ? { kind: "drop", severity: "low" }
        : { kind: "drop-in-use", severity: "high", other: user };
    }
    case "update-rows":
      return isSmall || dialect === "sqlite"
        ? undefined
        : { kind: "update-of-all", severity: "medium" };
    case "run-python": {
      const changes = steps.some(
        (each) =>
          each.by === "django" &&
          each.kind !== "run-python" &&
          !(each.kind === "change-type" && !isCostlyChange(each.from, each.to)),
      );
      return changes && !step.isOutsideTransaction && dialect !== "sqlite"
        ? { kind: "rows-and-schema", severity: "medium" }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** A Django model goes by its own name, not by its table's. */
function subjectOf(program: Program, { by, table = "" }: Step): string {
  if (by !== "django") return table;
  const title = titleOf(program, table);
  return title === table ? table.slice(table.lastIndexOf("_") + 1) : title;
}

/** Django writes a foreign key's column without its `_id`. */
function isColumn(name: string, column: string | undefined): boolean {
  return name === column || `${name}_id` === column;
}

/** What people call a table; the words of a Django model's name are told apart. */
function titleOf(program: Program, table: string | undefined): string {
  return (table !== undefined && schemaOf(program).tables.get(table)?.title) || (table ?? "");
}

/** The migration empties the table before: no row lacks anything. */
function isEmptied({ module }: MigrationFile, table: string | undefined): boolean {
  if (table === undefined) return false;
  const emptying = Array.from(
    module.text.matchAll(
      /\b(?:truncate(?:\s+table)?|delete\s+from)\s+"?(?<table>\w+)"?\s*(?<more>where)?/giu,
    ),
  );
  return emptying.some(({ groups }) => groups?.table === table && groups.more === undefined);
}

/** A check that the column is filled was added and validated: the database believes it without looking. */
function isChecked(program: Program, { history }: MigrationFile, column: string): boolean {
  const check = new RegExp(
    String.raw`\b${column}"?\s+is\s+not\s+null\b|\b${column}__isnull\s*=\s*False`,
    "iu",
  );
  const files = migrationsOf(program).files.filter((each) => each.history === history);
  return files.some(({ module: { text } }) => check.test(text) && /check/iu.test(text));
}

/** The model that still has what is dropped, and that no later migration gives it back. */
function userOf(program: Program, file: MigrationFile, step: Step): string | undefined {
  const { files, followersOf } = migrationsOf(program);
  const column = "column" in step ? step.column : undefined;
  const isBack = files.some(
    (each) =>
      (each === file || followersOf(each) < followersOf(file)) &&
      each.steps.some(
        (other) =>
          (other.kind === "rename-table" && other.to === step.table) ||
          (other.table === step.table &&
            (other.kind === "create-table" ||
              (other.kind === "add-column" && other.column === column) ||
              (other.kind === "rename-column" && other.to === column))),
      ),
  );
  if (isBack || step.table === undefined) return undefined;
  const table = schemaOf(program).tables.get(step.table);
  const model = table?.declarations.find(
    ({ origin, columns }) =>
      origin === "model" &&
      (column === undefined ||
        columns.some(({ name, attribute }) => name === column || attribute === column)),
  );
  return model && `${model.title} in ${model.columns[0]?.span.module.path ?? ""}`;
}
