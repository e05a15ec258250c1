// The function around a line that is asked about: who starts it, where it runs, and what its calls there do.

import { styleOf } from "../flow/entry-points/route-styles.ts";
import type { ObservedFunction } from "../flow/interpreter.ts";
import { codeOf, type Module, placeOf } from "../python/module.ts";
import { executionsOf, isThreadedStyle } from "./execution.ts";
import type { InsightEffect, InsightExecution, InsightStart } from "./insight.ts";
import { isTestPath } from "./paths.ts";
import type { Program } from "./program.ts";

/** The innermost one. */
export function functionAround(
  program: Program,
  module: Module,
  offset: number,
): ObservedFunction | undefined {
  return program.functions
    .filter(
      ({ definition: { span } }) =>
        span.module === module && span.start <= offset && offset < span.end,
    )
    .toSorted((a, b) => b.definition.span.start - a.definition.span.start)[0];
}

export function startOf({ definition, route, entries }: ObservedFunction): InsightStart {
  return {
    isAsync: definition.isAsync,
    style: route?.style,
    rules: route?.rules ?? [],
    entries: [...entries],
  };
}

export function executionAround(
  program: Program,
  { definition, route }: ObservedFunction,
): InsightExecution {
  const { isOnLoop, starts } = executionsOf(program)(definition);
  const isAnswering = route !== undefined && styleOf(route.style)?.origin !== "cli-input";
  const where = isOnLoop
    ? "event-loop"
    : !isAnswering
      ? "caller"
      : isThreadedStyle(route.style)
        ? "thread-pool"
        : "server-thread";
  return { where, starts: [...starts].toSorted(), isTest: isTestPath(definition.module.path) };
}

/** What the calls do that begin on a line, each way to an API once. */
export function effectsOn(
  { functions }: Program,
  module: Module,
  line: number,
): readonly InsightEffect[] {
  const found = new Map<string, InsightEffect>();
  for (const { effects, givenEffects } of functions) {
    const all = [
      ...effects.map((effect) => ({ effect, isGiven: false })),
      ...givenEffects.map(({ effect }) => ({ effect, isGiven: true })),
    ];
    for (const { effect, isGiven } of all) {
      const { kind, path, chain } = effect;
      const [first] = chain;
      if (first?.module !== module || placeOf(first).startLine !== line) continue;
      const key = `${kind} ${path} ${chain.map(({ start, module }) => `${module.path}:${start}`).join()}`;
      const steps = chain.map((span) => ({ place: placeOf(span), code: codeOf(span) }));
      if (!found.has(key)) found.set(key, { kind, path, chain: steps, isGiven });
    }
  }
  return [...found.values()];
}
