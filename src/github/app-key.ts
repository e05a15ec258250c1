// Does GitHub still take the App's key? Asked seldom, and only a clear no counts: a GitHub that is down
// is no reason to be taken out of service.

import { setTimeout as delay } from "node:timers/promises";
import { type GitHub, once } from "./client.ts";
import { isStatus } from "./failure.ts";

/** Milliseconds that an answer holds, and how long somebody is kept waiting for one. */
const holdsMs = { accepted: 300_000, refused: 30_000 } as const;
const patienceMs = 1000;

/** The way to ask: `false` where GitHub refused the key or knows no such App. */
export function watchAppKey(github: GitHub): () => Promise<boolean> {
  let isAccepted = true;
  let asksAgainAt = 0;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    try {
      const app = await github.app();
      await app.rest.apps.getAuthenticated({ request: once });
      isAccepted = true;
    } catch (error) {
      if (isStatus(error, 401) || isStatus(error, 404)) isAccepted = false;
    }
    asksAgainAt = performance.now() + (isAccepted ? holdsMs.accepted : holdsMs.refused);
  }

  return async () => {
    if (performance.now() >= asksAgainAt) {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      await Promise.race([asking, delay(patienceMs, undefined, { ref: false })]);
    }
    return isAccepted;
  };
}
