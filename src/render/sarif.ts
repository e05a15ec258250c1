// A report as SARIF 2.1.0, as GitHub's code scanning and other viewers read it.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning

import type { Confidence, FileProblem, Severity } from "../analysis/finding.ts";
import type { RulePage } from "../analysis/rulebook.ts";
import type { Place } from "../python/source-file.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import type { Suggestion } from "../review/suggestion.ts";
import type { Report } from "./report.ts";

export interface SarifSettings {
  /** The absolute address of a rule's page; without it the rule's CWE is linked. */
  rulePage?(name: string): string;
  /** What tells this kind of run from others; `pyward/<command>/` unless told. */
  readonly category?: string;
  /** Describes only the rules that found something, without line breaks. */
  readonly isShort?: boolean;
}

/** Indented, with a line break at its end. No clock and no absolute path is in it. */
export function renderSarif(report: Report, settings: SarifSettings = {}): string {
  const log = sarifLog(report, settings);
  return settings.isShort ? JSON.stringify(log) : `${JSON.stringify(log, null, 2)}\n`;
}

function sarifLog(report: Report, settings: SarifSettings) {
  const told = [...report.findings, ...report.earlier, ...report.suppressed];
  const used = new Set(told.map(({ finding }) => finding.rule));
  const pages = report.rulebook.entries
    .map(({ page }) => page)
    .filter(({ name }) => settings.isShort !== true || used.has(name));
  const ruleIndex = new Map(pages.map((page, index) => [page.name, index]));
  const review = report.command === "review";
  const results = [
    ...report.findings.map((found) => ({
      ...result(found, ruleIndex),
      ...(review && { baselineState: "new" }),
    })),
    ...report.earlier.map((found) => ({
      ...result(found, ruleIndex),
      ...(review && { baselineState: "unchanged" }),
    })),
    ...report.suppressed.map((found) => ({
      ...result(found, ruleIndex),
      ...(review && { baselineState: "unchanged" }),
      suppressions: [
        {
          kind: found.entry ? "external" : "inSource",
          ...(found.reason !== "" && { justification: found.reason }),
        },
      ],
    })),
  ];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Pyward",
            version: report.version,
            semanticVersion: report.version,
            rules: pages.map((page) => ruleDescriptor(page, settings)),
          },
        },
        automationDetails: { id: settings.category ?? `pyward/${report.command}/` },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: {
          [root]: { description: { text: "The root of the repository, or of what was scanned." } },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.problems.map(notification),
          },
        ],
        results,
      },
    ],
  };
}

const root = "%SRCROOT%";

const levels: Readonly<Record<Severity, string>> = {
  high: "error",
  medium: "warning",
  low: "note",
};

/** GitHub's bands: 7.0 to 8.9 is high, 4.0 to 6.9 medium, below that low. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  high: "8.0",
  medium: "5.5",
  low: "2.5",
};

const problemSeverities: Readonly<Record<Severity, string>> = {
  high: "error",
  medium: "warning",
  low: "recommendation",
};

function ruleDescriptor(page: RulePage, settings: SarifSettings) {
  const helpUri = settings.rulePage?.(page.name) ?? cweAddress(page.cwe[0]);
  const security = page.name.startsWith("security/");
  return {
    id: page.name,
    name: pascalCase(page.name),
    shortDescription: { text: page.title },
    fullDescription: { text: page.summary },
    help: { text: plainText(page.body), markdown: page.body },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: levels[page.severity] },
    properties: {
      tags: [
        security ? "security" : "maintainability",
        ...page.cwe.map((cwe) => `external/cwe/${cwe.toLowerCase()}`),
      ],
      precision: page.confidence satisfies Confidence,
      "problem.severity": problemSeverities[page.severity],
      ...(security && { "security-severity": securitySeverities[page.severity] }),
    },
  };
}

function result(
  { finding, fingerprint, mode, suggestion }: ReviewedFinding,
  ruleIndex: Map<string, number>,
) {
  const index = ruleIndex.get(finding.rule);
  return {
    ruleId: finding.rule,
    ...(index !== undefined && { ruleIndex: index }),
    level: levels[finding.severity],
    message: { text: messageText(finding.message) },
    locations: [
      {
        ...location(finding.place),
        logicalLocations: [{ fullyQualifiedName: finding.symbol }],
      },
    ],
    // The first is the one by which GitHub recognises an alert; `:1` is its count in the file.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, "pyward/v1": fingerprint },
    ...(finding.trace.length > 0 && {
      codeFlows: [
        {
          threadFlows: [
            {
              locations: finding.trace.map((step) => ({
                location: {
                  ...location(step.place),
                  message: { text: messageText(`${step.code}: ${step.words}`) },
                },
              })),
            },
          ],
        },
      ],
    }),
    ...(suggestion && { fixes: [fixOf(suggestion)] }),
    properties: { precision: finding.confidence, mode },
  };
}

/** A region without a length is a place where something is put in (3.30.4). */
function fixOf({ path, edits }: Suggestion) {
  return {
    artifactChanges: [
      {
        artifactLocation: artifact(path),
        replacements: edits.map(({ startLine, startColumn, endLine, endColumn, text }) => ({
          deletedRegion: { startLine, startColumn, endLine, endColumn },
          ...(text !== "" && { insertedContent: { text } }),
        })),
      },
    ],
  };
}

function notification({ path, kind, line, message }: FileProblem) {
  return {
    descriptor: { id: kind },
    level: kind === "crashed" ? "error" : "warning",
    message: { text: messageText(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(path),
          ...(line !== undefined && { region: { startLine: line } }),
        },
      },
    ],
  };
}

function location({ path, startLine, startColumn, endLine, endColumn }: Place) {
  return {
    physicalLocation: {
      artifactLocation: artifact(path),
      region: { startLine, startColumn, endLine, endColumn },
    },
  };
}

/** A relative reference: spaces, `#`, `?`, `%` and a colon in a file's name must not be read as URI. */
function artifact(path: string) {
  const uri = path
    .split("/")
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join("/");
  return { uri, uriBaseId: root };
}

/** In SARIF `[words](target)` is a link (3.11.6); code under review must not make one. */
function messageText(text: string): string {
  return text.toWellFormed().replace(/\[(?=[^\]]*\]\()/gu, "\\[");
}

function cweAddress(cwe: string | undefined): string | undefined {
  const number = /^CWE-(\d+)$/u.exec(cwe ?? "")?.[1];
  return number === undefined ? undefined : `https://cwe.mitre.org/data/definitions/${number}.html`;
}

/** `security/sql-injection` becomes `SqlInjection`: viewers show it where an id would be too long. */
function pascalCase(name: string): string {
  return (name.split("/").at(-1) ?? name)
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** For viewers that show no Markdown: headings and links lose their signs, code keeps its text. */
function plainText(markdown: string): string {
  return markdown
    .replace(/^#+\s+/gmu, "")
    .replace(/^```\w*\n?/gmu, "")
    .replace(/\[([^\]]*)\]\(([^)]*)\)/gu, "$1 ($2)")
    .trim();
}
