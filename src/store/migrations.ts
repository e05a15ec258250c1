// How the store's tables came to be, step by step. A step that was released is never changed.

import { z } from "zod";
import { CannotStart } from "./cannot-start.ts";
import type { Database } from "./database.ts";

/**
 * Brings the store to the newest version; several processes may ask at once. While an upgrade rolls,
 * older processes start on a store that is newer than they know, as long as every step since then
 * left them what they use. `known` is how many steps this process knows: fewer in tests of upgrades.
 */
export async function migrate(database: Database, known: number = steps.length): Promise<void> {
  const { schema } = database;
  await database.transaction(async (sql) => {
    // Within the transaction, so that of two processes starting together one waits.
    await sql.query("select pg_advisory_xact_lock(hashtext($1))", [`pyward:${schema}`]);
    await sql.query(`create schema if not exists ${schema}`);
    await sql.query(`create table if not exists ${schema}.version (number integer not null)`);
    await sql.query(
      `alter table ${schema}.version add column if not exists oldest integer not null default 1`,
    );
    const rows = versions.parse(await sql.query(`select number, oldest from ${schema}.version`));
    const { number: current, oldest } = rows[0] ?? { number: 0, oldest: 1 };
    if (oldest > known) {
      throw new CannotStart(
        `The store was made by a newer Pyward (version ${current}, this one knows ${known}); start that one.`,
      );
    }
    if (current >= known) return;
    for (const step of steps.slice(current, known)) {
      for (const statement of step(schema)) await sql.query(statement);
    }
    if (rows.length === 0) await sql.query(`insert into ${schema}.version values (0)`);
    await sql.query(`update ${schema}.version set number = $1, oldest = $2`, [
      known,
      Math.min(known, oldestAtHome),
    ]);
  });
}

/**
 * The oldest version whose Pyward can work with the newest store: to be raised by a step that takes
 * away or changes what older ones use.
 */
const oldestAtHome = 1;

/** The version of a store, 0 where it is empty, and the oldest one whose Pyward can work with it. */
export interface StoreVersion {
  readonly number: number;
  readonly oldest: number;
}

/** Reads the version of the store at hand, and changes nothing. */
export async function readVersion({ schema, query }: Database): Promise<StoreVersion> {
  const tables = await query("select 1 from pg_tables where schemaname = $1 and tablename = $2", [
    schema,
    "version",
  ]);
  // An older store does not tell of the oldest.
  const rows = tables.length === 0 ? [] : await query(`select * from ${schema}.version`);
  return versions.parse(rows)[0] ?? { number: 0, oldest: 1 };
}

const versions = z.array(
  z.object({ number: z.coerce.number(), oldest: z.coerce.number().default(1) }),
);

type Step = (schema: string) => readonly string[];

const steps: readonly Step[] = [
  (schema) => [
    // What a webhook delivery asks of us. GitHub's id of the delivery is the same when it is sent
    // again, so this is also the memory of what was heard.
    `create table ${schema}.request (
       delivery text primary key,
       slot text not null,
       ask jsonb not null,
       state text not null check (state in ('waiting', 'done', 'failed')),
       attempts integer not null default 0,
       received_at timestamptz not null default now(),
       settled_at timestamptz
     )`,
    `create index request_waiting on ${schema}.request (slot, received_at) where state = 'waiting'`,
    // One attempt to review one head, and the check run that tells of it.
    `create table ${schema}.review (
       id uuid primary key,
       slot text not null,
       head text not null,
       check_run bigint,
       state text not null check (state in ('running', 'done', 'superseded', 'failed')),
       started_at timestamptz not null default now(),
       ended_at timestamptz
     )`,
    `create index review_slot on ${schema}.review (slot, started_at)`,
    // Things said at most once, even when the attempt that said them is tried again.
    `create table ${schema}.said (
       what text primary key,
       at timestamptz not null default now()
     )`,
  ],
  (schema) => [
    // What a person decided about a finding, a rule or all our comments. Decisions about findings
    // hold in the whole repository, and have their rule here to be found by.
    `create table ${schema}.decision (
       repository_id bigint not null,
       number integer not null,
       subject text not null,
       rule text,
       decision jsonb not null,
       made_at timestamptz not null default now(),
       primary key (repository_id, number, subject)
     )`,
    `create index decision_rule on ${schema}.decision (repository_id, rule)`,
  ],
  (schema) => [
    // Whose work it is: so that one busy installation does not keep the others waiting, and so that
    // everything goes when an installation does.
    `alter table ${schema}.request add column installation bigint`,
    `update ${schema}.request set installation = (ask->'place'->>'installation')::bigint`,
    `create index request_installation on ${schema}.request (installation) where state = 'waiting'`,
    `create index request_settled on ${schema}.request (settled_at)`,
    `create index review_running on ${schema}.review (started_at) where state = 'running'`,
    `create table ${schema}.repository (
       id bigint primary key,
       installation bigint not null
     )`,
    `create index repository_installation on ${schema}.repository (installation)`,
    `insert into ${schema}.repository (id, installation)
       select (ask->'place'->>'repositoryId')::bigint, max(installation)
       from ${schema}.request where ask ? 'place' group by 1`,
    // Who does what only one process may do; the database's clock tells until when.
    `create table ${schema}.lease (
       name text primary key,
       holder text not null,
       until timestamptz not null
     )`,
  ],
  // What a review's own page tells: places, rules and counts, no code.
  (schema) => [`alter table ${schema}.review add column account jsonb`],
  (schema) => [
    // What a review was of beside its head, so that what was asked twice is not reviewed twice.
    `alter table ${schema}.review add column base text, add column is_draft boolean`,
  ],
  // Which of two reviews is newer must not hang on a clock that jumps, nor on two within a millisecond.
  (schema) => [
    `alter table ${schema}.review add column ordinal bigint generated always as identity`,
  ],
  (schema) => [
    // Until when comments are held back, because GitHub allows few requests more.
    `alter table ${schema}.review add column held_until timestamptz`,
    `create index review_held on ${schema}.review (held_until) where held_until is not null`,
  ],
];

/** The version that this Pyward makes. */
export const latestVersion = steps.length;
