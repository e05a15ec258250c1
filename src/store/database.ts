// One face for the embedded PGlite and for PostgreSQL: the same SQL runs on both.

import type { Db as JobDatabase } from "pg-boss";

/** Something that runs SQL: the database itself, or one transaction of it. */
export interface Sql {
  /** Runs one statement with `$1` parameters. Rows come untyped: cross the edge with zod. */
  query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
  /** The same connection as pg-boss takes it, so that a job is sent within a transaction. */
  readonly jobs: JobDatabase;
}

export interface Database extends Sql {
  readonly kind: "pglite" | "postgres";
  /** The schemas, so that several Pywards (and tests) can share one PostgreSQL. */
  readonly schema: string;
  readonly jobSchema: string;
  /** Commits when `work` resolves and rolls back when it throws. Keep the network out of it. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
