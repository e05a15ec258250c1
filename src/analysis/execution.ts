// Where a function runs and who waits for it: told by decorators and registrations (the models' `routes` and
// `entry-points`), and for everything else by its callers.

import { styleOf } from "../flow/entry-points/route-styles.ts";
import type { CallEdge } from "../flow/frame.ts";
import type { ObservedFunction } from "../flow/interpreter.ts";
import type { ClassDefinition, FunctionDefinition } from "../flow/values/value.ts";
import { isCommandPath, isTestPath } from "./paths.ts";
import type { Program } from "./program.ts";

/**
 * Who starts a function, however far up its callers: a request, a queue's `worker`, an event loop as a plain
 * `callback`, a `command` line, a `script` (whoever has an event loop of their own), the `start-up` of the program or
 * a `background` task that this leaves behind; `unknown` where nobody is seen.
 */
export type Start =
  | "request"
  | "worker"
  | "callback"
  | "background"
  | "command"
  | "script"
  | "start-up"
  | "unknown";

export interface Execution {
  readonly starts: ReadonlySet<Start>;
  /** Its own code runs on an event loop: it is `async`, or a framework calls it there. */
  readonly isOnLoop: boolean;
  /** Somebody else waits while it runs: it is not only start-up, a command or a script. */
  readonly isServing: boolean;
  /** It answers a request, or is called by what does. */
  readonly isRequest: boolean;
}

/**
 * Asks where a function runs. Callers for whom `isOnce` holds do their work once in the life of the program, whoever
 * calls them: beyond them nobody is asked.
 */
export type ExecutionOf = (
  definition: FunctionDefinition,
  isOnce?: (caller: FunctionDefinition) => boolean,
) => Execution;

/** How many functions are asked, at most, to learn who starts one. */
const maxCallers = 300;
/** Frameworks that call plain functions on their event loop. */
const loopStyles: ReadonlySet<string> = new Set(["tornado", "sanic"]);
/** Frameworks with an event loop that hand plain functions to threads. */
const threadedStyles: ReadonlySet<string> = new Set(["fastapi", "starlette"]);
/**
 * Frameworks that run each `async` view on an event loop of its own, in the thread of its request: nobody else waits
 * for it. https://flask.palletsprojects.com/en/stable/async-await/
 */
const ownLoopStyles: ReadonlySet<string> = new Set(["flask", "flask-resource"]);
const serving: readonly Start[] = ["request", "worker", "callback", "background", "unknown"];
const known = new WeakMap<Program, ExecutionOf>();

/** Whether a plain function that answers for this framework runs beside its event loop. */
export function isThreadedStyle(style: string): boolean {
  return threadedStyles.has(style);
}

/** Looks at who calls whom once a program; the answers are kept. */
export function executionsOf(program: Program): ExecutionOf {
  const made = known.get(program) ?? makeExecutions(program);
  known.set(program, made);
  return made;
}

function makeExecutions(program: Program): ExecutionOf {
  const observed = new Map(program.functions.map((each) => [each.definition, each]));
  const callers = new Map<FunctionDefinition, CallEdge[]>();
  for (const edge of program.edges) {
    // That a test or an example calls something says nothing of the program.
    if (isTestPath(edge.span.module.path)) continue;
    const edges = callers.get(edge.callee) ?? [];
    callers.set(edge.callee, edges);
    edges.push(edge);
  }
  const executions = new Map<FunctionDefinition, Execution>();
  return (definition, isOnce) => {
    const before = isOnce ? undefined : executions.get(definition);
    if (before) return before;
    const { starts, isAlone } = startsOf(definition, observed, callers, isOnce);
    const own = observed.get(definition);
    const execution: Execution = {
      starts,
      isOnLoop:
        (definition.isAsync && !isAlone) ||
        loopStyles.has(own?.route?.style ?? "") ||
        own?.entries.has("callback") === true,
      isServing: serving.some((start) => starts.has(start)),
      isRequest: starts.has("request"),
    };
    if (!isOnce) executions.set(definition, execution);
    return execution;
  };
}

/**
 * Goes up from caller to caller until somebody outside the program is met on every way. `isAlone`: each of them has
 * an event loop for it alone.
 */
function startsOf(
  definition: FunctionDefinition,
  observed: ReadonlyMap<FunctionDefinition, ObservedFunction>,
  callers: ReadonlyMap<FunctionDefinition, readonly CallEdge[]>,
  isOnce: ((caller: FunctionDefinition) => boolean) | undefined,
): { readonly starts: ReadonlySet<Start>; readonly isAlone: boolean } {
  const starts = new Set<Start>();
  let isAlone = true;
  const met = new Set([definition]);
  /** Those of the callers that are left behind by way of a task, and so outlive whoever starts them. */
  const left = new Set<FunctionDefinition>();
  const waiting = [{ at: definition, isLeft: false }];
  for (const { at, isLeft } of waiting) {
    const own = isOnce?.(at) ? (["start-up"] as const) : ownStarts(at, observed.get(at));
    for (const start of own) starts.add(start === "start-up" && isLeft ? "background" : start);
    if (!ownLoopStyles.has(observed.get(at)?.route?.style ?? "")) isAlone &&= own.length === 0;
    if (own.length > 0) continue;
    const edges = callers.get(at) ?? [];
    if (edges.length === 0) starts.add("unknown");
    if (edges.length === 0 || edges.some(({ entry }) => entry !== undefined)) isAlone = false;
    for (const { entry, caller } of edges) {
      if (entry !== undefined && entry !== "task") starts.add(isStart(entry) ? entry : "unknown");
      // What a module does at its top level is done once; a coroutine made there has a loop of its own.
      else if (!caller) {
        starts.add(at.isAsync ? "script" : "start-up");
        isAlone = false;
      }
      // A plain task of a worker that makes a coroutine runs it on a loop of its own.
      else if (at.isAsync && !caller.isAsync && observed.get(caller)?.entries.has("worker"))
        starts.add("script");
      else {
        const isCallerLeft = isLeft || entry === "task";
        const seen = isCallerLeft ? left : met;
        if (seen.has(caller) || met.size + left.size >= maxCallers) continue;
        seen.add(caller);
        waiting.push({ at: caller, isLeft: isCallerLeft });
      }
    }
  }
  return { starts, isAlone };
}

function ownStarts(
  definition: FunctionDefinition,
  observed: ObservedFunction | undefined,
): readonly Start[] {
  const starts = [...(observed?.entries ?? [])].filter(isStart);
  const style = observed?.route?.style;
  if (style !== undefined)
    starts.push(styleOf(style)?.origin === "cli-input" ? "command" : "request");
  if (starts.length > 0) return starts;
  if (isLifespan(definition) || isClientSetUp(definition)) return ["start-up"];
  return isCommandPath(definition.module.path) ? ["command"] : [];
}

function isStart(kind: string): kind is Start {
  return ["request", "worker", "callback", "command", "script", "start-up"].includes(kind);
}

/** `@asynccontextmanager async def lifespan(app)`, whoever is given it. */
function isLifespan({ module, name, statement, parameters }: FunctionDefinition): boolean {
  const isManager = statement?.decorators.some((decorator) =>
    /(?:^|\.)asynccontextmanager$/u.test(module.text.slice(decorator.start, decorator.end)),
  );
  if (!isManager) return false;
  const [first] = parameters;
  const type = first?.annotation
    ? module.text.slice(first.annotation.start, first.annotation.end)
    : "";
  return (
    /lifespan/u.test(name) ||
    /^_?(?:app|application)$/u.test(first?.name ?? "") ||
    /\b(?:FastAPI|Starlette|Litestar|FastMCP)\b/u.test(type)
  );
}

/** A chat client's hooks before it answers anybody: https://discordpy.readthedocs.io/en/stable/ext/commands/ */
function isClientSetUp({ name, owner, module, parameters }: FunctionDefinition): boolean {
  if (owner) return (name === "setup_hook" || name === "cog_load") && isChatClient(owner);
  const isExtension = name === "setup" && parameters.length === 1;
  return isExtension && /^(?:import|from) (?:discord|nextcord|disnake)\b/mu.test(module.text);
}

function isChatClient({ module, statement }: ClassDefinition): boolean {
  return statement.arguments.some(({ value }) =>
    /(?:^|\.)(?:\w*Bot|\w*Client|Cog)$/u.test(module.text.slice(value.start, value.end)),
  );
}
