// One review comment: what can happen, what to write instead, the path the data takes, the way out.

import type { Finding, TraceStep } from "../analysis/finding.ts";
import type { EarlierComment } from "../review/earlier.ts";
import { writeMarker } from "../review/marker.ts";
import type { PlannedComment } from "../review/plan.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import type { LineChange, Suggestion } from "../review/suggestion.ts";
import type { Links } from "./links.ts";
import type { Markdown } from "./markdown.ts";
import { code, join, link, message, shorten, text } from "./markdown.ts";
import type { RuleNames } from "./rule-names.ts";
import { renderDiff, renderOffer } from "./suggested-change.ts";
import type { Templates } from "./templates.ts";

export interface CommentContext {
  readonly templates: Templates;
  readonly names: RuleNames;
  readonly links: Links;
}

/** GitHub's limit for the body of a comment, in characters. */
const maxBody = 65_536;

/** Longer paths are told by their first and their last steps. */
const maxSteps = 6;

/** A comment whose finding came back in the commit `head`. */
export interface Return {
  readonly head: string;
  readonly earlier: EarlierComment;
}

/** What else a comment on several findings holds, once something became of one of them. */
export interface Beside {
  /** The hidden lines of all its findings, in place of those that the planned one would have. */
  readonly hidden: readonly string[];
  /** Findings of the comment that are closed: a line for each. */
  readonly closed: readonly Markdown[];
}

/** Markdown for GitHub; the first line is the hidden marker. */
export function renderReviewComment(
  planned: PlannedComment,
  context: CommentContext,
  back?: Return,
  beside?: Beside,
): string {
  const { trace } = planned.reviewed.finding;
  const body = fillTemplate(planned, context, trace, back, beside);
  // Only names of thousands of characters come to this; without them a comment is always short.
  return body.length <= maxBody ? body : fillTemplate(planned, context, [], back, beside);
}

function fillTemplate(
  { reviewed, anchor, offer, also = [] }: PlannedComment,
  context: CommentContext,
  trace: readonly TraceStep[],
  back: Return | undefined,
  beside: Beside | undefined,
): string {
  const { templates, names, links } = context;
  const { finding } = reviewed;
  const isExact = anchor.kind === "lines" && anchor.exact;
  const here = anchor.kind === "summary" ? undefined : anchor.path;
  return templates.render("review-comment", {
    marker: (
      beside?.hidden ?? [
        markerOf(reviewed, here, back),
        ...also.map((each) => markerOf(each, here, undefined)),
      ]
    ).join("\n"),
    elsewhere: isExact ? undefined : elsewhere(finding, here, links),
    title: text(names.title(finding.rule)),
    severity: finding.severity,
    backIn: back?.head.slice(0, 7),
    message: message(shorten(finding.message, 2_000)),
    path: trace.length === 0 ? undefined : renderPath(trace, finding.place.path, links),
    also: [...also.map((each) => nameOther(each, finding, context)), ...(beside?.closed ?? [])],
    suggestions: renderSuggestions([reviewed, ...also], offer),
    page: link("why, and when it is fine" as Markdown, links.rule(finding.rule)),
    reply: code("/pyward ignore why"),
    ignore: code(`# pyward: ignore[${names.short(finding.rule)}] why`),
  });
}

/** One that can be applied by a click stands first; findings may have one in common. */
function renderSuggestions(
  told: readonly ReviewedFinding[],
  offer: LineChange | undefined,
): readonly Markdown[] {
  const offered = (each: Suggestion) => each.change === offer || each.wider === offer;
  const all = [...new Set(told.flatMap(({ suggestion }) => suggestion ?? []))];
  return [
    ...(offer === undefined ? [] : [renderOffer(offer)]),
    ...all.filter((each) => offer === undefined || !offered(each)).map(renderDiff),
  ];
}

/** Another finding of the comment, in one line, with the id by which a command can name it. */
function nameOther(
  { finding, fingerprint }: ReviewedFinding,
  lead: Finding,
  { names, links }: CommentContext,
): Markdown {
  const { path, startLine, endLine } = finding.place;
  const line = link(text(`line ${startLine}`), links.lines(path, startLine, endLine));
  const where = startLine === lead.place.startLine ? "" : `, ${line}`;
  const title = link(text(names.title(finding.rule)), links.rule(finding.rule));
  const words = message(shorten(finding.message, 500));
  return `**${title}** · ${finding.severity}${where}: ${words} (${code(fingerprint)})` as Markdown;
}

/** What came back keeps the marker by which it was known, whatever its file is called now. */
function markerOf(
  { finding, fingerprint }: ReviewedFinding,
  here: string | undefined,
  back: Return | undefined,
): string {
  const { rule, place } = finding;
  const isElsewhere = back?.earlier.isElsewhere ?? (here !== undefined && here !== place.path);
  return writeMarker({
    ...{ rule, standing: "open", fingerprint: back?.earlier.fingerprint ?? fingerprint },
    path: isElsewhere ? (back?.earlier.path ?? place.path) : undefined,
  });
}

/** The comment stands on one line and is about another: this says which, and what the change did. */
function elsewhere({ rule, place }: Finding, here: string | undefined, links: Links): object {
  const line = `line ${place.startLine}`;
  const label = place.path === here ? text(line) : join([shortPath(place.path), text(line)], " ");
  return {
    place: link(label, links.lines(place.path, place.startLine, place.endLine)),
    isSecurity: rule.startsWith("security/"),
  };
}

function renderPath(trace: readonly TraceStep[], home: string, links: Links): Markdown {
  const left = trace.length - maxSteps;
  const steps = trace.map((step) => renderStep(step, home, links));
  const shown =
    left <= 0 ? steps : [...steps.slice(0, 3), text(`${left} more`), ...steps.slice(3 - maxSteps)];
  return join(shown, " → ");
}

function renderStep({ place, code: source, words }: TraceStep, home: string, links: Links) {
  const line = `L${place.startLine}`;
  const name = place.path.slice(place.path.lastIndexOf("/") + 1);
  const label = text(place.path === home ? line : `${shorten(name, 80)} ${line}`);
  const where = link(label, links.lines(place.path, place.startLine, place.endLine));
  const what = source.trim() === "" ? text(shorten(words, 80)) : code(shorten(source, 80));
  return `${what} (${where})` as Markdown;
}

function shortPath(path: string): Markdown {
  return code(shorten(path, 200));
}
