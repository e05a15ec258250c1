// What Django's migrations have said of each field, so that a change of one is seen as a change.

import type { CallExpression, Expression } from "../../python/syntax.ts";
import { apiPath, argumentOf, isSet, lastPart, type Scope, textOf } from "../schema/names.ts";
import { appLabel } from "../schema/read-django.ts";

export interface DjangoField {
  /** `CharField` */
  readonly type: string;
  readonly isNullable: boolean;
  readonly isIndexed: boolean;
  readonly isUnique: boolean;
  readonly maxLength: number | undefined;
  readonly hasOwnColumnName: boolean;
}

/** Tells what a field was before a migration; `undefined` where that is not known. */
export interface DjangoFields {
  before(app: string, model: string, field: string, migration: string): DjangoField | undefined;
}

const ownFields = /^django\.(?:contrib\.(?:gis|postgres)\.)?(?:db\.models|fields)\b/u;

/** A field of Django's own; `undefined` for anybody else's. */
export function readDjangoField(
  scope: Scope,
  call: Expression | undefined,
): DjangoField | undefined {
  if (call?.kind !== "call" || call.arguments.some(({ spread }) => spread !== "")) return undefined;
  const path = apiPath(scope, call.callee) ?? "";
  const type = lastPart(path);
  const isReference = type === "ForeignKey" || type === "OneToOneField";
  if (!ownFields.test(path) || (!isReference && !type.endsWith("Field"))) return undefined;
  const length = argumentOf(call, "max_length");
  return {
    type,
    isNullable: isSet(argumentOf(call, "null")),
    isIndexed: isReference || type === "SlugField" || isSet(argumentOf(call, "db_index")),
    isUnique: type === "OneToOneField" || isSet(argumentOf(call, "unique")),
    maxLength: length?.kind === "number" ? length.value : undefined,
    hasOwnColumnName: argumentOf(call, "db_column") !== undefined,
  };
}

/** The calls in the list of a migration's `operations`, those for the database only. */
export function operationsIn(scope: Scope): readonly CallExpression[] {
  const list = optionOf(scope, "operations");
  return list ? callsIn(scope, list) : [];
}

function callsIn(scope: Scope, list: Expression): readonly CallExpression[] {
  if (list.kind === "binary") return [...callsIn(scope, list.left), ...callsIn(scope, list.right)];
  if (list.kind !== "list" && list.kind !== "tuple") return [];
  return list.elements.flatMap((element) => {
    if (element.kind !== "call") return [];
    if (lastPart(apiPath(scope, element.callee) ?? "") !== "SeparateDatabaseAndState")
      return [element];
    const inner = argumentOf(element, "database_operations", 0);
    return inner ? callsIn(scope, inner) : [];
  });
}

/** What the `Migration` class of a module gives one of its attributes. */
export function optionOf(scope: Scope, name: string): Expression | undefined {
  for (const statement of scope.module.body) {
    if (statement.kind !== "class" || statement.name !== "Migration") continue;
    for (const line of statement.body) {
      const isNamed =
        line.kind === "assign" &&
        line.targets.some((target) => target.kind === "name" && target.id === name);
      if (isNamed) return line.value;
    }
  }
  return undefined;
}

/** The name of a migration: `0002_order_state`. */
export function migrationName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.py$/u, "");
}

/** Reads the fields of every migration; their names begin with their number in the order. */
export function readDjangoFields(scopes: readonly Scope[]): DjangoFields {
  const said = new Map<
    string,
    { readonly by: string; readonly field: DjangoField | undefined }[]
  >();
  for (const scope of scopes) {
    const { path } = scope.module;
    const app = appLabel(path);
    const note = (
      model: string | undefined,
      name: string | undefined,
      field: DjangoField | undefined,
    ): void => {
      if (model === undefined || name === undefined) return;
      const key = keyOf(app, model, name);
      const list = said.get(key) ?? [];
      said.set(key, list);
      list.push({ by: migrationName(path), field });
    };
    for (const call of operationsIn(scope)) {
      const model = textOf(scope, argumentOf(call, "model_name", 0));
      const name = textOf(scope, argumentOf(call, "name", 1));
      switch (lastPart(apiPath(scope, call.callee) ?? "")) {
        case "CreateModel": {
          const created = textOf(scope, argumentOf(call, "name", 0));
          const fields = argumentOf(call, "fields", 1);
          for (const pair of fields?.kind === "list" ? fields.elements : []) {
            if (pair.kind !== "tuple") continue;
            note(
              created,
              textOf(scope, pair.elements[0]),
              readDjangoField(scope, pair.elements[1]),
            );
          }
          break;
        }
        case "AddField":
        case "AlterField":
          note(model, name, readDjangoField(scope, argumentOf(call, "field", 2)));
          break;
        case "RemoveField":
          note(model, name, undefined);
          break;
        case "RenameField":
          note(model, textOf(scope, argumentOf(call, "new_name", 2)), undefined);
          break;
        default:
      }
    }
  }
  return {
    before(app, model, field, migration) {
      const earlier = (said.get(keyOf(app, model, field)) ?? [])
        .filter(({ by }) => by < migration)
        .toSorted((a, b) => (a.by < b.by ? -1 : 1));
      return earlier.at(-1)?.field;
    },
  };
}

function keyOf(app: string, model: string, field: string): string {
  return `${app}.${model.toLowerCase()}.${field}`;
}
