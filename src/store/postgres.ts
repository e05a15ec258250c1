// The store on PostgreSQL, for those who run one or want several Pywards side by side.

import pg from "pg";
import type { Db as JobDatabase } from "pg-boss";
import { CannotStart } from "./cannot-start.ts";
import type { Database, Sql } from "./database.ts";

export async function openPostgres(databaseUrl: string, schema: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: "pyward",
    max: 10,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end us.
  pool.on("error", () => {});
  // One that breaks while a transaction has it tells the transaction's next statement, and its listeners:
  // without one of them, that would end us too.
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    const why = error instanceof Error ? error.message : "unknown error";
    throw new CannotStart(`PostgreSQL at DATABASE_URL cannot be reached: ${why}.`, {
      cause: error,
    });
  }
  return {
    kind: "postgres",
    schema,
    jobSchema: `${schema}_jobs`,
    ...sqlOn(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query("begin");
        const result = await work(sqlOn(client));
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch((failure: unknown) => {
          broken = failure instanceof Error ? failure : new Error("rollback failed");
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

function sqlOn(connection: pg.Pool | pg.PoolClient): Sql {
  const jobs: JobDatabase = {
    executeSql: async (text, values) => {
      // Without parameters pg answers one result for each statement.
      const result: unknown = await connection.query(text, values ?? []);
      const results = (Array.isArray(result) ? result : [result]) as pg.QueryResult[];
      return { rows: results.flatMap((one) => one.rows ?? []) };
    },
  };
  return {
    query: async (text, values) => (await connection.query(text, [...(values ?? [])])).rows,
    jobs,
  };
}
