// A progress bar on stderr: only on a terminal, and only once the work has taken a second.

import type { Engine } from "../analysis/analyze.ts";

/** Told of work done; drawing it is synchronous, so that a synchronous engine can report too. */
export interface Progress {
  update(what: string, done: number, total: number): void;
  /** Takes the bar off the screen. */
  finish(): void;
}

export function createProgress(quiet: boolean): Progress {
  const { stderr } = process;
  if (quiet || !stderr.isTTY || process.env.TERM === "dumb") {
    return { update: () => {}, finish: () => {} };
  }
  const started = performance.now();
  let drawn = 0;
  return {
    update(what, done, total) {
      const now = performance.now();
      const isDue = now - started > patience && (now - drawn > interval || done === total);
      if (!isDue || total === 0) return;
      drawn = now;
      const filled = Math.round((done / total) * barColumns);
      const bar = "█".repeat(filled) + "░".repeat(barColumns - filled);
      stderr.write(
        `\r\x1b[K${bar} ${what} ${done.toLocaleString("en-US")}/${total.toLocaleString("en-US")}`,
      );
    },
    finish() {
      if (drawn > 0) stderr.write("\r\x1b[K");
      drawn = 0;
    },
  };
}

/** The same engine, whose work is seen. */
export function watchEngine(engine: Engine, progress: Progress): Engine {
  const onProgress = (done: number, total: number): void =>
    progress.update("files analysed", done, total);
  return { ...engine, analyze: (files) => engine.analyze(files, { onProgress }) };
}

/** Milliseconds of silence, then between two drawings. */
const patience = 1000;
const interval = 100;

const barColumns = 24;
