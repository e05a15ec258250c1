// An engine that remembers: the same program is analysed once, whoever asks and however often.

import type { SourceFile } from "../python/source-file.ts";
import { type Analysis, type Engine, joinAnalyses } from "./analyze.ts";
import type { DependencyChange } from "./dependencies/dependency-change.ts";
import { partsOf } from "./parts.ts";
import type { TeamModel } from "./team-models.ts";

/** Where analyses are kept. What it forgets, or cannot read, is analysed again. */
export interface AnalysisMemory {
  get(key: string): Analysis | undefined;
  set(key: string, analysis: Analysis): void;
}

/** Names a program by all that its analysis depends on: its files, and the team's models. */
export type KeyOf = (part: readonly SourceFile[], models: readonly TeamModel[]) => string;

/**
 * The same engine, which asks the memory first. A repository of several programs (see `parts.ts`) is
 * analysed program by program, with or without a memory that holds something.
 */
export function remembering(
  engine: Engine,
  memory: AnalysisMemory,
  keyOf: KeyOf,
  models: readonly TeamModel[] = [],
): Engine {
  const { withModels } = engine;
  return {
    ...engine,
    analyze(files, options) {
      if (options?.explain) return engine.analyze(files, options);
      let before = 0;
      const analyses = partsOf(files).map((part) => {
        const done = before;
        before += part.length;
        const asked = {
          onProgress: (read: number) => options?.onProgress?.(done + read, files.length),
        };
        const dependencies = dependenciesOf(part, options?.dependencies ?? []);
        // Of another change the same files may say something else.
        if (dependencies.length > 0) return engine.analyze(part, { ...asked, dependencies });
        const key = keyOf(part, models);
        const known = memory.get(key);
        if (known) return known;
        const made = engine.analyze(part, asked);
        memory.set(key, made);
        return made;
      });
      return joinAnalyses(analyses);
    },
    ...(withModels && {
      withModels: (rows) => remembering(withModels(rows), memory, keyOf, rows),
    }),
  };
}

/** What concerns the manifests of a part; what was taken out of another one may be what it brings. */
function dependenciesOf(
  part: readonly SourceFile[],
  changes: readonly DependencyChange[],
): readonly DependencyChange[] {
  const paths = new Set(part.map(({ path }) => path));
  return changes.some(({ manifest }) => paths.has(manifest)) ? changes : [];
}

/** A memory of this process that forgets the oldest. */
export function recentAnalyses(most: number): AnalysisMemory {
  const known = new Map<string, Analysis>();
  return {
    get(key) {
      const analysis = known.get(key);
      if (analysis && known.delete(key)) known.set(key, analysis);
      return analysis;
    },
    set(key, analysis) {
      known.set(key, analysis);
      for (const oldest of known.keys()) {
        if (known.size <= most) break;
        known.delete(oldest);
      }
    },
  };
}
