// What the upkeep is done with: made once by the App, handed to every task.

import type { Logger } from "pino";
import type { GitHub } from "../github/client.ts";
import type { Store } from "../store/store.ts";
import type { Ask } from "./ask.ts";
import type { Metrics } from "./metrics.ts";

export interface UpkeepTools {
  readonly appId: number;
  readonly github: GitHub;
  readonly store: Store;
  readonly log: Logger;
  readonly metrics: Metrics;
  submit(delivery: string, ask: Ask): Promise<boolean>;
  /** See `Queue`. */
  wakeForgotten(afterSeconds: number): Promise<number>;
}
