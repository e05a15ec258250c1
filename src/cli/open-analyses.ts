// How a command analyses much: from what is known already, then on as many threads as it was given.

import { availableParallelism } from "node:os";
import type { Engine } from "../analysis/analyze.ts";
import { recentAnalyses, remembering } from "../analysis/remembering.ts";
import type { TeamModel } from "../analysis/team-models.ts";
import type { SourceFile } from "../python/source-file.ts";
import { analyseOnThreads } from "./analyse-on-threads.ts";
import { keysOf, openAnalysisCache } from "./analysis-cache.ts";
import type { Doors } from "./doors.ts";

export interface AnalysesOptions {
  /** `false` for --no-cache. */
  readonly cache: boolean;
  /** Threads at most; `undefined` for as many as there are cores, up to four. */
  readonly jobs: number | undefined;
}

export interface Analyses {
  /** The engine with its memory. */
  readonly engine: Engine;
  /** Analyses ahead, on several threads, what the engine will be asked about. */
  prepare(
    files: readonly SourceFile[],
    models: readonly TeamModel[],
    onProgress: (done: number, total: number) => void,
  ): Promise<void>;
}

export function openAnalyses(engine: Engine, doors: Doors, options: AnalysesOptions): Analyses {
  const { workshop } = doors;
  const keyOf = keysOf(workshop?.engineId() ?? doors.version);
  const folder = options.cache ? workshop?.cacheFolder : undefined;
  const recent = recentAnalyses(10_000);
  const memory = folder === undefined ? recent : openAnalysisCache(folder, recent);
  const count = options.jobs ?? Math.min(availableParallelism(), 4);
  return {
    engine: remembering(engine, memory, keyOf),
    async prepare(files, models, onProgress) {
      if (!workshop || count < 2) return;
      const threads = { entry: workshop.thread, count };
      await analyseOnThreads(files, models, memory, keyOf, threads, onProgress);
    },
  };
}
