// Comments that tell of several findings of one line: what became of each, brought together into one
// edit. The comment ends when nothing in it is open any more.

import type { Anchor } from "./anchor.ts";
import type { Decision } from "./decision.ts";
import type { EarlierComment } from "./earlier.ts";
import type { Closed, Closing, IgnoredFinding } from "./plan-closing.ts";
import type { Reopened, ToldBefore } from "./planned-comment.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";

/** One finding of a shared comment, as it stands now; `earlier` is its own mark in the comment. */
export type Part =
  | { readonly kind: "open"; readonly earlier: EarlierComment; readonly reviewed: ReviewedFinding }
  | {
      readonly kind: "closed";
      readonly earlier: EarlierComment;
      /** `undefined` where it was closed before. */
      readonly closing: Closing | undefined;
      readonly decision: Decision | undefined;
    };

/** A shared comment that has something new to say of its findings. */
export interface Rewritten {
  readonly earlier: EarlierComment;
  /** Where it could stand now, for the words about its first open finding. */
  readonly anchor: Anchor;
  /** Open ones first, gravest first. */
  readonly parts: readonly Part[];
  readonly deed: "edit" | "close" | "reopen";
  readonly endsThread: boolean;
}

export interface Outcomes {
  readonly leave: readonly ToldBefore[];
  readonly reopen: readonly Reopened[];
  readonly close: readonly Closed[];
}

/**
 * Takes what concerns shared comments out of the outcomes, and makes one edit of it for each. Where it
 * is not known what became of one of its findings, the comment is left until that is.
 */
export function bringTogether(
  comments: readonly EarlierComment[],
  { leave, reopen, close }: Outcomes,
  ignored: readonly { readonly earlier: EarlierComment; readonly ignored: IgnoredFinding }[],
): Outcomes & { readonly rewrite: readonly Rewritten[] } {
  const byComment = Map.groupBy(comments, ({ comment }) => comment);
  const shared = new Set(
    [...byComment.values()].filter((marks) => marks.length > 1).flatMap((marks) => marks),
  );
  if (shared.size === 0) return { leave, reopen, close, rewrite: [] };
  const closing = new Map(close.map((each) => [each.earlier, each]));
  const opened = new Map([...leave, ...reopen].map((each) => [each.earlier, each.reviewed]));
  const returned = new Map(reopen.map((each) => [each.earlier, each]));
  const decisions = new Map(ignored.map((each) => [each.earlier, each.ignored.decision]));

  const partOf = (earlier: EarlierComment): Part | undefined => {
    const reviewed = opened.get(earlier);
    if (reviewed !== undefined) return { kind: "open", earlier, reviewed };
    const ends = closing.get(earlier)?.closing;
    if (ends === undefined && earlier.standing === "open") return undefined;
    return { kind: "closed", earlier, closing: ends, decision: decisions.get(earlier) };
  };
  const rewrite = [...byComment.values()].flatMap((marks): Rewritten[] => {
    const [first] = marks;
    const isNews = marks.some((mark) => closing.has(mark) || returned.has(mark));
    if (first === undefined || !shared.has(first) || !isNews) return [];
    const parts = marks.map(partOf).filter((part) => part !== undefined);
    if (parts.length < marks.length) return [];
    const isLeaked = parts.some(
      (part) => part.kind === "closed" && part.closing?.kind === "leaked",
    );
    const isOpen = parts.some(({ kind }) => kind === "open");
    const wasOpen = marks.some(({ standing }) => standing === "open");
    const anchor =
      marks.flatMap((mark) => returned.get(mark)?.anchor ?? [])[0] ?? whereItStands(first);
    return [
      {
        ...{ earlier: first, anchor, endsThread: !first.hasReplies && !isLeaked },
        parts: parts.toSorted((a, b) => rank(a) - rank(b)),
        deed: isOpen ? (wasOpen ? "edit" : "reopen") : "close",
      },
    ];
  });
  return {
    leave: leave.filter(({ earlier }) => !shared.has(earlier) || !isRewritten(earlier)),
    reopen: reopen.filter(({ earlier }) => !shared.has(earlier)),
    close: close.filter(({ earlier }) => !shared.has(earlier)),
    rewrite,
  };

  function isRewritten({ comment }: EarlierComment): boolean {
    return rewrite.some(({ earlier }) => earlier.comment === comment);
  }
}

/** Shared comments stand on the very line of their findings. */
function whereItStands({ path, lines }: EarlierComment): Anchor {
  if (lines === undefined) return { kind: "file", path };
  return { kind: "lines", exact: true, path, startLine: lines.start, line: lines.end };
}

const ranks = { high: 0, medium: 1, low: 2 } as const;

function rank(part: Part): number {
  return part.kind === "closed" ? ranks.low + 1 : ranks[part.reviewed.finding.severity];
}
