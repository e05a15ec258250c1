// A report as text for a person at a terminal: every finding with its evidence, then one line of counts.

import { createColors } from "picocolors";
import { type FileProblem, type Severity, severities } from "../analysis/finding.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import { gutterColumns, renderCodeFrame } from "./code-frame.ts";
import type { Report, Skipped, SkippedKind } from "./report.ts";
import { escapeControls, wrapWords } from "./terminal-text.ts";

export interface TerminalSettings {
  readonly color: boolean;
  /** Columns that a line should not exceed. */
  readonly width: number;
  /** Findings only: no counts, no problems. */
  readonly quiet: boolean;
  /** Every skipped path and every problem, not only their count. */
  readonly verbose: boolean;
  /** Findings that were there before the change, too. */
  readonly earlier: boolean;
  /** Findings that were left out as too uncertain; counted in the last line. */
  readonly uncertain: number;
  /** Findings that the config has only monitored, and that so were left out. */
  readonly monitored: number;
  /** The text of a file at the reviewed state; `undefined` where it is not at hand. */
  text(path: string): string | undefined;
  /** How a path is shown: relative to where the person stands. */
  showPath(path: string): string;
}

/** The whole text, with a line break at its end; empty when quiet and nothing was found. */
export function renderTerminal(report: Report, settings: TerminalSettings): string {
  const blocks = report.findings.map((found) => findingBlock(found, "", report, settings));
  if (settings.earlier) {
    blocks.push(...report.earlier.map((found) => findingBlock(found, "earlier", report, settings)));
  }
  if (!settings.quiet) {
    const problems = problemLines(report.problems, settings);
    if (problems.length > 0) blocks.push(problems.join("\n"));
    const notices = settings.earlier ? noticeLines(report.notices, settings) : [];
    if (notices.length > 0) blocks.push(notices.join("\n"));
    if (settings.verbose && report.skipped.length > 0) {
      blocks.push(skippedLines(report.skipped, settings).join("\n"));
    }
    blocks.push(summaryLine(report, settings));
  }
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

/** The counts on one line: `1 new finding (1 high) · 14 files changed, 61 read for context · 0.4 s`. */
export function summaryLine(
  report: Report,
  settings: Pick<TerminalSettings, "earlier" | "uncertain" | "monitored" | "verbose">,
): string {
  const { coverage, seconds, command, problems, earlier, suppressed, skipped } = report;
  const parts = [countFindings(report)];
  if (command === "review") {
    const context = coverage.contextFiles > 0 ? `, ${counted(coverage.contextFiles)} read` : "";
    const none =
      coverage.changedFiles > 0 && coverage.pythonFiles === 0 ? ", none of them Python" : "";
    parts.push(`${plural(coverage.changedFiles, "file")} changed${none}${context}`);
  } else {
    parts.push(plural(coverage.pythonFiles, "file"));
  }
  parts.push(`${seconds.toFixed(1)} s`);
  if (command === "scan" && coverage.pythonFiles > 0 && seconds > 0) {
    parts.push(`${counted(Math.round(coverage.pythonFiles / seconds))} files/s`);
  }
  if (problems.length > 0) parts.push(`${plural(problems.length, "file")} not wholly read`);
  if (earlier.length > 0 && !settings.earlier) {
    parts.push(`${plural(earlier.length, "earlier finding")} not shown (--all)`);
  }
  if (settings.uncertain > 0) {
    parts.push(`${plural(settings.uncertain, "uncertain finding")} not shown (--all)`);
  }
  if (settings.monitored > 0) {
    parts.push(`${plural(settings.monitored, "monitored finding")} not shown (--all)`);
  }
  const inBaseline = suppressed.filter(({ entry }) => entry !== undefined).length;
  const inCode = suppressed.length - inBaseline;
  if (inCode > 0) parts.push(`${counted(inCode)} ignored in the code`);
  if (inBaseline > 0) parts.push(`${counted(inBaseline)} in the baseline`);
  if (report.notices.length > 0 && !settings.earlier) {
    parts.push(`${plural(report.notices.length, "ignore comment")} to look at (--all)`);
  }
  if (skipped.length > 0) {
    parts.push(`skipped: ${countSkipped(skipped)}${settings.verbose ? "" : " (--verbose)"}`);
  }
  return parts.join(" · ");
}

function findingBlock(
  { finding, suggestion }: ReviewedFinding,
  mark: "" | "earlier",
  report: Report,
  settings: TerminalSettings,
): string {
  const colors = createColors(settings.color);
  const { place, severity, rule, message } = finding;
  const path = escapeControls(settings.showPath(place.path));
  const title = report.rulebook.find(rule)?.page.title ?? rule;
  const head = [
    colors.bold(`${path}:${place.startLine}:${place.startColumn}`),
    severityColor(severity, settings.color)(severity),
    colors.bold(escapeControls(title)),
    colors.dim(mark === "" ? rule : `${rule} · ${mark}`),
  ].join("  ");

  const paint = { dim: colors.dim, bold: colors.bold, note: colors.cyan };
  const frame = renderCodeFrame(finding, { ...settings, paint });
  const indent = " ".repeat(gutterColumns);
  const columns = Math.max(40, settings.width - gutterColumns - 3);
  const told = escapeControls(message) + (suggestion ? " (fix available: --fix)" : "");
  const words = wrapWords(told, columns).map((line, index) =>
    index === 0 ? `${indent}${colors.dim("╰─")} ${line}` : `${indent}   ${line}`,
  );
  return [head, ...frame, ...words].join("\n");
}

function severityColor(severity: Severity, color: boolean): (text: string) => string {
  const colors = createColors(color);
  return { high: colors.red, medium: colors.yellow, low: colors.blue }[severity];
}

/** Broken files come in crowds where a folder holds another language's templates. */
const problemsShown = 10;

function problemLines(problems: readonly FileProblem[], settings: TerminalSettings): string[] {
  const shown = settings.verbose ? problems : problems.slice(0, problemsShown);
  const lines = shown.map(({ path, line, message }) => {
    const place = escapeControls(settings.showPath(path)) + (line === undefined ? "" : `:${line}`);
    return `${place}  ${escapeControls(message)}`;
  });
  const rest = problems.length - shown.length;
  if (rest > 0) lines.push(`… and ${plural(rest, "file")} more (--verbose)`);
  return lines;
}

function noticeLines(notices: Report["notices"], settings: TerminalSettings): string[] {
  return notices.map(
    ({ path, line, message }) =>
      `${escapeControls(settings.showPath(path))}:${line}  ${escapeControls(message)}`,
  );
}

function skippedLines(skipped: readonly Skipped[], settings: TerminalSettings): string[] {
  return skipped.map(
    ({ path, kind }) =>
      `${escapeControls(settings.showPath(path))}  skipped: ${kindWords[kind].one}`,
  );
}

function countFindings({ command, findings }: Report): string {
  const what = command === "review" ? "new finding" : "finding";
  if (findings.length === 0) return `No ${what}s`;
  const counts = severities.flatMap((severity) => {
    const count = findings.filter(({ finding }) => finding.severity === severity).length;
    return count === 0 ? [] : [`${counted(count)} ${severity}`];
  });
  return `${plural(findings.length, what)} (${counts.join(", ")})`;
}

function countSkipped(skipped: readonly Skipped[]): string {
  const counts = Map.groupBy(skipped, ({ kind }) => kind);
  return Object.entries(kindWords)
    .flatMap(([kind, words]) => {
      const count = counts.get(kind as SkippedKind)?.length ?? 0;
      return count === 0 ? [] : [`${counted(count)} ${count === 1 ? words.one : words.many}`];
    })
    .join(", ");
}

const kindWords: Readonly<Record<SkippedKind, { one: string; many: string }>> = {
  "virtual-environment": { one: "virtual environment", many: "virtual environments" },
  "installed-packages": {
    one: "folder of installed packages",
    many: "folders of installed packages",
  },
  "node-modules": { one: "node_modules", many: "node_modules" },
  ignored: { one: "path ignored by git", many: "paths ignored by git" },
  "symbolic-link": { one: "symbolic link", many: "symbolic links" },
  submodule: { one: "submodule", many: "submodules" },
  "left-out": { one: "file that the config ignores", many: "files that the config ignores" },
  generated: { one: "generated file", many: "generated files" },
  vendored: { one: "vendored file", many: "vendored files" },
  "not-seen": { one: "file of the project (too many)", many: "files of the project (too many)" },
};

function plural(count: number, noun: string): string {
  return `${counted(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function counted(count: number): string {
  return count.toLocaleString("en-US");
}
