// SQLAlchemy's indexes and constraints as they stand in code: `Index(...)`, `UniqueConstraint(...)`,
// `ForeignKey(...)`. https://docs.sqlalchemy.org/en/20/core/constraints.html

import type { CallExpression, Expression } from "../../python/syntax.ts";
import type { ForeignKey, ForeignKeyConstraint, Index } from "./facts.ts";
import {
  argumentOf,
  classMeant,
  isSet,
  positionalOf,
  type Scope,
  sqlalchemyCall,
  textOf,
  textsOf,
} from "./names.ts";

/** What one item of a table's arguments says; `unreadable` for one that may say anything. */
export type TableItem =
  | { readonly kind: "index"; readonly index: Index; readonly of: Expression | undefined }
  | { readonly kind: "foreign-key"; readonly constraint: ForeignKeyConstraint }
  | { readonly kind: "unreadable" }
  | undefined;

export function readItem(scope: Scope, expression: Expression): TableItem {
  if (expression.kind === "starred") return { kind: "unreadable" };
  if (expression.kind !== "call") return undefined;
  switch (sqlalchemyCall(scope, expression)) {
    case "Index":
      return readIndex(scope, expression);
    case "UniqueConstraint":
      return keyItem(scope, expression, "unique");
    case "PrimaryKeyConstraint":
      return keyItem(scope, expression, "primary key");
    case "ForeignKeyConstraint": {
      const columns = textsOf(scope, argumentOf(expression, "columns", 0));
      const targets = textsOf(scope, argumentOf(expression, "refcolumns", 1));
      if (!columns?.every((column) => column !== undefined)) return undefined;
      const foreignKey = {
        table: tableOfTarget(targets?.[0]),
        onDelete: onDeleteOf(scope, expression),
        isIndexedByLibrary: false,
      };
      const { start, end } = expression;
      return {
        kind: "foreign-key",
        constraint: { columns, foreignKey, span: { module: scope.module, start, end } },
      };
    }
    case undefined:
      // A function of the project may make an index.
      return { kind: "unreadable" };
    default:
      return undefined;
  }
}

/** `ForeignKey("customer.id", ondelete="CASCADE")`. */
export function readForeignKey(scope: Scope, call: CallExpression): ForeignKey {
  const target = argumentOf(call, "column", 0);
  return {
    table: tableOfTarget(textOf(scope, target)) ?? tableOfAttribute(scope, target),
    onDelete: onDeleteOf(scope, call),
    isIndexedByLibrary: false,
  };
}

/** The table in `schema.table.column` or `table.column`. */
export function tableOfTarget(target: string | undefined): string | undefined {
  return target?.split(".").at(-2);
}

export function onDeleteOf(scope: Scope, call: CallExpression): string | undefined {
  return textOf(scope, argumentOf(call, "ondelete"))?.toUpperCase();
}

/** `Index("name", "a", Model.b)`: the first positional argument is the name, or `None`. */
function readIndex(scope: Scope, call: CallExpression): TableItem {
  const [name, ...parts] = positionalOf(call);
  if (call.arguments.some((argument) => argument.spread !== "")) return { kind: "unreadable" };
  const columns = parts.map((part) => indexedColumn(scope, part));
  const where = call.arguments.find((argument) => argument.name?.endsWith("_where"))?.value;
  const using = call.arguments.find((argument) => argument.name?.endsWith("_using"))?.value;
  return {
    kind: "index",
    of: parts.map(ownerOf).find((owner) => owner !== undefined),
    index: {
      name: textOf(scope, name),
      kind: isSet(argumentOf(call, "unique")) ? "unique" : "index",
      columns,
      where: where && scope.module.text.slice(where.start, where.end),
      method: textOf(scope, using)?.toLowerCase(),
    },
  };
}

function keyItem(scope: Scope, call: CallExpression, kind: "unique" | "primary key"): TableItem {
  if (call.arguments.some((argument) => argument.spread === "*")) return { kind: "unreadable" };
  const parts = positionalOf(call);
  return {
    kind: "index",
    of: parts.map(ownerOf).find((owner) => owner !== undefined),
    index: {
      name: textOf(scope, argumentOf(call, "name")),
      kind,
      columns: parts.map((part) => indexedColumn(scope, part)),
      where: undefined,
      method: undefined,
    },
  };
}

/** The column in `"a"`, `a`, `cls.a`, `table.c.a`, `a.desc()`, `desc("a")`, `text("a DESC")`. */
export function indexedColumn(scope: Scope, part: Expression): string | undefined {
  switch (part.kind) {
    case "string":
      return part.value;
    case "name":
      return textOf(scope, part) ?? part.id;
    case "attribute":
      return part.name;
    case "subscript":
      // `table.c["a"]`
      return part.index.kind === "string" ? part.index.value : undefined;
    case "call":
      return orderedColumn(scope, part);
    default:
      return undefined;
  }
}

function orderedColumn(scope: Scope, call: CallExpression): string | undefined {
  const { callee } = call;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  const [argument] = positionalOf(call);
  if (/^(?:asc|desc|nullsfirst|nullslast|nulls_first|nulls_last)$/u.test(name)) {
    const inner = argument ?? (callee.kind === "attribute" ? callee.object : undefined);
    return inner && indexedColumn(scope, inner);
  }
  if (name === "text" || name === "column" || name === "literal_column") {
    const text = textOf(scope, argument)?.trim() ?? "";
    return /^"?(?<column>\w+)"?(?:\s+(?:asc|desc)\b.*)?$/iu.exec(text)?.groups?.column;
  }
  return undefined;
}

/** The model or table in `Model.column` and `table.c.column`. */
function ownerOf(part: Expression): Expression | undefined {
  if (part.kind === "call") {
    const inner = part.callee.kind === "attribute" ? part.callee.object : undefined;
    const [argument] = positionalOf(part);
    return (argument && ownerOf(argument)) ?? (inner && ownerOf(inner));
  }
  if (part.kind !== "attribute") return undefined;
  const { object } = part;
  return object.kind === "attribute" && (object.name === "c" || object.name === "columns")
    ? object.object
    : object;
}

/** `ForeignKey(Customer.id)`: the table that the model says it has. */
function tableOfAttribute(scope: Scope, target: Expression | undefined): string | undefined {
  if (target?.kind !== "attribute") return undefined;
  const definition = classMeant(scope, target.object);
  const name = definition?.attributes.get("__tablename__")?.constants?.[0];
  if (typeof name === "string") return name;
  return definition?.statement.name.toLowerCase();
}
