// The engine's face: files in, findings out. Pure and synchronous; the same input gives the same bytes.

import { type Observations, observe } from "../flow/interpreter.ts";
import type { Models } from "../flow/models.ts";
import { codeOf, type Module, makeModule, placeOf, type Span } from "../python/module.ts";
import type { PythonParser } from "../python/parse.ts";
import { makeProject } from "../python/project.ts";
import type { SourceFile } from "../python/source-file.ts";
import { isConfigFile, isKeyStore } from "./config-file.ts";
import { isSqlFile } from "./database-file.ts";
import type { DependencyChange } from "./dependencies/dependency-change.ts";
import { isManifest } from "./dependencies/manifest.ts";
import { faultAt } from "./fault-at.ts";
import { type FileProblem, type Finding, type Severity, severities } from "./finding.ts";
import type { Insight, LineOfCode } from "./insight.ts";
import { normaliseCode } from "./normalise-code.ts";
import type { Program } from "./program.ts";
import { type KeptModules, keptModules, readModule } from "./read-module.ts";
import { codeWithout, type Secrets, withoutSecrets } from "./redact.ts";
import type { FindingDetails, RuleContext } from "./rule.ts";
import type { Rulebook, RulebookEntry } from "./rulebook.ts";
import { describeSchema, type SchemaDescription } from "./schema/describe-schema.ts";
import { symbolAt } from "./symbols.ts";
import { type ModelWords, modelWords, type TeamModel, teamModelFile } from "./team-models.ts";
import { type LineWatch, watchLine } from "./watch-line.ts";

/** What an analysis runs on: made once per process by the shell (`load-engine.ts`). */
export interface Engine {
  readonly rulebook: Rulebook;
  /** Analyses the files together, as one project. */
  analyze(files: readonly SourceFile[], options?: AnalyzeOptions): Analysis;
  /** The database schema that the files declare together. */
  describeSchema?(files: readonly SourceFile[]): SchemaDescription;
  /** The same engine with a team's word on its own functions; made once for each set of rows. */
  withModels?(rows: readonly TeamModel[]): Engine;
  /** What those rows may speak of. */
  readonly modelWords?: ModelWords;
}

export interface AnalyzeOptions {
  /** Called after each file that was read, with counts of files. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ask what is known on one line: `Analysis.insight`. */
  readonly explain?: LineOfCode;
  /** What the change at hand does to the packages that the files name. */
  readonly dependencies?: readonly DependencyChange[];
}

export interface Analysis {
  /** Sorted by path, line, column, rule; without duplicates. */
  readonly findings: readonly Finding[];
  readonly problems: readonly FileProblem[];
  /** Of the line that was asked about, if its file is among the files. */
  readonly insight?: Insight;
}

/** The analyses of programs that have nothing to do with each other, as one. */
export function joinAnalyses(analyses: readonly Analysis[]): Analysis {
  const [only, ...others] = analyses;
  if (only && others.length === 0) return only;
  return {
    findings: sortedOnce(analyses.flatMap(({ findings }) => findings)),
    problems: analyses
      .flatMap(({ problems }) => problems)
      .toSorted((a, b) => compare(a.path, b.path)),
  };
}

/** Teams whose models are kept at the same time. */
const mostExtended = 16;

/** Makes an engine of its three parts; `kept` are files that were read before. */
export function makeEngine(
  parser: PythonParser,
  models: Models,
  rulebook: Rulebook,
  kept: KeptModules = keptModules(0),
): Engine {
  const watched = new Set(
    rulebook.entries
      .flatMap((entry) => entry.rule.watches ?? [])
      .map((path) => models.canonical(path)),
  );
  const extended = new Map<string, Engine>();
  const watchedConstants = new Set(
    rulebook.entries.flatMap((entry) => entry.rule.watchesConstantsIn ?? []),
  );
  return {
    rulebook,
    modelWords: modelWords(models),
    withModels(rows) {
      const key = JSON.stringify(rows);
      const known = extended.get(key);
      if (known) return known;
      const made = makeEngine(parser, models.with([teamModelFile(rows)]), rulebook, kept);
      if (extended.size >= mostExtended) extended.clear();
      extended.set(key, made);
      return made;
    },
    describeSchema(files) {
      return describeSchema(run(files, []).program);
    },
    analyze(files, options) {
      const problems: FileProblem[] = [];
      const { program, watch } = run(files, problems, options);
      const secrets: Secrets = new Set();
      const findings = rulebook.entries.flatMap((entry) => [
        ...entry.rule.check(contextOf(entry, program, secrets)),
      ]);
      const told = withoutSecrets(sortedOnce(findings), secrets);
      return {
        findings: told,
        problems,
        ...(watch ? { insight: watch.insight(program, told) } : {}),
      };
    },
  };

  function run(
    files: readonly SourceFile[],
    problems: FileProblem[],
    options?: AnalyzeOptions,
  ): { readonly program: Program; readonly watch: LineWatch | undefined } {
    const configs: Module[] = [];
    const sqlFiles: Module[] = [];
    const manifests: Module[] = [];
    const modules = files.flatMap((file, index) => {
      if (isSqlFile(file.path)) {
        sqlFiles.push(makeModule(file, withoutTree));
        return [];
      }
      if (isManifest(file.path)) {
        manifests.push(makeModule(file, withoutTree));
        if (!file.path.endsWith(".py") && !isConfigFile(file.path)) return [];
      }
      if (isConfigFile(file.path) || isKeyStore(file.path)) {
        configs.push(makeModule(file, withoutTree));
        return [];
      }
      const read = kept.get(file) ?? kept.keep(file, readModule(parser, file));
      if (read.problem) problems.push(read.problem);
      options?.onProgress?.(index + 1, files.length);
      return read.module ? [read.module] : [];
    });
    const project = makeProject(modules);
    const watch = options?.explain && watchLine(modules, options.explain);
    const seen = observe(project, models, watched, watchedConstants, watch?.observer);
    problems.push(...abandonedProblems(seen));
    const program: Program = {
      project,
      modules,
      configs,
      manifests,
      dependencies: options?.dependencies ?? [],
      sqlFiles: sqlFiles.toSorted((a, b) => compare(a.path, b.path)),
      functions: seen.functions,
      calls: seen.calls,
      flows: seen.flows,
      edges: seen.edges,
      constants: seen.constants,
      classes: seen.classes,
      canonical: (path) => models.canonical(path),
      asyncTwin: (path) => models.asyncTwin(path),
      globalOf: (module, name) => seen.globalOf(module, name),
      objects: seen.objects,
    };
    return { program, watch };
  }
}

const withoutTree = { body: [], firstErrorLine: undefined } as const;

/** One problem a file, however many of its functions were given up. */
function abandonedProblems(seen: Observations): readonly FileProblem[] {
  const problems = new Map<string, FileProblem>();
  for (const { span, reason } of seen.abandoned) {
    const { path } = span.module;
    if (problems.has(path)) continue;
    const line = placeOf(span).startLine;
    const message =
      reason === "crashed"
        ? `Pyward failed on the code at line ${line}; this is a fault of ours, and the rest was looked at.`
        : `The code at line ${line} takes too long to follow; it was looked at in part.`;
    problems.set(path, { path, kind: reason, line, message });
  }
  return [...problems.values()];
}

function contextOf(entry: RulebookEntry, program: Program, secrets: Secrets): RuleContext {
  const { page } = entry;
  return {
    program,
    finding(at: Span, message: string, details: FindingDetails = {}): Finding {
      const { secret } = details;
      if (secret) secrets.add(codeOf(secret));
      const symbol = symbolAt(at.module, at.start);
      const fix = entry.rule.fix?.(faultAt(program, at));
      return {
        rule: page.name,
        severity: milder(details.severity ?? page.severity, details.severityAtMost ?? "high"),
        confidence: milder(page.confidence, details.confidence ?? "high"),
        message,
        place: placeOf(at),
        symbol: symbol.name,
        ...(symbol.span ? { symbolPlace: placeOf({ module: at.module, ...symbol.span }) } : {}),
        code: details.code ?? (secret ? codeWithout(secret) : normaliseCode(codeOf(at))),
        ...(secret ? { secret: placeOf(secret) } : {}),
        trace: details.trace ?? [],
        ...(fix ? { fix } : {}),
      };
    },
  };
}

/** Of two grades of severity or of confidence the lower. */
function milder(left: Severity, right: Severity): Severity {
  return severities[Math.max(severities.indexOf(left), severities.indexOf(right))] ?? "low";
}

function sortedOnce(findings: readonly Finding[]): readonly Finding[] {
  const sorted = findings.toSorted(
    (a, b) =>
      compare(a.place.path, b.place.path) ||
      a.place.startLine - b.place.startLine ||
      a.place.startColumn - b.place.startColumn ||
      compare(a.rule, b.rule),
  );
  return sorted.filter((finding, index) => {
    const before = sorted[index - 1];
    return (
      before?.rule !== finding.rule ||
      before.place.path !== finding.place.path ||
      before.place.startLine !== finding.place.startLine ||
      before.place.startColumn !== finding.place.startColumn
    );
  });
}

/** By code units: the same order everywhere, whatever the locale. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
