// A report as workflow commands: printed in a GitHub Actions job, they become annotations of the change.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

import type { FileProblem, Finding, Severity } from "../analysis/finding.ts";
import type { Report } from "./report.ts";

/**
 * One command a line. GitHub shows the first ten errors and the first ten warnings of a step, hence
 * the gravest first; the whole list stands in the log.
 */
export function renderGithubAnnotations(report: Report): string {
  const lines = [
    ...report.findings.map(({ finding }) => findingCommand(finding, report)),
    ...report.problems.map(problemCommand),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const commands: Readonly<Record<Severity, string>> = {
  high: "error",
  medium: "warning",
  low: "notice",
};

function findingCommand(
  { severity, rule, message, place, trace }: Finding,
  report: Report,
): string {
  const title = report.rulebook.find(rule)?.page.title ?? rule;
  const { path, startLine, startColumn, endLine, endColumn } = place;
  // GitHub takes columns only where the annotation stays on one line.
  const columns: [string, string | number][] =
    startLine === endLine
      ? [
          ["col", startColumn],
          ["endColumn", endColumn],
        ]
      : [];
  const steps = trace.map((step) => {
    const { path: file, startLine: line } = step.place;
    return `${file}:${line}: ${step.code} (${step.words})`;
  });
  return command(
    commands[severity],
    [
      ["file", path],
      ["line", startLine],
      ["endLine", endLine],
      ...columns,
      ["title", `${title} (${rule})`],
    ],
    [message, ...steps].join("\n"),
  );
}

function problemCommand({ path, line, message }: FileProblem): string {
  return command("notice", [["file", path], ...(line ? [["line", line] as const] : [])], message);
}

function command(
  name: string,
  properties: readonly (readonly [string, string | number])[],
  message: string,
): string {
  const list = properties.map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(",")}::${escapeData(message)}`;
}

/** The escapes that the runner undoes; a line break that got through would begin a new command. */
function escapeData(text: string): string {
  return withoutControls(text)
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** The log viewer obeys terminal colours. */
function withoutControls(text: string): string {
  return text.replace(/[^\P{Cc}\n\r\t]/gu, "\u{fffd}").replaceAll(/\p{Cs}/gu, "\u{fffd}");
}
