// What is said of queries that run once for each row: one finding for a function and a table.

import { codeOf, placeOf, type Span } from "../../python/module.ts";
import type { Finding, TraceStep } from "../finding.ts";
import type { RuleContext } from "../rule.ts";
import { symbolAt } from "../symbols.ts";
import type { Library, Rows } from "./orm-value.ts";
import { type PerRowQuery, perRowQueries } from "./per-row-queries.ts";

/** What a rule is told, to put it in words. */
export interface RepeatedQuery {
  /** The call or the attribute in the function that holds the loop. */
  readonly code: string;
  /** The model whose rows are asked for. */
  readonly model: string;
  /** It is not known: a model of a library, reached by a relation. */
  readonly isForeign: boolean;
  /** The model that the loop goes over, where that is known. */
  readonly over: string | undefined;
  readonly library: Library;
  readonly relation:
    | { readonly name: string; readonly kind: "one" | "many"; readonly owner: string }
    | undefined;
  readonly isRefined: boolean;
  /** What is asked for: rows as they are, some of them or in an order, or how many there are. */
  readonly asks: "rows" | "some" | "number";
  /** The query stands in another function: this one. */
  readonly helper: { readonly path: string; readonly line: number } | undefined;
}

/** One finding for each function that repeats a query of a table. */
export function* perRowFindings(
  context: RuleContext,
  message: (query: RepeatedQuery) => string,
): Iterable<Finding> {
  const told = new Set<string>();
  for (const query of perRowQueries(context.program)) {
    const { at, model } = query;
    const symbol = symbolAt(at.module, at.start).name;
    const keys = [`${at.module.path}:${symbol}:${model.declaration.table}`, placeKey(at)];
    if (keys.some((key) => told.has(key))) continue;
    for (const key of keys) told.add(key);
    yield context.finding(at, message(repeated(query)), {
      severity: query.isByName ? "low" : query.isInRequest ? "high" : "medium",
      trace: traceOf(query),
    });
  }
}

function placeKey({ module, start, end }: Span): string {
  return `${module.path}:${start}:${end}`;
}

function repeated({ at, query, model, relation, isRefined, loop }: PerRowQuery): RepeatedQuery {
  const over = loop.over.rows as Rows | undefined;
  const isHelper = placeKey(at) !== placeKey(query);
  const { path, startLine: line } = placeOf(query);
  return {
    code: codeOf(at),
    model: model.definition.statement.name,
    isForeign: relation !== undefined && relation.target === undefined,
    over: over?.model.definition.statement.name,
    library: model.library,
    relation: relation && {
      name: relation.name,
      kind: relation.kind,
      owner: relation.owner,
    },
    isRefined,
    asks: asksFor(codeOf(query)),
    helper: isHelper ? { path, line } : undefined,
  };
}

function asksFor(code: string): RepeatedQuery["asks"] {
  if (/\.a?(?:count|exists)\(\)$/u.test(code)) return "number";
  return /\.(?:filter|exclude|order_by|a?first|a?last|a?latest|a?earliest|values|values_list)\(/u.test(
    code,
  )
    ? "some"
    : "rows";
}

function traceOf({ loop, at, query }: PerRowQuery): readonly TraceStep[] {
  const steps = [step(firstLine(loop.span), "turns once for each row")];
  if (placeKey(at) !== placeKey(query)) steps.push(step(at, "calls for each of them"));
  return [...steps, step(query, "asks the database each time")];
}

/** The head of a loop says enough of it. */
function firstLine(span: Span): Span {
  const end = span.module.text.indexOf("\n", span.start);
  return { ...span, end: end < 0 ? span.end : Math.min(end, span.end) };
}

function step(span: Span, words: string): TraceStep {
  return { place: placeOf(span), code: codeOf(span).replace(/\s+/gu, " ").slice(0, 120), words };
}
