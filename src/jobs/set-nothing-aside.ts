// pg-boss notes now and then which slots are being worked on, and hands out nothing of those until it looks
// again, a minute later: a push that came during a review would wait for that long. One at a time is
// already seen to by `groupConcurrency`, which asks what is so now; so the note is kept empty.
// https://github.com/timgit/pg-boss/blob/12.35.0/src/plans.ts (`ignoreSingletons`)

import type { Database } from "../store/database.ts";

/** To be called once pg-boss has made its tables; any number of processes may do so at once. */
export async function setNothingAside({ jobSchema, transaction }: Database): Promise<void> {
  await transaction(async (sql) => {
    await sql.query("select pg_advisory_xact_lock(hashtext($1))", [`pyward:${jobSchema}`]);
    await sql.query(
      `create or replace function ${jobSchema}.pyward_set_nothing_aside() returns trigger as $$
         begin
           new.singletons_active := null;
           return new;
         end
       $$ language plpgsql`,
    );
    await sql.query(
      `create or replace trigger pyward_set_nothing_aside
         before insert or update of singletons_active on ${jobSchema}.queue
         for each row execute function ${jobSchema}.pyward_set_nothing_aside()`,
    );
    // What an older Pyward left.
    await sql.query(
      `update ${jobSchema}.queue set singletons_active = null where singletons_active is not null`,
    );
  });
}
