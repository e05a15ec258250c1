// Tables of Django: model classes with their abstract bases, and what migrations add to them.
// https://docs.djangoproject.com/en/stable/ref/models/

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { CallExpression, Expression } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import type { Column, Declaration, GenericKey, Index } from "./facts.ts";
import {
  ancestryOf,
  apiPath,
  argumentOf,
  bindingOf,
  classMeant,
  isSet,
  lastPart,
  linesOf,
  positionalOf,
  type Scope,
  scopeOf,
  textOf,
  textsOf,
} from "./names.ts";

/** The table of a Django model; `undefined` for an abstract or unmanaged one, a proxy, any other class. */
export function readDjangoModel(
  program: Program,
  definition: ClassDefinition,
): Declaration | undefined {
  const own = metaOf(definition);
  const isBound = !["abstract", "proxy"].some((flag) => isSet(own.get(flag)));
  const isManaged = own.get("managed")?.kind !== "singleton" || isSet(own.get("managed"));
  if (!isBound || !isManaged) return undefined;
  const columns: Column[] = [];
  const indexes: Index[] = [];
  const genericKeys: GenericKey[] = [];
  let isUnreadable = false;
  let ordering: string | undefined;
  for (const each of ancestryOf(definition)) {
    const meta = metaOf(each);
    if (each !== definition && !isSet(meta.get("abstract"))) continue;
    const scope = scopeOf(program, each.module);
    for (const line of linesOf(each.statement.body)) {
      const binding = bindingOf(line);
      if (binding?.value?.kind !== "call") continue;
      const generic = readGenericKey(scope, binding.value);
      if (generic) genericKeys.push(generic);
      const column = readField(scope, binding.name, binding.value, line);
      if (column && columns.every((known) => known.attribute !== column.attribute))
        columns.push(column);
    }
    const [first] = textsOf(scope, meta.get("ordering")) ?? [];
    ordering ??= first?.replace(/^-/u, "");
    for (const option of ["indexes", "constraints", "unique_together", "index_together"]) {
      const value = meta.get(option);
      const found = value ? readOption(scope, option, value) : [];
      if (found) indexes.push(...found);
      else isUnreadable = true;
    }
  }
  if (columns.length === 0) return undefined;
  const scope = scopeOf(program, definition.module);
  const { name } = definition.statement;
  const app = textOf(scope, own.get("app_label")) ?? appLabel(definition.module.path);
  return {
    table: textOf(scope, own.get("db_table")) ?? djangoTable(app, name),
    title: name,
    alias: djangoTable(app, name),
    origin: "model",
    columns,
    indexes,
    foreignKeys: [],
    genericKeys,
    ordering,
    isUnreadable,
  };
}

/** `GenericForeignKey("content_type", "object_id")`, which are its defaults too. */
function readGenericKey(scope: Scope, call: CallExpression): GenericKey | undefined {
  const path = apiPath(scope, call.callee) ?? "";
  if (!path.startsWith("django.contrib.contenttypes.") || lastPart(path) !== "GenericForeignKey")
    return undefined;
  const type = argumentOf(call, "ct_field", 0);
  const id = argumentOf(call, "fk_field", 1);
  return {
    type: (type && textOf(scope, type)) ?? "content_type",
    id: (id && textOf(scope, id)) ?? "object_id",
  };
}

/** `shop_order`: what Django calls the table of a model. */
export function djangoTable(app: string, model: string): string {
  return `${app}_${model.toLowerCase()}`;
}

/** The app a file belongs to: `shop` for `shop/models.py`, `shop/models/order.py`. */
export function appLabel(path: string): string {
  const folders = path.split("/").slice(0, -1);
  const at = folders.findIndex((folder) => folder === "models" || folder === "migrations");
  // Where the app is the whole project, its name is not to be seen.
  if (at === 0) return "";
  return (at > 0 ? folders[at - 1] : folders.at(-1)) ?? "";
}

/** A field of Django's own; a field of anybody else's may bring an index that is not seen. */
export function readField(
  scope: Scope,
  attribute: string,
  call: CallExpression,
  at: { readonly start: number; readonly end: number },
): Column | undefined {
  const path = apiPath(scope, call.callee) ?? "";
  if (!/^django\.(?:contrib\.(?:gis|postgres)\.)?(?:db\.models|fields)\b/u.test(path))
    return undefined;
  const type = lastPart(path);
  const isReference = type === "ForeignKey" || type === "OneToOneField";
  if ((!isReference && !type.endsWith("Field")) || type === "ManyToManyField") return undefined;
  const given = argumentOf(call, "db_index");
  const isIndexed = given ? isSet(given) : isReference || type === "SlugField";
  const isOpen = call.arguments.some((argument) => argument.spread === "**");
  const suffix = isReference ? "_id" : "";
  return {
    name: textOf(scope, argumentOf(call, "db_column")) ?? `${attribute}${suffix}`,
    attribute,
    // A short list of choices finds half the table: no index helps.
    type: argumentOf(call, "choices") ? "choices" : type,
    isPrimaryKey: isSet(argumentOf(call, "primary_key")) || type.endsWith("AutoField"),
    isUnique: isSet(argumentOf(call, "unique")) || type === "OneToOneField",
    isIndexed: isIndexed || isOpen,
    foreignKey: isReference
      ? {
          table: targetTable(scope, argumentOf(call, "to", 0)),
          onDelete: undefined,
          isIndexedByLibrary: isIndexed || isOpen,
        }
      : undefined,
    style: "django",
    span: { module: scope.module, start: at.start, end: at.end },
  };
}

/** What one option of `class Meta` says; `undefined` where it cannot be read. */
export function readOption(
  scope: Scope,
  option: string,
  value: Expression,
): readonly Index[] | undefined {
  if (value.kind === "binary") {
    const left = readOption(scope, option, value.left);
    const right = readOption(scope, option, value.right);
    return left && right && [...left, ...right];
  }
  // `Base.Meta.indexes` is read with the base.
  if (value.kind === "attribute") return [];
  if (value.kind !== "list" && value.kind !== "tuple" && value.kind !== "set") return undefined;
  if (option.endsWith("_together")) return readTogether(scope, option, value);
  const found: Index[] = [];
  for (const element of value.elements) {
    if (element.kind === "starred" && element.value.kind === "attribute") continue;
    const index = element.kind === "call" ? readDjangoIndex(scope, element) : undefined;
    if (!index) return undefined;
    if (index !== "other") found.push(index);
  }
  return found;
}

/** `models.Index(fields=["customer", "-placed_at"])`; "other" for a constraint that makes no index. */
export function readDjangoIndex(scope: Scope, call: CallExpression): Index | "other" | undefined {
  const path = apiPath(scope, call.callee) ?? "";
  const type = lastPart(path);
  if (!path.startsWith("django.") || !/(?:Index|Constraint)$/u.test(type)) return undefined;
  if (type === "CheckConstraint") return "other";
  const fields = textsOf(scope, argumentOf(call, "fields"));
  const condition = argumentOf(call, "condition");
  return {
    name: textOf(scope, argumentOf(call, "name")),
    kind: type === "UniqueConstraint" ? "unique" : "index",
    columns:
      fields?.map((field) => field?.replace(/^-/u, "")) ??
      positionalOf(call).map((part) => expressionField(scope, part)),
    where: condition && scope.module.text.slice(condition.start, condition.end),
    method: /^(?<method>Gin|Gist|SpGist|Brin|Hash|Bloom|BTree)Index$/u
      .exec(type)
      ?.groups?.method?.toLowerCase(),
  };
}

/** `F("a").desc()` is the column; `Lower("a")` is not. */
function expressionField(scope: Scope, part: Expression): string | undefined {
  if (part.kind === "string") return part.value.replace(/^-/u, "");
  if (part.kind !== "call") return undefined;
  const { callee } = part;
  if (callee.kind === "attribute" && (callee.name === "desc" || callee.name === "asc"))
    return expressionField(scope, callee.object);
  const isField = lastPart(apiPath(scope, callee) ?? "") === "F";
  return isField ? textOf(scope, positionalOf(part)[0]) : undefined;
}

function readTogether(
  scope: Scope,
  option: string,
  value: Extract<Expression, { kind: "list" | "tuple" | "set" }>,
): readonly Index[] | undefined {
  const kind = option === "unique_together" ? "unique" : "index";
  const isFlat = value.elements.every((element) => element.kind === "string");
  const groups = isFlat && value.elements.length > 0 ? [value] : value.elements;
  const found: Index[] = [];
  for (const group of groups) {
    const columns = textsOf(scope, group);
    if (!columns) return undefined;
    found.push({ name: undefined, kind, columns, where: undefined, method: undefined });
  }
  return found;
}

/** `class Meta` as names and what they are given. */
export function metaOf(definition: ClassDefinition): ReadonlyMap<string, Expression> {
  const meta = definition.statement.body.find(
    (line) => line.kind === "class" && line.name === "Meta",
  );
  const options = new Map<string, Expression>();
  for (const line of meta?.kind === "class" ? meta.body : []) {
    const binding = bindingOf(line);
    if (binding?.value) options.set(binding.name, binding.value);
  }
  return options;
}

/** `"shop.Order"`, `"Order"`, `Order`, `settings.AUTH_USER_MODEL`: the last word, in lower case. */
function targetTable(scope: Scope, target: Expression | undefined): string | undefined {
  const name =
    textOf(scope, target) ?? (target && classMeant(scope, target)?.statement.name) ?? undefined;
  if (name !== undefined) return lastPart(name).toLowerCase();
  return target?.kind === "attribute" && target.name === "AUTH_USER_MODEL" ? "user" : undefined;
}
