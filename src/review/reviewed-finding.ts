// A finding with the mark by which it is known again.

import type { Finding } from "../analysis/finding.ts";

/** A finding that can be recognised again after lines moved. */
export interface ReviewedFinding {
  readonly finding: Finding;
  /** 16 hexadecimal digits: rule, path, enclosing symbol, normalised code, and its count there. */
  readonly fingerprint: string;
}
