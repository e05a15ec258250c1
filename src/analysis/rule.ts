// What a rule is: a question asked of a program that has been looked at.

import type { Span } from "../python/module.ts";
import type { Confidence, Finding, Severity, TraceStep } from "./finding.ts";
import type { Program } from "./program.ts";

/** A rule: given the program, says what is wrong with it. Its page says the rest. */
export interface Rule {
  /** API paths whose calls the rule wants to see in `Program.calls`: `sqlalchemy.select`. */
  readonly watches?: readonly string[];
  /** Concepts of sinks: constants that reach one are seen in `Program.constants`. */
  readonly watchesConstantsIn?: readonly string[];
  /** What it finds stays dangerous in the history after its line is gone. */
  readonly staysInHistory?: boolean;
  /** Pure; may yield in any order, and the same place more than once. */
  check(context: RuleContext): Iterable<Finding>;
}

export interface RuleContext {
  readonly program: Program;
  /** Makes a finding of this rule; severity and confidence are the page's unless told otherwise. */
  finding(at: Span, message: string, details?: FindingDetails): Finding;
}

export interface FindingDetails {
  readonly severity?: Severity;
  /** The page's severity, or this one if it is milder. */
  readonly severityAtMost?: Severity;
  /** The page's confidence, or this one if it is lower. */
  readonly confidence?: Confidence;
  readonly trace?: readonly TraceStep[];
  /** The secret that the finding is about: it is never repeated, in no finding. */
  readonly secret?: Span;
}

/** Defines a rule by its question. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
