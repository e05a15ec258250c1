// Tables of SQLAlchemy and SQLModel: declarative models with their mixins, and `Table(...)`.
// https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html

import type { ClassDefinition } from "../../flow/value.ts";
import type { CallExpression, Expression, Statement } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import type { Column, ColumnStyle, Declaration, ForeignKeyConstraint, Index } from "./facts.ts";
import {
  apiPath,
  type Binding,
  bindingOf,
  definitionOf,
  lastPart,
  libraryBases,
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

/** The table of a model class; `undefined` for a mixin, an abstract base and any other class. */
export function readModel(program: Program, definition: ClassDefinition): Declaration | undefined {
  const ancestry = modelAncestryOf(program, definition);
  const style = isSqlmodel(program, ancestry) ? "sqlmodel" : "sqlalchemy";
  const table = tableName(program, definition, ancestry, style);
  if (table === undefined) return undefined;
  const parts = new Parts();
  for (const each of ancestry) {
    // A parent with a table of its own keeps its columns there.
    if (each !== definition && hasOwnTable(program, each)) continue;
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

/** Whether a class is mapped to a table of its own, and not to its parent's. */
export function hasOwnTable(program: Program, definition: ClassDefinition): boolean {
  const ancestry = modelAncestryOf(program, definition);
  const style = isSqlmodel(program, ancestry) ? "sqlmodel" : "sqlalchemy";
  return tableName(program, definition, ancestry, style) !== undefined;
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
    return { ...names, origin, columns, indexes, foreignKeys, isUnreadable };
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
  const [value] = valuesOf(line);
  return { name: line.name, value, annotation: undefined, statement: line };
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
  if (depth > 5) return;
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

function tableName(
  program: Program,
  definition: ClassDefinition,
  ancestry: readonly ClassDefinition[],
  style: ColumnStyle,
): string | undefined {
  if (definition.attributes.get("__abstract__")?.constants?.[0] === true) return undefined;
  if (style === "sqlmodel") {
    if (!isTableModel(definition)) return undefined;
    return ownName(definition) ?? definition.statement.name.toLowerCase();
  }
  const own = ownName(definition);
  if (own !== undefined) return own;
  if (definition.attributes.has("__tablename__") || definition.attributes.has("__table__")) {
    // On a mixin it names the tables of others.
    const isMapped = definition.attributes.has("__table__") || isBelowBase(program, ancestry);
    return isMapped ? computedName(definition, definition) : undefined;
  }
  if (!isBelowBase(program, ancestry)) return undefined;
  const namer = ancestry
    .slice(1)
    .find((each) => each.attributes.has("__tablename__") && ownName(each) === undefined);
  if (namer) return computedName(definition, namer);
  // Flask-SQLAlchemy names tables itself; a model below one with a table shares that one.
  const isFlask = ancestry.some((each) =>
    libraryBases(program, each).some((path) => /^flask_sqlalchemy\b.*\.Model$/u.test(path)),
  );
  const hasParent = ancestry.slice(1).some((each) => ownName(each) !== undefined);
  return isFlask && !hasParent ? snakeCase(definition.statement.name) : undefined;
}

function ownName(definition: ClassDefinition): string | undefined {
  const name = definition.attributes.get("__tablename__")?.constants?.[0];
  return typeof name === "string" ? name : undefined;
}

/** Whether a class comes from a declarative base: a mixin does not, and the base is not below itself. */
function isBelowBase(program: Program, ancestry: readonly ClassDefinition[]): boolean {
  return ancestry.some((each, index) => {
    const bases = libraryBases(program, each);
    if (bases.some((path) => /^flask_sqlalchemy\b.*\.Model$/u.test(path))) return true;
    const isBaseValue = each.bases.some((base) =>
      base.types.some((type) => type.startsWith("sqlalchemy.")),
    );
    // `Base = declarative_base()` is the base; `class Base(DeclarativeBase)` is one line below it.
    return (
      isBaseValue ||
      (index > 0 && (bases.some(isDeclarativeBase) || isDecoratedBase(program, each)))
    );
  });
}

function isDeclarativeBase(path: string): boolean {
  return /^sqlalchemy\..*\b(?:DeclarativeBase|DeclarativeBaseNoMeta)$/u.test(path);
}

/** `@as_declarative() class Base`. */
function isDecoratedBase(program: Program, { module, statement }: ClassDefinition): boolean {
  const scope = scopeOf(program, module);
  return statement.decorators.some((decorator) => {
    const path = apiPath(scope, decorator.kind === "call" ? decorator.callee : decorator);
    return path?.startsWith("sqlalchemy.") === true && lastPart(path) === "as_declarative";
  });
}

function isSqlmodel(program: Program, ancestry: readonly ClassDefinition[]): boolean {
  return ancestry.some((each) =>
    libraryBases(program, each).some((path) => /^sqlmodel\b.*\.SQLModel$/u.test(path)),
  );
}

/** `class Review(SQLModel, table=True)`. */
function isTableModel({ statement }: ClassDefinition): boolean {
  return statement.arguments.some(
    ({ name, value }) => name === "table" && value.kind === "singleton" && value.value === true,
  );
}

/** The name that `def __tablename__(cls)` most likely computes. */
function computedName(definition: ClassDefinition, namer: ClassDefinition): string {
  const { name } = definition.statement;
  const line = namer.statement.body.find(
    (each) => each.kind === "function" && each.name === "__tablename__",
  );
  const code = line ? namer.module.text.slice(line.start, line.end) : "";
  if (/__name__\.lower\(\)\s*$/u.test(code)) return name.toLowerCase();
  if (/__name__\.lower\(\)\s*\+\s*["']s["']\s*$/u.test(code)) return `${name.toLowerCase()}s`;
  return snakeCase(name);
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/gu, "_").toLowerCase();
}
