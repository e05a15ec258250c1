// THE door: a change goes in, what is to be said of it comes out.

import type { FileProblem, Finding } from "../analysis/finding.ts";

/** A finding that can be recognised again after lines moved. */
export interface ReviewedFinding {
  readonly finding: Finding;
  /** 16 hexadecimal digits: rule, path, enclosing symbol, normalised code, and its count there. */
  readonly fingerprint: string;
}

export interface SuppressedFinding extends ReviewedFinding {
  /** The reason given in the ignore comment; empty where none was given. */
  readonly reason: string;
}

export interface Review {
  readonly base: string;
  readonly head: string | undefined;
  /** What the change introduces, gravest first, then by path and line. */
  readonly introduced: readonly ReviewedFinding[];
  /** What was there at the merge base and is still there: counted, never commented. */
  readonly existing: readonly ReviewedFinding[];
  /** What an ignore comment in the code answers for. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Files that could not be (wholly) looked at. */
  readonly problems: readonly FileProblem[];
  readonly coverage: {
    /** All changed files, and those of them that are Python and were read at the head. */
    readonly changedFiles: number;
    readonly pythonFiles: number;
    /** Unchanged files read for context. */
    readonly contextFiles: number;
  };
}
