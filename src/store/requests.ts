// The inbox: what deliveries asked for and whether it is done. A delivery that failed may come again.

import { z } from "zod";
import { type Ask, askSchema, slotOf } from "../jobs/ask.ts";
import type { Sql } from "./database.ts";

export interface Request {
  readonly delivery: string;
  readonly ask: Ask;
  /** How often it was tried. */
  readonly attempts: number;
  /** How long ago it came in, by the store's clock. */
  readonly ageSeconds: number;
}

/** What there is to do, in numbers. */
export interface Backlog {
  readonly waiting: number;
  /** Given up: an operator may replay or drop them. */
  readonly failed: number;
  /** How long the oldest waiting one has waited; 0 where none does. */
  readonly oldestSeconds: number;
  /** Reviews that have begun and not ended. */
  readonly running: number;
}

/** A request as an operator sees it: what it is about, never what was said in it. */
export interface RequestRow {
  readonly delivery: string;
  readonly slot: string;
  readonly kind: string;
  readonly state: "waiting" | "done" | "failed";
  readonly attempts: number;
  /** ISO 8601. */
  readonly receivedAt: string;
}

export interface Requests {
  /** The newest requests in a state, at most 200. */
  list(state: RequestRow["state"]): Promise<readonly RequestRow[]>;
  /** Lets failed requests wait again; tells the slots of those that do. */
  revive(deliveries: readonly string[], sql?: Sql): Promise<readonly string[]>;
  /** Gives up failed or waiting requests; tells which. They are not taken again when sent again. */
  drop(deliveries: readonly string[]): Promise<readonly string[]>;
  /**
   * Remembers the ask of a delivery. `false` where this delivery was heard before and is done or
   * still waiting: then there is nothing to do.
   */
  remember(delivery: string, ask: Ask, sql?: Sql): Promise<boolean>;
  /** What waits in a slot, oldest first. */
  waiting(slot: string): Promise<readonly Request[]>;
  /** Every slot in which something waits. */
  waitingSlots(): Promise<readonly string[]>;
  /** Counts an attempt, or takes one back that was let go. */
  countAttempt(deliveries: readonly string[], by: 1 | -1): Promise<void>;
  settle(deliveries: readonly string[], state: "done" | "failed"): Promise<void>;
  /** In how many slots something waits for an installation; up to 1,000. */
  backlog(installation: number, sql?: Sql): Promise<number>;
  /** All that waits, failed or runs. */
  wholeBacklog(): Promise<Backlog>;
}

export function createRequests(database: Sql & { readonly schema: string }): Requests {
  const table = `${database.schema}.request`;
  return {
    async remember(delivery, ask, sql = database) {
      const place = ask.kind === "forget" ? undefined : ask.place;
      const rows = await sql.query(
        `insert into ${table} (delivery, slot, ask, state, installation)
         values ($1, $2, $3, 'waiting', $4)
         on conflict (delivery) do update
           set slot = excluded.slot, ask = excluded.ask, state = 'waiting', attempts = 0,
               received_at = now(), settled_at = null
           where ${table}.state = 'failed'
         returning delivery`,
        [delivery, slotOf(ask), storable(ask), place?.installation ?? null],
      );
      if (rows.length === 0) return false;
      if (place !== undefined) {
        await sql.query(
          `insert into ${database.schema}.repository as known (id, installation) values ($1, $2)
           on conflict (id) do update set installation = excluded.installation
             where known.installation <> excluded.installation`,
          [place.repositoryId, place.installation],
        );
      }
      return true;
    },
    async waiting(slot) {
      const rows = await database.query(
        `select delivery, ask, attempts, ${ageOf("received_at")} as age from ${table}
         where slot = $1 and state = 'waiting' order by received_at, delivery`,
        [slot],
      );
      return requests.parse(rows);
    },
    async waitingSlots() {
      const rows = await database.query(
        `select distinct slot from ${table} where state = 'waiting' order by slot`,
      );
      return slots.parse(rows).map((row) => row.slot);
    },
    async countAttempt(deliveries, by) {
      await database.query(
        `update ${table} set attempts = attempts + $2 where delivery = any($1::text[])`,
        [deliveries, by],
      );
    },
    async settle(deliveries, state) {
      await database.query(
        `update ${table} set state = $2, settled_at = now() where delivery = any($1::text[])`,
        [deliveries, state],
      );
    },
    async list(state) {
      const rows = await database.query(
        `select delivery, slot, ask->>'kind' as kind, state, attempts, received_at from ${table}
         where state = $1 order by received_at desc, delivery limit 200`,
        [state],
      );
      return requestRows.parse(rows);
    },
    async revive(deliveries, sql = database) {
      const rows = await sql.query(
        `update ${table} set state = 'waiting', attempts = 0, settled_at = null
         where delivery = any($1::text[]) and state = 'failed' returning slot`,
        [deliveries],
      );
      return slots.parse(rows).map((row) => row.slot);
    },
    async drop(deliveries) {
      const rows = await database.query(
        `update ${table} set state = 'done', settled_at = now()
         where delivery = any($1::text[]) and state in ('failed', 'waiting') returning delivery`,
        [deliveries],
      );
      return z
        .array(z.object({ delivery: z.string() }))
        .parse(rows)
        .map((row) => row.delivery);
    },
    async backlog(installation, sql = database) {
      const rows = await sql.query(
        `select count(distinct slot) from (
           select slot from ${table} where installation = $1 and state = 'waiting' limit 1000
         ) as waiting`,
        [installation],
      );
      return counts.parse(rows)[0]?.count ?? 0;
    },
    async wholeBacklog() {
      const rows = await database.query(
        `select count(*) filter (where state = 'waiting') as waiting,
           count(*) filter (where state = 'failed') as failed,
           coalesce(max(${ageOf("received_at")}) filter (where state = 'waiting'), 0) as oldest,
           (select count(*) from ${database.schema}.review where state = 'running') as running
         from ${table} where state <> 'done'`,
      );
      return backlogs.parse(rows)[0];
    },
  };
}

/** Seconds since then; not negative, should the store's clock have been set back. */
function ageOf(column: string): string {
  return `greatest(0, extract(epoch from clock_timestamp() - ${column}))`;
}

/** People's words may hold what PostgreSQL takes in no text: zero bytes and halves of characters. */
function storable(ask: Ask): string {
  return JSON.stringify(ask, (_, value: unknown) =>
    typeof value === "string" ? value.toWellFormed().replaceAll("\0", "") : value,
  );
}

const requests = z.array(
  z
    .object({
      delivery: z.string(),
      ask: askSchema,
      attempts: z.coerce.number(),
      age: z.coerce.number(),
    })
    .transform(({ age, ...request }): Request => ({ ...request, ageSeconds: age })),
);

const backlogs = z.tuple([
  z
    .object({
      waiting: z.coerce.number(),
      failed: z.coerce.number(),
      oldest: z.coerce.number(),
      running: z.coerce.number(),
    })
    .transform(({ oldest, ...counts }): Backlog => ({ ...counts, oldestSeconds: oldest })),
]);

const requestRows = z.array(
  z
    .object({
      delivery: z.string(),
      slot: z.string(),
      kind: z.string(),
      state: z.enum(["waiting", "done", "failed"]),
      attempts: z.coerce.number(),
      received_at: z.coerce.date(),
    })
    .transform(
      ({ received_at: at, ...row }): RequestRow => ({ ...row, receivedAt: at.toISOString() }),
    ),
);

const counts = z.array(z.object({ count: z.coerce.number() }));

const slots = z.array(z.object({ slot: z.string() }));
