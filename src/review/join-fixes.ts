// Which fixes can be shown side by side, and what each proven one, or several of the same lines
// together, does to whole lines.

import type { Finding } from "../analysis/finding.ts";
import { applyEdits, type Edit, type Fix, importEdits } from "../analysis/fix.ts";
import { type Module, placeOf } from "../python/module.ts";
import type { Place } from "../python/source-file.ts";
import type { LineChange, Suggestion } from "./suggestion.ts";

/** The fix of one finding. */
export interface Candidate {
  readonly finding: Finding;
  readonly fix: Fix;
  readonly module: Module;
  /** 1-based lines that the edits touch. */
  readonly startLine: number;
  readonly endLine: number;
}

/** More unchanged lines than this are not shown with a change, only to reach where its finding stands. */
const farthest = 10;

/** Do two fixes want the same characters, or one name for two imports? */
export function collide(one: Candidate, other: Candidate): boolean {
  if (one.module.path !== other.module.path) return false;
  return isTouching(one.fix.edits, other.fix.edits) || importsSameName(one, other);
}

/** Of two edits that begin at the same place none is the first. */
function isTouching(one: readonly Edit[], other: readonly Edit[]): boolean {
  return one.some((a) =>
    other.some((b) => a.start === b.start || (a.start < b.end && b.start < a.end)),
  );
}

/** Two imports that give one name to different things. */
function importsSameName(one: Candidate, other: Candidate): boolean {
  return one.fix.imports.some(({ line }) =>
    other.fix.imports.some((each) => each.line !== line && lastWord(each.line) === lastWord(line)),
  );
}

function lastWord(line: string): string {
  return line.slice(line.lastIndexOf(" ") + 1);
}

interface Lines {
  readonly module: Module;
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * Lines that hold a secret are shown nowhere, neither as they are nor mended; `own` are findings whose
 * secret the fix takes out.
 */
export function showsSecret(
  { module, startLine, endLine }: Lines,
  all: readonly Finding[],
  own: readonly Finding[] = [],
): boolean {
  return all.some(
    (finding) =>
      finding.secret?.path === module.path &&
      finding.secret.startLine <= endLine &&
      startLine <= finding.secret.endLine &&
      !own.includes(finding),
  );
}

/** The suggestion of each proven fix; those whose lines overlap have one in common, which does it all. */
export function suggestionsOf(
  proven: readonly Candidate[],
  all: readonly Finding[],
): ReadonlyMap<Finding, Suggestion> {
  const suggestions = new Map<Finding, Suggestion>();
  for (const ofFile of Map.groupBy(proven, ({ module }) => module.path).values()) {
    for (const group of groupsOf(ofFile)) {
      const suggestion = suggestionOf(group, all);
      for (const { finding } of group) suggestions.set(finding, suggestion);
    }
  }
  return suggestions;
}

type Group = readonly [Candidate, ...Candidate[]];

function groupsOf(ofFile: readonly Candidate[]): readonly Group[] {
  const groups: [Candidate, ...Candidate[]][] = [];
  let end = 0;
  for (const each of ofFile.toSorted((a, b) => a.startLine - b.startLine)) {
    const last = groups.at(-1);
    if (last !== undefined && each.startLine <= end) last.push(each);
    else groups.push([each]);
    end = Math.max(end, each.endLine);
  }
  return groups;
}

function suggestionOf(group: Group, all: readonly Finding[]): Suggestion {
  const [{ module }] = group;
  const fixes = group.map(({ fix }) => fix);
  const edits = fixes.flatMap((fix) => fix.edits).toSorted((a, b) => a.start - b.start);
  const imports = importEdits(module, fixes);
  const change = {
    module,
    startLine: Math.min(...group.map(({ startLine }) => startLine)),
    endLine: Math.max(...group.map(({ endLine }) => endLine)),
  };
  const places = group
    .map(({ finding }) => finding.place)
    .filter((place) => place.endLine < change.startLine || change.endLine < place.startLine);
  const wider = {
    module,
    startLine: Math.min(change.startLine, ...places.map(({ startLine }) => startLine)),
    endLine: Math.max(change.endLine, ...places.map(({ startLine }) => startLine)),
  };
  const added = lengthOf(wider) - lengthOf(change);
  const isWider = added > 0 && added <= farthest && !showsSecret(wider, all);
  return {
    path: module.path,
    change: hideSecrets(changeOf(change, edits), group),
    ...(isWider && { wider: changeOf(wider, edits) }),
    imports: imports.map(({ start, text }) =>
      addedLine(placeOf({ module, start, end: start }), text),
    ),
    edits: [...imports, ...edits].map(({ start, end, text }) => ({
      ...placeOf({ module, start, end }),
      text,
    })),
  };
}

function lengthOf({ startLine, endLine }: Lines): number {
  return endLine - startLine;
}

function changeOf({ module, startLine, endLine }: Lines, edits: readonly Edit[]): LineChange {
  const from = module.lineStarts[startLine - 1] ?? 0;
  const to = module.lineStarts[endLine] ?? module.text.length + 1;
  const before = module.text.slice(from, to - 1);
  const changed = applyEdits(
    before,
    edits.map(({ start, end, text }) => ({ start: start - from, end: end - from, text })),
  );
  return { startLine, endLine, before: before.split("\n"), after: changed.split("\n") };
}

/** Of a line that holds a secret it is said that it goes, not what it was. */
function hideSecrets(change: LineChange, group: Group): LineChange {
  const { startLine, before } = change;
  const hidden = before.map((line, index) =>
    group.reduce((shown, { finding: { secret } }) => {
      if (secret?.startLine !== startLine + index) return shown;
      const end = secret.endLine === secret.startLine ? secret.endColumn - 1 : line.length;
      return `${line.slice(0, secret.startColumn - 1)}…${line.slice(end)}`;
    }, line),
  );
  return { ...change, before: hidden };
}

function addedLine({ startLine, startColumn }: Place, text: string): LineChange {
  const line = startColumn === 1 ? startLine : startLine + 1;
  return {
    startLine: line,
    endLine: line - 1,
    before: [],
    after: [text.replace(/^\r?\n|\n$/gu, "")],
  };
}
