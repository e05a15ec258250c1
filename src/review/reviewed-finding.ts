// A finding with the mark by which it is known again, and with what becomes of it.

import type { Finding } from "../analysis/finding.ts";
import type { Mode } from "./config.ts";
import type { Suggestion } from "./suggestion.ts";

/** A finding that can be recognised again after lines moved. */
export interface RecognisedFinding {
  readonly finding: Finding;
  /** 16 hexadecimal digits: rule, path, enclosing symbol, normalised code, and its count there. */
  readonly fingerprint: string;
}

export interface ReviewedFinding extends RecognisedFinding {
  /** What the config makes of it, were it new; findings of mode `off` are in no review. */
  readonly mode: Mode;
  /** A fix that was tried and holds; only of what a change introduces. */
  readonly suggestion?: Suggestion;
}
