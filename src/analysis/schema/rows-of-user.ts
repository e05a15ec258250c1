// The rows that Django reaches from whoever asks: `request.user.wallet` is the row whose `OneToOneField` leads to
// the user. https://docs.djangoproject.com/en/stable/topics/db/examples/one_to_one/

import type { Expression } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import type { Declaration } from "./facts.ts";
import {
  apiPath,
  argumentOf,
  bindingOf,
  classMeant,
  linesOf,
  type Scope,
  scopeOf,
  textOf,
} from "./names.ts";
import { schemaOf } from "./schema.ts";
import { userModelOf } from "./user-model.ts";

const known = new WeakMap<Program, ReadonlyMap<string, Declaration>>();

/** By the attribute of the user under which there is one row. */
export function rowsOfUser(program: Program): ReadonlyMap<string, Declaration> {
  const before = known.get(program);
  if (before) return before;
  const rows = new Map<string, Declaration>();
  known.set(program, rows);
  for (const [definition, declaration] of schemaOf(program).mapped.byClass) {
    const scope = scopeOf(program, definition.module);
    for (const line of linesOf(definition.statement.body)) {
      const call = bindingOf(line)?.value;
      if (call?.kind !== "call") continue;
      if (!/^django\..*\bOneToOneField$/u.test(apiPath(scope, call.callee) ?? "")) continue;
      if (!isUser(scope, argumentOf(call, "to", 0))) continue;
      const name = textOf(scope, argumentOf(call, "related_name"));
      rows.set(name ?? definition.statement.name.toLowerCase(), declaration);
    }
  }
  return rows;
}

function isUser(scope: Scope, target: Expression | undefined): boolean {
  if (!target) return false;
  const named = target.kind === "string" ? target.value : undefined;
  if (named === "auth.User" || apiPath(scope, target) === "django.contrib.auth.models.User")
    return true;
  if (target.kind === "attribute" && target.name === "AUTH_USER_MODEL") return true;
  const user = userModelOf(scope.program);
  return (
    user !== undefined &&
    (classMeant(scope, target) === user || named?.split(".").at(-1) === user.statement.name)
  );
}
