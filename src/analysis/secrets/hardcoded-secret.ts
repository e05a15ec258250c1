// A secret that was written into a file: what a rule tells of it.

import type { Module } from "../../python/module.ts";
import type { Confidence, Severity } from "../finding.ts";

export interface HardcodedSecret {
  readonly module: Module;
  /** Offsets of the secret itself, without quotes. */
  readonly start: number;
  readonly end: number;
  /** What it is, in words for a message: "a GitHub token", "`SECRET_KEY`". */
  readonly what: string;
  /** How it is told: by its form, by its name, or as one of the uses that only secrets have. */
  readonly use: "format" | "given" | "fallback" | "default" | "compared" | "login" | "argument";
  readonly severity: Severity;
  readonly confidence: Confidence;
}

/** The secrets in the order of the file; of two that overlap the one that was told first. */
export function withoutOverlaps(secrets: Iterable<HardcodedSecret>): readonly HardcodedSecret[] {
  const kept: HardcodedSecret[] = [];
  for (const secret of secrets) {
    const isKnown = kept.some(
      ({ module, start, end }) =>
        module === secret.module && start < secret.end && secret.start < end,
    );
    if (!isKnown) kept.push(secret);
  }
  return kept;
}
