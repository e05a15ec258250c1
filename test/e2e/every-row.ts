// Every row of every table that Pyward has made, its queue's included, as text to be searched.

import type { Database } from "../../src/store/database.ts";

interface TableRow {
  readonly schema: string;
  readonly name: string;
}

/** One line of JSON for each row, which begins with its table's name. */
export async function everyRow(database: Pick<Database, "query">): Promise<readonly string[]> {
  const tables = (await database.query(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_schema in ('pyward', 'pyward_jobs') and table_type = 'BASE TABLE'`,
  )) as readonly TableRow[];
  const rows: string[] = [];
  for (const { schema, name } of tables) {
    for (const row of await database.query(`select * from ${schema}.${name}`)) {
      rows.push(`${schema}.${name} ${JSON.stringify(row)}`);
    }
  }
  return rows;
}
