// The embedded store: PGlite in a folder of its own. Two processes on one folder would destroy it,
// so the folder is locked for as long as it is open.

import { existsSync, mkdirSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Transaction } from "@electric-sql/pglite";
import { fromPglite, type Db as JobDatabase } from "pg-boss";
import { CannotStart } from "./cannot-start.ts";
import type { Database } from "./database.ts";
import { StoreBroken } from "./store-broken.ts";
import { WatchedPGlite } from "./watched-pglite.ts";

/** `onBroken` is called at most once, when the store broke and this process can do nothing more with it. */
export async function openEmbedded(
  dataDir: string,
  schema: string,
  onBroken: (broken: StoreBroken) => void = () => {},
): Promise<Database> {
  const unlock = lockFolder(dataDir);
  const pglite = new WatchedPGlite(join(dataDir, "database"), (panic) => {
    onBroken(
      new StoreBroken(
        `The store in ${dataDir} broke: ${panic.message}. ${adviceOn(dataDir)} Nothing that was stored is lost.`,
        { cause: panic },
      ),
    );
  });
  try {
    await pglite.waitReady;
  } catch (error) {
    unlock();
    throw new CannotStart(
      hasRoom(dataDir)
        ? `The data in ${dataDir} cannot be opened; move the folder away to begin anew.`
        : `The data in ${dataDir} cannot be opened: the disk is full. ${adviceOn(dataDir)}`,
      { cause: error },
    );
  }
  return {
    kind: "pglite",
    schema,
    jobSchema: `${schema}_jobs`,
    query: async (text, values) => (await pglite.query(text, [...(values ?? [])])).rows,
    jobs: fromPglite(pglite),
    transaction: (work) =>
      pglite.transaction((transaction) =>
        work({
          query: async (text, values) => (await transaction.query(text, [...(values ?? [])])).rows,
          jobs: jobsWithin(transaction),
        }),
      ),
    close: async () => {
      try {
        if (!pglite.isBroken) await pglite.close();
      } finally {
        unlock();
      }
    },
  };
}

/** What the store's log grows by at once, and some more: with less room than this, in bytes, it may fail. */
const leastRoom = 64 * 1024 * 1024;

function hasRoom(dataDir: string): boolean {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize >= leastRoom;
}

function adviceOn(dataDir: string): string {
  return hasRoom(dataDir)
    ? "Start Pyward again."
    : `Make room on its disk, at least ${leastRoom / 1024 / 1024} MB, and start Pyward again.`;
}

/**
 * An exclusive lock that the operating system takes back when the process ends, however it ends.
 * SQLite is there for its file locks only: Node has none, and a file with a process id is wrong in
 * containers, where every process has the same id. Returns the way to unlock.
 */
function lockFolder(dataDir: string): () => void {
  let lock: DatabaseSync;
  try {
    makeFolder(dataDir);
    lock = new DatabaseSync(join(dataDir, "lock"));
  } catch (error) {
    throw new CannotStart(
      `The data folder ${dataDir} cannot be written; set DATA_DIR to one that can.`,
      {
        cause: error,
      },
    );
  }
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw new CannotStart(
      `The data folder ${dataDir} is in use by another Pyward; stop that one, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
  return () => lock.close();
}

/** Node's own `recursive` never comes back from folders like /proc, which are there but take nothing. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Two that start at once may both try; the lock decides between them.
    if (!existsSync(path)) throw error;
  }
}

/** pg-boss sends several statements at once where it has no parameters, as simple queries do. */
function jobsWithin(transaction: Transaction): JobDatabase {
  return {
    executeSql: async (text, values) => {
      if (values !== undefined && values.length > 0) return await transaction.query(text, values);
      const results = await transaction.exec(text);
      return { rows: results.flatMap((result) => result.rows) };
    },
  };
}
