// What a process keeps in memory of an installation that was removed goes, whichever process heard of
// it: each looks regularly what was removed lately.

import type { Logger } from "pino";
import type { GitHub } from "../github/client.ts";
import type { Store } from "../store/store.ts";
import type { ForgetAsk } from "./ask.ts";
import type { CodeCache } from "./code-cache.ts";
import type { RecentReviews } from "./recent-reviews.ts";

export interface Memories {
  readonly github: Pick<GitHub, "forget">;
  readonly code: Pick<CodeCache, "forget">;
  readonly recent: Pick<RecentReviews, "forget">;
}

/** Empties what this process keeps in memory. */
export function letGo({ github, code, recent }: Memories, ask: ForgetAsk): void {
  const { installation, repositories } = ask;
  github.forget(installation);
  code.forget(installation, repositories);
  recent.forget(installation, repositories);
}

/** Longer than any work takes: what was under way then may have kept something afterwards. */
const lookBackSeconds = 900;

/** Looks every so many seconds. Returns the way to end it. */
export function startLettingGo(
  { store, log, ...memories }: Memories & { readonly store: Store; readonly log: Logger },
  everySeconds = 30,
): { stop(): void } {
  const timer = setInterval(async () => {
    try {
      for (const ask of await store.upkeep.removedLately(lookBackSeconds)) letGo(memories, ask);
    } catch (error) {
      log.warn({ err: error }, "what was removed is not known; it is asked again");
    }
  }, everySeconds * 1000);
  return { stop: () => clearInterval(timer) };
}
