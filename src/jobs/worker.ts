// What is done with the requests of one slot, by their kind.

import { findPullRequest } from "../github/find-pull-request.ts";
import { addText } from "../github/publish-check.ts";
import { readConfig } from "../github/read-config.ts";
import type { Request } from "../store/requests.ts";
import { apologize } from "./apologize.ts";
import type { Ask, CommitAsk, MergeGroupAsk, ReviewAsk, ShowConfigAsk } from "./ask.ts";
import { commandJob } from "./command-job.ts";
import { retryOrGiveUp } from "./give-up.ts";
import { letGo } from "./let-go.ts";
import type { Worker } from "./queue.ts";
import { reviewJob } from "./review-job.ts";
import { scanBranchJob } from "./scan-branch-job.ts";
import type { Tools } from "./tools.ts";

/**
 * Attempts are counted before they are made. More than those that come back are those that ended the
 * process; what did so this often is let go, with an apology, so that it does not do so for ever.
 */
const mostAttempts = 16;

export function createWorker(tools: Tools): Worker {
  return async (slot, requests, signal) => {
    const first = requests[0];
    if (first === undefined) return { kind: "done" };
    const { ask, delivery } = first;
    const log = tools.log.child({ slot, delivery });
    const ageSeconds = clockOf(requests);
    if (attemptsOf(requests) > mostAttempts) {
      log.error(
        { attempts: attemptsOf(requests) },
        "given up: it ended the process again and again",
      );
      const asks = requests.map((request) => request.ask).filter(isReview);
      const work = { slot, asks, attempts: attemptsOf(requests), ageSeconds, signal };
      return asks.length === 0
        ? { kind: "failed" }
        : await apologize(work, { ...tools, log }, "failed", { kind: "failed" });
    }
    switch (ask.kind) {
      case "review": {
        const asks = requests.map((request) => request.ask).filter(isOfKind("review"));
        const attempts = attemptsOf(requests);
        return await reviewJob({ slot, asks, attempts, ageSeconds, signal }, { ...tools, log });
      }
      case "merge-group":
        return await reviewJob(
          {
            slot,
            asks: requests.map((request) => request.ask).filter(isOfKind("merge-group")),
            attempts: attemptsOf(requests),
            ageSeconds,
            signal,
          },
          { ...tools, log },
        );
      case "command":
        return await retryOrGiveUp({ attempts: attemptsOf(requests), ...tools, log }, () =>
          commandJob(delivery, ask, tools),
        );
      case "commit":
        return await retryOrGiveUp({ attempts: attemptsOf(requests), ...tools, log }, () =>
          findJob(delivery, ask, tools),
        );
      case "show-config":
        return await retryOrGiveUp({ attempts: attemptsOf(requests), ...tools, log }, () =>
          showConfigJob(ask, tools),
        );
      case "branch": {
        // Only the newest head is of interest.
        const newest = requests.map((request) => request.ask).findLast(isOfKind("branch")) ?? ask;
        return await retryOrGiveUp({ attempts: attemptsOf(requests), ...tools, log }, () =>
          scanBranchJob(newest, { ...tools, log }),
        );
      }
      case "forget":
        for (const { ask: each } of requests) {
          if (each.kind !== "forget") continue;
          letGo(tools, each);
          await tools.store.upkeep.forget(each.installation, each.repositories);
        }
        return { kind: "done" };
    }
  };
}

/** Tells how long ago the oldest came in: by the store's clock until now, by ours from now on. */
function clockOf(requests: readonly Request[]): () => number {
  const oldest = Math.max(...requests.map((request) => request.ageSeconds));
  const now = performance.now();
  return () => oldest + (performance.now() - now) / 1000;
}

/** The attempt under way counts already; the requests of a slot are tried together. */
function attemptsOf(requests: readonly Request[]): number {
  return 1 + Math.min(...requests.map((request) => request.attempts));
}

function isReview(ask: Ask): ask is ReviewAsk | MergeGroupAsk {
  return ask.kind === "review" || ask.kind === "merge-group";
}

function isOfKind<K extends Ask["kind"]>(kind: K) {
  return (ask: Ask): ask is Extract<Ask, { kind: K }> => ask.kind === kind;
}

/** Finds the pull request of a commit and asks for its review; of none or several, asks nothing. */
async function findJob(delivery: string, { place, head }: CommitAsk, tools: Tools): Promise<void> {
  const client = await tools.github.client(place.installation);
  const number = await findPullRequest(client, place, head);
  if (number === undefined) {
    tools.log.info({ delivery, head }, "no single open pull request has this head");
    return;
  }
  await tools.submit(`${delivery}:review`, { kind: "review", place, number });
}

async function showConfigJob({ place, run }: ShowConfigAsk, tools: Tools): Promise<void> {
  const client = await tools.github.client(place.installation);
  const found = await readConfig(client, place, "HEAD", tools.configWords);
  await addText(client, place, run, tools.words.config(found));
}
