// What was said on a pull request before this review: our own comments, and what people decided.

import type { Decision } from "./decision.ts";
import type { Standing } from "./marker.ts";

/** One of our comments on a finding, with its thread; read back from GitHub. */
export interface EarlierComment {
  readonly fingerprint: string;
  readonly rule: string;
  /** Where the finding's file was when the comment was made. */
  readonly path: string;
  /** Does the comment stand on another file than that? Then its marker tells the path. */
  readonly isElsewhere: boolean;
  /** The lines of the head on which it stands; `undefined` on a file, or where they are gone. */
  readonly lines: { readonly start: number; readonly end: number } | undefined;
  readonly standing: Standing;
  /** The comment's number and node, and the thread's node, as GitHub names them. */
  readonly comment: number;
  readonly commentNode: string;
  readonly thread: string;
  readonly body: string;
  readonly isResolved: boolean;
  /** Login of who resolved the thread, where GitHub tells it. */
  readonly resolvedBy: string | undefined;
  readonly isMinimized: boolean;
  /** Did a person answer with anything but a command to us? */
  readonly hasReplies: boolean;
  readonly canResolve: boolean;
  readonly canReopen: boolean;
}

/** A comment of ours below the pull request that writes down a decision. */
export interface Note {
  readonly comment: number;
  readonly decision: Decision;
}

export interface Earlier {
  /** Oldest first. */
  readonly comments: readonly EarlierComment[];
  readonly notes: readonly Note[];
  /** All decisions in force: those read from our comments, and those of the store. */
  readonly decisions: readonly Decision[];
}

export const nothingEarlier: Earlier = { comments: [], notes: [], decisions: [] };
