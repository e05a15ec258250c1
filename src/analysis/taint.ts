// Flows from sources to sinks as findings: the message, the path the data takes, how sure it is.

import type { FlowEvent } from "../flow/frame.ts";
import type { Label, Step } from "../flow/values/value.ts";
import { codeOf, type Module, placeOf, type Span } from "../python/module.ts";
import { sinkWords, sourceWords } from "./concepts.ts";
import { type Confidence, type Finding, quoteCode, type TraceStep } from "./finding.ts";
import type { Fix } from "./fix.ts";
import { type Passage, passageOf } from "./passage.ts";
import { defineRule, type Fault, type Rule, type RuleContext } from "./rule.ts";

/** What may not meet: values of these origins in sinks of these concepts. */
export interface TaintRule {
  /** Concepts of sources; `http-input` stands for every `http-...`. */
  readonly from: readonly string[];
  /** Concepts of sinks. */
  readonly into: readonly string[];
  /** Flows that are fine after all: by where they begin and end, or by what the value passed on its way. */
  readonly isHarmless?: (passage: Passage) => boolean;
  readonly message: (flow: TaintFlow) => string;
  /** See `Rule.fix`. */
  readonly fix?: (fault: Fault) => Fix | undefined;
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
  /** The flow itself, for what these words do not tell. */
  readonly flow: FlowEvent;
}

/** Defines a rule that has no code at all, only what may not meet. */
export function taintRule(rule: TaintRule): Rule {
  return defineRule({
    check: (context) => taintFindings(rule, context),
    ...(rule.fix ? { fix: rule.fix } : {}),
  });
}

/** Every flow that a taint rule forbids; one finding a sink, that of the surest path. */
function* taintFindings(rule: TaintRule, context: RuleContext): Iterable<Finding> {
  const bySink = new Map<string, FlowEvent>();
  for (const flow of context.program.flows) {
    if (!rule.into.includes(flow.concept) || !isFrom(rule.from, flow.label.source.concept))
      continue;
    if (rule.isHarmless?.(passageOf(context.program, flow))) continue;
    const key = `${flow.call.module.path}:${flow.call.start}`;
    const known = bySink.get(key);
    if (!known || isSurer(flow, known)) bySink.set(key, flow);
  }
  for (const flow of bySink.values()) {
    const message = rule.message({
      source: quoteCode(codeOf(flow.label.source.span)),
      sink: quoteCode(codeOf(flow.callee)),
      call: flow.path,
      concept: flow.concept,
      flow,
    });
    const isWeaker = weakerOrigins.has(flow.label.source.concept);
    yield context.finding(flow.call, message, {
      ...(isWeaker ? { severityAtMost: "medium" } : {}),
      confidence: confidenceOf(flow),
      trace: traceOf(flow),
    });
  }
}

// Whoever starts a program or sets its environment can do more than a visitor of it to begin with.
const weakerOrigins: ReadonlySet<string> = new Set(["cli-input", "environment", "parameter"]);

function isFrom(origins: readonly string[], concept: string): boolean {
  return (
    // What a public function is given may come from anywhere.
    (concept === "parameter" && origins.includes("http-input")) ||
    origins.includes(concept) ||
    (concept.startsWith("http-") && origins.includes("http-input"))
  );
}

function isSurer(flow: FlowEvent, known: FlowEvent): boolean {
  const [one, other] = [flow, known].map((each) => confidences.indexOf(confidenceOf(each)));
  return one === other ? flow.label.hops < known.label.hops : (one ?? 0) < (other ?? 0);
}

const confidences: readonly Confidence[] = ["high", "medium", "low"];

/** high: known source, known sink, no unknown call between; each doubt takes one step. */
function confidenceOf(flow: FlowEvent): Confidence {
  if (flow.label.source.concept === "parameter") return "low";
  const doubts = flow.label.hops + (flow.isTyped ? 0 : 1);
  return doubts === 0 ? "high" : doubts <= 2 ? "medium" : "low";
}

function traceOf(flow: FlowEvent): readonly TraceStep[] {
  const { label } = flow;
  const between = stepsOf(label).filter((step) => !contains(step.span, flow.call));
  const first = between[0];
  // The statement that reads the source shows more than the source alone.
  const startsWithSource = first && contains(first.span, label.source.span);
  const start = startsWithSource ? first.span : label.source.span;
  const rest = startsWithSource ? between.slice(1) : between;
  const isOneLine = contains(flow.call, label.source.span) && rest.length === 0;
  const trace = [
    ...(isOneLine ? [] : [traceStep(start, sourceWords(label.source.concept))]),
    ...rest.map((step) => traceStep(step.span, step.words)),
    traceStep(flow.call, sinkWords(flow.concept)),
  ];
  return trace;
}

/** The steps of a label, oldest first. */
export function stepsOf(label: Label): readonly Step[] {
  const steps: Step[] = [];
  for (let step = label.steps; step; step = step.previous) steps.push(step);
  return steps.reverse();
}

/** A step as it is shown. */
export function traceStep(span: Span, words: string): TraceStep {
  const code = firstLine(span.module, span);
  return { place: placeOf(span), code, words };
}

function contains(outer: Span, inner: Span): boolean {
  return outer.module === inner.module && outer.start <= inner.start && inner.end <= outer.end;
}

function firstLine(module: Module, span: Span): string {
  const line = module.text
    .slice(span.start, Math.min(span.end, span.start + 240))
    .replace(/\s+/gu, " ")
    .trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
