// Tables of Tortoise and Peewee, whose models are their own managers.
// https://tortoise.github.io/models.html https://docs.peewee-orm.com/en/latest/peewee/models.html

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { CallExpression, Expression } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import type { Column, Declaration, Index } from "./facts.ts";
import {
  ancestryOf,
  apiPath,
  argumentOf,
  bindingOf,
  isSet,
  lastPart,
  libraryBases,
  linesOf,
  type Scope,
  scopeOf,
  textOf,
  textsOf,
} from "./names.ts";
import { metaOf } from "./read-django.ts";

type Library = "tortoise" | "peewee";

/** The table of a Tortoise or Peewee model; `undefined` for an abstract one and any other class. */
export function readActiveRecord(
  program: Program,
  definition: ClassDefinition,
): Declaration | undefined {
  const ancestry = ancestryOf(definition);
  const library = libraryOf(program, ancestry);
  const meta = metaOf(definition);
  if (!library || isSet(meta.get("abstract"))) return undefined;
  const columns: Column[] = [];
  for (const each of ancestry) {
    const scope = scopeOf(program, each.module);
    for (const line of linesOf(each.statement.body)) {
      const binding = bindingOf(line);
      if (binding?.value?.kind !== "call") continue;
      const column = readField(scope, library, binding.name, binding.value, line);
      if (column && columns.every((known) => known.attribute !== column.attribute))
        columns.push(column);
    }
  }
  if (columns.length === 0) return undefined;
  const scope = scopeOf(program, definition.module);
  const indexes = ["indexes", "unique_together"].map((option) =>
    readIndexes(scope, option, meta.get(option)),
  );
  const name = definition.statement.name.toLowerCase();
  const given = meta.get("table") ?? meta.get("table_name") ?? meta.get("db_table");
  const key = meta.get("primary_key");
  const composite =
    key?.kind === "call"
      ? textsOf(scope, { ...key, kind: "tuple", elements: key.arguments.map(({ value }) => value) })
      : undefined;
  return {
    table: textOf(scope, given) ?? name,
    title: definition.statement.name,
    alias: undefined,
    origin: "model",
    columns,
    indexes: [
      ...indexes.flatMap((found) => found ?? []),
      ...(composite ? [indexOf("primary key", composite)] : []),
    ],
    foreignKeys: [],
    genericKeys: [],
    isUnreadable: indexes.some((found) => found === undefined),
  };
}

function libraryOf(program: Program, ancestry: readonly ClassDefinition[]): Library | undefined {
  for (const path of ancestry.flatMap((each) => libraryBases(program, each))) {
    if (/^tortoise\b.*\.Model$/u.test(path)) return "tortoise";
    if (/^(?:peewee|playhouse)\b.*\.Model$/u.test(path)) return "peewee";
  }
  return undefined;
}

function readField(
  scope: Scope,
  library: Library,
  attribute: string,
  call: CallExpression,
  at: { readonly start: number; readonly end: number },
): Column | undefined {
  const path = apiPath(scope, call.callee) ?? "";
  const type = lastPart(path);
  if (
    !/^(?:tortoise\.(?:contrib\.\w+\.)?fields|peewee|playhouse)\b/u.test(path) ||
    !type.endsWith("Field")
  )
    return undefined;
  const isReference = type === "ForeignKeyField" || type === "OneToOneField";
  if (type === "ManyToManyField") return undefined;
  const target = textOf(
    scope,
    argumentOf(call, library === "tortoise" ? "model_name" : "model", 0),
  );
  const isIndexed = ["index", "db_index"].some((word) => isSet(argumentOf(call, word)));
  const isOpen = call.arguments.some(({ spread }) => spread === "**");
  // Peewee indexes its foreign keys, Tortoise does not.
  const isIndexedByLibrary = isReference && library === "peewee";
  const written = ["column_name", "db_column", "source_field"].map((word) =>
    argumentOf(call, word),
  );
  return {
    name:
      textOf(
        scope,
        written.find((each) => each !== undefined),
      ) ?? (isReference ? `${attribute}_id` : attribute),
    attribute: isReference && library === "tortoise" ? `${attribute}_id` : attribute,
    type: /^(?:Char|Int)EnumField/u.test(type) || argumentOf(call, "choices") ? "choices" : type,
    isPrimaryKey:
      ["pk", "primary_key"].some((word) => isSet(argumentOf(call, word))) || type === "AutoField",
    isUnique: isSet(argumentOf(call, "unique")) || type === "OneToOneField",
    isIndexed: isIndexed || isIndexedByLibrary || isOpen,
    foreignKey: isReference
      ? {
          table: target && lastPart(target).toLowerCase(),
          onDelete: onDelete(scope, call),
          isIndexedByLibrary,
        }
      : undefined,
    style: library,
    span: { module: scope.module, start: at.start, end: at.end },
  };
}

/** `on_delete=fields.CASCADE`, which is Tortoise's default, or `on_delete="CASCADE"`. */
function onDelete(scope: Scope, call: CallExpression): string | undefined {
  const given = argumentOf(call, "on_delete");
  const word = given?.kind === "attribute" ? given.name : textOf(scope, given);
  return word?.replace("_", " ").toUpperCase();
}

/** `indexes = (("a", "b"), Index(fields=["c"]))`; Peewee adds whether it is unique: `(("a",), True)`. */
function readIndexes(
  scope: Scope,
  option: string,
  value: Expression | undefined,
): readonly Index[] | undefined {
  if (!value) return [];
  if (value.kind !== "tuple" && value.kind !== "list") return undefined;
  const kind = option === "unique_together" ? "unique" : "index";
  if (value.elements.length > 0 && value.elements.every((each) => each.kind === "string"))
    return [indexOf(kind, textsOf(scope, value) ?? [])];
  const found: Index[] = [];
  for (const element of value.elements) {
    const inner =
      element.kind === "call"
        ? argumentOf(element, "fields")
        : element.kind === "tuple" && element.elements[0]?.kind !== "string"
          ? element.elements[0]
          : element;
    const columns = textsOf(scope, inner);
    if (!columns) return undefined;
    found.push(indexOf(kind, columns));
  }
  return found;
}

function indexOf(kind: Index["kind"], columns: readonly (string | undefined)[]): Index {
  return { name: undefined, kind, columns, where: undefined, method: undefined };
}
