// What holds up the event loop: `async` functions and the calls in them that block the thread.

import type { ObservedFunction } from "../flow/interpreter.ts";
import { codeOf, placeOf, type Span } from "../python/module.ts";
import type { Finding, TraceStep } from "./finding.ts";
import { isTestPath } from "./paths.ts";
import type { RuleContext } from "./rule.ts";

export interface BlockingCall {
  /** The `async` function's name. */
  readonly name: string;
  /** What it calls, as it stands there. */
  readonly call: string;
  /** The API that blocks. */
  readonly path: string;
  readonly isDirect: boolean;
}

/** One finding a function, at its first call that blocks in this way. */
export function* blockingFindings(
  context: RuleContext,
  kind: string,
  message: (call: BlockingCall) => string,
): Iterable<Finding> {
  for (const observed of context.program.functions) {
    const { definition } = observed;
    if (!definition.isAsync || isTestPath(definition.module.path) || isStartUp(observed)) continue;
    const effect = observed.effects.find((each) => each.kind === kind);
    const at = effect?.chain[0];
    if (!effect || !at) continue;
    const isDirect = effect.chain.length === 1;
    const text = message({
      name: definition.name,
      call: codeOf(effect.callee),
      path: effect.path,
      isDirect,
    });
    yield context.finding(at, text, { trace: traceOf(effect.chain, effect.path, definition.name) });
  }
}

/** Before the server answers anybody, nobody waits. */
function isStartUp({ definition }: ObservedFunction): boolean {
  const { module } = definition;
  return (definition.statement?.decorators ?? []).some((decorator) => {
    const code = module.text.slice(decorator.start, decorator.end);
    return (
      /^(?:contextlib\.)?asynccontextmanager$/u.test(code) ||
      /\.on_event\(\s*["'](?:startup|shutdown)["']/u.test(code)
    );
  });
}

function traceOf(chain: readonly Span[], path: string, name: string): readonly TraceStep[] {
  if (chain.length === 1) return [];
  return chain.map((span, index) => ({
    place: placeOf(span),
    code: codeOf(span).replace(/\s+/gu, " ").slice(0, 120),
    words:
      index === chain.length - 1
        ? `blocks in ${path}`
        : index === 0
          ? `is called on the event loop by ${name}`
          : "calls further",
  }));
}
