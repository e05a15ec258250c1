// Durable work. What is asked waits in the store; pg-boss wakes a worker for its slot, one at a time,
// on whichever process is free. Our own retries are told by the worker, pg-boss's are for crashes.

import { setTimeout as delay } from "node:timers/promises";
import { PgBoss, systemClock } from "pg-boss";
import type { Logger } from "pino";
import { z } from "zod";
import type { Database, Sql } from "../store/database.ts";
import type { Request } from "../store/requests.ts";
import type { Store } from "../store/store.ts";
import { type Ask, slotOf } from "./ask.ts";
import { type Metrics, noMetrics } from "./metrics.ts";
import { setNothingAside } from "./set-nothing-aside.ts";
import { noTraces, type Traces } from "./traces.ts";

/** What became of the requests of one slot. */
export type Outcome =
  | { readonly kind: "done" }
  /** It cannot be done, and those concerned were told as far as possible. */
  | { readonly kind: "failed" }
  | { readonly kind: "again"; readonly afterSeconds: number };

/** Answers all that waits in one slot, oldest first; `signal` aborts when the work must be let go. */
export type Worker = (
  slot: string,
  requests: readonly Request[],
  signal: AbortSignal,
) => Promise<Outcome>;

export interface Queue {
  /**
   * Stores the ask of a delivery; when this resolves, it will be worked on whatever happens.
   * `false` where the delivery was heard before.
   */
  submit(delivery: string, ask: Ask): Promise<boolean>;
  /** Lets failed deliveries wait again, on whichever process is free; tells how many there were. */
  replay(deliveries: readonly string[]): Promise<number>;
  /**
   * Wakes the slots in which something waits for longer than so many seconds and no wake-up is left:
   * those that pg-boss gave up. Tells how many there were.
   */
  wakeForgotten(afterSeconds: number): Promise<number>;
  /** Begins to work. */
  start(worker: Worker): Promise<void>;
  /** Can what is asked be handed on to a worker? Asks the store. */
  canSend(): Promise<boolean>;
  /** `true` while work is done here. */
  isRunning(): boolean;
  /**
   * Takes no more work and waits at most `graceMs` for what is under way; what is not done by then
   * is released, so that the next process takes it up.
   */
  stop(graceMs: number): Promise<void>;
}

export interface QueueOptions {
  readonly store: Store;
  readonly log: Logger;
  readonly metrics?: Metrics;
  readonly traces?: Traces;
  /** PostgreSQL's address, for pg-boss's own connections; `undefined` with the embedded store. */
  readonly databaseUrl: string | undefined;
  /** How many slots are worked on side by side in this process. */
  readonly concurrency?: number;
}

const queueName = "slot";

/** Work waits for GitHub nearly all of its time: a second between two writes of an installation alone. */
const usualConcurrency = 16;

/** How long one piece of work may take, in seconds; then it is taken to have died. */
const expireSeconds = 600;

/**
 * A process that says nothing for so long is taken to have died, and how often that is looked after, in
 * seconds: what it left is to be taken up within a minute.
 */
const deadAfterSeconds = 20;
const lookAfterDeadSeconds = 5;

/** How often work is begun that ends the process, or breaks off in a way nobody foresaw. */
const crashLimit = 10;

/** Pauses are measured with it: by one that was set back for hours, they would last for hours. */
const steadyClock = { ...systemClock, now: () => performance.timeOrigin + performance.now() };

export async function createQueue(options: QueueOptions): Promise<Queue> {
  const { store, log, metrics = noMetrics, traces = noTraces } = options;
  const { database } = store;
  // With the embedded store all is in this process, and its one connection has better things to do than
  // to answer every hand whenever something comes in: one is woken, which wakes the next.
  const isShared = database.kind === "postgres";
  const boss = new PgBoss({
    schema: database.jobSchema,
    useListenNotify: isShared,
    monitorIntervalSeconds: lookAfterDeadSeconds,
    superviseIntervalSeconds: lookAfterDeadSeconds,
    schedule: false,
    clock: steadyClock,
    ...(options.databaseUrl === undefined
      ? { db: database.jobs, backend: "pglite" as const }
      : { connectionString: options.databaseUrl, application_name: "pyward-jobs", max: 5 }),
  });
  // Some are errors, some only look like one.
  boss.on("error", ({ message, stack }) =>
    log.error({ err: Object.assign(new Error(message), { stack }) }, "the queue had an error"),
  );
  boss.on("warning", (warning) => log.warn({ warning: warning.message }, "the queue warns"));
  await boss.start();
  await setNothingAside(database);
  const queueOptions = {
    notify: isShared,
    expireInSeconds: expireSeconds,
    heartbeatSeconds: deadAfterSeconds,
    retryLimit: crashLimit,
    retryDelay: 2,
    retryBackoff: true,
    deleteAfterSeconds: 86_400,
  };
  // Of one slot at most one waits and one is worked on.
  await boss.createQueue(queueName, { policy: "stately", ...queueOptions });
  // A queue that an older Pyward made keeps what that one wanted.
  await boss.updateQueue(queueName, queueOptions);

  // Known from here on, so that sending within a transaction needs no second connection: the embedded
  // store has but one.
  await boss.findJobs(queueName, { key: "none" });
  if (database.kind === "pglite") await releaseOrphans(boss, database);

  let isRunning = false;
  let isStopped = false;
  const lettingGo = new AbortController();
  const underWay = new Set<Promise<void>>();
  const idle = new Set<string>();
  const wakeOne = () => {
    const [hand] = idle;
    if (hand !== undefined && !isShared) boss.notifyWorker(hand);
  };

  /** One waiting wake-up is enough for a slot: a second one only moves it to another time. */
  async function wake(sql: Sql, slot: string, afterSeconds: number, priority = 0): Promise<void> {
    await boss.upsert(
      queueName,
      { slot },
      { singletonKey: slot, group: { id: slot }, startAfter: afterSeconds, priority, db: sql.jobs },
    );
  }

  /** The more an installation has waiting, the later its next: so that all take turns. */
  async function priorityOf(ask: Ask, sql: Sql): Promise<number> {
    if (ask.kind === "forget") return 0;
    return 1 - (await store.requests.backlog(ask.place.installation, sql));
  }

  async function work(slot: string, worker: Worker, jobSignal: AbortSignal): Promise<void> {
    const requests = await store.requests.waiting(slot);
    if (requests.length === 0) return;
    const deliveries = requests.map((request) => request.delivery);
    // Counted before the work, so that what kills the process is not tried for ever.
    await store.requests.countAttempt(deliveries, 1);
    const signal = AbortSignal.any([jobSignal, lettingGo.signal]);
    const facts = { "pyward.slot": slot, "pyward.kind": requests[0]?.ask.kind };
    const outcome = await traces.span({ name: "job", kind: "job", deliveries, facts }, async () => {
      const ending = await perform(worker, slot, requests, signal);
      traces.note({ "pyward.outcome": ending.kind });
      return ending;
    });
    if (outcome.kind !== "again") {
      await store.requests.settle(deliveries, outcome.kind);
      return;
    }
    if (signal.aborted) await store.requests.countAttempt(deliveries, -1);
    const after = signal.aborted ? 0 : outcome.afterSeconds;
    await database.transaction((sql) => wake(sql, slot, after));
  }

  /** A worker tells what went wrong by its outcome; one that throws has a fault of ours. */
  async function perform(worker: Worker, ...told: Parameters<Worker>): Promise<Outcome> {
    try {
      return await worker(...told);
    } catch (error) {
      metrics.failed("broken-off");
      log.error({ err: error, slot: told[0] }, "a piece of work broke off");
      const tried = Math.max(...told[1].map((request) => request.attempts));
      return tried < crashLimit ? { kind: "again", afterSeconds: 30 } : { kind: "failed" };
    }
  }

  /** One that works on a slot after the other, and looks for the next one as soon as it is done. */
  async function addHand(worker: Worker): Promise<void> {
    const hand = await boss.work<{ slot: string }>(
      queueName,
      {
        // The policy alone would keep everybody waiting behind a slot that is being worked on.
        groupConcurrency: 1,
        pollingIntervalSeconds: 2,
        notifyPollingIntervalSeconds: 2,
        heartbeatRefreshSeconds: deadAfterSeconds / 4,
      },
      async ([job]) => {
        if (job === undefined) return;
        idle.delete(hand);
        wakeOne();
        const working = work(wakeUp.parse(job.data).slot, worker, job.signal);
        underWay.add(working);
        try {
          await working;
        } finally {
          underWay.delete(working);
          idle.add(hand);
          // pg-boss would rest until its next look, while others wait.
          boss.notifyWorker(hand);
        }
      },
    );
    idle.add(hand);
  }

  return {
    async submit(delivery, ask) {
      const isNew = await database.transaction(async (sql) => {
        const isFirst = await store.requests.remember(delivery, ask, sql);
        if (isFirst) await wake(sql, slotOf(ask), 0, await priorityOf(ask, sql));
        return isFirst;
      });
      if (isNew) wakeOne();
      return isNew;
    },

    replay: (deliveries) =>
      database.transaction(async (sql) => {
        const slots = await store.requests.revive(deliveries, sql);
        for (const slot of new Set(slots)) await wake(sql, slot, 0);
        return slots.length;
      }),

    async wakeForgotten(afterSeconds) {
      const rows = await database.query(
        `select distinct slot from ${database.schema}.request as request
         where state = 'waiting' and received_at < now() - make_interval(secs => $1)
           and not exists (select from ${database.jobSchema}.job
             where name = '${queueName}' and singleton_key = request.slot and state <= 'active')`,
        [afterSeconds],
      );
      const slots = z.array(wakeUp).parse(rows);
      for (const { slot } of slots) await database.transaction((sql) => wake(sql, slot, 0));
      return slots.length;
    },

    async start(worker) {
      for (const slot of await store.requests.waitingSlots()) {
        await database.transaction((sql) => wake(sql, slot, 0));
      }
      for (let nth = 0; nth < (options.concurrency ?? usualConcurrency); nth += 1)
        await addHand(worker);
      isRunning = true;
    },

    canSend: async () => !isStopped && (await boss.getQueue(queueName)) !== null,
    isRunning: () => isRunning,

    async stop(graceMs) {
      isRunning = false;
      isStopped = true;
      const timer = setTimeout(() => lettingGo.abort(new Error("shutting down")), graceMs * 0.8);
      try {
        await boss.stop({ graceful: true, timeout: graceMs });
        lettingGo.abort(new Error("shut down"));
        await Promise.race([Promise.allSettled(underWay), delay(1000, undefined, { ref: false })]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

const wakeUp = z.object({ slot: z.string() });

/**
 * With the embedded store nobody else can be at work: what is active was left by a process that
 * died, and is released now rather than when its heartbeat is missed.
 */
async function releaseOrphans(boss: PgBoss, { query, jobSchema }: Database): Promise<void> {
  const rows = await query(
    `select id from ${jobSchema}.job where name = '${queueName}' and state = 'active'`,
  );
  const active = z.array(z.object({ id: z.string() })).parse(rows);
  if (active.length === 0) return;
  const ids = active.map(({ id }) => id);
  await boss.fail(queueName, ids, { message: "its process ended" });
}
