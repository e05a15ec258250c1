// What Alembic's `upgrade` functions add to tables.
// https://alembic.sqlalchemy.org/en/latest/ops.html

import { blocksOf, childrenOf, expressionsOf } from "../../flow/language/definitions.ts";
import type { Module } from "../../python/module.ts";
import type { CallExpression, Expression, Statement } from "../../python/syntax.ts";
import { importedPackages } from "../imported-packages.ts";
import type { Column, Declaration, ForeignKeyConstraint, Index } from "./facts.ts";
import type { Found, Migration } from "./migration.ts";
import { apiPath, argumentOf, isSet, lastPart, type Scope, textOf, textsOf } from "./names.ts";
import { readNamedColumn } from "./read-column.ts";
import { indexedColumn, onDeleteOf } from "./read-constraint.ts";
import { readTableCall } from "./read-sqlalchemy.ts";

export function importsAlembic(module: Module): boolean {
  return importedPackages(module).has("alembic");
}

/** Reads a module that imports Alembic. */
export function readAlembic(scope: Scope): Migration {
  const found: Found = { declarations: [], indexes: [], gone: [], dropped: [] };
  for (const operation of operationsOf(scope)) readOperation(scope, operation, found);
  return found;
}

/** One call of Alembic's `op`, or of a batch that it opened. */
export interface AlembicOperation {
  readonly call: CallExpression;
  /** `add_column` */
  readonly name: string;
  readonly isBatch: boolean;
  /** A batch's table, which its calls do not name. */
  readonly table: string | undefined;
  readonly statement: Statement;
  /** It stands within `with op.get_context().autocommit_block()`. */
  readonly isAutocommitted: boolean;
  /** The function at the top of the module that it stands in: `upgrade`. */
  readonly symbol: string;
}

/** What surrounds a statement. */
interface Surroundings {
  /** Names of `with op.batch_alter_table("t") as batch_op`, and their tables. */
  readonly batches: ReadonlyMap<string, string | undefined>;
  readonly isAutocommitted: boolean;
  readonly symbol: string;
}

/** Everything that a module's functions do going forward, in the order of the code. */
export function operationsOf(scope: Scope): readonly AlembicOperation[] {
  const found: AlembicOperation[] = [];
  for (const statement of scope.module.body) {
    // What `downgrade` does undoes what is.
    if (statement.kind !== "function" || /down/u.test(statement.name)) continue;
    const symbol = statement.name;
    const surroundings = { batches: new Map(), isAutocommitted: false, symbol };
    readStatements(scope, statement.body, surroundings, found);
  }
  return found;
}

function readStatements(
  scope: Scope,
  statements: readonly Statement[],
  around: Surroundings,
  found: AlembicOperation[],
): void {
  for (const statement of statements) {
    let inside = around;
    if (statement.kind === "with") {
      for (const { context, target } of statement.items) {
        if (context.kind !== "call") continue;
        if (/\bautocommit_block$/u.test(codeAt(scope, context.callee)))
          inside = { ...inside, isAutocommitted: true };
        if (target?.kind !== "name") continue;
        if (operationNamed(scope, context, around.batches)?.name !== "batch_alter_table") continue;
        const table = textOf(scope, argumentOf(context, "table_name", 0));
        inside = { ...inside, batches: new Map([...inside.batches, [target.id, table]]) };
      }
    }
    for (const expression of expressionsOf(statement))
      readCalls(scope, expression, statement, inside, found);
    for (const block of blocksOf(statement)) readStatements(scope, block, inside, found);
  }
}

function readCalls(
  scope: Scope,
  expression: Expression,
  statement: Statement,
  around: Surroundings,
  found: AlembicOperation[],
): void {
  if (expression.kind === "call") {
    const named = operationNamed(scope, expression, around.batches);
    if (named) {
      const { isAutocommitted, symbol } = around;
      found.push({ ...named, call: expression, statement, isAutocommitted, symbol });
      return;
    }
  }
  for (const child of childrenOf(expression)) readCalls(scope, child, statement, around, found);
}

function operationNamed(
  scope: Scope,
  call: CallExpression,
  batches: ReadonlyMap<string, string | undefined>,
): Pick<AlembicOperation, "name" | "isBatch" | "table"> | undefined {
  const { callee } = call;
  if (callee.kind !== "attribute") return undefined;
  if (callee.object.kind === "name" && batches.has(callee.object.id))
    return { name: callee.name, isBatch: true, table: batches.get(callee.object.id) };
  const path = apiPath(scope, callee);
  // `op.get_context()` and `op.get_bind()` are the way to other calls.
  return path !== undefined && /^alembic\.op\.(?!get_)/u.test(path)
    ? { name: lastPart(path), isBatch: false, table: undefined }
    : undefined;
}

function codeAt(scope: Scope, { start, end }: Expression): string {
  return scope.module.text.slice(start, end);
}

function readOperation(scope: Scope, operation: AlembicOperation, found: Found): void {
  const { call, name, isBatch, statement } = operation;
  // A batch leaves out the table, which otherwise stands first, or after the name.
  const at = (position: number): number => position - (isBatch ? 1 : 0);
  const tableAt = (word: string, position: number): string | undefined =>
    isBatch ? operation.table : textOf(scope, argumentOf(call, word, position));
  const span = { module: scope.module, start: statement.start, end: statement.end };
  switch (name) {
    case "create_table": {
      const declaration = readTableCall(scope, call, "alembic");
      if (declaration) found.declarations.push(declaration);
      return;
    }
    case "add_column": {
      const table = tableAt("table_name", 0);
      const given = argumentOf(call, "column", at(1));
      const column =
        given?.kind === "call" ? readNamedColumn(scope, given, "alembic", statement) : undefined;
      if (table !== undefined && column) found.declarations.push(addition(table, [column], []));
      return;
    }
    case "create_foreign_key": {
      const table = tableAt("source_table", 1);
      const columns = textsOf(scope, argumentOf(call, "local_cols", at(3)));
      if (table === undefined || !columns?.every((each) => each !== undefined)) return;
      const referent = textOf(scope, argumentOf(call, "referent_table", at(2)));
      const foreignKey = {
        table: referent,
        onDelete: onDeleteOf(scope, call),
        isIndexedByLibrary: false,
      };
      found.declarations.push(addition(table, [], [{ columns, foreignKey, span }]));
      return;
    }
    case "create_index":
    case "create_unique_constraint":
    case "create_primary_key": {
      const list = argumentOf(call, "columns", at(2));
      const parts = list?.kind === "list" || list?.kind === "tuple" ? list.elements : [];
      const where = call.arguments.find((argument) => argument.name?.endsWith("_where"))?.value;
      const using = call.arguments.find((argument) => argument.name?.endsWith("_using"))?.value;
      const index: Index = {
        name: textOf(
          scope,
          argumentOf(call, name === "create_index" ? "index_name" : "constraint_name", 0),
        ),
        kind:
          name === "create_primary_key"
            ? "primary key"
            : name === "create_index" && !isSet(argumentOf(call, "unique"))
              ? "index"
              : "unique",
        columns: parts.map((part) => indexedColumn(scope, part)),
        where: where && scope.module.text.slice(where.start, where.end),
        method: textOf(scope, using)?.toLowerCase(),
      };
      found.indexes.push({ table: tableAt("table_name", 1), index });
      return;
    }
    case "drop_index": {
      const index = textOf(scope, argumentOf(call, "index_name", 0));
      if (index !== undefined) found.dropped.push({ name: index, span });
      return;
    }
    case "drop_table":
    case "rename_table": {
      const table = textOf(
        scope,
        argumentOf(call, name === "drop_table" ? "table_name" : "old_table_name", 0),
      );
      if (table !== undefined) found.gone.push(table);
      return;
    }
    case "drop_column":
    case "alter_column": {
      if (name === "alter_column" && !argumentOf(call, "new_column_name")) return;
      const table = tableAt("table_name", 0);
      const column = textOf(scope, argumentOf(call, "column_name", at(1)));
      if (table !== undefined && column !== undefined) found.gone.push(`${table}.${column}`);
      return;
    }
    default:
  }
}

function addition(
  table: string,
  columns: readonly Column[],
  foreignKeys: readonly ForeignKeyConstraint[],
): Declaration {
  return {
    table,
    title: table,
    alias: undefined,
    origin: "migration",
    isAddition: true,
    columns,
    indexes: [],
    foreignKeys,
    genericKeys: [],
    isUnreadable: false,
  };
}
