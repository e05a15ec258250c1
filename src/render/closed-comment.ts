// A comment whose finding is fixed or ignored: its headline struck through, one line added that says
// why, and all the rest left as it was, for who comes to read the thread later. Only what could be done
// goes: the suggestion, which nobody should apply any more, and the words of how to ignore it.

import { writeDecision } from "../review/decision.ts";
import { type Standing, writeMarker } from "../review/marker.ts";
import type { Closed, Closing } from "../review/plan-closing.ts";
import { code, type Markdown, shorten, text } from "./markdown.ts";
import type { RuleNames } from "./rule-names.ts";
import type { Templates } from "./templates.ts";

/** GitHub's limit for the body of a comment, in characters. */
const maxBody = 65_536;

/** The new body of the comment. `head` is the commit at which its finding was not there any more. */
export function renderClosedComment(
  { earlier, closing }: Pick<Closed, "earlier" | "closing">,
  head: string,
  { templates, names }: { readonly templates: Templates; readonly names: RuleNames },
): string {
  const standing = standingAfter(closing);
  const { fingerprint, rule, body } = earlier;
  const path = earlier.isElsewhere ? earlier.path : undefined;
  const { headline, rest } = takeApart(body) ?? {
    headline: `**${text(names.title(rule))}**`,
    rest: "",
  };
  const words = {
    marker: writeMarker({ fingerprint, rule, standing, path }),
    decision: closing.kind === "ignored" ? writeDecision(closing.decision) : undefined,
    headline: closing.kind === "leaked" ? headline : strike(headline),
    why: renderWhy(closing, head),
  };
  const whole = templates.render("closed-comment", { ...words, rest });
  return whole.length <= maxBody
    ? whole
    : templates.render("closed-comment", { ...words, rest: "" });
}

export function strike(headline: string): Markdown {
  return `~~${headline}~~` as Markdown;
}

/** What the comment says of its finding from then on. */
export function standingAfter({ kind }: Closing): Standing {
  switch (kind) {
    case "fixed":
    case "not-new":
      return "fixed";
    case "leaked":
      return "leaked";
    case "ignored":
    case "ignored-in-code":
      return "ignored";
  }
}

export function renderWhy(closing: Closing, head: string): Markdown {
  const commit = head.slice(0, 7);
  switch (closing.kind) {
    case "fixed":
      return `Fixed in ${commit}.` as Markdown;
    case "leaked":
      return `Gone from the code in ${commit}, but not from the history: whoever has read it has the secret. Replace it where it was issued; then resolve this thread and ask for \`/pyward review\`, or say \`/pyward ignore\` and how it was replaced.` as Markdown;
    case "not-new":
      return "The base has this too by now, so it is no matter of this change." as Markdown;
    case "ignored-in-code":
      return `Ignored in the code${because(closing.reason)}.` as Markdown;
    case "ignored":
      return `Ignored by ${code(closing.decision.by)}${because(closing.decision.reason)}.` as Markdown;
  }
}

function because(reason: string): Markdown {
  const words = shorten(reason.replace(/\.+$/u, ""), 300);
  return (words === "" ? "" : `: ${text(words)}`) as Markdown;
}

/** Our own comment without hidden lines, suggestions, and what an earlier closing added. */
export function takeApart(
  body: string,
): { readonly headline: string; readonly rest: string } | undefined {
  const shown = body.replace(/^(?:<!-- pyward:[^\n]* -->\r?\n)+/u, "");
  const struck = /^~~(?<headline>\*\*[^\n]+)~~\r?\n\r?\n[^\n]+/mu.exec(shown);
  const found = struck ?? /^(?<headline>\*\*[^\n]+)/mu.exec(shown);
  const headline = found?.groups?.headline;
  if (found === null || headline === undefined) return undefined;
  const before = shown.slice(0, found.index).trim();
  const after = shown.slice(found.index + found[0].length).trim();
  const rest = [before, after].filter((part) => part !== "").join("\n\n");
  return { headline, rest: withoutWayOut(withoutSuggestions(rest)) };
}

/** What there is to do about an open finding, at the end of the last line. */
function withoutWayOut(body: string): string {
  return body.replace(/ · not a problem\? reply `[^\n]*<\/sub>$/u, "</sub>");
}

/** A fence is closed by one that is as long; within ours no line is. */
function withoutSuggestions(body: string): string {
  const lines = body.split("\n");
  const kept: string[] = [];
  let fence: string | undefined;
  let isDropped = false;
  for (const [index, line] of lines.entries()) {
    if (fence === undefined) {
      fence = /^`{3,}/u.exec(line)?.[0];
      isDropped = fence !== undefined && line === `${fence}suggestion`;
      // The empty line that stands before it goes with it.
      if (isDropped && kept.at(-1) === "") kept.pop();
      if (!isDropped) kept.push(line);
    } else {
      if (!isDropped) kept.push(line);
      if (line === fence && index > 0) fence = undefined;
    }
  }
  return kept.join("\n");
}
