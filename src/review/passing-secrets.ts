// Secrets that one commit of a change added and a later one took away: gone from the files, not from the history.

import type { Engine } from "../analysis/analyze.ts";
import { type Finding, quoteCode } from "../analysis/finding.ts";
import type { PassingVersion } from "./change-set.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Look, type LookSettings, look } from "./look.ts";
import type { RecognisedFinding } from "./reviewed-finding.ts";

/**
 * Looks at each version by itself. What stands at the head or stood at the merge base is told there, or
 * was known before; `base` is asked only where something is left.
 */
export function passingSecrets(
  versions: readonly PassingVersion[],
  engine: Engine,
  settings: LookSettings,
  head: Look,
  base: () => Look,
): readonly RecognisedFinding[] {
  const told = new Set(everyFinding(head).map(keyOf));
  const found = new Map<string, Finding>();
  for (const version of versions) {
    const { open } = look(engine, [{ path: version.path, text: version.text }], settings);
    for (const finding of open) {
      const stays = engine.rulebook.find(finding.rule)?.rule.staysInHistory === true;
      const key = keyOf(finding);
      if (stays && !told.has(key) && !found.has(key)) found.set(key, asHistory(finding, version));
    }
  }
  if (found.size === 0) return [];
  for (const finding of everyFinding(base())) found.delete(keyOf(finding));
  return [...found.values()].map((finding) => ({
    finding,
    fingerprint: fingerprintOf(finding, 0),
  }));
}

function everyFinding({ open, answered }: Look): readonly Finding[] {
  return [...open, ...answered.map(({ finding }) => finding)];
}

/** A file that was renamed, or a secret that was moved, is the same one. */
function keyOf({ rule, code }: Finding): string {
  return JSON.stringify([rule, code]);
}

/** The line is not there any more; the file, if it is, stands for it. */
function asHistory(finding: Finding, { commit, path }: PassingVersion): Finding {
  const { secret: _gone, symbolPlace: _also, ...rest } = finding;
  const where = `Line ${finding.place.startLine} of ${quoteCode(path)} in commit ${quoteCode(commit.slice(0, 7))}`;
  return {
    ...rest,
    message: `${where}: a later commit took it away, but the history keeps it. ${finding.message}`,
    place: { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    trace: [],
  };
}
