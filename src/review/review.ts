// THE door: a change goes in, what is to be said of it comes out.

import type { Engine } from "../analysis/analyze.ts";
import type { FileProblem, Finding } from "../analysis/finding.ts";
import { severities } from "../analysis/finding.ts";
import type { SourceFile } from "../python/source-file.ts";
import type { ChangedFile, ChangeSet, Project } from "./change-set.ts";
import type { Config } from "./config.ts";
import { withFingerprints } from "./fingerprint.ts";
import { isPythonFile } from "./is-python-file.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";
import { splitByOrigin } from "./split-by-origin.ts";
import type { Ignores } from "./suppress.ts";
import { findIgnore, readIgnores } from "./suppress.ts";

export interface SuppressedFinding extends ReviewedFinding {
  /** The reason given in the ignore comment; empty where none was given. */
  readonly reason: string;
}

export interface Review {
  readonly base: string;
  readonly head: string | undefined;
  /** What the change introduces, gravest first, then by path and line. */
  readonly introduced: readonly ReviewedFinding[];
  /**
   * What was there at the merge base and is still there, in the changed files: counted, never
   * commented. Unchanged files are read for context only, and never all of them.
   */
  readonly existing: readonly ReviewedFinding[];
  /** What an ignore comment in a changed file answers for. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Changed files that could not be (wholly) looked at, at the head. */
  readonly problems: readonly FileProblem[];
  readonly coverage: {
    /** All changed files, and those of them that are Python and were read at the head. */
    readonly changedFiles: number;
    readonly pythonFiles: number;
    /** Unchanged files read for context. */
    readonly contextFiles: number;
  };
}

/**
 * Reviews a change: what the engine finds at the head and did not find at the merge base. A finding
 * is new also where its own line is untouched, even in a file beside the changed ones, as long as
 * that is among the project's files. Deterministic; takes as long as the engine takes, twice, or
 * once where the head has no findings. Throws only what the engine throws.
 */
export function review(
  change: ChangeSet,
  project: Project,
  engine: Engine,
  // Taken already, so that no caller changes when a team can switch rules off.
  _config: Config,
): Review {
  const changed = change.files.filter(({ path }) => isPythonFile(path));
  const paths = new Set(changed.flatMap(({ path, previousPath }) => [path, previousPath ?? path]));
  const context = project.files.filter(({ path }) => isPythonFile(path) && !paths.has(path));
  const headFiles = changed.flatMap((file) => textAt(file.path, file.headText));

  const head = look(engine, changed.length === 0 ? [] : [...headFiles, ...context]);
  const base = head.open.length === 0 ? nothing : lookAtBase(engine, changed, context);
  const { introduced, existing } = splitByOrigin({
    head: head.open,
    base: base.open,
    unsure: unsurePaths(changed, base.problems),
    changed,
  });

  const isChanged = ({ finding }: ReviewedFinding) => paths.has(finding.place.path);
  return {
    base: change.base,
    head: change.head,
    introduced: introduced.toSorted(graverFirst),
    existing: existing.filter(isChanged).toSorted(graverFirst),
    suppressed: suppressedFindings(head).filter(isChanged).toSorted(graverFirst),
    problems: [
      ...changed.flatMap(unreadProblem),
      ...head.problems.filter(({ path }) => paths.has(path)),
    ].toSorted((a, b) => compareText(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0)),
    coverage: {
      changedFiles: change.files.length,
      pythonFiles: headFiles.length,
      contextFiles: changed.length === 0 ? 0 : context.length,
    },
  };
}

/** What the engine says of one state of the files, ignore comments heard. */
interface Look {
  readonly open: readonly Finding[];
  readonly answered: readonly { readonly finding: Finding; readonly reason: string }[];
  readonly problems: readonly FileProblem[];
}

const nothing: Look = { open: [], answered: [], problems: [] };

function look(engine: Engine, files: readonly SourceFile[]): Look {
  if (files.length === 0) return nothing;
  const { findings, problems } = engine.analyze(files);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const ignores = new Map<string, Ignores>();
  const open: Finding[] = [];
  const answered: { finding: Finding; reason: string }[] = [];
  for (const finding of findings) {
    const { path } = finding.place;
    const inFile = ignores.get(path) ?? readIgnores(texts.get(path) ?? "");
    ignores.set(path, inFile);
    const answer = findIgnore(inFile, finding);
    if (answer === undefined) open.push(finding);
    else answered.push({ finding, reason: answer.reason });
  }
  return { open, answered, problems };
}

/** The merge base is read under its own paths, so that imports resolve, and told under the head's. */
function lookAtBase(
  engine: Engine,
  changed: readonly ChangedFile[],
  context: readonly SourceFile[],
): Look {
  const baseFiles: SourceFile[] = [];
  const renamed = new Map<string, string>();
  for (const { path, previousPath = path, baseText } of changed) {
    if (baseText === undefined || !isPythonFile(previousPath)) continue;
    baseFiles.push({ path: previousPath, text: baseText });
    renamed.set(previousPath, path);
  }
  const { open, answered, problems } = look(engine, [...baseFiles, ...context]);
  return {
    open: open.map((finding) => {
      const path = renamed.get(finding.place.path) ?? finding.place.path;
      return { ...finding, place: { ...finding.place, path } };
    }),
    answered,
    problems: problems.map((problem) => ({
      ...problem,
      path: renamed.get(problem.path) ?? problem.path,
    })),
  };
}

/** Files whose findings at the merge base are not, or not all, known. */
function unsurePaths(
  changed: readonly ChangedFile[],
  problems: readonly FileProblem[],
): Set<string> {
  const unread = changed.filter((file) => file.status !== "added" && file.baseText === undefined);
  return new Set([...unread, ...problems].map(({ path }) => path));
}

/** Counted after the open findings that are the same, whose fingerprints so do not depend on them. */
function suppressedFindings({ open, answered }: Look): SuppressedFinding[] {
  const all = [...open, ...answered.map(({ finding }) => finding)];
  return withFingerprints(all)
    .slice(open.length)
    .map((reviewed, index) => ({ ...reviewed, reason: answered[index]?.reason ?? "" }));
}

function unreadProblem({ path, status, unread, unreadKind }: ChangedFile): FileProblem[] {
  if (unread === undefined || status === "removed") return [];
  return [{ path, kind: unreadKind ?? "not-text", message: unread }];
}

function textAt(path: string, text: string | undefined): SourceFile[] {
  return text === undefined ? [] : [{ path, text }];
}

function graverFirst({ finding: a }: ReviewedFinding, { finding: b }: ReviewedFinding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compareText(a.place.path, b.place.path) ||
    a.place.startLine - b.place.startLine ||
    a.place.startColumn - b.place.startColumn ||
    compareText(a.rule, b.rule)
  );
}

/** By code unit: the same on every machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
