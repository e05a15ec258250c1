// What Alembic's `upgrade` functions add to tables.
// https://alembic.sqlalchemy.org/en/latest/ops.html

import { blocksOf, childrenOf, expressionsOf } from "../../flow/definitions.ts";
import type { CallExpression, Expression, Statement } from "../../python/syntax.ts";
import type { Column, Declaration, ForeignKeyConstraint, Index } from "./facts.ts";
import type { Found, Migration } from "./migration.ts";
import { apiPath, argumentOf, isSet, lastPart, type Scope, textOf, textsOf } from "./names.ts";
import { readNamedColumn } from "./read-column.ts";
import { indexedColumn, onDeleteOf } from "./read-constraint.ts";
import { readTableCall } from "./read-sqlalchemy.ts";

export function importsAlembic(text: string): boolean {
  return /^\s*(?:from|import)\s+alembic\b/mu.test(text);
}

/** Reads a module that imports Alembic. */
export function readAlembic(scope: Scope): Migration {
  const found: Found = { declarations: [], indexes: [], gone: [], dropped: [] };
  for (const statement of scope.module.body) {
    // What `downgrade` does undoes what is.
    if (statement.kind === "function" && !/down/u.test(statement.name))
      readStatements(scope, statement.body, new Map(), found);
  }
  return found;
}

/** `batches`: names of `with op.batch_alter_table("t") as batch_op`, and their tables. */
function readStatements(
  scope: Scope,
  statements: readonly Statement[],
  batches: ReadonlyMap<string, string | undefined>,
  found: Found,
): void {
  for (const statement of statements) {
    let inside = batches;
    if (statement.kind === "with") {
      for (const { context, target } of statement.items) {
        if (context.kind !== "call" || target?.kind !== "name") continue;
        if (operationOf(scope, context, batches)?.name === "batch_alter_table")
          inside = new Map([
            ...inside,
            [target.id, textOf(scope, argumentOf(context, "table_name", 0))],
          ]);
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
  batches: ReadonlyMap<string, string | undefined>,
  found: Found,
): void {
  if (expression.kind === "call") {
    const operation = operationOf(scope, expression, batches);
    if (operation) {
      readOperation(scope, expression, operation, statement, found);
      return;
    }
  }
  for (const child of childrenOf(expression)) readCalls(scope, child, statement, batches, found);
}

interface Operation {
  readonly name: string;
  readonly isBatch: boolean;
  /** A batch's table, which its calls do not name. */
  readonly table: string | undefined;
}

function operationOf(
  scope: Scope,
  call: CallExpression,
  batches: ReadonlyMap<string, string | undefined>,
): Operation | undefined {
  const { callee } = call;
  if (callee.kind !== "attribute") return undefined;
  if (callee.object.kind === "name" && batches.has(callee.object.id))
    return { name: callee.name, isBatch: true, table: batches.get(callee.object.id) };
  const path = apiPath(scope, callee);
  return path?.startsWith("alembic.op.")
    ? { name: lastPart(path), isBatch: false, table: undefined }
    : undefined;
}

function readOperation(
  scope: Scope,
  call: CallExpression,
  operation: Operation,
  statement: Statement,
  found: Found,
): void {
  const { name, isBatch } = operation;
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
    columns,
    indexes: [],
    foreignKeys,
    genericKeys: [],
    isUnreadable: false,
  };
}
