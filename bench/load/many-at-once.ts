// Many pull requests opened at once: how long until each has its verdict, what that costs, and whether
// the web role goes on answering.

import { setTimeout as sleep } from "node:timers/promises";
import { type AppProcess, startApp, startGitHub } from "./processes.ts";
import { send, watch } from "./requests.ts";

export interface ManyOptions {
  readonly pulls: number;
  readonly installations: number;
  /** Worker processes; 0 for one process on the embedded store. */
  readonly workers: number;
  /** For the App: `DATABASE_URL`, or `DATA_DIR`. */
  readonly store: Readonly<Record<string, string>>;
  /** How long GitHub takes for each answer, in milliseconds. */
  readonly delayMs: number;
  /** Give up after so many seconds. */
  readonly limitSeconds: number;
}

export interface ManyResult {
  readonly concluded: number;
  readonly perSecond: number;
  /** From a webhook's being sent to its verdict, in milliseconds. */
  readonly latencies: readonly number[];
  /** Answers of the web role while all this lasted, in milliseconds. */
  readonly answers: readonly number[];
  /** The largest resident size of each process, in megabytes. */
  readonly memory: readonly number[];
  readonly cpuSeconds: { readonly app: number; readonly github: number };
}

export async function openManyAtOnce(options: ManyOptions): Promise<ManyResult> {
  const github = startGitHub(options.delayMs);
  const apps: AppProcess[] = [];
  try {
    const { pulls, installations } = options;
    const webhooks = await github.ask("prepare", { pulls, installations });
    const environment = { ...(await github.ask("environment")), ...options.store };
    const isApart = options.workers > 0;
    const web = await startApp(isApart ? "web" : "all", environment);
    apps.push(web);
    for (let nth = 0; nth < options.workers; nth += 1) {
      apps.push(await startApp("worker", environment));
    }
    const before = await github.ask("cost");
    const used = apps.reduce((sum, app) => sum + app.cpuSeconds(), 0);
    const watching = watch(`${web.url}/healthz`, 20);

    const began = Date.now();
    const sent = new Map<string, number>();
    await send(webhooks, 50, async ({ pull, headers, body }) => {
      sent.set(pull, Date.now());
      const answer = await fetch(`${web.url}/api/github/webhooks`, {
        method: "POST",
        headers,
        body,
      });
      if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
    });
    let verdicts: Readonly<Record<string, number>> = {};
    const deadline = began + options.limitSeconds * 1000;
    while (Object.keys(verdicts).length < webhooks.length && Date.now() < deadline) {
      await sleep(500);
      verdicts = await github.ask("verdicts");
    }
    const answers = await watching.end();
    const latencies = Object.entries(verdicts).map(([pull, at]) => at - (sent.get(pull) ?? began));
    const last = Math.max(began + 1, ...Object.values(verdicts));
    const after = await github.ask("cost");
    return {
      concluded: latencies.length,
      perSecond: latencies.length / ((last - began) / 1000),
      latencies,
      answers,
      memory: apps.map((app) => app.peakMemory()),
      cpuSeconds: {
        app: apps.reduce((sum, app) => sum + app.cpuSeconds(), 0) - used,
        github: after.cpuSeconds - before.cpuSeconds,
      },
    };
  } finally {
    for (const app of apps) await app.stop();
    github.stop();
  }
}
