// What follows a failed attempt: another one later, or the end.

import type { Logger } from "pino";
import { type Failure, failureOf } from "../github/failure.ts";
import { isStoreAway } from "../store/is-store-away.ts";
import type { Metrics } from "./metrics.ts";
import type { Outcome } from "./queue.ts";

export interface Attempt {
  /** How many attempts were made, this one included. */
  readonly attempts: number;
  readonly retryAfterSeconds: readonly number[];
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Does something that people do not wait for a check run of. */
export async function retryOrGiveUp(attempt: Attempt, work: () => Promise<void>): Promise<Outcome> {
  try {
    await work();
    return { kind: "done" };
  } catch (error) {
    return afterFailure(error, attempt);
  }
}

/** GitHub's limits are waited for at most so long, in seconds, and so often. */
const longestLimitSeconds = 3600;
const mostLimits = 10;

/** What of ours breaks is tried so often in all: it seldom passes, and people wait for their check. */
const mostOurs = 4;

/** When to try again after this error; `failed` when it has no sense any more. */
export function afterFailure(error: unknown, attempt: Attempt): Outcome {
  const { attempts, retryAfterSeconds, log, metrics } = attempt;
  const failure = whyItFailed(error);
  metrics.failed(failure.kind);
  if (failure.kind === "limit" && attempts < mostLimits) {
    const afterSeconds = Math.min(failure.afterSeconds, longestLimitSeconds);
    log.warn({ afterSeconds }, "GitHub asks to wait");
    return { kind: "again", afterSeconds };
  }
  const afterSeconds = retryAfterSeconds[attempts - 1];
  // A refusal is asked twice: just after a push, GitHub may not know yet what it told us of.
  const isOver =
    afterSeconds === undefined ||
    (failure.kind === "final" && attempts > 1) ||
    (failure.kind === "ours" && attempts >= mostOurs);
  if (isOver) {
    metrics.failed("given-up");
    log.error({ err: error, attempts }, "given up");
    return { kind: "failed" };
  }
  log.warn({ err: error, attempts, afterSeconds }, "an attempt failed");
  return { kind: "again", afterSeconds };
}

/** A store without room or out of reach passes like GitHub's own troubles: people's checks wait for it. */
function whyItFailed(error: unknown): Failure {
  const failure = failureOf(error);
  return failure.kind === "ours" && isStoreAway(error) ? { kind: "passing" } : failure;
}
