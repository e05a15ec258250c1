// The programs of a large scan on several cores: each is analysed whole on one thread, so that what is
// found does not depend on how many threads there are.

import { Worker } from "node:worker_threads";
import type { Analysis } from "../analysis/analyze.ts";
import { partsOf } from "../analysis/parts.ts";
import type { AnalysisMemory, KeyOf } from "../analysis/remembering.ts";
import type { TeamModel } from "../analysis/team-models.ts";
import { maxYoungGenerationSizeMb } from "../analysis/thread-memory.ts";
import type { SourceFile } from "../python/source-file.ts";

export interface Threads {
  /** The module that runs on each thread; see `serveAnalyses`. */
  readonly entry: URL;
  /** At most. */
  readonly count: number;
  /** UTF-16 units of text that a thread must have to do to be worth its start. */
  readonly worthwhile?: number;
}

export interface AnalysisQuestion {
  readonly part: readonly SourceFile[];
  readonly models: readonly TeamModel[];
}
export type AnalysisAnswer =
  | { readonly kind: "analysis"; readonly analysis: Analysis }
  | { readonly kind: "error" };

/**
 * Fills the memory with the analyses of what it does not know yet. Does nothing where one thread would
 * do all the work; what fails on a thread is left out, and analysed where it is asked for.
 */
export async function analyseOnThreads(
  files: readonly SourceFile[],
  models: readonly TeamModel[],
  memory: AnalysisMemory,
  keyOf: KeyOf,
  threads: Threads,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  const waiting = partsOf(files)
    .map((part) => ({ part, key: keyOf(part, models), size: sizeOf(part) }))
    .filter(({ key }) => memory.get(key) === undefined)
    // The longest first, so that none is left alone at the end.
    .toSorted((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1));
  const total = waiting.reduce((sum, { size }) => sum + size, 0);
  const others = total - (waiting[0]?.size ?? 0);
  const count = Math.min(
    threads.count,
    waiting.length,
    1 + Math.floor(others / (threads.worthwhile ?? 1_500_000)),
  );
  if (count < 2) return;

  let done = files.length - waiting.reduce((sum, { part }) => sum + part.length, 0);
  const work = async (): Promise<void> => {
    const worker = new Worker(threads.entry, { resourceLimits: { maxYoungGenerationSizeMb } });
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { part, key } = next;
        const answer = await ask(worker, { part, models });
        if (answer.kind === "analysis") memory.set(key, answer.analysis);
        done += part.length;
        onProgress?.(done, files.length);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.allSettled(Array.from({ length: count }, work));
}

function sizeOf(part: readonly SourceFile[]): number {
  return part.reduce((sum, { text }) => sum + text.length, 0);
}

/** Rejects where the thread ends instead. */
function ask(worker: Worker, question: AnalysisQuestion): Promise<AnalysisAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      worker.off("message", onMessage);
      worker.off("error", onEnd);
      worker.off("exit", onEnd);
      end();
    };
    const onMessage = (answer: AnalysisAnswer) => settle(() => resolve(answer));
    const onEnd = (cause: unknown) =>
      settle(() => reject(new Error("an analysis thread ended", { cause })));
    worker.on("message", onMessage);
    worker.on("error", onEnd);
    worker.on("exit", onEnd);
    worker.postMessage(question);
  });
}
