// The engine's face: files in, findings out. Pure and synchronous; the same input gives the same bytes.

import type { SourceFile } from "../python/source-file.ts";
import type { FileProblem, Finding } from "./finding.ts";
import type { Rulebook } from "./rulebook.ts";

/** What an analysis runs on: made once per process by the shell (`load-engine.ts`). */
export interface Engine {
  readonly rulebook: Rulebook;
  /** Analyses the files together, as one project. */
  analyze(files: readonly SourceFile[]): Analysis;
}

export interface Analysis {
  /** Sorted by path, line, column, rule; without duplicates. */
  readonly findings: readonly Finding[];
  readonly problems: readonly FileProblem[];
}
