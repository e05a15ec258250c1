// Where handlers hand on what is asked.

import type { Ask } from "../../jobs/ask.ts";

export interface Inbox {
  readonly appId: number;
  /** When this resolves, the ask is safely stored; `false` where the delivery was heard before. */
  submit(delivery: string, ask: Ask): Promise<boolean>;
}
