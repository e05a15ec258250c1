// What the store keeps for its own upkeep: who is in charge, what was forgotten, what is old.

import { z } from "zod";
import { type Ask, askSchema, type ForgetAsk } from "../jobs/ask.ts";
import type { Sql } from "./database.ts";

/** A review, and what last asked for one in its slot. */
export interface AskedReview {
  readonly id: string;
  readonly slot: string;
  /** `undefined` where that is not known any more. */
  readonly ask: Ask | undefined;
}

/** A review that began and did not end, and that nobody works on. */
export interface ForgottenReview extends AskedReview {
  /** Was it taken up again already, in vain? */
  readonly wasRetried: boolean;
}

export interface UpkeepRecords {
  /** Takes or keeps the lease; `false` while another holder has it. */
  holdLease(name: string, holder: string, seconds: number): Promise<boolean>;
  releaseLease(name: string, holder: string): Promise<void>;
  /** Reviews that run since so many seconds and for whose slot nothing waits. */
  forgottenReviews(afterSeconds: number): Promise<readonly ForgottenReview[]>;
  /** Reviews whose comments were held back until now, and that no newer one has replaced. */
  heldBackReviews(): Promise<readonly AskedReview[]>;
  /** Is this head reviewed, under way or waiting? */
  knowsHead(slot: string, head: string): Promise<boolean>;
  /** The installations of which anything is stored. */
  installations(): Promise<readonly number[]>;
  /** What was removed in the last so many seconds, whichever process heard of it. */
  removedLately(seconds: number): Promise<readonly ForgetAsk[]>;
  /**
   * Deletes all that is stored of an installation, or of some of its repositories; the jobs that wait
   * or waited for them too.
   */
  forget(installation: number, repositories: readonly number[] | undefined): Promise<void>;
  /** Deletes what is settled, ended or said since so many days. */
  deleteOld(days: { readonly requests: number; readonly reviews: number }): Promise<void>;
}

/** What the delivery is called that takes up a forgotten review again. */
export function sweepDelivery(reviewId: string): string {
  return `sweep:${reviewId}`;
}

export function createUpkeepRecords(
  database: Sql & {
    readonly schema: string;
    readonly jobSchema: string;
    transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  },
): UpkeepRecords {
  const { schema } = database;
  const asked = `review.id, review.slot,
           (select ask from ${schema}.request where slot = review.slot
              order by received_at desc limit 1) as ask`;
  return {
    async holdLease(name, holder, seconds) {
      const rows = await database.query(
        `insert into ${schema}.lease as lease (name, holder, until)
         values ($1, $2, now() + make_interval(secs => $3))
         on conflict (name) do update set holder = excluded.holder, until = excluded.until
           where lease.holder = excluded.holder or lease.until <= now()
         returning name`,
        [name, holder, seconds],
      );
      return rows.length > 0;
    },
    async releaseLease(name, holder) {
      await database.query(`delete from ${schema}.lease where name = $1 and holder = $2`, [
        name,
        holder,
      ]);
    },
    async forgottenReviews(afterSeconds) {
      const rows = await database.query(
        `select ${asked},
           exists (select from ${schema}.request
              where delivery = '${sweepDelivery("")}' || review.id and state = 'failed') as retried
         from ${schema}.review
         where state = 'running' and started_at < now() - make_interval(secs => $1)
           and not exists (select from ${schema}.request
             where slot = review.slot and state = 'waiting')
         order by started_at limit 100`,
        [afterSeconds],
      );
      return z.array(forgotten).parse(rows);
    },
    async heldBackReviews() {
      const rows = await database.query(
        `select ${asked} from ${schema}.review
         where state = 'done' and held_until < now()
           and not exists (select from ${schema}.review as newer
             where newer.slot = review.slot and newer.ordinal > review.ordinal)
         order by held_until limit 100`,
      );
      return z.array(held).parse(rows);
    },
    async knowsHead(slot, head) {
      const rows = await database.query(
        `select 1 from ${schema}.review where slot = $1 and head = $2
         union all select 1 from ${schema}.request where slot = $1 and state = 'waiting' limit 1`,
        [slot, head],
      );
      return rows.length > 0;
    },
    async installations() {
      const rows = await database.query(
        `select distinct installation from ${schema}.repository order by installation`,
      );
      return z
        .array(z.object({ installation: z.coerce.number() }))
        .parse(rows)
        .map((row) => row.installation);
    },
    async removedLately(seconds) {
      const rows = await database.query(
        `select ask from ${schema}.request
         where ask->>'kind' = 'forget' and received_at > now() - make_interval(secs => $1)`,
        [seconds],
      );
      const asks = z.array(z.object({ ask: askSchema })).parse(rows);
      return asks.flatMap(({ ask }) => (ask.kind === "forget" ? [ask] : []));
    },
    async forget(installation, repositories) {
      await database.transaction(async (sql) => {
        const rows = await sql.query(
          `delete from ${schema}.repository
           where installation = $1 and ($2::bigint[] is null or id = any($2)) returning id`,
          [installation, repositories ?? null],
        );
        const ids = z
          .array(z.object({ id: z.coerce.string() }))
          .parse(rows)
          .map((row) => row.id);
        // A slot begins with its repository's number, and what was said is kept under it.
        for (const [table, repository] of [
          ["request", "substring(slot from '^[0-9]+')"],
          ["review", "substring(slot from '^[0-9]+')"],
          ["said", "split_part(what, '/', 2)"],
          ["decision", "repository_id::text"],
        ]) {
          await sql.query(`delete from ${schema}.${table} where ${repository} = any($1::text[])`, [
            ids,
          ]);
        }
        await sql.query(
          `delete from ${schema}.request
           where installation = $1
             and ($2::bigint[] is null or (ask->'place'->>'repositoryId')::bigint = any($2))`,
          [installation, repositories ?? null],
        );
        await forgetJobs(sql, database.jobSchema, ids);
      });
    },
    async deleteOld(days) {
      await database.query(
        `delete from ${schema}.request as old
         where settled_at < now() - make_interval(days => $1)
           and not exists (select from ${schema}.review
             where slot = old.slot and state = 'running')`,
        [days.requests],
      );
      await database.query(
        `delete from ${schema}.review where ended_at < now() - make_interval(days => $1)`,
        [days.reviews],
      );
      await database.query(
        `delete from ${schema}.said where at < now() - make_interval(days => $1)`,
        [days.reviews],
      );
      await deleteOrphans(database);
    },
  };
}

/** Work that was under way when its installation was removed may have written something afterwards. */
async function deleteOrphans({
  query,
  schema,
}: Pick<Sql, "query"> & { readonly schema: string }): Promise<void> {
  for (const [table, repository, time] of [
    ["review", "substring(slot from '^[0-9]+')", "started_at"],
    ["said", "substring(split_part(what, '/', 2) from '^[0-9]+$')", "at"],
    ["decision", "repository_id::text", "made_at"],
  ]) {
    await query(
      `delete from ${schema}.${table}
       where ${repository} not in (select id::text from ${schema}.repository)
         and ${time} < now() - interval '1 hour'`,
    );
  }
}

/** pg-boss keeps what was done for a day, by the slots' names. What is worked on now ends by itself. */
async function forgetJobs(sql: Sql, jobSchema: string, ids: readonly string[]): Promise<void> {
  const there = await sql.query("select 1 where to_regclass($1) is not null", [`${jobSchema}.job`]);
  if (there.length === 0) return;
  await sql.query(
    `delete from ${jobSchema}.job
     where substring(data->>'slot' from '^[0-9]+') = any($1::text[]) and state <> 'active'`,
    [ids],
  );
}

const held = z.object({
  id: z.string(),
  slot: z.string(),
  ask: askSchema.nullable().transform((ask) => ask ?? undefined),
});

const forgotten = held
  .extend({ retried: z.boolean() })
  .transform(({ retried, ...review }): ForgottenReview => ({ ...review, wasRetried: retried }));
