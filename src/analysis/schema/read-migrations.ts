// What a module's migrations say, in whichever library they are written.

import type { Module } from "../../python/module.ts";
import type { Program } from "../program.ts";
import type { Migration } from "./migration.ts";
import { scopeOf } from "./names.ts";
import { importsAlembic, readAlembic } from "./read-alembic.ts";
import { readDjangoMigration } from "./read-django-migration.ts";

/** Reads what a module's migrations do; cheap for a module that holds none. */
export function readMigration(program: Program, module: Module): Migration | undefined {
  const scope = scopeOf(program, module);
  if (importsAlembic(module)) return readAlembic(scope);
  if (/\bmigrations\b/u.test(module.text)) return readDjangoMigration(scope);
  return undefined;
}
