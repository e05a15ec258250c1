// What the work is done with: made once by the App, handed to every job.

import type { Logger } from "pino";
import type { Rulebook } from "../analysis/rulebook.ts";
import type { GitHub } from "../github/client.ts";
import type { Sites } from "../github/make-links.ts";
import type { ReviewWords } from "../render/review-words.ts";
import type { Config } from "../review/config.ts";
import type { ConfigWords } from "../review/read-config-file.ts";
import type { Store } from "../store/store.ts";
import type { Ask } from "./ask.ts";
import type { CodeCache } from "./code-cache.ts";
import type { Metrics } from "./metrics.ts";
import type { RecentReviews } from "./recent-reviews.ts";
import type { Reviewer } from "./reviewer.ts";
import type { Traces } from "./traces.ts";

export interface Tools {
  readonly github: GitHub;
  readonly store: Store;
  readonly reviewer: Reviewer;
  readonly words: ReviewWords;
  readonly rulebook: Rulebook;
  readonly recent: RecentReviews;
  readonly code: CodeCache;
  /** What holds where no repository is at hand; a job works with what it has read there. */
  readonly config: Config;
  /** What configs may speak of. */
  readonly configWords: ConfigWords;
  readonly sites: Sites;
  /** The address of a review's own page; who has it may read that. */
  pageOf(review: string): string;
  /** Pyward's own version. */
  readonly version: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly traces: Traces;
  /** Hands on an ask that came out of another one. */
  submit(delivery: string, ask: Ask): Promise<boolean>;
  /** Seconds before the second, third ... attempt; after the last one we give up. */
  readonly retryAfterSeconds: readonly number[];
}
