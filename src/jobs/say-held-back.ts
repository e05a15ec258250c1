// Where GitHub allowed few requests more, a review was told in its check only. Once the hour is over, what
// it held back is said by a review of its own; nobody has to push for that.

import { bareAsk } from "./ask.ts";
import type { UpkeepTools } from "./upkeep-tools.ts";

export async function sayHeldBack({
  store,
  log,
  submit,
}: Pick<UpkeepTools, "store" | "log" | "submit">): Promise<void> {
  for (const { id, ask } of await store.upkeep.heldBackReviews()) {
    const again = ask && bareAsk(ask);
    if (again !== undefined && (await submit(`held:${id}`, again))) {
      log.info({ review: id }, "requests are to be had again: what was held back is said");
    }
    await store.reviews.holdBack(id, undefined);
  }
}
