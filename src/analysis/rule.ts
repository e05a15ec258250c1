// What a rule is: a question asked of a program that has been looked at. Rules import this file alone.

import type { Span } from "../python/module.ts";
import type { Confidence, Finding, Severity, TraceStep } from "./finding.ts";
import type { Program } from "./program.ts";
import { taintFindings } from "./taint.ts";

export { quoteCode } from "./finding.ts";
export type { Program } from "./program.ts";

/** A rule: given the program, says what is wrong with it. Its page says the rest. */
export interface Rule {
  /** API paths whose calls the rule wants to see in `Program.calls`: `sqlalchemy.select`. */
  readonly watches?: readonly string[];
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
  /** The page's confidence, or this one if it is lower. */
  readonly confidence?: Confidence;
  readonly trace?: readonly TraceStep[];
}

/** Defines a rule by its question. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** What may not meet: values of these origins in sinks of these concepts. */
export interface TaintRule {
  /** Concepts of sources; `http-input` stands for every `http-...`. */
  readonly from: readonly string[];
  /** Concepts of sinks. */
  readonly into: readonly string[];
  readonly message: (flow: TaintFlow) => string;
}

/** One flow, in words for its message. */
export interface TaintFlow {
  /** The source and what is called at the sink, quoted. */
  readonly source: string;
  readonly sink: string;
  /** The sink's API path: `sqlite3.Cursor.execute`. */
  readonly call: string;
  /** The sink's concept: `sql`. */
  readonly concept: string;
}

/** Defines a rule that has no code at all, only what may not meet. */
export function taintRule(rule: TaintRule): Rule {
  return {
    check: (context) => taintFindings(rule, context),
  };
}
