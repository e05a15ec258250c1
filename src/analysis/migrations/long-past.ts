// Migrations that many others have followed: what they lack has been lived with, or mended by hand.

import type { Module } from "../../python/module.ts";
import { isSqlFile } from "../database-file.ts";
import type { Program } from "../program.ts";
import { importsAlembic } from "../schema/read-alembic.ts";
import { migrationsOf } from "./migrations.ts";
import { sqlNumberOf } from "./read-sql-migrations.ts";

/** Followers from which on a migration stays as it is. */
const manyFollowers = 6;

/** Whether a file only tells what was once done; functions that migrations share tell so too. */
export function isLongPast(program: Program, module: Module): boolean {
  if (isSqlFile(module.path)) return numberedAfter(program, module) >= manyFollowers;
  if (!importsAlembic(module)) return false;
  const { files, followersOf } = migrationsOf(program);
  const file = files.find((each) => each.module === module);
  if (file) return followersOf(file) >= manyFollowers;
  const name = /(?<name>\w+)\.py$/u.exec(module.path)?.groups?.name ?? "";
  return (
    files.length >= manyFollowers &&
    program.modules.some(({ text }) => /^down_revision\b/mu.test(text) && text.includes(name))
  );
}

/** `0007_orders.sql`, `V7__orders.sql`: how many of the folder come later. */
function numberedAfter({ sqlFiles }: Program, { path }: Module): number {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const own = sqlNumberOf(path);
  if (own === undefined) return 0;
  return sqlFiles.filter(
    (other) => other.path.startsWith(folder) && (sqlNumberOf(other.path) ?? 0n) > own,
  ).length;
}
