// What a rule is: a question asked of a program that has been looked at.

import type { CallEvent, FlowEvent } from "../flow/frame.ts";
import type { Span } from "../python/module.ts";
import type { SyntaxNode } from "./enclosing.ts";
import type { Confidence, Finding, Severity, TraceStep } from "./finding.ts";
import type { Fix } from "./fix.ts";
import type { Program } from "./program.ts";

/** A rule: given the program, says what is wrong with it. Its page says the rest. */
export interface Rule {
  /** API paths whose calls the rule wants to see in `Program.calls`: `sqlalchemy.select`. */
  readonly watches?: readonly string[];
  /** Concepts of sinks: constants that reach one are seen in `Program.constants`. */
  readonly watchesConstantsIn?: readonly string[];
  /** What it finds stays dangerous in the history after its line is gone. */
  readonly staysInHistory?: boolean;
  /** It reads `Program.dependencies`, which not everybody who reviews can give. */
  readonly readsDependencies?: boolean;
  /** Pure; may yield in any order, and the same place more than once. */
  check(context: RuleContext): Iterable<Finding>;
  /**
   * How to mend what stands at the place of one of its findings; `undefined` where that is not sure. It is
   * offered only once an analysis of the mended file has shown that it helps.
   */
  fix?(fault: Fault): Fix | undefined;
}

/** A place that the rule found something wrong with, for its fix. */
export interface Fault {
  readonly program: Program;
  readonly at: Span;
  /** What is written exactly there: an expression or a statement. */
  readonly node: SyntaxNode | undefined;
  /** The watched calls and the flows that end exactly there. */
  readonly calls: readonly CallEvent[];
  readonly flows: readonly FlowEvent[];
  /** The API paths of both. */
  readonly paths: readonly string[];
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
  /** What it is known by (`Finding.code`), where that is not the code at its place. */
  readonly code?: string;
  /** The secret that the finding is about: it is never repeated, in no finding. */
  readonly secret?: Span;
}

/** Defines a rule by its question. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
