// The migrations of a program: what each does, and which come after which.

import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";
import { scopeOf } from "../schema/names.ts";
import { importsAlembic } from "../schema/read-alembic.ts";
import { optionOf, readDjangoFields } from "./django-fields.ts";
import { readRevision } from "./read-alembic-steps.ts";
import { readDjangoMigrationFile } from "./read-django-steps.ts";
import { readSqlMigrations } from "./read-sql-migrations.ts";
import type { MigrationFile } from "./step.ts";

export interface Migrations {
  readonly files: readonly MigrationFile[];
  /** How many migrations come after one, on the longest way to a last one. */
  followersOf(file: MigrationFile): number;
  /** Those that follow a migration at once. */
  nextOf(file: MigrationFile): readonly MigrationFile[];
}

const known = new WeakMap<Program, Migrations>();

/** Reads a program's migrations, once. */
export function migrationsOf(program: Program): Migrations {
  const made = known.get(program) ?? readMigrations(program);
  known.set(program, made);
  return made;
}

function readMigrations(program: Program): Migrations {
  const modules = program.modules.filter(({ path }) => !isTestPath(path));
  const revisions = modules
    .filter((module) => importsAlembic(module) && /^down_revision\b/mu.test(module.text))
    .flatMap((module) => readRevision(scopeOf(program, module)) ?? []);
  const scopes = modules
    .filter(({ text }) => /^class Migration\(/mu.test(text) && /\bmigrations\b/u.test(text))
    .map((module) => scopeOf(program, module))
    .filter((scope) => optionOf(scope, "operations") !== undefined);
  const fields = readDjangoFields(scopes);
  const files = [
    ...revisions,
    ...scopes.map((scope) => readDjangoMigrationFile(scope, fields)),
    ...readSqlMigrations(program.sqlFiles.filter(({ path }) => !isTestPath(path))),
  ];
  const next = new Map<string, MigrationFile[]>();
  for (const file of files) {
    for (const name of file.after) {
      const key = `${file.history} ${name}`;
      const list = next.get(key) ?? [];
      next.set(key, list);
      list.push(file);
    }
  }
  const nextOf = (file: MigrationFile): readonly MigrationFile[] =>
    next.get(`${file.history} ${file.name}`) ?? [];
  return { files, nextOf, followersOf: longestWay(nextOf) };
}

/** Goes forward level by level; a circle, which no library would run, ends by itself. */
function longestWay(
  nextOf: (file: MigrationFile) => readonly MigrationFile[],
): (file: MigrationFile) => number {
  return (file) => {
    let length = 0;
    const met = new Set<MigrationFile>();
    let level: readonly MigrationFile[] = nextOf(file);
    while (level.length > 0) {
      length += 1;
      const fresh = level.filter((each) => !met.has(each));
      for (const each of fresh) met.add(each);
      level = [...new Set(fresh.flatMap(nextOf))];
    }
    return length;
  };
}
