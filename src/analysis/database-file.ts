// Files beside Python that tell of a program's database: SQL that makes its tables, and what names a
// driver, a server or an address.

import { isLockFile, isManifest } from "./dependencies/manifest.ts";

/** Tables and indexes as text: `schema.sql`, `migrations/0002_orders.sql`. */
export function isSqlFile(path: string): boolean {
  return /\.(?:sql|pgsql|psql|ddl)$/iu.test(path);
}

/** What undoes a migration, by the habits of those who run plain SQL. */
export function isUndoingSql(path: string): boolean {
  return /(?:^|[./_-])(?:down|rollback|undo|revert|drop)(?:[./_-]|$)/iu.test(
    path.slice(path.lastIndexOf("/") + 1),
  );
}

const telling =
  /(?:^|\/)(?:alembic\.ini|(?:docker-)?compose[^/]*\.ya?ml|(?:[^/]*\.)?env(?:\.(?!py)[^/]*)?)$/iu;

/** Manifests, compose files and addresses: what they hold decides which database is meant. */
export function isDatabaseHint(path: string): boolean {
  return telling.test(path) || (isManifest(path) && !isLockFile(path));
}
