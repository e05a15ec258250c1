// A pull request's review as text: what was said where, and how the check ended.

import { styleText } from "node:util";
import type { PullRequestView, ThreadView } from "../github-emulator/view.ts";
import { endedCheck } from "./check-expectation.ts";

/** Addresses to end with. */
export interface PrintedLinks {
  /** The page of the demo, where it is served. */
  readonly page: string | undefined;
  /** The list of rules. */
  readonly rules: string;
}

/** The text for a terminal; the threads of an `earlier` look take one line each. */
export function describeReview(
  view: PullRequestView,
  links: PrintedLinks,
  options: { readonly hasColor?: boolean; readonly earlier?: PullRequestView } = {},
): string {
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    options.hasColor ? styleText(format, text, { validateStream: false }) : text;
  const check = endedCheck(view);
  const known = new Set(options.earlier?.threads.map(({ id }) => id));
  const threads = view.threads.filter((thread) => thread.comments[0]?.author.isBot);
  const fresh = threads.filter(({ id }) => !known.has(id));
  const old = threads.filter(({ id }) => known.has(id));
  const sha = view.head.sha.slice(0, 7);

  return [
    paint("bold", `#${view.number} ${printable(view.title)}`),
    `${view.head.ref} at ${sha}, into ${view.base.ref}`,
    "",
    ...fresh.flatMap((thread) => [paint("cyan", describePlace(thread)), ...words(thread), ""]),
    ...(fresh.length === 0 ? [old.length > 0 ? "No new comments." : "No comments.", ""] : []),
    ...old.map((thread) => `Said before: ${describePlace(thread)}${words(thread)[0] ?? ""}`),
    ...(old.length > 0 ? [""] : []),
    check
      ? `${paint("bold", `Check ${check.name}:`)} ${check.conclusion}, "${printable(check.title ?? "")}"`
      : "The check has not ended.",
    ...(links.page ? [`The pull request: ${links.page}`] : []),
    `The rules:        ${links.rules}`,
  ].join("\n");
}

function describePlace(thread: ThreadView): string {
  const line = thread.line ?? thread.originalLine;
  const notes = [thread.isOutdated ? "outdated" : "", thread.isResolved ? "resolved" : ""];
  const state = notes.filter(Boolean).join(", ");
  const place = line === undefined ? printable(thread.path) : `${printable(thread.path)}:${line}`;
  return state ? `${place}  (${state})` : place;
}

/** The first comment of a thread without what only Markdown needs. */
function words(thread: ThreadView): readonly string[] {
  const body = thread.comments[0]?.body ?? "";
  const text = body
    .replace(/<!--[\s\S]*?-->/gu, "")
    .replace(/<\/?sub>/gu, "")
    .replace(/\*\*([^*]+)\*\*/gu, "$1")
    .replace(/\[([^\]]*)\]\((https?:[^)\s]+)\)/gu, (_, label: string, address: string) =>
      address.includes("/rules/") ? `${label}: ${address}` : label,
    );
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => `  ${printable(line)}`);
}

/** Text of a pull request may hold anything; a terminal obeys control characters. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\u{fffd}");
}
