// The reviews under way and past: which check run tells of which head. No code is stored.

import { z } from "zod";
import type { Sql } from "./database.ts";

export interface ReviewRecord {
  /** Ours; the check run carries it as its external id. */
  readonly id: string;
  readonly slot: string;
  readonly head: string;
  /** GitHub's number of the check run; `undefined` until GitHub answered. */
  readonly checkRun: number | undefined;
}

export interface Reviews {
  begin(record: ReviewRecord): Promise<void>;
  setCheckRun(id: string, checkRun: number): Promise<void>;
  end(id: string, state: "done" | "superseded" | "failed"): Promise<void>;
  /** Reviews of a slot that began and did not end, oldest first. */
  running(slot: string): Promise<readonly ReviewRecord[]>;
  find(id: string): Promise<ReviewRecord | undefined>;
}

export function createReviews(database: Sql & { readonly schema: string }): Reviews {
  const table = `${database.schema}.review`;
  const columns = "id, slot, head, check_run";
  return {
    async begin({ id, slot, head, checkRun }) {
      await database.query(
        `insert into ${table} (id, slot, head, check_run, state) values ($1, $2, $3, $4, 'running')`,
        [id, slot, head, checkRun ?? null],
      );
    },
    async setCheckRun(id, checkRun) {
      await database.query(`update ${table} set check_run = $2 where id = $1`, [id, checkRun]);
    },
    async end(id, state) {
      await database.query(`update ${table} set state = $2, ended_at = now() where id = $1`, [
        id,
        state,
      ]);
    },
    async running(slot) {
      const rows = await database.query(
        `select ${columns} from ${table} where slot = $1 and state = 'running'
         order by started_at, id`,
        [slot],
      );
      return z.array(record).parse(rows);
    },
    async find(id) {
      if (!z.uuid().safeParse(id).success) return undefined;
      const rows = await database.query(`select ${columns} from ${table} where id = $1`, [id]);
      return z.array(record).parse(rows)[0];
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
