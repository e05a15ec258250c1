// Opens the store: embedded in a folder, or on PostgreSQL where an address is given.

import type { Database } from "./database.ts";
import { openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";
import type { StoreBroken } from "./store-broken.ts";

export interface DatabaseOptions {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** A plain lower-case word; `pyward` unless told. */
  readonly schema?: string;
  /** Told once, when the embedded store broke for as long as this process lives. */
  readonly onBroken?: (broken: StoreBroken) => void;
}

/** Opens the store. Throws `CannotStart` when the folder is in use or PostgreSQL cannot be reached. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const schema = options.schema ?? "pyward";
  if (!/^[a-z][a-z0-9_]{0,40}$/u.test(schema)) throw new Error(`not a schema's name: ${schema}`);
  return options.databaseUrl === undefined
    ? await openEmbedded(options.dataDir, schema, options.onBroken)
    : await openPostgres(options.databaseUrl, schema);
}
