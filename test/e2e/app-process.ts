// The App in a process of its own, as tests that end it start it, and PostgreSQL databases of their own.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { Role } from "../../src/settings.ts";
import type { Order } from "./misfortune.ts";

const script = fileURLToPath(new URL("./serve-markers.ts", import.meta.url));

/** How long a process may take to say what is waited for, in milliseconds, on a busy machine. */
const patience = 90_000;

export interface AppProcess {
  readonly child: ChildProcess;
  output(): string;
  says(words: string): Promise<void>;
  /** Resolves to where it listens. */
  listening(): Promise<string>;
  /** Tells it what is to go wrong inside. */
  order(order: Order): void;
  /** Resolves to the exit code; `null` after a signal that was not handled. */
  ended(): Promise<number | null>;
  /** Sends the signal, if it still runs, and waits for its end. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts it with these settings alone; see `serve-markers.ts`. */
export function startAppProcess(
  environment: Readonly<Record<string, string>>,
  role: Role = "all",
): AppProcess {
  const child: ChildProcess = spawn(process.execPath, [script, role], {
    env: { PORT: "0", HOST: "127.0.0.1", ...environment, PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  // A process that was killed hears no order any more; that is what its end tells.
  child.on("error", () => {});
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const says = async (words: string) => {
    const deadline = performance.now() + patience;
    while (!output.includes(words)) {
      if (performance.now() > deadline) throw new Error(`it never said "${words}":\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return {
    child,
    says,
    output: () => output,
    async listening() {
      await says("ready ");
      return `http://127.0.0.1:${/^ready (\d+)$/mu.exec(output)?.[1]}`;
    },
    order: (order) => void child.send(order),
    ended: () => ended,
    async kill(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return await ended;
    },
  };
}

/** The server itself refuses, with its own code for it, so that transactions break as they would. */
const diskThatFills = `
  create schema disk;
  create table disk.state as select false as is_full;
  create function disk.check_room() returns trigger language plpgsql as $$
    begin
      if (select is_full from disk.state) then
        raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
      end if;
      return null;
    end $$;
  do $$
    declare held regclass;
    begin
      for held in select format('%I.%I', schemaname, tablename) from pg_tables
        where schemaname like 'pyward%'
      loop
        execute format('create trigger check_room before insert or update on %s
          for each statement execute function disk.check_room()', held);
      end loop;
    end $$;`;

export interface OwnDatabase {
  /** For `DATABASE_URL`. */
  readonly url: string;
  /** Ends every connection to it from outside, as a restart of the server does. */
  cutConnections(): Promise<void>;
  /** On a full disk every statement fails that would write something; call it first while nobody writes. */
  setFull(isFull: boolean): Promise<void>;
  drop(): Promise<void>;
}

/** A database of its own on the server at `serverUrl`. */
export async function createDatabase(serverUrl: string, name: string): Promise<OwnDatabase> {
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const cutConnections = async () => {
    await server.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1",
      [name],
    );
  };
  await server.query(`create database ${name}`);
  let inside: pg.Client | undefined;
  return {
    url: url.href,
    cutConnections,
    async setFull(isFull) {
      if (inside === undefined) {
        inside = new pg.Client({ connectionString: url.href });
        await inside.connect();
        await inside.query(diskThatFills);
      }
      await inside.query("update disk.state set is_full = $1", [isFull]);
    },
    async drop() {
      await inside?.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
