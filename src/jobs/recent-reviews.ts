// The newest review of each pull request, for a while and in memory only: what people decide about it
// takes effect at once, without another analysis. Code is not stored, so another process analyses anew.

import type { FoundConfig } from "../github/read-config.ts";
import type { ChangeSet } from "../review/change-set.ts";
import type { Review } from "../review/review.ts";

export interface RecentReview {
  /** As which installation it was read. */
  readonly installation: number;
  readonly head: string;
  /** Tip of the base branch at that time. */
  readonly base: string;
  readonly review: Review;
  /** What held for it. */
  readonly found: FoundConfig;
  /** Without the files' texts. */
  readonly change: ChangeSet;
  /** Where it was told; absent until it was. */
  readonly told?: ToldReview;
}

export interface ToldReview {
  /** GitHub's number of the check run. */
  readonly check: number;
  /** What its summary said of the work itself. */
  readonly seconds: number;
  readonly isFull: boolean;
  readonly spareUntil: Date | undefined;
  readonly note: string | undefined;
}

export interface RecentReviews {
  keep(slot: string, recent: RecentReview): void;
  newest(slot: string): RecentReview | undefined;
  /** Notes where the newest review of a slot was told. */
  tell(slot: string, told: ToldReview): void;
  /** Forgets those of an installation: all of them, or of some repositories (GitHub's numbers). */
  forget(installation: number, repositories?: readonly number[]): void;
}

/** Remembers the reviews of at most so many pull requests. */
export function createRecentReviews(limit = 100): RecentReviews {
  const bySlot = new Map<string, RecentReview>();
  return {
    keep(slot, recent) {
      const files = recent.change.files.map((file) => ({
        ...file,
        baseText: undefined,
        headText: undefined,
      }));
      bySlot.delete(slot);
      bySlot.set(slot, { ...recent, change: { ...recent.change, files } });
      const [oldest] = bySlot.keys();
      if (bySlot.size > limit && oldest !== undefined) bySlot.delete(oldest);
    },
    newest: (slot) => bySlot.get(slot),
    tell(slot, told) {
      const recent = bySlot.get(slot);
      if (recent !== undefined) bySlot.set(slot, { ...recent, told });
    },
    forget(installation, repositories) {
      for (const [slot, recent] of bySlot) {
        const isMeant =
          repositories === undefined || repositories.some((id) => slot.startsWith(`${id}#`));
        if (recent.installation === installation && isMeant) bySlot.delete(slot);
      }
    },
  };
}
