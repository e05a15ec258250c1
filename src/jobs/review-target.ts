// What a review is of: found out when the work begins, because much may have happened since the webhook.

import type { GitHubClient } from "../github/client.ts";
import { readPullRequest } from "../github/read-pull-request.ts";
import type { MergeGroupAsk, Place, ReviewAsk } from "./ask.ts";
import type { CheckSlot } from "./open-check.ts";

export interface ReviewWork {
  readonly slot: string;
  /** All that wait for this review, oldest first; at least one. */
  readonly asks: readonly (ReviewAsk | MergeGroupAsk)[];
  /** This attempt included. */
  readonly attempts: number;
  /** How long ago the oldest of the asks came in. */
  ageSeconds(): number;
  /** Aborts when the work is to be let go. */
  readonly signal: AbortSignal;
}

export interface Target {
  readonly slot: string;
  readonly place: Place;
  /** `undefined` for a merge group. */
  readonly number: number | undefined;
  /** Of a merge group, the pull request that it brings: what people decided there holds here too. */
  readonly queued?: { readonly number: number; readonly tree: string | undefined } | undefined;
  readonly head: string;
  readonly base: string;
  /** When the pull request had last changed (ISO 8601); empty for a merge group. */
  readonly updatedAt: string;
  /** `false` for a merge group. */
  readonly mayComment: boolean;
  readonly isDraft: boolean;
  /** Was anything said on the pull request? */
  readonly isTalkedAbout: boolean;
}

/** Whose check runs an ask is about. */
export function slotOfAsk(ask: ReviewAsk | MergeGroupAsk, slot: string): CheckSlot {
  return { slot, place: ask.place, number: ask.kind === "review" ? ask.number : undefined };
}

/** Webhooks may arrive out of order; the pull request's own clock tells which is the newest. */
export function newestAsk(asks: readonly (ReviewAsk | MergeGroupAsk)[]): ReviewAsk | MergeGroupAsk {
  const [first, ...others] = asks;
  if (first === undefined) throw new Error("a review that nobody asked for");
  const destroyed = asks.find((ask) => ask.kind === "merge-group" && ask.isDestroyed === true);
  if (destroyed !== undefined) return destroyed;
  return others.reduce((newest, ask) => (changedAt(ask) > changedAt(newest) ? ask : newest), first);
}

function changedAt(ask: ReviewAsk | MergeGroupAsk): string {
  return ask.kind === "review" ? (ask.updatedAt ?? "") : "";
}

/**
 * What is reviewed is the pull request as it is now, whatever the webhook said then; `undefined` where
 * it is closed, or the merge group gone. Throws where GitHub still shows an older state than the webhook.
 */
export async function findTarget(
  client: GitHubClient,
  ask: ReviewAsk | MergeGroupAsk,
  slot: string,
): Promise<Target | undefined> {
  const { place } = ask;
  if (ask.kind === "merge-group") {
    if (ask.isDestroyed === true) return undefined;
    const { head, base, number, tree } = ask;
    return {
      ...{ slot, place, head, base },
      queued: number === undefined ? undefined : { number, tree },
      number: undefined,
      updatedAt: "",
      mayComment: false,
      isDraft: false,
      isTalkedAbout: false,
    };
  }
  const pull = await readPullRequest(client, place, ask.number);
  const { head, base, number, updatedAt, isDraft, isOpen, comments } = pull;
  if (ask.updatedAt !== undefined && updatedAt < ask.updatedAt && head !== ask.head) {
    throw new Error("GitHub showed the pull request as it was before the webhook");
  }
  if (!isOpen) return undefined;
  const isTalkedAbout = comments > 0;
  return { slot, place, number, head, base, updatedAt, mayComment: true, isDraft, isTalkedAbout };
}
