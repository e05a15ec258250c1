// The reviews under way and past: which check run tells of which head. No code is stored.

import { z } from "zod";
import { accountSchema, type ReviewAccount } from "../review/account.ts";
import type { Sql } from "./database.ts";

export interface ReviewRecord {
  /** Ours; the check run carries it as its external id. */
  readonly id: string;
  readonly slot: string;
  readonly head: string;
  /** GitHub's number of the check run; `undefined` until GitHub answered. */
  readonly checkRun: number | undefined;
}

/** A review as its own page tells of it. */
export interface KeptReview {
  readonly head: string;
  readonly state: "running" | "done" | "superseded" | "failed";
  readonly startedAt: Date;
  readonly account: ReviewAccount | undefined;
}

/** What a review is of: the same head may be reviewed again on another base, or when made ready. */
export interface ReviewSubject {
  readonly slot: string;
  readonly head: string;
  /** `undefined` where a check was opened without having read so far. */
  readonly base?: string | undefined;
  readonly isDraft?: boolean | undefined;
}

export interface Reviews {
  begin(record: ReviewRecord & ReviewSubject): Promise<void>;
  /** Is the newest review of the slot of just this, and was it carried to its end? */
  isDone(subject: ReviewSubject): Promise<boolean>;
  setCheckRun(id: string, checkRun: number): Promise<void>;
  /** Notes until when the comments of a review are held back; `undefined` once that is over. */
  holdBack(id: string, until: Date | undefined): Promise<void>;
  end(id: string, state: "done" | "superseded" | "failed", account?: ReviewAccount): Promise<void>;
  /** Reviews of a slot that began and did not end, oldest first. */
  running(slot: string): Promise<readonly ReviewRecord[]>;
  find(id: string): Promise<ReviewRecord | undefined>;
  /** What is kept of a review for its page. */
  describe(id: string): Promise<KeptReview | undefined>;
}

export function createReviews(database: Sql & { readonly schema: string }): Reviews {
  const table = `${database.schema}.review`;
  const columns = "id, slot, head, check_run";
  return {
    async begin({ id, slot, head, checkRun, base, isDraft }) {
      await database.query(
        `insert into ${table} (id, slot, head, check_run, state, base, is_draft)
         values ($1, $2, $3, $4, 'running', $5, $6)`,
        [id, slot, head, checkRun ?? null, base ?? null, isDraft ?? null],
      );
    },
    async isDone({ slot, head, base, isDraft }) {
      const rows = await database.query(
        `select 1 from (
           select * from ${table} where slot = $1 order by ordinal desc limit 1
         ) as newest
         where state = 'done' and head = $2 and base = $3 and is_draft = $4`,
        [slot, head, base ?? null, isDraft ?? null],
      );
      return rows.length > 0;
    },
    async setCheckRun(id, checkRun) {
      await database.query(`update ${table} set check_run = $2 where id = $1`, [id, checkRun]);
    },
    async holdBack(id, until) {
      await database.query(`update ${table} set held_until = $2 where id = $1`, [
        id,
        until?.toISOString() ?? null,
      ]);
    },
    async end(id, state, account) {
      await database.query(
        `update ${table} set state = $2, ended_at = now(), account = coalesce($3, account)
         where id = $1`,
        [id, state, account === undefined ? null : JSON.stringify(account)],
      );
    },
    async running(slot) {
      const rows = await database.query(
        `select ${columns} from ${table} where slot = $1 and state = 'running'
         order by ordinal`,
        [slot],
      );
      return z.array(record).parse(rows);
    },
    async find(id) {
      if (!z.uuid().safeParse(id).success) return undefined;
      const rows = await database.query(`select ${columns} from ${table} where id = $1`, [id]);
      return z.array(record).parse(rows)[0];
    },
    async describe(id) {
      if (!z.uuid().safeParse(id).success) return undefined;
      const rows = await database.query(
        `select head, state, started_at, account from ${table} where id = $1`,
        [id],
      );
      return z.array(kept).parse(rows)[0];
    },
  };
}

const record = z
  .object({
    id: z.string(),
    slot: z.string(),
    head: z.string(),
    check_run: z.coerce.number().nullable(),
  })
  .transform(
    (row): ReviewRecord => ({
      id: row.id,
      slot: row.slot,
      head: row.head,
      checkRun: row.check_run ?? undefined,
    }),
  );

const kept = z
  .object({
    head: z.string(),
    state: z.enum(["running", "done", "superseded", "failed"]),
    started_at: z.coerce.date(),
    account: accountSchema.nullable(),
  })
  .transform(
    ({ started_at: startedAt, account, ...row }): KeptReview => ({
      ...row,
      startedAt,
      account: account ?? undefined,
    }),
  );
