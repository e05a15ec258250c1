// A comment on several findings of one line, after something became of one of them: the open ones are
// told as before, those that are closed in a line each; when all are, it ends like any other comment.

import { writeDecision } from "../review/decision.ts";
import { type Standing, writeMarker } from "../review/marker.ts";
import type { Part, Rewritten } from "../review/plan-shared.ts";
import { renderWhy, standingAfter, strike as strikeThrough, takeApart } from "./closed-comment.ts";
import { join, type Markdown, text } from "./markdown.ts";
import { type CommentContext, renderReviewComment } from "./review-comment.ts";

/** GitHub's limit for the body of a comment, in characters. */
const maxBody = 65_536;

/** The new body of the comment. `head` is the commit that was reviewed. */
export function renderSharedComment(
  { earlier, anchor, parts, deed }: Rewritten,
  head: string,
  context: CommentContext,
): string {
  const hidden = hiddenLines(parts);
  const open = parts.flatMap((part) => (part.kind === "open" ? [part] : []));
  const [lead, ...others] = open;
  const closed = parts.flatMap((part) => (part.kind === "closed" ? [part] : []));
  if (lead === undefined) return renderEnd(earlier.body, hidden, closed, head, context);
  return renderReviewComment(
    { reviewed: lead.reviewed, anchor, also: others.map(({ reviewed }) => reviewed) },
    context,
    deed === "reopen" ? { head, earlier: lead.earlier } : undefined,
    { hidden, closed: closed.map((part) => strike(part, head, context)) },
  );
}

type ClosedPart = Extract<Part, { kind: "closed" }>;

/** Each finding keeps the marker by which it was known; decisions are those that hold. */
function hiddenLines(parts: readonly Part[]): string[] {
  const markers = parts.map((part) => {
    const { fingerprint, rule, isElsewhere, path } = part.earlier;
    const standing = standingOf(part);
    return writeMarker({ fingerprint, rule, standing, path: isElsewhere ? path : undefined });
  });
  const decisions = parts.flatMap((part) =>
    part.kind === "closed" && part.decision !== undefined ? [writeDecision(part.decision)] : [],
  );
  return [...markers, ...decisions];
}

function standingOf(part: Part): Standing {
  if (part.kind === "open") return "open";
  if (part.closing === undefined) return part.earlier.standing;
  return standingAfter(part.closing);
}

function strike(part: ClosedPart, head: string, { names }: CommentContext): Markdown {
  return `~~**${text(names.title(part.earlier.rule))}**~~ ${whyOf(part, head)}` as Markdown;
}

function whyOf(part: ClosedPart, head: string): Markdown {
  if (part.closing !== undefined) return renderWhy(part.closing, head);
  const standing = standingOf(part);
  if (standing === "leaked") return "Gone from the code, but leaked." as Markdown;
  return (standing === "ignored" ? "Ignored." : "Fixed.") as Markdown;
}

function renderEnd(
  body: string,
  hidden: readonly string[],
  closed: readonly ClosedPart[],
  head: string,
  context: CommentContext,
): string {
  const { templates, names } = context;
  const reasons = new Set(closed.map((part) => whyOf(part, head)));
  const [only] = reasons;
  const title = closed.map(({ earlier }) => text(names.title(earlier.rule)))[0] ?? text("");
  const { headline, rest } = takeApart(body) ?? { headline: `**${title}**`, rest: "" };
  const words = {
    marker: hidden.join("\n"),
    headline: strikeThrough(headline),
    why:
      reasons.size === 1
        ? only
        : join(
            closed.map((part) => strike(part, head, context)),
            " ",
          ),
  };
  const whole = templates.render("closed-comment", { ...words, rest });
  return whole.length <= maxBody
    ? whole
    : templates.render("closed-comment", { ...words, rest: "" });
}
