// What holds up the event loop: functions that run on one, and the calls in them that block its thread.

import type { Effect } from "../flow/frame.ts";
import type { ObservedFunction } from "../flow/interpreter.ts";
import type { FunctionDefinition } from "../flow/values/value.ts";
import { codeOf, placeOf, type Span } from "../python/module.ts";
import { enclosingNodes } from "./enclosing.ts";
import { type Execution, executionsOf, isThreadedStyle } from "./execution.ts";
import { type Finding, quoteCode, type Severity, type TraceStep } from "./finding.ts";
import { awaits } from "./fixes/plain-function.ts";
import { isTestPath } from "./paths.ts";
import type { Program } from "./program.ts";
import type { RuleContext } from "./rule.ts";

export interface BlockingCall {
  /** `database`, `http`, `sleep`, ... */
  readonly kind: string;
  /** The function on the event loop, quoted. */
  readonly name: string;
  readonly isAsync: boolean;
  /** What it calls, as it stands there, quoted. */
  readonly call: string;
  /** The API that blocks, quoted. */
  readonly path: string;
  /** Whether it calls the API itself, and no helper that does. */
  readonly isDirect: boolean;
  /** What to write instead, as a sentence without its end: "Use `httpx.AsyncClient`, or ...". */
  readonly fix: string;
}

/** Calls after which blocking is another matter: every thread is one of the event loop's own. */
export const patchingCalls: readonly string[] = [
  "gevent.monkey.patch_all",
  "eventlet.monkey_patch",
];

/**
 * One finding a function, at the first of its gravest calls that block. `severities` says which kinds count and how
 * much. A rule that asks must watch `patchingCalls`.
 */
export function* blockingFindings(
  context: RuleContext,
  severities: ReadonlyMap<string, Severity>,
  message: (call: BlockingCall) => string,
): Iterable<Finding> {
  const { program } = context;
  if (isPatched(program)) return;
  const executionOf = executionsOf(program);
  for (const observed of program.functions) {
    const { definition, givenEffects } = observed;
    // What a test gives it says nothing of the program.
    const given = givenEffects.filter(({ caller }) => !isTestPath(caller.path));
    const effects = [...observed.effects, ...given.map(({ effect }) => effect)];
    if (effects.length === 0 || isTestPath(definition.module.path)) continue;
    const execution = executionOf(definition);
    if (!execution.isOnLoop || !execution.isServing) continue;
    const effect = gravest(
      effects.filter((each) => counts(program, each, execution)),
      severities,
    );
    const at = effect?.chain[0];
    if (!effect || !at) continue;
    const text = message({
      kind: effect.kind,
      name: quoteCode(definition.name),
      isAsync: definition.isAsync,
      call: quoteCode(codeOf(effect.callee)),
      path: quoteCode(effect.path.replace(/\.__\w+__$/u, "")),
      isDirect: effect.chain.length === 1,
      fix: fixOf(program, observed, effect),
    });
    yield context.finding(at, text, {
      severity: severities.get(effect.kind) ?? "low",
      ...(isBehindQueue(execution) ? { severityAtMost: "medium" } : {}),
      trace: traceOf(effect, definition.name),
    });
  }
}

/** A file is read in no time where nobody waits for it; only requests come by the hundred. */
function counts(program: Program, effect: Effect, execution: Execution): boolean {
  if (effect.kind === "file" && !execution.isRequest) return false;
  return !isAwaited(program, effect);
}

function gravest(
  effects: readonly Effect[],
  severities: ReadonlyMap<string, Severity>,
): Effect | undefined {
  for (const severity of ["high", "medium", "low"]) {
    const found = effects.find(({ kind }) => severities.get(kind) === severity);
    if (found) return found;
  }
  return undefined;
}

function isBehindQueue({ starts }: Execution): boolean {
  return starts.has("worker") && !starts.has("request") && !starts.has("unknown");
}

function isPatched(program: Program): boolean {
  return program.calls.some(
    ({ paths, module }) =>
      !isTestPath(module.path) && paths.some((path) => patchingCalls.includes(path)),
  );
}

/**
 * What is awaited is no plain call, whatever it looks like: its object has an async twin's type after all, or the
 * function's decorator, of a library nobody described, made a coroutine of it.
 */
function isAwaited(program: Program, { chain }: Effect): boolean {
  const [at] = chain;
  if (!at || enclosingNodes(at).at(-2)?.kind !== "await") return false;
  if (chain.length === 1) return true;
  const called = program.edges.filter(({ span }) => isSameSpan(span, at));
  return called.some(({ callee }) => (callee.statement?.decorators.length ?? 0) > 0);
}

function isSameSpan(left: Span, right: Span): boolean {
  return left.module === right.module && left.start === right.start && left.end === right.end;
}

/** The way out that is nearest to how the project is written. */
function fixOf(program: Program, observed: ObservedFunction, effect: Effect): string {
  const { definition, route } = observed;
  const thread = `run it in a thread with ${quoteCode(threadCall(program, definition))}`;
  if (!definition.isAsync) return capital(thread);
  const isThreaded = route !== undefined && isThreadedStyle(route.style);
  if (isThreaded && !awaits(definition))
    return `It awaits nothing: make it a plain \`def\`, which runs in a thread`;
  const twin = program.asyncTwin(effect.path);
  if (twin === undefined) return capital(thread);
  return twin.includes("to_thread")
    ? `Use ${quoteCode(twin)}`
    : `Use ${quoteCode(twin)}, or ${thread}`;
}

/** How the project hands work to threads, if it does already. */
function threadCall(program: Program, { module }: FunctionDefinition): string {
  for (const { text } of [module, ...program.modules]) {
    const used = /\b(?:run_in_threadpool|sync_to_async|database_sync_to_async)\b/u.exec(text)?.[0];
    if (used === "run_in_threadpool") return "await run_in_threadpool(...)";
    if (used !== undefined) return `${used}(...)`;
    if (/\banyio\.to_thread\b|from anyio import to_thread/u.test(text))
      return "await anyio.to_thread.run_sync(...)";
    if (/\basyncio\.to_thread\b/u.test(text)) break;
  }
  return "await asyncio.to_thread(...)";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function traceOf({ chain, path }: Effect, name: string): readonly TraceStep[] {
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
