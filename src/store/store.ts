// What Pyward remembers: what was asked, the reviews, and what is said only once.

import type { Database } from "./database.ts";
import { createDecisions, type Decisions } from "./decisions.ts";
import { migrate } from "./migrations.ts";
import { createRequests, type Requests } from "./requests.ts";
import { createReviews, type Reviews } from "./reviews.ts";
import { createUpkeepRecords, type UpkeepRecords } from "./upkeep-records.ts";

export interface Store {
  readonly database: Database;
  readonly requests: Requests;
  readonly reviews: Reviews;
  readonly decisions: Decisions;
  readonly upkeep: UpkeepRecords;
  /** `true` the first time it is asked about `what`, and never again. */
  sayOnce(what: string): Promise<boolean>;
  /** Looks without saying it. */
  wasSaid(what: string): Promise<boolean>;
}

/** Makes the store on a database, bringing its tables up to date. */
export async function createStore(database: Database): Promise<Store> {
  await migrate(database);
  return {
    database,
    requests: createRequests(database),
    reviews: createReviews(database),
    decisions: createDecisions(database),
    upkeep: createUpkeepRecords(database),
    async sayOnce(what) {
      const rows = await database.query(
        `insert into ${database.schema}.said (what) values ($1) on conflict do nothing returning what`,
        [what],
      );
      return rows.length > 0;
    },
    async wasSaid(what) {
      const rows = await database.query(
        `select what from ${database.schema}.said where what = $1`,
        [what],
      );
      return rows.length > 0;
    },
  };
}
