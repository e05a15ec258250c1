// `pyward jobs`: the store and the queue, opened to look at what waits or failed, without working on it.

import type { JobDesk } from "./cli/doors.ts";
import { createQueue } from "./jobs/queue.ts";
import { createLog } from "./log.ts";
import type { Settings } from "./settings.ts";
import { openDatabase } from "./store/open-database.ts";
import { createStore } from "./store/store.ts";

/** Throws `CannotStart` where the store cannot be opened: the embedded one has one user at a time. */
export async function openJobDesk(settings: Settings): Promise<JobDesk> {
  const log = createLog({ ...settings, logLevel: "fatal" });
  const database = await openDatabase(settings);
  try {
    const store = await createStore(database);
    const queue = await createQueue({ store, log, databaseUrl: settings.databaseUrl });
    return {
      list: (state) => store.requests.list(state),
      replay: (deliveries) => queue.replay(deliveries),
      drop: async (deliveries) => (await store.requests.drop(deliveries)).length,
      async close() {
        await queue.stop(1000);
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
