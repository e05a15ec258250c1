// What is seen while a program is run: calls that rules watch, flows into sinks, constants at places for
// secrets, who calls whom, and who starts what.

import type { Span } from "../python/module.ts";
import { everyArgument } from "./calls/arguments.ts";
import { isSameEffect } from "./calls/effects.ts";
import { isPublicParameter, isToldOfParameter } from "./entry-points/public-parameters.ts";
import {
  type ArgumentValue,
  type CallArguments,
  type CallEdge,
  type CallEvent,
  type ConstantEvent,
  callSiteOf,
  type Effect,
  type FlowEvent,
  type Frame,
  type GivenEffect,
  objectsIn,
  objectsOf,
  type RecordedCall,
  type Recording,
} from "./frame.ts";
import { bake, type State } from "./values/state.ts";
import type { FunctionDefinition } from "./values/value.ts";

/** Callers of a function whose values are kept for each watched call in it. */
const runsPerCall = 6;
/** Effects that all callers of one function together give it. */
const maxGivenEffects = 30;

export interface Recorded {
  /** Calls of the API paths that were watched, in the order they were seen. */
  readonly calls: readonly CallEvent[];
  readonly flows: readonly FlowEvent[];
  /** Which functions of the project call which; of each pair of place and callee one. */
  readonly edges: readonly CallEdge[];
  /** Constants that reached sinks of the watched concepts. */
  readonly constants: readonly ConstantEvent[];
}

/** Keeps what rules ask for later, and nothing else: all calls would be most of the memory. */
export class Recorder implements Recording {
  /** While a route is asked by way of its decorators. */
  isAnswering = false;
  /** While a function is run in a way in which no request ever comes to it: what reaches a sink then is not told. */
  isUnasked = false;
  activity = 0;

  readonly #calls = new Map<string, CallEvent>();
  /** How often each call was seen while its function was called from somewhere. */
  readonly #callRuns = new Map<string, number>();
  readonly #flows = new Map<string, FlowEvent>();
  /** By the place of the call. */
  readonly #edges = new Map<string, CallEdge[]>();
  readonly #entries = new Map<FunctionDefinition, Set<string>>();
  /** The type of what a function is given first by who starts it. */
  readonly #handed = new Map<FunctionDefinition, string>();
  readonly #generators = new Map<number, readonly Effect[]>();
  readonly #constants = new Map<string, ConstantEvent>();
  readonly #given = new Map<FunctionDefinition, GivenEffect[]>();
  readonly #watched: ReadonlySet<string>;
  readonly #watchedConstants: ReadonlySet<string>;

  /** `watched` are API paths, `watchedConstants` concepts of sinks. */
  constructor(watched: ReadonlySet<string>, watchedConstants: ReadonlySet<string>) {
    this.#watched = watched;
    this.#watchedConstants = watchedConstants;
  }

  noteEdge(frame: Frame, callee: FunctionDefinition, span: Span): void {
    const caller = frame.definition;
    // What is run here to see what it makes (an instance, a decorated route) is called by nobody.
    if (!caller && (this.isAnswering || span.start === span.end)) return;
    const key = keyOf(span);
    const edges = this.#edges.get(key) ?? [];
    this.#edges.set(key, edges);
    if (!edges.some((known) => known.callee === callee && known.caller === caller))
      edges.push({ caller, callee, span, entry: undefined });
  }

  noteGenerator(id: number, effects: readonly Effect[]): void {
    this.#generators.set(id, effects);
  }

  effectsOfGenerator(id: number): readonly Effect[] {
    return this.#generators.get(id) ?? [];
  }

  noteOwnEffects(frame: Frame, callee: FunctionDefinition, effects: readonly Effect[]): void {
    const given = this.#given.get(callee) ?? [];
    this.#given.set(callee, given);
    for (const effect of effects) {
      const isKnown = given.some(
        (known) => known.caller === frame.module && isSameEffect(known.effect, effect),
      );
      if (!isKnown && given.length < maxGivenEffects) given.push({ effect, caller: frame.module });
    }
  }

  /** What an `async` function did with what its callers gave it. */
  givenEffectsOf(definition: FunctionDefinition): readonly GivenEffect[] {
    return this.#given.get(definition) ?? [];
  }

  noteEntry(
    frame: Frame,
    { value, span }: ArgumentValue,
    kind: string,
    handsOver: string | undefined,
  ): void {
    this.activity += 1;
    for (const edge of this.#edges.get(keyOf(span)) ?? []) edge.entry = kind;
    const items = objectsOf(frame, value).flatMap(({ object }) => object.items ?? []);
    for (const { references } of [value, ...items]) {
      for (const reference of references) {
        if (reference.kind !== "function") continue;
        const kinds = this.#entries.get(reference.definition) ?? new Set();
        this.#entries.set(reference.definition, kinds.add(kind));
        if (handsOver !== undefined) this.#handed.set(reference.definition, handsOver);
      }
    }
  }

  recordCall(frame: Frame, call: RecordedCall): void {
    if (!call.paths.some((path) => this.#watched.has(path))) return;
    this.activity += 1;
    const place = `${frame.module.path}:${call.span.start}:${call.span.end}`;
    const callSite = callSiteOf(frame);
    const key = callSite ? `${place} ${callSite.module.path}:${callSite.start}` : place;
    const known = this.#calls.get(key);
    if (known && known.paths.length >= call.paths.length) return;
    if (!known && callSite) {
      const runs = this.#callRuns.get(place) ?? 0;
      if (runs >= runsPerCall) return;
      this.#callRuns.set(place, runs + 1);
    }
    const { definition, module } = frame;
    const objects = objectsIn(frame, everyArgument(call.arguments));
    const given = bakedArguments(call.arguments, frame.state);
    this.#calls.set(key, { ...call, arguments: given, definition, module, callSite, objects });
  }

  recordFlow(event: FlowEvent): void {
    this.activity += 1;
    if (this.isUnasked || !isToldOfParameter(event)) return;
    const { call, label } = event;
    const key = `${event.concept}:${call.module.path}:${call.start}:${label.source.concept}:${label.source.span.module.path}:${label.source.span.start}`;
    const known = this.#flows.get(key);
    if (!known || isBetter(event, known)) this.#flows.set(key, event);
  }

  recordConstant(event: ConstantEvent): void {
    if (!this.#watchedConstants.has(event.concept)) return;
    this.activity += 1;
    const { argument, constants } = event;
    const key = `${event.concept}:${argument.module.path}:${argument.start}:${JSON.stringify(constants)}`;
    if (!this.#constants.has(key)) this.#constants.set(key, event);
  }

  /** Who else starts a function: `worker`, `command`, `start-up`, ... */
  entriesOf(definition: FunctionDefinition): ReadonlySet<string> {
    return this.#entries.get(definition) ?? new Set();
  }

  handedTo(definition: FunctionDefinition): string | undefined {
    return this.#handed.get(definition);
  }

  /** Everything that was kept, in the order it was seen. */
  recorded(): Recorded {
    return {
      calls: [...this.#calls.values()],
      flows: this.#toldFlows(),
      edges: [...this.#edges.values()].flat(),
      constants: [...this.#constants.values()],
    };
  }

  /** A function that the project itself calls is judged by what it is given there. */
  #toldFlows(): readonly FlowEvent[] {
    const called = new Set([...this.#edges.values()].flat().map(({ callee }) => callee));
    return [...this.#flows.values()].filter(
      ({ label, definition }) =>
        !isPublicParameter(label) || definition === undefined || !called.has(definition),
    );
  }
}

function keyOf({ module, start, end }: Span): string {
  return `${module.path}:${start}:${end}`;
}

/** The arguments with what is known of them at the call. */
function bakedArguments(given: CallArguments, state: State | undefined): CallArguments {
  if (!state) return given;
  const baked = ({ value, span }: ArgumentValue): ArgumentValue => ({
    value: bake(value, state),
    span,
  });
  return {
    ...given,
    positional: given.positional.map(baked),
    keywords: new Map([...given.keywords].map(([name, argument]) => [name, baked(argument)])),
  };
}

/** Of two paths into the same sink, the surer and then the shorter one is shown. */
function isBetter(event: FlowEvent, known: FlowEvent): boolean {
  if (event.label.hops !== known.label.hops) return event.label.hops < known.label.hops;
  return (event.label.steps?.length ?? 0) < (known.label.steps?.length ?? 0);
}
