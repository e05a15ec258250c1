// From what a review found to what is told of it: choose, render, write, and say how it ended.

import { join, relative } from "node:path";
import { type Severity, severities } from "../analysis/finding.ts";
import type { Rulebook } from "../analysis/rulebook.ts";
import { renderGithubAnnotations } from "../render/github-annotations.ts";
import { hideSecrets } from "../render/hide-secrets.ts";
import { renderJson } from "../render/json.ts";
import type { Report, Skipped } from "../render/report.ts";
import { renderSarif } from "../render/sarif.ts";
import { renderTerminal, summaryLine, type TerminalSettings } from "../render/terminal.ts";
import type { Config } from "../review/config.ts";
import type { LeftOutFile } from "../review/left-out.ts";
import { unknownWord } from "../review/nearest.ts";
import type { Review } from "../review/review.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import { applyFixes, diffOfFixes } from "./apply-fixes.ts";
import type { ReportOptions } from "./report-options.ts";
import { columnsOfTerminal, hasColor } from "./terminal-abilities.ts";
import { exitCodes, UserMistake } from "./user-mistake.ts";
import { writeOutput } from "./write-output.ts";

/** What one run found, before anything is chosen. */
export interface Found {
  readonly command: Report["command"];
  readonly version: string;
  readonly review: Review;
  readonly config: Config;
  /** Is there a config file? Then its word, not the terminal's own, decides what fails. */
  readonly isConfigured: boolean;
  readonly rulebook: Rulebook;
  readonly skipped: readonly Skipped[];
  readonly seconds: number;
  /** Absolute path that the findings' paths are relative to. */
  readonly root: string;
  text(path: string): string | undefined;
}

/** Returns the exit code. Throws UserMistake where the output cannot be written. */
export async function tell(found: Found, options: ReportOptions): Promise<number> {
  const { format, output, quiet } = options;
  const { report, uncertain, monitored } = chooseFindings(found, options);
  const settings: TerminalSettings = {
    color: output === undefined && hasColor(process.stdout, options.color),
    width: columnsOfTerminal(process.stdout),
    quiet,
    verbose: options.verbose,
    earlier: options.all,
    uncertain,
    monitored,
    text: hideSecrets(found.text, everyFinding(found.review)),
    showPath: (path) => pathFromHere(found.root, path),
  };
  const isDryRun = options.fix === "dry-run";
  const told = isDryRun
    ? diffOfFixes(report.findings, settings.text)
    : render(report, format, settings);
  await writeOutput(told, output);
  // The form for machines is pure; a person who waits at the terminal still hears how it went.
  if (!quiet && (output !== undefined || format === "github")) {
    process.stderr.write(`${summaryLine(report, settings)}\n`);
  }
  if (options.fix === "write") await applyFixes(report.findings, found, settings.showPath);
  const failOn = options.failOn ?? (found.isConfigured ? undefined : "low");
  const fails = report.findings.some(({ finding, mode }) =>
    failOn === undefined
      ? mode === "block"
      : mode !== "monitor" && isAtLeast(finding.severity, failOn),
  );
  return fails ? exitCodes.findings : exitCodes.clean;
}

/** Full names of the rules that were asked for; all of them where none was. */
export function chooseRules(wanted: readonly string[], rulebook: Rulebook): ReadonlySet<string> {
  const names = rulebook.entries.map(({ page }) => page.name);
  if (wanted.length === 0) return new Set(names);
  return new Set(
    wanted.map((word) => {
      const entry = rulebook.find(word);
      if (entry !== undefined) return entry.page.name;
      const advice = "`pyward rules` lists them.";
      throw new UserMistake(`--rule: ${unknownWord(word, "rule", names, advice)}`);
    }),
  );
}

/** Whether it is told or not: a line that is shown may hold a secret of a finding that is not. */
function everyFinding({ introduced, existing, suppressed }: Review) {
  return [...introduced, ...existing, ...suppressed].map(({ finding }) => finding);
}

function chooseFindings(found: Found, options: ReportOptions) {
  const { review } = found;
  const rules = chooseRules(options.rules, found.rulebook);
  const isAsked = ({ finding }: ReviewedFinding): boolean =>
    rules.has(finding.rule) && isAtLeast(finding.severity, options.severity);
  // Uncertain findings are for machines, which can tell them by their confidence, unless asked for.
  const isForMachines = options.format === "json" || options.format === "sarif";
  const isCertain = ({ finding }: ReviewedFinding): boolean =>
    isForMachines || options.all || isAtLeast(finding.confidence, found.config.confidenceFrom);
  const isTold = (each: ReviewedFinding): boolean =>
    isCertain(each) && (isForMachines || options.all || each.mode !== "monitor");

  const asked = review.introduced.filter(isAsked);
  const certain = asked.filter(isCertain);
  const findings = asked.filter(isTold);
  const report: Report = {
    command: found.command,
    version: found.version,
    rulebook: found.rulebook,
    base: found.command === "review" ? review.base : undefined,
    head: review.head,
    findings,
    earlier: review.existing.filter(isAsked).filter(isTold),
    suppressed: review.suppressed.filter(isAsked),
    notices: review.notices,
    problems: review.problems,
    skipped: [...found.skipped, ...review.leftOut.map(skippedByConfig)],
    coverage: review.coverage,
    seconds: found.seconds,
  };
  return {
    report,
    uncertain: asked.length - certain.length,
    monitored: certain.length - findings.length,
  };
}

function skippedByConfig({ path, kind }: LeftOutFile): Skipped {
  return { path, kind: kind === "ignored" ? "left-out" : kind };
}

function render(report: Report, format: ReportOptions["format"], settings: TerminalSettings) {
  switch (format) {
    case "json":
      return renderJson(report);
    case "sarif":
      // Viewers show every result alike, so what was there before is there on demand only.
      return renderSarif(settings.earlier ? report : { ...report, earlier: [] }, rulePages());
    case "github":
      return renderGithubAnnotations(report);
    case "text":
      return renderTerminal(report, settings);
  }
}

/** The pages of an App that the team runs, if it says where. */
function rulePages() {
  const base = process.env.PUBLIC_URL?.replace(/\/+$/u, "");
  if (base === undefined || !URL.canParse(base)) return {};
  return { rulePage: (name: string) => `${base}/rules/${name}` };
}

function isAtLeast(level: Severity, from: Severity | "never"): boolean {
  return from !== "never" && severities.indexOf(level) <= severities.indexOf(from);
}

function pathFromHere(root: string, path: string): string {
  const absolute = join(root, path);
  const here = relative(process.cwd(), absolute);
  const shown = here.startsWith("../../") ? absolute : here;
  return path.endsWith("/") ? `${shown}/` : shown;
}
