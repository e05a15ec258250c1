// The upkeep of a running Pyward, done by one process at a time: what was missed is made good, what
// was forgotten is ended, what is old or nobody's any more is deleted.

import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { deleteOld, forgetRemoved } from "./forget.ts";
import { reconcile } from "./reconcile.ts";
import { redeliverFailed } from "./redeliver-failed.ts";
import { sayHeldBack } from "./say-held-back.ts";
import { sweepForgotten } from "./sweep-forgotten.ts";
import type { UpkeepTools } from "./upkeep-tools.ts";

export interface UpkeepOptions {
  /** Seconds between two looks at what is due. */
  readonly everySeconds: number;
  /** A delivery younger than this, in milliseconds, may still be under way. */
  readonly youngestDeliveryMs: number;
  /** A review that runs longer than this, in seconds, and for which nothing waits, is forgotten. */
  readonly forgottenAfterSeconds: number;
}

export const usualUpkeep: UpkeepOptions = {
  everySeconds: 60,
  youngestDeliveryMs: 30_000,
  forgottenAfterSeconds: 900,
};

export interface Upkeep {
  /** Ends what is under way, and lets another process take over. */
  stop(): Promise<void>;
}

interface Task {
  readonly name: string;
  readonly everyMs: number;
  run(signal: AbortSignal): Promise<void>;
}

const leaseName = "upkeep";
const minuteMs = 60_000;

/** Begins the upkeep: at once, and then every so often, where no other process has the lease. */
export function startUpkeep(tools: UpkeepTools, options: UpkeepOptions): Upkeep {
  const { store, log, metrics } = tools;
  const holder = randomUUID();
  const stopping = new AbortController();
  // What is due each time is cheap while there is nothing to do: one query, or one request.
  const tasks: readonly Task[] = [
    {
      name: "wake",
      everyMs: minuteMs,
      async run() {
        const slots = await tools.wakeForgotten(120);
        if (slots > 0) log.warn({ slots }, "work that nothing would have begun is begun");
      },
    },
    { name: "sweep", everyMs: 0, run: () => sweepForgotten(tools, options.forgottenAfterSeconds) },
    { name: "say held back", everyMs: 0, run: () => sayHeldBack(tools) },
    {
      name: "redeliver",
      everyMs: Math.min(5 * minuteMs, 5000 * options.everySeconds),
      run: (signal) => redeliverFailed(tools, options.youngestDeliveryMs, signal),
    },
    { name: "reconcile", everyMs: 1440 * minuteMs, run: (signal) => reconcile(tools, signal) },
    { name: "forget", everyMs: 1440 * minuteMs, run: () => forgetRemoved(tools) },
    { name: "delete", everyMs: 60 * minuteMs, run: () => deleteOld(tools) },
  ];
  const ranAt = new Map<string, number>();

  async function look(): Promise<void> {
    // Held longer than the time between two looks, so that it stays while its holder lives.
    const leaseSeconds = options.everySeconds * 3;
    for (const task of tasks) {
      if (stopping.signal.aborted) return;
      if (!(await store.upkeep.holdLease(leaseName, holder, leaseSeconds))) {
        ranAt.clear();
        return;
      }
      const last = ranAt.get(task.name);
      if (last !== undefined && performance.now() - last < task.everyMs) continue;
      ranAt.set(task.name, performance.now());
      await task.run(stopping.signal).catch((error: unknown) => {
        metrics.failed("upkeep");
        log.error({ err: error, task: task.name }, "upkeep failed; it is tried again");
        // What comes once a day should not wait for a day.
        const againInMs = Math.min(task.everyMs, 5 * minuteMs);
        ranAt.set(task.name, performance.now() - task.everyMs + againInMs);
      });
    }
  }

  let looking = Promise.resolve();
  let isLooking = false;
  const begin = () => {
    if (isLooking || stopping.signal.aborted) return;
    isLooking = true;
    looking = look()
      .catch((error: unknown) => log.error({ err: error }, "upkeep could not begin"))
      .finally(() => {
        isLooking = false;
      });
  };
  const timer = setInterval(begin, options.everySeconds * 1000);
  begin();

  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      // A request under way may be waiting for its next try; it does no harm when it is cut off.
      await Promise.race([looking, delay(2000, undefined, { ref: false })]);
      await store.upkeep.releaseLease(leaseName, holder);
    },
  };
}
