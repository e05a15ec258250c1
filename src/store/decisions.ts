// What people decided about findings, so that a decision made on one pull request holds on the next.

import { z } from "zod";
import { type Decision, decisionSchema, keyOf } from "../review/decision.ts";
import type { Sql } from "./database.ts";

export interface Decisions {
  /** Keeps a decision; a newer one on the same subject takes its place. */
  keep(repositoryId: number, decision: Decision): Promise<void>;
  /** Forgets it; one about a finding also where another pull request had made it. */
  forget(repositoryId: number, decision: Decision): Promise<void>;
  /** What was decided about findings of the repository, the newest 2,000. */
  onFindings(repositoryId: number): Promise<readonly Decision[]>;
  /** What holds on a pull request: its own decisions, and the repository's on findings of these rules. */
  holding(
    repositoryId: number,
    number: number,
    rules: readonly string[],
  ): Promise<readonly Decision[]>;
}

export function createDecisions(database: Sql & { readonly schema: string }): Decisions {
  const table = `${database.schema}.decision`;
  return {
    async keep(repositoryId, decision) {
      const { subject, number } = decision;
      await database.query(
        `insert into ${table} (repository_id, number, subject, rule, decision)
         values ($1, $2, $3, $4, $5)
         on conflict (repository_id, number, subject) do update set decision = excluded.decision`,
        [
          repositoryId,
          number,
          keyOf(decision),
          subject.kind === "finding" ? subject.rule : null,
          JSON.stringify(decision),
        ],
      );
    },
    async forget(repositoryId, decision) {
      await database.query(
        `delete from ${table}
         where repository_id = $1 and subject = $2 and (number = $3 or rule is not null)`,
        [repositoryId, keyOf(decision), decision.number],
      );
    },
    async onFindings(repositoryId) {
      const rows = await database.query(
        `select decision from ${table} where repository_id = $1 and rule is not null
         order by made_at desc limit 2000`,
        [repositoryId],
      );
      return decisionsOf(rows);
    },
    async holding(repositoryId, number, rules) {
      const rows = await database.query(
        `select decision from ${table}
         where repository_id = $1 and (number = $2 or rule = any($3::text[]))
         order by made_at`,
        [repositoryId, number, rules],
      );
      return decisionsOf(rows);
    },
  };
}

function decisionsOf(rows: readonly unknown[]): readonly Decision[] {
  return z
    .array(z.object({ decision: decisionSchema }))
    .parse(rows)
    .map((row) => row.decision);
}
