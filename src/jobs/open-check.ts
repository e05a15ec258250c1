// The check run of one review: begun, or found again where an earlier attempt had begun it; and those
// of older heads, which nobody works on any more, concluded.

import { randomUUID } from "node:crypto";
import type { GitHubClient } from "../github/client.ts";
import { writeExternalId } from "../github/external-id.ts";
import {
  beginCheck,
  type CheckRun,
  concludeCheck,
  findCheck,
  readCheck,
} from "../github/publish-check.ts";
import type { ReviewRecord } from "../store/reviews.ts";
import type { Place } from "./ask.ts";
import type { Tools } from "./tools.ts";

export interface OpenCheck {
  /** The review's id in the store. */
  readonly id: string;
  readonly check: CheckRun;
}

export interface CheckTarget {
  readonly slot: string;
  readonly place: Place;
  readonly head: string;
  /** `undefined` for a merge group. */
  readonly number: number | undefined;
}

/** Of one slot only one job runs at a time, so whatever else of it seems to run was left behind. */
export async function openCheck(
  client: GitHubClient,
  target: CheckTarget,
  tools: Tools,
): Promise<OpenCheck> {
  const { reviews } = tools.store;
  const running = await reviews.running(target.slot);
  const mine = running.findLast((record) => record.head === target.head);
  for (const record of running) {
    if (record !== mine) await supersede(client, target, record, target.head, tools);
  }

  const known = mine && (await knownCheckRun(client, target, mine));
  if (mine !== undefined && known !== undefined) {
    await reviews.setCheckRun(mine.id, known);
    return { id: mine.id, check: await readCheck(client, target.place, known) };
  }
  const id = mine?.id ?? randomUUID();
  // Remembered before it is begun, so that it is found again if the answer is lost.
  if (mine === undefined) {
    await reviews.begin({ id, slot: target.slot, head: target.head, checkRun: undefined });
  }
  const externalId = writeExternalId(target.number, id);
  const words = tools.words.inProgress();
  const check = await beginCheck(client, target.place, target.head, externalId, words);
  await reviews.setCheckRun(id, check.id);
  return { id, check };
}

/** GitHub's number of a check run, asked for where its beginning was never answered. */
export async function knownCheckRun(
  client: GitHubClient,
  { place, number }: Pick<CheckTarget, "place" | "number">,
  { id, head, checkRun }: ReviewRecord,
): Promise<number | undefined> {
  if (checkRun !== undefined) return checkRun;
  const found = await findCheck(client, place, head, writeExternalId(number, id));
  return found?.id;
}

/** Concludes the check run of an older head: newer commits came. */
export async function supersede(
  client: GitHubClient,
  target: Pick<CheckTarget, "place" | "number">,
  record: ReviewRecord,
  newerHead: string,
  tools: Tools,
): Promise<void> {
  const checkRun = await knownCheckRun(client, target, record);
  if (checkRun !== undefined) {
    const words = tools.words.superseded(newerHead);
    const check = { id: checkRun, annotations: 0 };
    await concludeCheck(client, target.place, check, "cancelled", words);
  }
  await tools.store.reviews.end(record.id, "superseded");
}
