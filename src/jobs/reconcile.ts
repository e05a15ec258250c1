// After a start: open pull requests whose head has no check of ours were missed, and are reviewed now.

import {
  hasConcludedCheck,
  openPullRequests,
  readInstallations,
} from "../github/read-open-pull-requests.ts";
import { type ReviewAsk, slotOf } from "./ask.ts";
import type { UpkeepTools } from "./upkeep-tools.ts";

/** Older pull requests are left alone: a new installation is not a flood of reviews. */
const lookBackMs = 3 * 86_400_000;

export async function reconcile(tools: UpkeepTools, signal: AbortSignal): Promise<void> {
  for (const installation of await readInstallations(tools.github)) {
    if (signal.aborted) return;
    try {
      await reconcileOne(installation, tools, signal);
    } catch (error) {
      // One installation that is suspended, broken or at its limit must not hide the others.
      tools.log.warn({ err: error, installation }, "an installation could not be reconciled");
    }
  }
}

async function reconcileOne(
  installation: number,
  { appId, github, store, log, submit }: UpkeepTools,
  signal: AbortSignal,
): Promise<void> {
  const client = await github.client(installation);
  const since = new Date(Date.now() - lookBackMs);
  for await (const { place, number, head, updatedAt } of openPullRequests(
    client,
    installation,
    since,
  )) {
    if (signal.aborted) return;
    const ask: ReviewAsk = { kind: "review", place, number, head, updatedAt };
    const slot = slotOf(ask);
    if (await store.upkeep.knowsHead(slot, head)) continue;
    if (await hasConcludedCheck(client, place, head, appId)) continue;
    const isNew = await submit(`reconcile:${slot}@${head}`, ask);
    if (isNew) log.info({ slot, head }, "a pull request that was missed is reviewed");
  }
}
