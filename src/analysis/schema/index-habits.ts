// How a project writes its indexes and its migrations, so that advice is in its own way.

import type { Module } from "../../python/module.ts";
import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";
import type { ColumnStyle } from "./facts.ts";
import { importsAlembic } from "./read-alembic.ts";

export interface IndexHabit {
  /** Beside the columns: `Index(...)` in `__table_args__`, `models.Index(...)` in `Meta.indexes`. */
  readonly isApart: boolean;
  /** What brings a change of a model to the database. */
  readonly migrations: "alembic" | "django" | undefined;
}

const onColumn = /\b(?:db_)?index\s*=\s*True\b/gu;
const apart = /\bIndex\(/gu;

/** The habit of the file decides, else that of all files with models of this kind. */
export function indexHabit(program: Program, module: Module, style: ColumnStyle): IndexHabit {
  const models = modelFiles(program);
  const own = balanceOf([module]);
  const all =
    own === 0 ? balanceOf(models.filter((each) => library(each) === library(module))) : own;
  const isDjango = style === "django";
  const usesAlembic = program.modules.some(({ text }) => importsAlembic(text));
  return {
    isApart: all > 0,
    migrations: isDjango ? "django" : usesAlembic ? "alembic" : undefined,
  };
}

const known = new WeakMap<Program, readonly Module[]>();

function modelFiles(program: Program): readonly Module[] {
  const before = known.get(program);
  if (before) return before;
  const found = program.modules.filter(
    ({ path, text }) =>
      !isTestPath(path) &&
      /\bclass\s+\w+\(/u.test(text) &&
      !/^class Migration\(|^(?:from|import)\s+alembic\b/mu.test(text),
  );
  known.set(program, found);
  return found;
}

function library({ text }: Module): string {
  return /\bdjango\b/u.test(text)
    ? "django"
    : /\bsqlmodel\b|\bsqlalchemy\b/u.test(text)
      ? "sqlalchemy"
      : "";
}

/** Above zero where more indexes stand apart than on columns. */
function balanceOf(modules: readonly Module[]): number {
  const count = (pattern: RegExp): number =>
    modules.reduce((sum, { text }) => sum + (text.match(pattern)?.length ?? 0), 0);
  return count(apart) - count(onColumn);
}
