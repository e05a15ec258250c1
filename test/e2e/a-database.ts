// A PostgreSQL database of its own for one test: on the server that DATABASE_URL names, else on one that
// is started here.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect } from "vitest";
import { aFolder } from "../a-folder.ts";

const given = process.env.DATABASE_URL;

/** Is there a server, or one that can be started? */
export const isPostgresHere = given !== undefined || isThere("postgres", "initdb");

export interface TestDatabase {
  readonly url: string;
  /** To be called when nobody uses it any more. */
  close(): Promise<void>;
}

export async function aDatabase(): Promise<TestDatabase> {
  if (given === undefined) return await startPostgres();
  const name = `pyward_${randomUUID().replaceAll("-", "_")}`;
  await ask(given, `create database ${name}`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    close: () => ask(given, `drop database ${name} with (force)`),
  };
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to run as root. */
async function startPostgres(): Promise<TestDatabase> {
  const folder = aFolder("postgres");
  const port = await freePort();
  const isRoot = userInfo().uid === 0;
  const [command, ...before] = isRoot
    ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    : ["env"];
  if (command === undefined) throw new Error("no command");
  if (isRoot) execFileSync("chown", ["postgres", folder]);
  const data = join(folder, "data");
  execFileSync(command, [...before, "initdb", "-D", data, "-U", "pyward", "--auth=trust"]);
  const server: ChildProcess = spawn(
    command,
    [...before, "postgres", "-D", data, "-p", String(port), "-k", "", "-h", "127.0.0.1"],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  server.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  await expect.poll(() => said, { timeout: 60_000 }).toContain("ready to accept connections");
  return {
    url: `postgres://pyward@127.0.0.1:${port}/postgres`,
    async close() {
      server.kill("SIGKILL");
    },
  };
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function isThere(...programs: readonly string[]): boolean {
  const folders = (process.env.PATH ?? "").split(":");
  return programs.every((program) => folders.some((folder) => existsSync(join(folder, program))));
}
