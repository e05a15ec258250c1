// A finding: what a rule has to say about one place, with the evidence for it.

import type { Place } from "../python/source-file.ts";
import type { Fix } from "./fix.ts";

export type Severity = "high" | "medium" | "low";
export type Confidence = "high" | "medium" | "low";

/** From the gravest to the mildest; the order in which findings are shown. */
export const severities = ["high", "medium", "low"] as const satisfies readonly Severity[];

/** One step of the path that data takes, in the order in which it happens. */
export interface TraceStep {
  readonly place: Place;
  /** The code at the place, on one line, shortened; hostile text: escape it where it is shown. */
  readonly code: string;
  /** A few words on what happens here: "comes from the visitor", "runs as SQL". */
  readonly words: string;
}

export interface Finding {
  /** The rule's one name: `security/sql-injection`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /**
   * One or two plain sentences: what can happen and what to write instead. Code stands between
   * backticks and holds neither backticks nor line breaks (see `quoteCode`); nothing else in it is
   * Markdown. Code is hostile text: every renderer escapes it.
   */
  readonly message: string;
  /** Where the finding stands: the sink, the query, the column. */
  readonly place: Place;
  /** Qualified name of the enclosing class or function: `Shop.search`; `<module>` at top level. */
  readonly symbol: string;
  /** Where that class or function stands, from its first line to its last; absent at top level. */
  readonly symbolPlace?: Place;
  /** The offending code, white space folded and comments gone: what a fingerprint is made of. */
  readonly code: string;
  /** A stretch of the file that holds a secret: no line of it may be shown. */
  readonly secret?: Place;
  /** From the source to the sink; empty where no data travels. */
  readonly trace: readonly TraceStep[];
  /** A proposal, not proven yet: see `ReviewedFinding.suggestion` for what may be shown. */
  readonly fix?: Fix;
}

/** Somebody's mistake that costs one file only: it does not parse, it is too large, time ran out. */
export interface FileProblem {
  readonly path: string;
  readonly kind:
    | "syntax-error"
    | "too-large"
    | "too-complex"
    | "not-text"
    | "out-of-time"
    | "crashed";
  /** 1-based, where it is known. */
  readonly line?: number;
  /** One sentence for the user. */
  readonly message: string;
}

/**
 * Code for a message: between backticks, on one line, at most `limit` characters.
 * A backtick inside becomes an apostrophe, so that a message splits at its backticks.
 */
export function quoteCode(code: string, limit = 60): string {
  const line = code.replace(/\s+/gu, " ").replaceAll("`", "'").trim();
  const characters = Array.from(line);
  const short = characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : line;
  return `\`${short}\``;
}
