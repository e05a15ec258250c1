// Migrations that cannot be taken back: the way back is missing, or does nothing.

import type { Span } from "../../python/module.ts";
import type { FunctionStatement, Statement } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import { apiPath, argumentOf, isSet, lastPart, scopeOf } from "../schema/names.ts";
import { operationsOf } from "../schema/read-alembic.ts";
import { operationsIn, optionOf } from "./django-fields.ts";
import { migrationsOf } from "./migrations.ts";
import type { MigrationFile } from "./step.ts";

export interface OneWay {
  readonly kind: "run-python" | "run-sql" | "downgrade";
  readonly span: Span;
}

/** So many revisions without a way back, and none with one, are a decision. */
const manyRevisions = 5;
/** Followers from which on a migration stays. */
const manyFollowers = 3;

/** What of a program's migrations does not go back. */
export function* oneWayMigrations(program: Program): Iterable<OneWay> {
  const { files, followersOf } = migrationsOf(program);
  const revisions = files.filter(({ library }) => library === "alembic");
  const isDecided =
    revisions.length >= manyRevisions && revisions.every((file) => !goesBack(downgradeOf(file)));
  for (const file of files) {
    // Nobody goes back that far.
    if (followersOf(file) >= manyFollowers) continue;
    if (file.library === "django") yield* operationsWithoutReverse(program, file);
    else if (!isDecided) yield* emptyDowngrade(program, file);
  }
}

function* operationsWithoutReverse(program: Program, file: MigrationFile): Iterable<OneWay> {
  const { module } = file;
  const scope = scopeOf(program, module);
  if (optionOf(scope, "replaces")) return;
  for (const call of operationsIn(scope)) {
    const path = apiPath(scope, call.callee) ?? "";
    const name = lastPart(path);
    if (!path.startsWith("django.") || (name !== "RunPython" && name !== "RunSQL")) continue;
    if (call.arguments.some(({ spread }) => spread !== "") || isSet(argumentOf(call, "elidable")))
      continue;
    const isPython = name === "RunPython";
    const back = argumentOf(call, isPython ? "reverse_code" : "reverse_sql", 1);
    const forward = argumentOf(call, isPython ? "code" : "sql", 0);
    const isNothing = /\bnoop$/u.test(
      forward ? module.text.slice(forward.start, forward.end) : "noop",
    );
    if (isSet(back) || isNothing || isReversibleList(forward)) continue;
    yield {
      kind: isPython ? "run-python" : "run-sql",
      span: { module, start: call.start, end: call.end },
    };
  }
}

function isReversibleList(forward: ReturnType<typeof argumentOf>): boolean {
  return forward?.kind === "list" && forward.elements.length === 0;
}

function* emptyDowngrade(program: Program, file: MigrationFile): Iterable<OneWay> {
  const down = downgradeOf(file);
  if (!down || goesBack(down)) return;
  const scope = scopeOf(program, file.module);
  if (operationsOf(scope).length === 0) return;
  const { nameStart: start, name } = down;
  yield { kind: "downgrade", span: { module: file.module, start, end: start + name.length } };
}

function downgradeOf({ module }: MigrationFile): FunctionStatement | undefined {
  return module.body.find(
    (statement): statement is FunctionStatement =>
      statement.kind === "function" && statement.name === "downgrade",
  );
}

/** Anything but `pass`, `return` and words; to raise is to say that there is no way back. */
function goesBack(down: FunctionStatement | undefined): boolean {
  return down?.body.some((statement) => !isNothing(statement)) === true;
}

function isNothing(statement: Statement): boolean {
  if (statement.kind === "return") return statement.value === undefined;
  if (statement.kind !== "expression") return statement.kind === "pass";
  return statement.value.kind === "string" || statement.value.kind === "singleton";
}
