// Indexes that Django's migrations add.
// https://docs.djangoproject.com/en/stable/ref/migration-operations/

import { childrenOf, expressionsOf } from "../../flow/language/definitions.ts";
import type { Expression } from "../../python/syntax.ts";
import type { Column, Index } from "./facts.ts";
import type { Found, Migration } from "./migration.ts";
import { apiPath, argumentOf, lastPart, type Scope, textOf } from "./names.ts";
import { appLabel, djangoTable, readDjangoIndex, readField, readOption } from "./read-django.ts";

/** Django's migrations repeat what the models say; only indexes that the models lack are news. */
export function readDjangoMigration(scope: Scope): Migration {
  const found: Found = { declarations: [], indexes: [], gone: [], dropped: [] };
  const app = appLabel(scope.module.path);
  for (const statement of scope.module.body) {
    if (statement.kind !== "class" || statement.name !== "Migration") continue;
    for (const line of statement.body)
      for (const expression of expressionsOf(line)) readDjangoCalls(scope, app, expression, found);
  }
  return found;
}

function readDjangoCalls(scope: Scope, app: string, expression: Expression, found: Found): void {
  const path = expression.kind === "call" ? apiPath(scope, expression.callee) : undefined;
  if (expression.kind !== "call" || !path?.startsWith("django.")) {
    for (const child of childrenOf(expression)) readDjangoCalls(scope, app, child, found);
    return;
  }
  const model = textOf(scope, argumentOf(expression, "model_name", 0));
  const table = model === undefined ? undefined : djangoTable(app, model);
  const add = (index: Index): void => {
    found.indexes.push({ table, index });
  };
  switch (lastPart(path)) {
    case "AddIndex":
    case "AddIndexConcurrently":
    case "AddConstraint": {
      const given = argumentOf(expression, "index", 1) ?? argumentOf(expression, "constraint", 1);
      const index = given?.kind === "call" ? readDjangoIndex(scope, given) : undefined;
      if (index && index !== "other") add(index);
      return;
    }
    case "AddField":
    case "AlterField": {
      const field = argumentOf(expression, "field", 2);
      const name = textOf(scope, argumentOf(expression, "name", 1));
      const column =
        field?.kind === "call" && name !== undefined
          ? readField(scope, name, field, expression)
          : undefined;
      if (column?.isIndexed || column?.isUnique) add(single(column));
      return;
    }
    case "RemoveIndex":
    case "RemoveIndexConcurrently":
    case "RemoveConstraint": {
      const name = textOf(scope, argumentOf(expression, "name", 1));
      const { start, end } = expression;
      if (name !== undefined)
        found.dropped.push({ name, span: { module: scope.module, start, end } });
      return;
    }
    case "AlterUniqueTogether":
    case "AlterIndexTogether": {
      const option =
        lastPart(path) === "AlterUniqueTogether" ? "unique_together" : "index_together";
      const given = argumentOf(expression, option, 1);
      const own = textOf(scope, argumentOf(expression, "name", 0));
      for (const index of (given && readOption(scope, option, given)) ?? [])
        found.indexes.push({ table: own === undefined ? undefined : djangoTable(app, own), index });
      return;
    }
    default:
      for (const child of childrenOf(expression)) readDjangoCalls(scope, app, child, found);
  }
}

function single(column: Column): Index {
  const { name, isUnique } = column;
  return {
    name: undefined,
    kind: isUnique ? "unique" : "index",
    columns: [name],
    where: undefined,
    method: undefined,
  };
}
