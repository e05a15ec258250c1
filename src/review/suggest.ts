// Proves fixes before they are shown: they are applied, parsed and analysed again. One stays only if its
// finding is gone and nothing else has come. Fixes of the same lines are shown as one.

import type { Analysis, Engine } from "../analysis/analyze.ts";
import type { Finding } from "../analysis/finding.ts";
import { applyEdits, type Edit, importEdits } from "../analysis/fix.ts";
import { type Module, makeModule, placeOf } from "../python/module.ts";
import type { SourceFile } from "../python/source-file.ts";
import { type Candidate, collide, showsSecret, suggestionsOf } from "./join-fixes.ts";
import type { Suggestion } from "./suggestion.ts";

/** Up to so many characters of code are all analysed again; of more only the files that are concerned. */
const wholeProject = 400_000;
/** Characters of files with fixes; what comes after that is not proven, and so not offered. */
const mostText = 2_000_000;
/** Analyses in which fixes that do not hold are left out; after that none is offered. */
const mostRounds = 4;
/** A change of more lines is no suggestion that one sees through. */
const mostLines = 15;

/**
 * @param findings the ones to mend, the most important first.
 * @param files all files of the project, as they were analysed.
 * @param known what that analysis said.
 */
export function suggest(
  findings: readonly Finding[],
  files: readonly SourceFile[],
  engine: Engine,
  known: Analysis,
): ReadonlyMap<Finding, Suggestion> {
  const texts = new Map(files.map((file) => [file.path, file]));
  const broken = new Set(known.problems.map(({ path }) => path));
  let kept = chooseCandidates(findings, texts, broken, known.findings);
  if (kept.length === 0) return new Map();
  const scope = scopeOf(kept, files, engine, known);
  for (let round = 0; round < mostRounds && kept.length > 0; round += 1) {
    const failed = failuresOf(kept, scope, engine);
    if (failed.size === 0) {
      return suggestionsOf(kept, known.findings);
    }
    kept = kept.filter((each) => !failed.has(each));
  }
  return new Map();
}

function chooseCandidates(
  findings: readonly Finding[],
  texts: ReadonlyMap<string, SourceFile>,
  broken: ReadonlySet<string>,
  all: readonly Finding[],
): readonly Candidate[] {
  const chosen: Candidate[] = [];
  const modules = new Map<string, Module>();
  let size = 0;
  for (const finding of findings) {
    const { fix, place } = finding;
    const file = texts.get(place.path);
    if (!fix || !file || broken.has(place.path) || !isOrdered(fix.edits)) continue;
    if (!modules.has(file.path)) {
      size += file.text.length;
      if (size > mostText) break;
    }
    const module =
      modules.get(file.path) ?? makeModule(file, { body: [], firstErrorLine: undefined });
    modules.set(file.path, module);
    const lines = linesOf(module, fix.edits);
    const candidate = { finding, fix, module, ...lines };
    if (lines.endLine - lines.startLine >= mostLines || showsSecret(candidate, all, [finding]))
      continue;
    if (chosen.every((other) => !collide(other, candidate))) chosen.push(candidate);
  }
  return chosen;
}

function isOrdered(edits: readonly Edit[]): boolean {
  return edits.every(({ start, end }, index) => {
    const next = edits[index + 1];
    return start <= end && (next === undefined || end <= next.start);
  });
}

function linesOf(module: Module, edits: readonly Edit[]) {
  const places = edits.map((edit) => placeOf({ module, ...edit }));
  return {
    startLine: Math.min(...places.map(({ startLine }) => startLine)),
    endLine: Math.max(...places.map(({ endLine }) => endLine)),
  };
}

interface Scope {
  readonly files: readonly SourceFile[];
  readonly before: Analysis;
}

/** What is analysed again; for a part of a project, what that part says by itself comes first. */
function scopeOf(
  candidates: readonly Candidate[],
  files: readonly SourceFile[],
  engine: Engine,
  known: Analysis,
): Scope {
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  if (size <= wholeProject) return { files, before: known };
  const concerned = new Set(
    candidates.flatMap(({ finding }) => [
      finding.place.path,
      ...finding.trace.map(({ place }) => place.path),
    ]),
  );
  const part = files.filter(({ path }) => concerned.has(path));
  return { files: part, before: engine.analyze(part) };
}

/** The candidates that do not hold, if all are applied. */
function failuresOf(
  candidates: readonly Candidate[],
  { files, before }: Scope,
  engine: Engine,
): ReadonlySet<Candidate> {
  const ofFile = Map.groupBy(candidates, ({ module }) => module.path);
  const edited = new Map([...ofFile].map(([path, group]) => [path, editsOf(group)] as const));
  const after = engine.analyze(
    files.map(({ path, text }) => ({ path, text: applyEdits(text, edited.get(path) ?? []) })),
  );
  const failed = new Set<Candidate>();
  const fail = (path: string) => {
    for (const each of ofFile.get(path) ?? candidates) failed.add(each);
  };
  for (const each of candidates) {
    const wasSeen = before.findings.some((finding) => isSame(finding, each.finding));
    if (!wasSeen || isStillThere(each, after.findings, edited)) failed.add(each);
  }
  const counts = countByKind(before.findings);
  for (const [kind, found] of countByKind(after.findings)) {
    if (found.length > (counts.get(kind)?.length ?? 0)) fail(found[0]?.place.path ?? "");
  }
  const problems = new Set(before.problems.map(({ path }) => path));
  for (const { path } of after.problems) if (!problems.has(path)) fail(path);
  return failed;
}

function editsOf(group: readonly Candidate[]): readonly Edit[] {
  const [first] = group;
  const imports = first
    ? importEdits(
        first.module,
        group.map(({ fix }) => fix),
      )
    : [];
  return [...imports, ...group.flatMap(({ fix }) => fix.edits)];
}

function isSame(one: Finding, other: Finding): boolean {
  return (
    one.rule === other.rule &&
    one.place.path === other.place.path &&
    one.place.startLine === other.place.startLine &&
    one.place.startColumn === other.place.startColumn
  );
}

/** Whether the rule still speaks of the place that the finding stood at. */
function isStillThere(
  { finding, module }: Candidate,
  after: readonly Finding[],
  edited: ReadonlyMap<string, readonly Edit[]>,
): boolean {
  const { path } = module;
  const edits = (edited.get(path) ?? []).toSorted((a, b) => a.start - b.start);
  const newText = makeModule(
    { path, text: applyEdits(module.text, edits) },
    { body: [], firstErrorLine: undefined },
  );
  const from = offsetOf(module, finding.place.startLine, finding.place.startColumn);
  const to = offsetOf(module, finding.place.endLine, finding.place.endColumn);
  return after.some((other) => {
    if (other.rule !== finding.rule || other.place.path !== path) return false;
    const { startLine, startColumn } = other.place;
    const at = offsetBefore(offsetOf(newText, startLine, startColumn), edits);
    return from <= at && at < to;
  });
}

/** Where a place of the edited text was before; what is new counts as where it was put. */
function offsetBefore(offset: number, edits: readonly Edit[]): number {
  let shift = 0;
  for (const { start, end, text } of edits) {
    if (offset < start + shift) break;
    if (offset < start + shift + text.length) return start;
    shift += text.length - (end - start);
  }
  return offset - shift;
}

function offsetOf({ lineStarts }: Module, line: number, column: number): number {
  return (lineStarts[line - 1] ?? 0) + column - 1;
}

function countByKind(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, ({ rule, place, symbol }) => `${rule} ${place.path} ${symbol}`);
}
