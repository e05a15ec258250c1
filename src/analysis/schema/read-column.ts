// A column of SQLAlchemy or SQLModel as it stands in code: `Column(...)`, `mapped_column(...)`,
// `Mapped[...]`, `Field(...)`.

import type { CallExpression, Expression } from "../../python/syntax.ts";
import type { Column, ColumnStyle, ForeignKey } from "./facts.ts";
import {
  apiPath,
  argumentOf,
  type Binding,
  definitionOf,
  isSet,
  positionalOf,
  type Scope,
  sqlalchemyCall,
  textOf,
} from "./names.ts";
import { readForeignKey, tableOfTarget } from "./read-constraint.ts";

type Attributes = Omit<Column, "name" | "attribute" | "span" | "style"> & {
  readonly name: string | undefined;
};

/** The column that a line of a model declares, if it declares one. */
export function readColumn(scope: Scope, binding: Binding, style: ColumnStyle): Column | undefined {
  const { name: attribute, value, statement } = binding;
  const found = value && columnAttributes(scope, value);
  if (value && !found) {
    // A default is a column in SQLModel; anything else in SQLAlchemy is a relationship or the like.
    if (style !== "sqlmodel" || sqlalchemyCall(scope, value) !== undefined) return undefined;
  }
  const annotated = annotatedAttributes(scope, binding.annotation, style);
  if (!found && !annotated) return undefined;
  const merged = merge(found, annotated);
  return {
    ...merged,
    name: merged.name ?? attribute,
    attribute,
    style,
    span: { module: scope.module, start: statement.start, end: statement.end },
  };
}

/** A `Column(...)` that stands in a table's arguments and must bring its own name. */
export function readNamedColumn(
  scope: Scope,
  call: CallExpression,
  style: ColumnStyle,
  at: { readonly start: number; readonly end: number } = call,
): Column | undefined {
  const found = columnAttributes(scope, call);
  if (!found?.name) return undefined;
  const { name } = found;
  const span = { module: scope.module, start: at.start, end: at.end };
  return { ...found, name, attribute: name, style, span };
}

function columnAttributes(scope: Scope, value: Expression): Attributes | undefined {
  if (value.kind !== "call") return undefined;
  switch (sqlalchemyCall(scope, value)) {
    case "Column":
    case "mapped_column":
      return callAttributes(scope, value);
    case "Field":
      return fieldAttributes(scope, value);
    case "deferred":
    case "column_property": {
      const [inner] = positionalOf(value);
      return inner && columnAttributes(scope, inner);
    }
    default:
      return undefined;
  }
}

function callAttributes(scope: Scope, call: CallExpression): Attributes {
  const positional = positionalOf(call);
  const [first] = positional;
  const name = textOf(scope, argumentOf(call, "name")) ?? (first && nameGiven(scope, first));
  let foreignKey: ForeignKey | undefined;
  let type: string | undefined;
  for (const part of [...positional, argumentOf(call, "type_")]) {
    if (!part) continue;
    if (part.kind === "call" && sqlalchemyCall(scope, part) === "ForeignKey")
      foreignKey = readForeignKey(scope, part);
    else if (part.kind !== "string") type ??= lastWord(part);
  }
  // `**options` may hold an index.
  const isOpen = call.arguments.some((argument) => argument.spread !== "");
  return {
    name,
    type,
    isPrimaryKey: isSet(argumentOf(call, "primary_key")),
    isUnique: isSet(argumentOf(call, "unique")),
    isIndexed: isOpen || isSet(argumentOf(call, "index")),
    foreignKey,
  };
}

/** `Field(foreign_key="book.id", index=True)`, `Field(sa_column=Column(...))`. */
function fieldAttributes(scope: Scope, call: CallExpression): Attributes {
  const column = argumentOf(call, "sa_column");
  const inner = column && columnAttributes(scope, column);
  if (inner) return inner;
  const target = argumentOf(call, "foreign_key");
  const extra = argumentOf(call, "sa_column_args");
  const given = extra?.kind === "list" || extra?.kind === "tuple" ? extra.elements : [];
  let foreignKey: ForeignKey | undefined = isSet(target)
    ? {
        table: tableOfTarget(textOf(scope, target)),
        onDelete: textOf(scope, argumentOf(call, "ondelete"))?.toUpperCase(),
        isIndexedByLibrary: false,
      }
    : undefined;
  for (const part of given) {
    if (part.kind === "call" && sqlalchemyCall(scope, part) === "ForeignKey")
      foreignKey = readForeignKey(scope, part);
  }
  const options = argumentOf(call, "sa_column_kwargs");
  const isOpen =
    column !== undefined ||
    call.arguments.some((argument) => argument.spread !== "") ||
    (options !== undefined && (options.kind !== "dict" || holdsKey(options, "index")));
  return {
    name: undefined,
    type: undefined,
    isPrimaryKey: isSet(argumentOf(call, "primary_key")),
    isUnique: isSet(argumentOf(call, "unique")) || holdsKey(options, "unique"),
    isIndexed: isOpen || isSet(argumentOf(call, "index")),
    foreignKey,
  };
}

/** What `Mapped[int]` and `Mapped[user_fk]` say, with `user_fk = Annotated[int, mapped_column(...)]`. */
function annotatedAttributes(
  scope: Scope,
  annotation: Expression | undefined,
  style: ColumnStyle,
): Attributes | undefined {
  if (!annotation) return undefined;
  if (style === "sqlmodel") return plain(lastWord(annotation));
  if (annotation.kind !== "subscript" || !isMapped(scope, annotation)) return undefined;
  return withAnnotated(scope, annotation.index) ?? plain(lastWord(annotation.index));
}

function withAnnotated(scope: Scope, type: Expression, depth = 0): Attributes | undefined {
  if (depth > 4) return undefined;
  if (type.kind === "subscript") {
    const path = apiPath(scope, type.object);
    const parts = type.index.kind === "tuple" ? type.index.elements : [type.index];
    if (path?.endsWith(".Optional")) return withAnnotated(scope, type.index, depth + 1);
    if (!path?.endsWith(".Annotated")) return undefined;
    for (const part of parts) {
      const found = columnAttributes(scope, part);
      if (found) return { ...found, type: found.type ?? (parts[0] && lastWord(parts[0])) };
    }
    return parts[0] && withAnnotated(scope, parts[0], depth + 1);
  }
  // `user_fk | None`
  if (type.kind === "binary" && type.operator === "|")
    return (
      withAnnotated(scope, type.left, depth + 1) ?? withAnnotated(scope, type.right, depth + 1)
    );
  const name = type.kind === "name" ? type.id : type.kind === "attribute" ? type.name : undefined;
  if (name === undefined) return undefined;
  const module = type.kind === "attribute" ? moduleMeant(scope, type.object) : scope.module;
  const alias = module && definitionOf(scope.program, module, name);
  return alias && withAnnotated({ ...scope, module: alias.module }, alias.value, depth + 1);
}

function moduleMeant(scope: Scope, expression: Expression): Scope["module"] | undefined {
  if (expression.kind !== "name") return undefined;
  for (const reference of scope.program.globalOf(scope.module, expression.id)?.references ?? [])
    if (reference.kind === "module") return reference.module;
  return undefined;
}

function isMapped(scope: Scope, annotation: Expression | undefined): boolean {
  if (annotation?.kind !== "subscript") return false;
  const path = apiPath(scope, annotation.object);
  return path !== undefined && /^sqlalchemy\..*\bMapped$/u.test(path);
}

function merge(found: Attributes | undefined, annotated: Attributes | undefined): Attributes {
  if (!found || !annotated) return found ?? annotated ?? plain(undefined);
  return {
    name: found.name ?? annotated.name,
    type: found.type ?? annotated.type,
    isPrimaryKey: found.isPrimaryKey || annotated.isPrimaryKey,
    isUnique: found.isUnique || annotated.isUnique,
    isIndexed: found.isIndexed || annotated.isIndexed,
    foreignKey: found.foreignKey ?? annotated.foreignKey,
  };
}

function plain(type: string | undefined): Attributes {
  return {
    name: undefined,
    type,
    isPrimaryKey: false,
    isUnique: false,
    isIndexed: false,
    foreignKey: undefined,
  };
}

function nameGiven(scope: Scope, first: Expression): string | undefined {
  return first.kind === "string" || first.kind === "name" || first.kind === "attribute"
    ? textOf(scope, first)
    : undefined;
}

function holdsKey(options: Expression | undefined, name: string): boolean {
  return (
    options?.kind === "dict" &&
    options.entries.some(({ key }) => !key || (key.kind === "string" && key.value === name))
  );
}

/** `Boolean` of `sa.Boolean()`, `str` of `Optional[str]` and of `str | None`. */
function lastWord(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "name":
      return expression.id;
    case "attribute":
      return expression.name;
    case "call":
      return lastWord(expression.callee);
    case "subscript":
      return lastWord(expression.index.kind === "tuple" ? expression.object : expression.index);
    case "binary":
      return lastWord(expression.left);
    case "string":
      return expression.value;
    default:
      return undefined;
  }
}
