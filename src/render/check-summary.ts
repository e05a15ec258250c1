// The check: its title, its summary and its annotations, within GitHub's limits by construction.

import type { FileProblem } from "../analysis/finding.ts";
import type { ConfigNews } from "../review/config-news.ts";
import { commentedFindings, type Plan, type ToldBefore } from "../review/plan.ts";
import type { IgnoredFinding } from "../review/plan-closing.ts";
import type { Review, SuppressedFinding } from "../review/review.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import { renderAsides } from "./config-words.ts";
import type { Links } from "./links.ts";
import type { Markdown } from "./markdown.ts";
import {
  code,
  codeInTable,
  countBytes,
  join,
  link,
  message,
  plain,
  shorten,
  text,
} from "./markdown.ts";
import type { RuleNames } from "./rule-names.ts";
import type { Templates } from "./templates.ts";

/** What goes into a check run's `output`; annotations are for the publisher to send in batches. */
export interface CheckOutput {
  readonly title: string;
  /** Markdown of at most 65,535 bytes. */
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
}

export interface CheckAnnotation {
  readonly path: string;
  /** 1-based lines of the head. */
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "failure" | "warning" | "notice";
  /** Plain text: at most 255 characters, and 64 KB. */
  readonly title: string;
  readonly message: string;
}

/** What the reviewer knows about its own work. */
export interface CheckFacts {
  /** How long the review took. */
  readonly seconds?: number;
  /** Is what was there before to be listed, too? */
  readonly isFull?: boolean;
  /** Nothing was said in comments, because few requests are left until then. */
  readonly spareUntil?: Date | undefined;
  /** What there is to tell of the config. */
  readonly config?: ConfigNews;
  /** A sentence of ours, of what beside the review was not possible. */
  readonly note?: string | undefined;
}

export interface CheckContext {
  readonly templates: Templates;
  readonly names: RuleNames;
  readonly links: Links;
  readonly facts: CheckFacts;
}

/** Shares of the 65,535 bytes that GitHub allows; what the template itself says needs the rest. */
const budgets = {
  rows: 26_000,
  before: 10_000,
  ignored: 6_000,
  decided: 6_000,
  problems: 9_000,
} as const;

/** Ten requests of fifty: who has more findings reads the table. */
const maxAnnotations = 500;

export function renderCheck(review: Review, plan: Plan, context: CheckContext): CheckOutput {
  const { templates, facts } = context;
  const { coverage } = review;
  const commented = commentedFindings(plan);
  const rows = takeWithin(budgets.rows, plan.told, (reviewed) =>
    renderRow(reviewed, commented.has(reviewed), context),
  );
  const before = takeWithin(budgets.before, facts.isFull ? review.existing : [], (reviewed) =>
    renderRow(reviewed, true, context),
  );
  const decided = takeWithin(budgets.decided, plan.ignored, (each) => renderDecided(each, context));
  const resolved = plan.leave.filter(({ earlier }) => earlier.isResolved);
  const ignored = takeWithin(budgets.ignored, review.suppressed, (finding) =>
    renderIgnored(finding, context.links),
  );
  const problems = takeWithin(budgets.problems, review.problems, renderProblem);
  const summary = templates.render("check-summary", {
    rows: rows.taken,
    moreRows: rows.left,
    before: before.taken,
    moreBefore: before.left,
    counts: sentences([
      review.existing.length === 0 ? undefined : countExisting(review.existing.length),
      listed(countAnswered(review.suppressed), ignored),
      listed(`${plan.ignored.length} ignored on this pull request`, decided),
      resolved.length === 0 ? undefined : countResolved(resolved),
    ]),
    asides: [...leakedLine(plan), ...renderAsides(review, facts)],
    problems: problems.taken,
    moreProblems: problems.left,
    changed: countFiles(coverage.pythonFiles),
    hasPython: coverage.pythonFiles > 0,
    allChanged: countFiles(coverage.changedFiles).replace("Python ", ""),
    context: coverage.contextFiles === 0 ? undefined : coverage.contextFiles,
    seconds: facts.seconds === undefined ? undefined : facts.seconds.toFixed(1),
  });
  return { title: plan.title, summary, annotations: annotate(review, plan, context) };
}

function leakedLine({ leaked }: Plan): Markdown[] {
  if (leaked.length === 0) return [];
  const paths = [...new Set(leaked.map(({ path }) => path))]
    .slice(0, 5)
    .map((path) => code(shorten(path, 200)));
  const what = leaked.length === 1 ? "1 secret was" : `${leaked.length} secrets were`;
  return [
    `${what} leaked by an earlier commit of this pull request (${join(paths, ", ")}): gone from the code, not from the history. Replace each where it was issued, then resolve its thread.` as Markdown,
  ];
}

/** A finding without a comment of its own shows the id by which a command can name it. */
function renderRow(
  { finding, fingerprint }: ReviewedFinding,
  hasComment: boolean,
  { names, links }: CheckContext,
): Markdown {
  const { rule, severity, place } = finding;
  const what = message(shorten(finding.message, 500), codeInTable);
  const cells = [
    text(severity),
    link(text(names.title(rule)), links.rule(rule)),
    link(
      codeInTable(`${shorten(place.path, 200)}:${place.startLine}`),
      links.lines(place.path, place.startLine, place.endLine),
    ),
    hasComment ? what : join([what, code(fingerprint)], " "),
  ];
  return `| ${join(cells, " | ")} |` as Markdown;
}

function renderIgnored({ finding, reason }: SuppressedFinding, links: Links): Markdown {
  const { path, startLine, endLine } = finding.place;
  const label = code(`${shorten(path, 200)}:${startLine}`);
  const words = reason === "" ? text("no reason given") : text(shorten(reason, 200));
  return `${link(label, links.lines(path, startLine, endLine))} (${words})` as Markdown;
}

/** "2 ignored in the code", "3 accepted in the baseline", or both. */
function countAnswered(suppressed: readonly SuppressedFinding[]): string {
  const accepted = suppressed.filter(({ entry }) => entry !== undefined).length;
  const inCode = suppressed.length - accepted;
  return [
    ...(inCode > 0 || accepted === 0 ? [`${inCode} ignored in the code`] : []),
    ...(accepted > 0 ? [`${accepted} accepted in the baseline`] : []),
  ].join(", ");
}

/** A person's decision: about which finding, whose, and why. */
function renderDecided({ reviewed, decision }: IgnoredFinding, { links }: CheckContext): Markdown {
  const { path, startLine, endLine } = reviewed.finding.place;
  const label = code(`${shorten(path, 200)}:${startLine}`);
  const where = link(label, links.lines(path, startLine, endLine));
  const why = text(shorten(decision.reason, 300));
  return `${where} by ${code(decision.by)} (${why})` as Markdown;
}

function countResolved(resolved: readonly ToldBefore[]): Markdown {
  const people = new Set(resolved.flatMap(({ earlier }) => earlier.resolvedBy ?? []));
  const by = join([...people].slice(0, 5).map(code), ", ");
  const count = resolved.length === 1 ? "1 thread was" : `${resolved.length} threads were`;
  const verb = resolved.length === 1 ? "its finding is" : "their findings are";
  return `${count} resolved${by === "" ? "" : ` by ${by}`}, ${verb} still there` as Markdown;
}

interface Taken {
  readonly taken: readonly Markdown[];
  readonly left: number;
}

/** `2 ignored in the code: a; b and 3 more`; nothing where there is none. */
function listed(count: string, { taken, left }: Taken): string | undefined {
  if (taken.length + left === 0) return undefined;
  return `${count}: ${join(taken, "; ")}${left === 0 ? "" : ` and ${left} more`}`;
}

/** `undefined` where there is nothing to say. */
function sentences(parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? undefined : `${said.join("; ")}.`;
}

function renderProblem({ path, line, message: words }: FileProblem): Markdown {
  const where = line === undefined ? path : `${path}:${line}`;
  return `${code(shorten(where, 200))}: ${message(shorten(words, 300))}` as Markdown;
}

/** As many items as fit into so many bytes, and how many are left. */
function takeWithin<Item>(
  bytes: number,
  items: readonly Item[],
  render: (item: Item) => Markdown,
): Taken {
  const taken: Markdown[] = [];
  let used = 0;
  for (const item of items) {
    const rendered = render(item);
    // Two more for what stands between items.
    used += countBytes(rendered) + 2;
    if (used > bytes) break;
    taken.push(rendered);
  }
  return { taken, left: items.length - taken.length };
}

function countExisting(count: number): string {
  return count === 1 ? "1 finding was here before" : `${count} findings were here before`;
}

function countFiles(count: number): string {
  return count === 1 ? "1 Python file changed" : `${count} Python files changed`;
}

function annotate(review: Review, plan: Plan, context: CheckContext): CheckAnnotation[] {
  const ofFindings = plan.told
    .slice(0, maxAnnotations)
    .map((reviewed) => annotateFinding(reviewed, context));
  const others = [
    ...configAnnotations(context.facts.config),
    ...review.problems.flatMap(annotateProblem),
  ];
  // A config that cannot be read is told before the mildest of many findings.
  const room = Math.max(0, maxAnnotations - others.length);
  return [...ofFindings.slice(0, Math.max(room, maxAnnotations / 2)), ...others].slice(
    0,
    maxAnnotations,
  );
}

function annotateFinding(
  { finding, mode }: ReviewedFinding,
  { names, links }: CheckContext,
): CheckAnnotation {
  const { rule, severity, place } = finding;
  return {
    path: place.path,
    startLine: place.startLine,
    endLine: place.endLine,
    level: mode === "block" ? "failure" : severity === "low" ? "notice" : "warning",
    title: shorten(`${plain(names.title(rule))} · ${severity}`, 255),
    message: `${plain(shorten(finding.message, 2_000))}\nWhy, and when it is fine: ${links.rule(rule)}`,
  };
}

function annotateProblem({ path, line, kind, message: words }: FileProblem): CheckAnnotation[] {
  if (line === undefined || kind !== "syntax-error") return [];
  const said = { title: "This file does not parse", message: plain(shorten(words, 2_000)) };
  return [{ path, startLine: line, endLine: line, level: "notice", ...said }];
}

/** Each mistake that the change brings into the config, on its line. */
function configAnnotations(news: ConfigNews | undefined): readonly CheckAnnotation[] {
  return (news?.proposed?.problems ?? []).map(({ path, line, message: words }) => ({
    path,
    startLine: line,
    endLine: line,
    level: "failure",
    title: "Pyward cannot read this config",
    message: plain(shorten(words, 2_000)),
  }));
}
