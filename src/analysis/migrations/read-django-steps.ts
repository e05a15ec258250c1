// What a Django migration does to tables that are in use.
// https://docs.djangoproject.com/en/stable/ref/migration-operations/

import type { CallExpression, Expression } from "../../python/syntax.ts";
import { apiPath, argumentOf, isSet, lastPart, type Scope, textOf } from "../schema/names.ts";
import { appLabel, djangoTable, readDjangoIndex } from "../schema/read-django.ts";
import {
  type DjangoFields,
  migrationName,
  operationsIn,
  optionOf,
  readDjangoField,
} from "./django-fields.ts";
import { readSqlSteps, sqlTextOf } from "./read-sql-steps.ts";
import type { MigrationFile, Step } from "./step.ts";

/** Reads a migration; `fields` tells what its fields were before. */
export function readDjangoMigrationFile(scope: Scope, fields: DjangoFields): MigrationFile {
  const { module } = scope;
  const app = appLabel(module.path);
  const dependencies = optionOf(scope, "dependencies");
  const initial = optionOf(scope, "initial");
  const after = dependenciesOf(scope, app, dependencies);
  return {
    module,
    library: "django",
    name: migrationName(module.path),
    history: app,
    after,
    afterSpan: dependencies && { module, start: dependencies.start, end: dependencies.end },
    isFirst:
      isSet(initial) ||
      optionOf(scope, "replaces") !== undefined ||
      /^0001_/u.test(migrationName(module.path)),
    isBranch: optionOf(scope, "run_before") !== undefined,
    steps: operationsIn(scope).flatMap((call) => stepsOf(scope, app, call, fields)),
  };
}

function dependenciesOf(
  scope: Scope,
  app: string,
  list: Expression | undefined,
): readonly string[] {
  if (list?.kind !== "list") return [];
  return list.elements.flatMap((pair) => {
    // An app of no known name may be any of those that are spoken of.
    if (pair.kind !== "tuple" || (app !== "" && textOf(scope, pair.elements[0]) !== app)) return [];
    return textOf(scope, pair.elements[1]) ?? [];
  });
}

function stepsOf(
  scope: Scope,
  app: string,
  call: CallExpression,
  fields: DjangoFields,
): readonly Step[] {
  const path = apiPath(scope, call.callee);
  if (!path?.startsWith("django.")) return [];
  const tableNamed = (word: string): string | undefined => {
    const model = textOf(scope, argumentOf(call, word, 0));
    return model === undefined ? undefined : djangoTable(app, model);
  };
  const table = tableNamed("model_name");
  const place = {
    span: { module: scope.module, start: call.start, end: call.end },
    by: "django" as const,
    isOutsideTransaction: isNotAtomic(scope),
  };
  const column = textOf(scope, argumentOf(call, "name", 1));
  const operation = lastPart(path);
  switch (operation) {
    case "CreateModel":
      return [{ ...place, kind: "create-table", table: tableNamed("name") }];
    case "DeleteModel":
      return [{ ...place, kind: "drop-table", table: tableNamed("name") }];
    case "RemoveConstraint":
    case "RemoveIndex":
    case "AlterUniqueTogether":
      return [{ ...place, kind: "drop-constraint", table: table ?? tableNamed("name") }];
    case "RenameModel": {
      const to = textOf(scope, argumentOf(call, "new_name", 1));
      const renamed = to === undefined ? undefined : djangoTable(app, to);
      return /\bAlterModelTable\b|\bdb_table\b/u.test(scope.module.text)
        ? []
        : [{ ...place, kind: "rename-table", table: tableNamed("old_name"), to: renamed }];
    }
    case "AddField":
      return column === undefined
        ? []
        : addedField(scope, call, column).map((change) => ({ ...place, table, ...change }));
    case "RemoveField":
      return column === undefined ? [] : [{ ...place, kind: "drop-column", table, column }];
    case "RenameField": {
      const old = textOf(scope, argumentOf(call, "old_name", 1));
      const to = textOf(scope, argumentOf(call, "new_name", 2));
      const model = textOf(scope, argumentOf(call, "model_name", 0)) ?? "";
      const before = fields.before(app, model, old ?? "", migrationName(scope.module.path));
      return old === undefined || before?.hasOwnColumnName
        ? []
        : [{ ...place, kind: "rename-column", table, column: old, to }];
    }
    case "AlterField": {
      const model = textOf(scope, argumentOf(call, "model_name", 0));
      if (model === undefined || column === undefined) return [];
      const before = fields.before(app, model, column, migrationName(scope.module.path));
      return alteredField(scope, call, column, before).map((change) => ({
        ...place,
        table,
        ...change,
      }));
    }
    case "AddIndex":
    case "AddIndexConcurrently": {
      const isConcurrent = operation === "AddIndexConcurrently";
      return [{ ...place, kind: "add-index", table, isUnique: false, isConcurrent }];
    }
    case "AddConstraint": {
      const given = argumentOf(call, "constraint", 1);
      if (given?.kind !== "call") return [];
      const type = lastPart(apiPath(scope, given.callee) ?? "");
      if (type === "CheckConstraint") return [{ ...place, kind: "add-check", table, columns: [] }];
      const index = readDjangoIndex(scope, given);
      return type === "UniqueConstraint"
        ? [
            {
              ...place,
              kind: "add-unique",
              table,
              columns: index && index !== "other" ? index.columns : [],
            },
          ]
        : [];
    }
    case "RunSQL":
      return sqlTextsOf(argumentOf(call, "sql", 0)).flatMap((text) =>
        readSqlSteps(text, place.span, place.isOutsideTransaction),
      );
    case "RunPython":
      return writesRows(scope, argumentOf(call, "code", 0))
        ? [{ ...place, kind: "run-python", table: undefined }]
        : [];
    default:
      return [];
  }
}

function isNotAtomic(scope: Scope): boolean {
  const atomic = optionOf(scope, "atomic");
  return atomic !== undefined && !isSet(atomic);
}

function sqlTextsOf(given: Expression | undefined): readonly string[] {
  if (given?.kind === "list" || given?.kind === "tuple")
    return given.elements.flatMap((element) => sqlTextsOf(element));
  const text = sqlTextOf(given);
  return text === undefined ? [] : [text];
}

type AddColumn = Extract<Step, { readonly kind: "add-column" }>;
type FieldChange =
  | Pick<AddColumn, "kind" | "column" | "isNullable" | "filledBy" | "type">
  | Pick<Extract<Step, { readonly kind: "add-unique" }>, "kind" | "columns">
  | Pick<Extract<Step, { readonly kind: "add-index" }>, "kind" | "isUnique" | "isConcurrent">
  | Pick<Extract<Step, { readonly kind: "change-type" }>, "kind" | "column" | "from" | "to">
  | { readonly kind: "set-not-null"; readonly column: string };

/** Fields for which `blank=True` lets Django fill in an empty text. */
const texts =
  /^(?:Char|Text|Email|URL|Slug|FilePath|File|Image|Binary|CommaSeparatedInteger)Field$/u;
/** Fields without a column, and those that the database or the library always fills in. */
const filled = /^(?:ManyToMany|Generated|Auto|BigAuto|SmallAuto)Field$/u;

function addedField(scope: Scope, call: CallExpression, column: string): readonly FieldChange[] {
  const given = argumentOf(call, "field", 2);
  const field = readDjangoField(scope, given);
  if (!field || given?.kind !== "call" || filled.test(field.type)) return [];
  const has = (option: string): boolean => argumentOf(given, option) !== undefined;
  const isSelfFilled = ["auto_now", "auto_now_add"].some((option) =>
    isSet(argumentOf(given, option)),
  );
  const isEmptyText = texts.test(field.type) && isSet(argumentOf(given, "blank"));
  // Its column is the table's own key, or was made with the table.
  if (isSelfFilled || isSet(argumentOf(given, "parent_link"))) return [];
  const initial = argumentOf(given, "default");
  const isDefault =
    initial !== undefined && !(initial.kind === "singleton" && initial.value === null);
  const isCheap = has("db_default") || isEmptyText || (isDefault && field.type === "BooleanField");
  const added: FieldChange = {
    kind: "add-column",
    column,
    isNullable: field.isNullable || isSet(argumentOf(given, "primary_key")),
    filledBy: isCheap ? "database" : isDefault ? "library" : undefined,
    type: field.type,
  };
  // The default is asked once, and every row that is there gets the same value.
  const isSameForAll = field.isUnique && !field.isNullable && isDefault;
  return isSameForAll ? [added, { kind: "add-unique", columns: [] }] : [added];
}

function alteredField(
  scope: Scope,
  call: CallExpression,
  column: string,
  before: ReturnType<typeof readDjangoField>,
): readonly FieldChange[] {
  const field = readDjangoField(scope, argumentOf(call, "field", 2));
  // What has no column of its own changes nothing in the table.
  if (!field || !before || filled.test(field.type) || filled.test(before.type)) return [];
  const found: FieldChange[] = [];
  if (before.isNullable && !field.isNullable) found.push({ kind: "set-not-null", column });
  if (!before.isUnique && field.isUnique) found.push({ kind: "add-unique", columns: [column] });
  else if (!before.isIndexed && field.isIndexed)
    found.push({ kind: "add-index", isUnique: false, isConcurrent: false });
  const length = (each: typeof field): string =>
    each.maxLength === undefined ? each.type : `${each.type}(${each.maxLength})`;
  const isCounted = [before, field].every(({ maxLength }) => maxLength !== undefined);
  if (before.type !== field.type || isCounted)
    found.push({ kind: "change-type", column, from: length(before), to: length(field) });
  return found;
}

/** Whether the function given to `RunPython` changes rows; one that is not at hand is taken not to. */
function writesRows(scope: Scope, code: Expression | undefined): boolean {
  if (code?.kind !== "name") return false;
  const statement = scope.module.body.find(
    (each) => each.kind === "function" && each.name === code.id,
  );
  const text = statement ? scope.module.text.slice(statement.start, statement.end) : "";
  return /\.(?:save|update|bulk_update|bulk_create|create|delete|update_or_create|get_or_create)\(|\bUPDATE\b/u.test(
    text,
  );
}
