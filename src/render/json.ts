// A report as JSON for other programs. The shape is a promise: see `JsonReport`.

import type { Confidence, FileProblem, Severity } from "../analysis/finding.ts";
import type { Place } from "../python/source-file.ts";
import type { Mode } from "../review/config.ts";
import type { IgnoreNotice } from "../review/ignore-notices.ts";
import type { ReviewedFinding } from "../review/reviewed-finding.ts";
import type { Report, Skipped } from "./report.ts";

/**
 * Within one `version` fields are added, never renamed, removed or given another meaning. Paths are
 * relative to the repository's root (for a scan outside of git: to the folder that holds all paths
 * given) and use `/`. Lines and columns are 1-based; columns count UTF-16 units; `endColumn` is the
 * column after the last character.
 */
export interface JsonReport {
  readonly version: 1;
  readonly tool: { readonly name: "pyward"; readonly version: string };
  readonly command: "review" | "scan";
  /** Commit ids; `null` for a scan, and for the head of a working tree. */
  readonly base: string | null;
  readonly head: string | null;
  readonly findings: readonly JsonFinding[];
  readonly problems: readonly JsonProblem[];
  /** Ignore comments that answer for nothing, name no rule, or lack a reason. */
  readonly notices: readonly Pick<IgnoreNotice, "path" | "line" | "kind" | "message">[];
  readonly skipped: readonly Skipped[];
  readonly summary: {
    /** Findings in state `new`. */
    readonly high: number;
    readonly medium: number;
    readonly low: number;
    readonly earlier: number;
    readonly ignored: number;
    readonly changedFiles: number;
    readonly pythonFiles: number;
    readonly contextFiles: number;
    readonly seconds: number;
  };
}

export interface JsonFinding extends Place {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly cwe: readonly string[];
  /** Plain text with code between backticks. */
  readonly message: string;
  /** Enclosing class or function. */
  readonly symbol: string;
  /** Stays the same when lines move. */
  readonly fingerprint: string;
  /** `earlier`: there before the change; `ignored`: answered for by a comment in the code. */
  readonly state: "new" | "earlier" | "ignored";
  /** What the config makes of it. */
  readonly mode: Mode;
  /** The reason that the ignore comment or the baseline gives; only in state `ignored`. */
  readonly reason?: string;
  /** The path that the data takes, from the source to the sink. */
  readonly trace: readonly (Place & { readonly code: string; readonly words: string })[];
  /** A fix that was tried and holds, all of it or nothing; absent where there is none. */
  readonly fixes?: readonly { readonly edits: readonly (Place & { readonly text: string })[] }[];
}

export interface JsonProblem {
  readonly path: string;
  readonly kind: FileProblem["kind"];
  readonly line: number | null;
  readonly message: string;
}

/** Indented, with a line break at its end. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(jsonReport(report), null, 2)}\n`;
}

function jsonReport(report: Report): JsonReport {
  const { findings, earlier, suppressed, coverage } = report;
  const count = (severity: Severity): number =>
    findings.filter(({ finding }) => finding.severity === severity).length;
  return {
    version: 1,
    tool: { name: "pyward", version: report.version },
    command: report.command,
    base: report.base ?? null,
    head: report.head ?? null,
    findings: [
      ...findings.map((found) => jsonFinding(found, "new", report)),
      ...earlier.map((found) => jsonFinding(found, "earlier", report)),
      ...suppressed.map((found) => ({
        ...jsonFinding(found, "ignored", report),
        reason: found.reason,
      })),
    ],
    problems: report.problems.map(({ path, kind, line, message }) => ({
      path,
      kind,
      line: line ?? null,
      message,
    })),
    notices: report.notices.map(({ path, line, kind, message }) => ({ path, line, kind, message })),
    skipped: report.skipped.map(({ path, kind }) => ({ path, kind })),
    summary: {
      high: count("high"),
      medium: count("medium"),
      low: count("low"),
      earlier: earlier.length,
      ignored: suppressed.length,
      changedFiles: coverage.changedFiles,
      pythonFiles: coverage.pythonFiles,
      contextFiles: coverage.contextFiles,
      seconds: Math.round(report.seconds * 1000) / 1000,
    },
  };
}

function jsonFinding(
  { finding, fingerprint, mode, suggestion }: ReviewedFinding,
  state: JsonFinding["state"],
  report: Report,
): JsonFinding {
  const page = report.rulebook.find(finding.rule)?.page;
  return {
    rule: finding.rule,
    title: page?.title ?? finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    cwe: page?.cwe ?? [],
    message: finding.message,
    ...placeOnly(finding.place),
    symbol: finding.symbol,
    fingerprint,
    state,
    mode,
    trace: finding.trace.map(({ place, code, words }) => ({ ...placeOnly(place), code, words })),
    ...(suggestion && {
      fixes: [
        { edits: suggestion.edits.map(({ text, ...place }) => ({ ...placeOnly(place), text })) },
      ],
    }),
  };
}

/** A place may carry more than its type says; the output may not. */
function placeOnly({ path, startLine, startColumn, endLine, endColumn }: Place): Place {
  return { path, startLine, startColumn, endLine, endColumn };
}
