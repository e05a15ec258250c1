// THE door: a change goes in, what is to be said of it comes out.

import type { Engine } from "../analysis/analyze.ts";
import { isKeyStore } from "../analysis/config-file.ts";
import type { FileProblem, Finding } from "../analysis/finding.ts";
import { severities } from "../analysis/finding.ts";
import type { SourceFile } from "../python/source-file.ts";
import type { BaselineEntry } from "./baseline.ts";
import type { ChangedFile, ChangeSet, ContextGap, Project } from "./change-set.ts";
import type { Config, Mode } from "./config.ts";
import { anyFindingOf, findingModes, isOffEverywhere } from "./finding-mode.ts";
import { fingerprintOf, withFingerprints } from "./fingerprint.ts";
import { type IgnoreNotice, noticesOf } from "./ignore-notices.ts";
import { isPythonFile } from "./is-python-file.ts";
import { isCodeFile, isContextFile, isReviewedFile } from "./is-reviewed-file.ts";
import type { LeftOutFile } from "./left-out.ts";
import { type Look, type LookSettings, look, nothing } from "./look.ts";
import { settingsForChange } from "./look-settings.ts";
import { passingSecrets } from "./passing-secrets.ts";
import { isAdded } from "./patch.ts";
import type { RecognisedFinding, ReviewedFinding } from "./reviewed-finding.ts";
import { splitByOrigin } from "./split-by-origin.ts";
import { suggest } from "./suggest.ts";

export interface SuppressedFinding extends ReviewedFinding {
  /** The reason given; hostile text, empty where none was given. */
  readonly reason: string;
  /** The row of the team's baseline that answers; absent where a comment in the code does. */
  readonly entry?: BaselineEntry;
}

export interface Beyond {
  readonly standing: readonly ReviewedFinding[];
  readonly unseen: ReadonlySet<string>;
}

export interface Review {
  readonly base: string;
  readonly head: string | undefined;
  /** What the change introduces, gravest first, then by path and line; monitored findings too. */
  readonly introduced: readonly ReviewedFinding[];
  /**
   * What was there at the merge base and is still there, in the changed files: counted, never
   * commented. Unchanged files are read for context only, and never all of them.
   */
  readonly existing: readonly ReviewedFinding[];
  /** What an ignore comment in a changed file, or the baseline, answers for. */
  readonly suppressed: readonly SuppressedFinding[];
  /** What there is to say of ignore comments in changed files. */
  readonly notices: readonly IgnoreNotice[];
  /** Changed Python files whose findings the team does not want to hear of. */
  readonly leftOut: readonly LeftOutFile[];
  /** Changed files that could not be (wholly) looked at, at the head. */
  readonly problems: readonly FileProblem[];
  readonly coverage: {
    /** All changed files, and those of them that are Python and were read at the head. */
    readonly changedFiles: number;
    readonly pythonFiles: number;
    /** Unchanged files read for context. */
    readonly contextFiles: number;
    /** What is missing among those; absent where nothing is known to be. */
    readonly contextGap?: ContextGap;
  };
  /** Rules whose findings stay dangerous in the history, and what becomes of a finding of each. */
  readonly lasting: ReadonlyMap<string, Mode>;
  /**
   * Of files that the change does not touch any more, where earlier comments stand on them: what the
   * base holds too, and the paths of those that could not be read. Absent where there are none.
   */
  readonly beyond?: Beyond | undefined;
  /** Rules that had to ask somebody and got no answer: what they said before still stands. */
  readonly unanswered?: readonly string[];
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
  everyEngine: Engine,
  config: Config,
): Review {
  const engine =
    config.models.length === 0
      ? everyEngine
      : (everyEngine.withModels?.(config.models) ?? everyEngine);
  const modeOf = findingModes(config);
  const { isReviewed, leftOut, settings } = settingsForChange(change, config, engine);
  const changed = change.files.filter(({ path }) => isReviewed(path));
  const hasCode = changed.some(({ path }) => isCodeFile(path));
  const paths = new Set(changed.flatMap(({ path, previousPath }) => [path, previousPath ?? path]));
  // Configuration is read by itself: the code around it says nothing of it.
  const context = hasCode
    ? project.files.filter(({ path }) => isContextFile(path) && !paths.has(path))
    : [];
  const headFiles = changed.flatMap((file) =>
    file.status === "removed" ? [] : textAt(file.path, textOf(file.path, file.headText)),
  );
  const { dependencies } = change;
  const isAnswered = dependencies !== "unanswered";
  const asked = isAnswered && dependencies !== undefined ? { dependencies } : {};

  const state = changed.length === 0 ? [] : [...headFiles, ...context];
  const head = look(engine, state, settings, asked);
  const base = head.open.length === 0 ? nothing : lookAtBase(engine, changed, context, settings);
  const { introduced, existing } = splitByOrigin({
    head: head.open,
    base: base.open,
    unsure: unsurePaths(changed, base.problems),
    changed,
  });

  const versions = (change.passing ?? []).filter(({ path }) => isReviewed(path));
  const passing = passingSecrets(versions, engine, settings, head, () =>
    base === nothing ? lookAtBase(engine, changed, context, settings) : base,
  );

  const withMode = <Found extends RecognisedFinding>(each: Found) => ({
    ...each,
    mode: modeOf(each.finding),
  });
  const accepted = acceptedBy(config, changed);
  const isOpen = (each: RecognisedFinding) => accepted(each) === undefined;
  const isChanged = ({ finding }: RecognisedFinding) => paths.has(finding.place.path);
  const suppressed = [
    ...suppressedFindings(head).map(withMode),
    ...[...introduced, ...existing, ...passing].flatMap((each): SuppressedFinding[] => {
      const entry = accepted(each);
      if (entry === undefined) return [];
      return [{ ...withMode(each), reason: entry.reason, entry }];
    }),
  ];
  const news = [...introduced, ...passing].filter(isOpen).map(withMode).toSorted(graverFirst);
  const suggestions = suggest(
    news.map(({ finding }) => finding),
    [...headFiles, ...context],
    engine,
    head,
  );
  return {
    base: change.base,
    head: change.head,
    introduced: news.map((each) => {
      const suggestion = suggestions.get(each.finding);
      return suggestion ? { ...each, suggestion } : each;
    }),
    existing: existing.filter(isOpen).filter(isChanged).map(withMode).toSorted(graverFirst),
    suppressed: suppressed.filter(isChanged).toSorted(graverFirst),
    notices: findNotices(head, changed, leftOut, engine, config),
    leftOut: [...leftOut].map(([path, kind]) => ({ path, kind })),
    problems: [
      ...changed.flatMap(unreadProblem),
      ...head.problems.filter(({ path }) => paths.has(path)),
    ]
      .filter(({ path }) => !leftOut.has(path))
      .toSorted((a, b) => compareText(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0)),
    coverage: {
      changedFiles: change.files.length,
      pythonFiles: headFiles.filter(({ path }) => isPythonFile(path) && !leftOut.has(path)).length,
      contextFiles: context.length,
      ...(hasCode && project.gap && { contextGap: project.gap }),
    },
    lasting: lastingRules(engine, config),
    ...(isAnswered ? {} : { unanswered: rulesOfDependencies(engine) }),
  };
}

function lastingRules({ rulebook }: Engine, config: Config): ReadonlyMap<string, Mode> {
  const modeOf = findingModes(config);
  return new Map(
    rulebook.entries.flatMap(({ page, rule }) =>
      rule.staysInHistory === true ? [[page.name, modeOf(anyFindingOf(page))] as const] : [],
    ),
  );
}

function rulesOfDependencies({ rulebook }: Engine): readonly string[] {
  return rulebook.entries.flatMap(({ page, rule }) => (rule.readsDependencies ? [page.name] : []));
}

/** What the baseline says of a finding, which may stand in a file that the change renames. */
function acceptedBy(
  { baseline }: Config,
  changed: readonly ChangedFile[],
): (found: RecognisedFinding) => BaselineEntry | undefined {
  const entries = new Map(baseline.map((entry) => [entry.fingerprint, entry]));
  if (entries.size === 0) return () => undefined;
  const pathBefore = new Map(changed.map(({ path, previousPath }) => [path, previousPath ?? path]));
  return ({ finding, fingerprint }) => {
    const { path } = finding.place;
    const previous = pathBefore.get(path) ?? path;
    if (previous === path) return entries.get(fingerprint);
    // Missed: the second of two equal findings in one function of a renamed file.
    return entries.get(fingerprint) ?? entries.get(fingerprintOf(at(finding, previous), 0));
  };
}

function at(finding: Finding, path: string): Finding {
  return { ...finding, place: { ...finding.place, path } };
}

/** Of comments in files that could be wholly looked at; others may answer for what was not seen. */
function findNotices(
  head: Look,
  changed: readonly ChangedFile[],
  leftOut: ReadonlyMap<string, string>,
  { rulebook }: Engine,
  config: Config,
): readonly IgnoreNotice[] {
  const files = new Map(changed.map((file) => [file.path, file]));
  const broken = new Set(head.problems.map(({ path }) => path));
  const isOff = (rule: string) => isOffEverywhere(rule, config);
  return head.heard.flatMap(({ path, ...heard }) => {
    const file = files.get(path);
    if (file === undefined || leftOut.has(path) || broken.has(path)) return [];
    const line = heard.comment.ownLine;
    const isNew = file.hunks === undefined || isAdded(file.hunks, line);
    return noticesOf(heard, rulebook, isOff).map((notice) => ({ path, line, isNew, ...notice }));
  });
}

/** The merge base is read under its own paths, so that imports resolve, and told under the head's. */
function lookAtBase(
  engine: Engine,
  changed: readonly ChangedFile[],
  context: readonly SourceFile[],
  settings: LookSettings,
): Look {
  const baseFiles: SourceFile[] = [];
  const renamed = new Map<string, string>();
  for (const { path, previousPath = path, baseText, status } of changed) {
    const text = status === "added" ? undefined : textOf(previousPath, baseText);
    if (text === undefined || !isReviewedFile(previousPath)) continue;
    baseFiles.push({ path: previousPath, text });
    renamed.set(previousPath, path);
  }
  const { open, problems, ...rest } = look(engine, [...baseFiles, ...context], settings);
  return {
    ...rest,
    open: open.map((finding) => at(finding, renamed.get(finding.place.path) ?? finding.place.path)),
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
  const unread = changed.filter(
    ({ path, status, baseText }) =>
      // Of a manifest nothing is looked for at the merge base.
      status !== "added" && baseText === undefined && isReviewedFile(path),
  );
  return new Set([...unread, ...problems].map(({ path }) => path));
}

/** Counted after the open findings that are the same, whose fingerprints so do not depend on them. */
function suppressedFindings({ open, answered }: Look) {
  const all = [...open, ...answered.map(({ finding }) => finding)];
  return withFingerprints(all)
    .slice(open.length)
    .map((found, index) => {
      return { ...found, reason: answered[index]?.reason ?? "" };
    });
}

function unreadProblem({ path, status, unread, unreadKind }: ChangedFile): FileProblem[] {
  if (unread === undefined || status === "removed") return [];
  return [{ path, kind: unreadKind ?? "not-text", message: unread }];
}

/** Nobody reads a key store: that it is there is all that is known of it. */
function textOf(path: string, text: string | undefined): string | undefined {
  return isKeyStore(path) ? "" : text;
}

function textAt(path: string, text: string | undefined): SourceFile[] {
  return text === undefined ? [] : [{ path, text }];
}

function graverFirst({ finding: a }: RecognisedFinding, { finding: b }: RecognisedFinding): number {
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
