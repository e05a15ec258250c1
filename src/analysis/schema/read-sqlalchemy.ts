// Tables of SQLAlchemy and SQLModel: declarative models with their mixins, and `Table(...)`.
// https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { CallExpression, Expression, Statement } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import type {
  Column,
  ColumnStyle,
  Declaration,
  ForeignKeyConstraint,
  GenericKey,
  Index,
} from "./facts.ts";
import {
  apiPath,
  type Binding,
  bindingOf,
  definitionOf,
  linesOf,
  modelAncestryOf,
  positionalOf,
  type Scope,
  scopeOf,
  sqlalchemyCall,
  textOf,
} from "./names.ts";
import { readColumn, readNamedColumn } from "./read-column.ts";
import { readItem, type TableItem } from "./read-constraint.ts";
import { isSqlmodel, tableName } from "./table-name.ts";

/** The table of a model class; `undefined` for a mixin, an abstract base and any other class. */
export function readModel(program: Program, definition: ClassDefinition): Declaration | undefined {
  const ancestry = modelAncestryOf(program, definition);
  const table = tableName(program, definition, ancestry);
  if (table === undefined) return undefined;
  const style = isSqlmodel(program, ancestry) ? "sqlmodel" : "sqlalchemy";
  const parts = new Parts();
  for (const each of ancestry) {
    // A parent with a table of its own keeps its columns there.
    if (
      each !== definition &&
      tableName(program, each, modelAncestryOf(program, each)) !== undefined
    )
      continue;
    readBody(program, each, style, parts);
  }
  return parts.size === 0 ? undefined : parts.declaration(table, "model");
}

/** `Table("name", metadata, Column(...), Index(...))`, and the arguments of `op.create_table`. */
export function readTableCall(
  scope: Scope,
  call: CallExpression,
  style: ColumnStyle = "sqlalchemy",
): Declaration | undefined {
  const [name, ...items] = positionalOf(call);
  const table = textOf(scope, name);
  if (table === undefined) return undefined;
  const parts = new Parts();
  for (const item of items) {
    const column = item.kind === "call" ? readNamedColumn(scope, item, style) : undefined;
    if (column) parts.columns.push(column);
    // What is no column, constraint or index is the metadata, or a helper's column.
    else if (item.kind !== "call" || sqlalchemyCall(scope, item)) parts.add(readItem(scope, item));
  }
  if (call.arguments.some((argument) => argument.spread === "*")) parts.isUnreadable = true;
  return parts.declaration(table, style === "alembic" ? "migration" : "model");
}

class Parts {
  readonly columns: Column[] = [];
  readonly indexes: Index[] = [];
  readonly foreignKeys: ForeignKeyConstraint[] = [];
  isUnreadable = false;

  get size(): number {
    return this.columns.length;
  }

  add(item: TableItem): void {
    if (item?.kind === "index") this.indexes.push(item.index);
    else if (item?.kind === "foreign-key") this.foreignKeys.push(item.constraint);
    else if (item?.kind === "unreadable") this.isUnreadable = true;
  }

  declaration(table: string, origin: Declaration["origin"]): Declaration {
    const { columns, indexes, foreignKeys, isUnreadable } = this;
    const names = { table, title: table, alias: undefined };
    const genericKeys: readonly GenericKey[] = [];
    return { ...names, origin, columns, indexes, foreignKeys, genericKeys, isUnreadable };
  }
}

function readBody(
  program: Program,
  definition: ClassDefinition,
  style: ColumnStyle,
  parts: Parts,
): void {
  const scope = scopeOf(program, definition.module);
  for (const line of linesOf(definition.statement.body)) {
    const binding = bindingOf(line) ?? declaredBinding(scope, line);
    if (binding?.name === "__table_args__" || binding?.name === "table_args") {
      for (const value of valuesOf(line)) readArguments(scope, value, parts);
    } else if (binding?.name === "__table__") {
      const table =
        binding.value?.kind === "call" && sqlalchemyCall(scope, binding.value) === "Table"
          ? readTableCall(scope, binding.value)
          : undefined;
      parts.columns.push(...(table?.columns ?? []));
      parts.indexes.push(...(table?.indexes ?? []));
      parts.foreignKeys.push(...(table?.foreignKeys ?? []));
      if (!table || table.isUnreadable) parts.isUnreadable = true;
    } else if (binding && !binding.name.startsWith("__")) {
      const column = readColumn(scope, binding, style);
      // The nearest declaration of a name wins.
      if (column && parts.columns.every((known) => known.attribute !== column.attribute))
        parts.columns.push(column);
    }
    const loose = line.kind === "expression" ? line.value : binding?.value;
    if (loose?.kind === "call" && sqlalchemyCall(scope, loose) === "Index")
      parts.add(readItem(scope, loose));
  }
}

/** `@declared_attr def customer_id(cls): return Column(...)`. */
function declaredBinding(scope: Scope, line: Statement): Binding | undefined {
  if (line.kind !== "function" || !isDeclaredAttribute(scope, line)) return undefined;
  const returned = linesOf(line.body).find((each) => each.kind === "return");
  const value = returned?.kind === "return" ? returned.value : undefined;
  return { name: line.name, value, annotation: line.returns, statement: returned ?? line };
}

function isDeclaredAttribute(scope: Scope, line: Statement): boolean {
  if (line.kind !== "function") return false;
  return line.decorators.some((decorator) => {
    // `@declared_attr.directive`, `@declared_attr.cascading`
    const path = apiPath(scope, decorator);
    return path?.startsWith("sqlalchemy.") === true && path.includes(".declared_attr");
  });
}

/** What a line gives its name: the value assigned, or everything its function may return. */
function valuesOf(line: Statement): readonly Expression[] {
  if (line.kind !== "function")
    return [bindingOf(line)?.value].filter((each) => each !== undefined);
  return linesOf(line.body).flatMap((each) =>
    each.kind === "return" && each.value ? [each.value] : [],
  );
}

/** The indexes and constraints in `__table_args__`, in any of the forms it may have. */
function readArguments(scope: Scope, value: Expression, parts: Parts, depth = 0): void {
  if (depth > 5) {
    parts.isUnreadable = true;
    return;
  }
  switch (value.kind) {
    case "tuple":
    case "list":
      for (const element of value.elements) {
        if (element.kind === "starred") readArguments(scope, element.value, parts, depth + 1);
        else if (element.kind === "name" && !sharesTableArguments(element))
          readArguments(scope, element, parts, depth + 1);
        else parts.add(readItem(scope, element));
      }
      return;
    case "binary":
      readArguments(scope, value.left, parts, depth + 1);
      readArguments(scope, value.right, parts, depth + 1);
      return;
    case "attribute":
      // `*Base.__table_args__` holds what the base's own line says, which is read with the base.
      if (!sharesTableArguments(value)) parts.isUnreadable = true;
      return;
    case "name": {
      const found = definitionOf(scope.program, scope.module, value.id);
      if (found && found.value.kind !== "name")
        readArguments({ ...scope, module: found.module }, found.value, parts, depth + 1);
      else parts.isUnreadable = true;
      return;
    }
    case "call":
      if (sqlalchemyCall(scope, value)) parts.add(readItem(scope, value));
      // `tuple(...)`, `table_args(...)`: computed.
      else parts.isUnreadable = true;
      return;
    case "dict":
    case "singleton":
    case "string":
      return;
    default:
      parts.isUnreadable = true;
  }
}

function sharesTableArguments(value: Expression): boolean {
  return value.kind === "attribute" && value.name === "__table_args__";
}
