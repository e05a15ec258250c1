// Plain data for tests of what is asked and of the work on it.

import pino from "pino";
import type { Place, ReviewAsk } from "../../src/jobs/ask.ts";

export const quiet = pino({ level: "silent" });

export function aPlace(changes: Partial<Place> = {}): Place {
  return { installation: 7, repositoryId: 42, owner: "acme", repo: "shop", ...changes };
}

export function aReviewAsk(changes: Partial<ReviewAsk> = {}): ReviewAsk {
  return { kind: "review", place: aPlace(), number: 1, ...changes };
}
