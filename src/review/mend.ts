// All fixes of a review at once: what the files are then, and whether that holds. Pure; who commits them
// reviews the outcome first.

import type { ChangeSet } from "./change-set.ts";
import type { Review } from "./review.ts";
import type { ReviewedFinding } from "./reviewed-finding.ts";
import { applyChanges, joinChanges } from "./suggestion.ts";

export interface Mended {
  /** Files that are otherwise afterwards. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** The change, as if those files had been pushed. */
  readonly change: ChangeSet;
  /** The findings that are gone then. */
  readonly findings: readonly ReviewedFinding[];
}

/** Only of files that the change touches: others are nobody's business here. */
export function mend(change: ChangeSet, findings: readonly ReviewedFinding[]): Mended {
  const texts = new Map(
    change.files.flatMap(({ path, status, headText }) =>
      status === "removed" || headText === undefined ? [] : [[path, headText] as const],
    ),
  );
  const mended = findings.filter(({ suggestion }) => suggestion && texts.has(suggestion.path));
  const ofFile = Map.groupBy(
    mended.flatMap(({ suggestion }) => suggestion ?? []),
    ({ path }) => path,
  );
  const files = [...ofFile].flatMap(([path, suggestions]) => {
    const before = texts.get(path) ?? "";
    const text = applyChanges(before, joinChanges(suggestions));
    return text === before ? [] : [{ path, text }];
  });
  const now = new Map(files.map(({ path, text }) => [path, text]));
  return {
    files,
    findings: mended,
    change: {
      ...change,
      files: change.files.map((file) => {
        const headText = now.get(file.path);
        // Where lines moved the old hunks say nothing any more; without them any line may be new.
        return headText === undefined ? file : { ...file, headText, hunks: undefined };
      }),
    },
  };
}

/** Is everything gone that should be, and nothing come that was not there before? */
export function holds(before: Review, after: Review, mended: readonly ReviewedFinding[]): boolean {
  const was = countByKind(everyFinding(before));
  const gone = countByKind(mended);
  const isLess = [...countByKind(everyFinding(after))].every(
    ([kind, { length }]) => length <= (was.get(kind)?.length ?? 0) - (gone.get(kind)?.length ?? 0),
  );
  return isLess && after.problems.length <= before.problems.length;
}

function everyFinding({ introduced, existing, suppressed }: Review): readonly ReviewedFinding[] {
  return [...introduced, ...existing, ...suppressed];
}

/** A fix may change the code of another finding, and so its fingerprint; not its function. */
function countByKind(
  findings: readonly ReviewedFinding[],
): ReadonlyMap<string, readonly ReviewedFinding[]> {
  return Map.groupBy(findings, ({ finding: { rule, place, symbol } }) =>
    JSON.stringify([rule, place.path, symbol]),
  );
}
