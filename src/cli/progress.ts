// A progress bar on stderr: only on a terminal, and only once the work has taken a second.

import type { Engine } from "../analysis/analyze.ts";

/** Told of work done; drawing it is synchronous, so that a synchronous engine can report too. */
export interface Progress {
  update(what: string, done: number, total: number): void;
  /** Says what is under way where there is no counting; nothing for work that is soon done. */
  announce(what: string, size: number): void;
  /** Takes the bar off the screen. */
  finish(): void;
}

export function createProgress(quiet: boolean): Progress {
  const { stderr } = process;
  if (quiet || !stderr.isTTY || process.env.TERM === "dumb") {
    return { update: () => {}, announce: () => {}, finish: () => {} };
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
    announce(what, size) {
      if (size < sizeable && performance.now() - started < patience) return;
      drawn = performance.now();
      stderr.write(`\r\x1b[K${what} …`);
    },
    finish() {
      if (drawn > 0) stderr.write("\r\x1b[K");
      drawn = 0;
    },
  };
}

/** The same engine, whose work is seen. What follows the last file, the flow of data, takes longest. */
export function watchEngine(engine: Engine, progress: Progress): Engine {
  const onProgress = (done: number, total: number): void => {
    progress.update("files analysed", done, total);
    if (done === total) progress.announce("following the data", total);
  };
  return {
    ...engine,
    analyze: (files) => engine.analyze(files, { onProgress }),
    ...(engine.withModels && {
      withModels: (rows) => watchEngine(engine.withModels?.(rows) ?? engine, progress),
    }),
  };
}

/** Milliseconds of silence, then between two drawings. */
const patience = 1000;
const interval = 100;

/** So many files take longer than `patience`. */
const sizeable = 200;

const barColumns = 24;
