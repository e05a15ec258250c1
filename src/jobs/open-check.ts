// The check run of one review: begun, or found again where an earlier attempt had begun it; and those
// of older heads, which nobody works on any more, concluded.

import { randomUUID } from "node:crypto";
import type { GitHubClient } from "../github/client.ts";
import { writeExternalId } from "../github/external-id.ts";
import {
  beginCheck,
  type CheckConclusion,
  type CheckRun,
  concludeCheck,
  findCheck,
  readCheck,
} from "../github/publish-check.ts";
import type { CheckOutput } from "../render/check-summary.ts";
import type { ReviewRecord } from "../store/reviews.ts";
import type { Place } from "./ask.ts";
import type { Tools } from "./tools.ts";

export interface OpenCheck {
  /** The review's id in the store. */
  readonly id: string;
  readonly check: CheckRun;
}

/** Whose check runs: a pull request's, or a merge group's, which has no number. */
export interface CheckSlot {
  readonly slot: string;
  readonly place: Place;
  readonly number: number | undefined;
}

export interface CheckTarget extends CheckSlot {
  readonly head: string;
  /** What is reviewed beside the head; `undefined` where we did not get as far as reading it. */
  readonly base?: string | undefined;
  readonly isDraft?: boolean | undefined;
}

export interface Ending {
  readonly conclusion: CheckConclusion;
  readonly words: CheckOutput;
  /** What the store keeps of the review. */
  readonly state: "superseded" | "failed";
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
    const { slot, head, base, isDraft } = target;
    await reviews.begin({ id, slot, head, base, isDraft, checkRun: undefined });
  }
  const marks = {
    externalId: writeExternalId(target.number, id),
    detailsUrl: tools.pageOf(id),
  };
  const words = tools.words.inProgress();
  const check = await beginCheck(client, target.place, target.head, marks, words);
  await reviews.setCheckRun(id, check.id);
  return { id, check };
}

/** Concludes the check run of a head that newer commits replaced. */
export async function supersede(
  client: GitHubClient,
  slot: CheckSlot,
  record: ReviewRecord,
  newerHead: string,
  tools: Tools,
): Promise<void> {
  const words = tools.words.superseded(newerHead);
  const ending = { conclusion: "cancelled", words, state: "superseded" } as const;
  await concludeRecord(client, slot, record, ending, tools);
}

/** How checks end whose pull request was closed. */
export function cancelClosed({ words }: Pick<Tools, "words">): Ending {
  return { conclusion: "cancelled", words: words.closed(), state: "superseded" };
}

export function recordOf(
  { slot, head }: Pick<CheckTarget, "slot" | "head">,
  { id, check }: OpenCheck,
): ReviewRecord {
  return { id, slot, head, checkRun: check.id };
}

/** Concludes whatever still runs in a slot. */
export async function concludeRunning(
  client: GitHubClient,
  slot: CheckSlot,
  ending: Ending,
  tools: Tools,
): Promise<void> {
  for (const record of await tools.store.reviews.running(slot.slot)) {
    await concludeRecord(client, slot, record, ending, tools);
  }
}

async function concludeRecord(
  client: GitHubClient,
  slot: CheckSlot,
  record: ReviewRecord,
  { conclusion, words, state }: Ending,
  { store }: Tools,
): Promise<void> {
  const id = await knownCheckRun(client, slot, record);
  if (id !== undefined) {
    await concludeCheck(client, slot.place, { id, annotations: 0 }, conclusion, words);
  }
  await store.reviews.end(record.id, state);
}

/** GitHub's number of a check run, asked for where its beginning was never answered. */
async function knownCheckRun(
  client: GitHubClient,
  { place, number }: CheckSlot,
  { id, head, checkRun }: ReviewRecord,
): Promise<number | undefined> {
  if (checkRun !== undefined) return checkRun;
  const found = await findCheck(client, place, head, writeExternalId(number, id));
  return found?.id;
}
