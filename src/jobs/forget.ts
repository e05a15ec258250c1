// What is nobody's any more is deleted, and what is old.

import { isInstalled } from "../github/read-open-pull-requests.ts";
import type { UpkeepTools } from "./upkeep-tools.ts";

/** A delivery may be sent again for three days; what was decided stays as long as the App. */
const days = { requests: 14, reviews: 90 } as const;

export async function deleteOld({ store }: UpkeepTools): Promise<void> {
  await store.upkeep.deleteOld(days);
}

/** Installations that went without our hearing of it. */
export async function forgetRemoved({ github, store, log, submit }: UpkeepTools): Promise<void> {
  for (const installation of await store.upkeep.installations()) {
    if (await isInstalled(github, installation)) continue;
    // By way of the queue, so that every process hears of it.
    await submit(`removed:${installation}/${Date.now()}`, { kind: "forget", installation });
    log.info({ installation }, "an installation is gone: what was stored of it is deleted");
  }
}
