// The abstract interpreter as a whole: runs every module, then every function by itself, and keeps what
// was seen. Rules ask of what was seen; they run nothing.

import type { Module, Span } from "../python/module.ts";
import type { PythonProject } from "../python/project.ts";
import {
  checkAnswered,
  checkGatewayAnswer,
  checkLocation,
  checkReturned,
} from "./calls/answers.ts";
import { noArguments } from "./calls/arguments.ts";
import { callValue, instantiate } from "./calls/calls.ts";
import { noteImplicit } from "./calls/effects.ts";
import { enterFunction, runBody } from "./calls/functions.ts";
import { outcomeText } from "./calls/remembered.ts";
import { emptyObject, iterate } from "./data/containers.ts";
import { checkedFields } from "./entry-points/forms.ts";
import { styleOf } from "./entry-points/route-styles.ts";
import { parameterValues, requestArguments, routeOfFunction } from "./entry-points/routes.ts";
import {
  type CallArguments,
  type CallKey,
  type Effect,
  type Frame,
  type FunctionReference,
  type GivenEffect,
  type Machine,
  type Observer,
  OutOfBudget,
  type RememberedCall,
  type Route,
} from "./frame.ts";
import { Identities } from "./identities.ts";
import { annotatedValue, typeAlias } from "./language/annotations.ts";
import { assign } from "./language/assign.ts";
import { readAttribute } from "./language/attributes.ts";
import { globalNames } from "./language/definitions.ts";
import { evaluate } from "./language/expressions.ts";
import { LaterFields } from "./language/later-fields.ts";
import { execute } from "./language/statements.ts";
import { asFoundLater, isMaker } from "./language/unstable-fields.ts";
import { LeftBehind } from "./left-behind.ts";
import type { Models } from "./models.ts";
import { type Recorded, Recorder } from "./recorder.ts";
import { newState, type State } from "./values/state.ts";
import {
  type ClassDefinition,
  type FunctionDefinition,
  type HeapObject,
  makeValue,
  newSymbol,
  unknownValue,
  type Value,
} from "./values/value.ts";

/** What running a project has shown. */
export interface Observations extends Recorded {
  readonly functions: readonly ObservedFunction[];
  readonly classes: ReadonlyMap<string, ClassDefinition>;
  /** Code that was not followed to its end: too much of it, or a fault of ours. */
  readonly abandoned: readonly Abandoned[];
  /** The value a module's name has once the module has run. */
  globalOf(module: Module, name: string): Value | undefined;
  /** The lists, dicts and objects that modules and classes were left with. */
  readonly objects: ReadonlyMap<number, HeapObject>;
}

export interface Abandoned {
  readonly span: Span;
  readonly reason: "too-complex" | "crashed";
  /** What was thrown, when the fault is ours. */
  readonly error: unknown;
}

export interface ObservedFunction {
  readonly definition: FunctionDefinition;
  readonly route: Route | undefined;
  /** Who else starts it: `worker`, `command`, `start-up`, ... (the models' `entry-points`). */
  readonly entries: ReadonlySet<string>;
  /** What the function does when it runs, in the order of its code. */
  readonly effects: readonly Effect[];
  /** What an `async` one does beside that with what its callers give it. */
  readonly givenEffects: readonly GivenEffect[];
}

/** Steps (expressions and statements) that one function, or one module's top level, may take at most. */
const stepsPerRun = 200_000;
/** After so many steps a run follows no more calls, so that its own code is looked at to its end. */
const stepsForCalls = { plain: 4_000, fromOutside: 40_000 };
/** A function that gave the same so often, and did nothing that is told, is believed to go on so. */
const timesAlike = 4;
/** Routes whose returned texts and dicts are the answer. */
const answeringStyles: ReadonlySet<string> = new Set(["flask", "quart", "fastapi", "bottle"]);
/** Those that may answer with headers beside the text. */
const locatingStyles: ReadonlySet<string> = new Set(["flask", "flask-resource", "quart", "lambda"]);
const maxImportDepth = 60;
/** Calls of one function that are remembered. */
const mostRemembered = 256;
/** What an object is made with is not known where one of its methods is looked at by itself. */
const anyArguments: CallArguments = { ...noArguments, keywordSpread: unknownValue };

/**
 * Runs a project. Pure: the same project and models give the same observations.
 * Calls are kept with their values for the watched API paths only: all of them would be most of the memory.
 */
export function observe(
  project: PythonProject,
  models: Models,
  watched: ReadonlySet<string>,
  watchedConstants: ReadonlySet<string> = new Set(),
  observer?: Observer,
): Observations {
  const machine = new Interpreter(project, models, watched, watchedConstants, observer);
  for (const module of project.modules) machine.runModule(module);
  machine.runFunctions();
  return machine.observations();
}

/** The calls of one function: by their keys, and for each shape what all of them gave. */
interface RememberedCalls {
  readonly byKey: Map<string, RememberedCall>;
  readonly settled: Map<
    string,
    {
      readonly outcome: string;
      readonly times: number;
      readonly recalled?: RememberedCall | undefined;
    }
  >;
}

class Interpreter implements Machine {
  readonly observer: Observer | undefined;
  readonly project: PythonProject;
  readonly models: Models;
  readonly sharedHeap = new Map<number, HeapObject>();
  isSharedFilled = false;
  readonly #leftBehind = new LeftBehind(this);
  readonly classes = new Map<string, ClassDefinition>();
  readonly identities = new Identities();
  readonly recorder: Recorder;
  cuts = 0;
  decisions = 0;

  readonly #namespaces = new Map<
    Module,
    { readonly frame: Frame; readonly unstable: ReadonlySet<string> }
  >();
  readonly #definitions = new Map<object, FunctionDefinition>();
  readonly #queue = new Map<FunctionDefinition, FunctionReference>();
  readonly #decorated = new Map<FunctionDefinition, Value>();
  readonly #routes = new Map<FunctionDefinition | ClassDefinition, Route>();
  readonly #references = new Map<FunctionDefinition, FunctionReference>();
  readonly #instances = new Map<ClassDefinition, Value>();
  readonly #functions = new Map<FunctionDefinition, ObservedFunction>();
  readonly #abandoned: Abandoned[] = [];
  readonly #remembered = new Map<FunctionDefinition, RememberedCalls>();
  readonly #shared = new Map<string, number>();
  readonly #later = new LaterFields();
  /** Functions that looked for what another leaves in an object, and the one that runs. */
  readonly #readers = new Map<string, Set<FunctionReference>>();
  #running: FunctionReference | undefined;
  /** Under which names functions have left something that nobody found before. */
  readonly #news = new Set<string>();
  readonly #cells = new Map<Module, Map<string, number>>();
  /** The route that is asked by way of its decorators, and whether they have let the request through. */
  #answering: { readonly definition: FunctionDefinition; readonly route: Route } | undefined;
  #isAnswered = false;
  #steps = 0;
  #importDepth = 0;

  constructor(
    project: PythonProject,
    models: Models,
    watched: ReadonlySet<string>,
    watchedConstants: ReadonlySet<string>,
    observer: Observer | undefined,
  ) {
    this.observer = observer;
    this.project = project;
    this.models = models;
    this.recorder = new Recorder(watched, watchedConstants);
  }

  evaluate = evaluate;
  execute = execute;
  assign = assign;
  call = callValue;
  checkedFields = checkedFields;
  readAttribute = readAttribute;
  iterate = (frame: Frame, iterable: Value, span: Span): Value => {
    noteImplicit(frame, iterable, "__iter__", span);
    return iterate(frame, iterable, span);
  };
  annotated = annotatedValue;
  typeAlias = typeAlias;

  runModule(module: Module): void {
    if (this.#namespaces.has(module)) return;
    const frame = this.#newFrame(module);
    this.#namespaces.set(module, { frame, unstable: globalNames(module.body) });
    const span = { module, start: 0, end: 0 };
    this.#bounded(span, () => execute(frame, module.body));
    const passing = this.#sharedIds(false).map(([, id]) => id);
    for (const [id, object] of frame.state?.heap.entries() ?? [])
      if (!passing.includes(id)) this.sharedHeap.set(id, object);
  }

  runFunctions(): void {
    for (let round = 0; this.#queue.size > 0 && round < 20; round += 1) {
      const batch = [...this.#queue];
      this.#queue.clear();
      // What runs at the start, and before every request, leaves things for the others.
      const turnOf = (definition: FunctionDefinition): number => {
        const kinds = this.recorder.entriesOf(definition);
        return kinds?.has("start-up") ? 0 : kinds?.has("request") ? 1 : 2;
      };
      for (const [, reference] of batch.toSorted(([left], [right]) => turnOf(left) - turnOf(right)))
        this.#runFunction(reference);
      this.#running = undefined;
      this.#askReadersAgain();
    }
  }

  observations(): Observations {
    return {
      // Who starts a function may have been seen after it was run.
      functions: [...this.#functions.values()].map((each) => ({
        ...each,
        entries: this.recorder.entriesOf(each.definition),
        givenEffects: this.recorder.givenEffectsOf(each.definition),
      })),
      ...this.recorder.recorded(),
      classes: this.classes,
      abandoned: this.#abandoned,
      globalOf: (module, name) => this.global(module, name),
      objects: this.sharedHeap,
    };
  }

  global(module: Module, name: string): Value | undefined {
    const known = this.#namespaces.get(module);
    if (!known) {
      if (this.#importDepth >= maxImportDepth) return undefined;
      this.#importDepth += 1;
      const steps = this.#steps;
      this.runModule(module);
      this.#steps = steps;
      this.#importDepth -= 1;
      return this.global(module, name);
    }
    const value = known.frame.state?.variables.get(name);
    const left = this.#leftBehind.global(module, name);
    if (left) return left;
    // A function may have changed it: its type is believed, its content is not.
    return value && known.unstable.has(name) ? { ...value, constants: undefined } : value;
  }

  globals(module: Module): Iterable<readonly [string, Value]> {
    this.global(module, "");
    return [...(this.#namespaces.get(module)?.frame.state?.variables.entries() ?? [])];
  }

  instanceOf(definition: ClassDefinition): Value {
    const known = this.#instances.get(definition);
    if (known) return known;
    // While it is being made, an instance is known by its type only.
    this.#instances.set(definition, makeValue({ types: [definition.path] }));
    const frame = this.#newFrame(definition.module);
    const span = {
      module: definition.module,
      start: definition.statement.start,
      end: definition.statement.start,
    };
    let value: Value | undefined;
    this.#bounded(span, () => {
      value = instantiate(frame, definition, anyArguments, span);
    });
    for (const [id, object] of frame.state?.heap.entries() ?? [])
      this.sharedHeap.set(
        id,
        value?.objects.includes(id) ? asFoundLater(object, definition) : object,
      );
    const instance = value && frame.state ? value : makeValue({ types: [definition.path] });
    this.#instances.set(definition, instance);
    return instance;
  }

  spend(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new OutOfBudget();
  }

  mayFollow(isFromOutside: boolean): boolean {
    const taken = stepsPerRun - this.#steps;
    const isWithin = taken < (isFromOutside ? stepsForCalls.fromOutside : stepsForCalls.plain);
    if (!isWithin) this.cuts += 1;
    return isWithin;
  }

  definitionOf(node: object, make: () => FunctionDefinition): FunctionDefinition {
    const known = this.#definitions.get(node);
    if (known) return known;
    const made = make();
    this.#definitions.set(node, made);
    return made;
  }

  define(reference: FunctionReference): void {
    const { definition } = reference;
    if (!this.#remembered.has(definition)) {
      this.#remembered.set(definition, { byKey: new Map(), settled: new Map() });
      this.#references.set(definition, reference);
      this.#queue.set(definition, reference);
    }
  }

  decorate(definition: FunctionDefinition, value: Value): void {
    this.#decorated.set(definition, value);
  }

  ran(frame: Frame): void {
    if (frame.definition === undefined || frame.definition !== this.#answering?.definition) return;
    this.#isAnswered = true;
    this.#checkAnswer(frame, this.#answering.route);
  }

  noteFilled(id: number): void {
    this.isSharedFilled = true;
    this.#leftBehind.touch(id);
  }

  laterField(definition: ClassDefinition, name: string): Value | undefined {
    const found = this.#later.find(definition, name);
    if (!found) this.#lookedFor(name);
    return found;
  }

  sharedObject(path: string): number {
    this.#lookedFor(path);
    const known = this.#shared.get(path);
    if (known !== undefined) return known;
    const id = newSymbol();
    this.#shared.set(path, id);
    const kind = this.models.basesOf(path).includes("dict") ? "dict" : "instance";
    this.sharedHeap.set(id, { ...emptyObject(kind), isClosed: false });
    return id;
  }

  /** The shared objects that keep what they are given; others are filled from elsewhere: the environment. */
  #sharedIds(isKept: boolean): readonly (readonly [path: string, id: number])[] {
    return [...this.#shared].filter(
      ([path]) => (this.models.find(path)?.readSource === undefined) === isKept,
    );
  }

  cellsOf(module: Module): Map<string, number> {
    const known = this.#cells.get(module) ?? new Map<string, number>();
    this.#cells.set(module, known);
    return known;
  }

  route(definition: FunctionDefinition, route: Route): void {
    const isNew = this.#noteRoute(definition, route);
    const reference = this.#references.get(definition);
    if (isNew && reference && this.#functions.has(definition))
      this.#queue.set(definition, reference);
  }

  routeClass(definition: ClassDefinition, route: Route): void {
    this.#noteRoute(definition, route);
  }

  routeOf(definition: FunctionDefinition | ClassDefinition): Route | undefined {
    return this.#routes.get(definition);
  }

  recall(definition: FunctionDefinition, key: CallKey): RememberedCall | undefined {
    const calls = this.#remembered.get(definition);
    return calls?.byKey.get(key.text) ?? calls?.settled.get(key.shape)?.recalled;
  }

  remember(
    definition: FunctionDefinition,
    { text, shape }: CallKey,
    call: RememberedCall,
    isQuiet: boolean,
  ): void {
    const calls = this.#remembered.get(definition);
    if (!calls) return;
    if (calls.byKey.size < mostRemembered) calls.byKey.set(text, call);
    const outcome = isQuiet ? outcomeText(call) : "";
    const known = calls.settled.get(shape);
    if (known && known.outcome !== outcome) calls.settled.set(shape, { outcome: "", times: 0 });
    else if (outcome !== "") {
      const times = (known?.times ?? 0) + 1;
      calls.settled.set(shape, { outcome, times, recalled: times < timesAlike ? undefined : call });
    }
  }

  /** One function may answer at several addresses. Tells whether this one was new. */
  #noteRoute(definition: FunctionDefinition | ClassDefinition, route: Route): boolean {
    const known = this.#routes.get(definition);
    const rules = [...new Set([...(known?.rules ?? []), ...route.rules])];
    this.#routes.set(definition, { ...route, ...known, rules });
    return rules.length > (known?.rules.length ?? -1);
  }

  /** Runs a function by itself; one that answers requests is given what they bring. */
  #runFunction(reference: FunctionReference): void {
    const { definition } = reference;
    this.#running = reference;
    const route =
      this.#routes.get(definition) ??
      routeOfFunction(this.#newFrame(definition.module), definition);
    const decorated = route && this.#decorated.get(definition);
    // What is decorated is asked by way of its decorators only, further down; what it does itself is seen here.
    this.recorder.isUnasked = decorated !== undefined;
    const effects = this.#runBody(reference, decorated ? undefined : route);
    this.recorder.isUnasked = false;
    const entries = this.recorder.entriesOf(definition);
    this.#functions.set(definition, { definition, route, entries, effects, givenEffects: [] });
    if (!route || !decorated) return;
    // The request comes to what the decorators made of it, and they may look at it before they hand it on.
    this.#answering = { definition, route };
    this.recorder.isAnswering = true;
    this.#isAnswered = false;
    this.#runDecorated(reference, route, decorated);
    this.#answering = undefined;
    this.recorder.isAnswering = false;
    if (!this.#isAnswered) this.#runBody(reference, route);
  }

  #runBody(reference: FunctionReference, route: Route | undefined): readonly Effect[] {
    const { definition } = reference;
    const frame: Frame = {
      ...enterFunction(this.#newFrame(definition.module), reference, definition.span),
      caller: undefined,
      depth: 0,
    };
    this.#begin(definition);
    this.#bounded(definition.span, () => {
      const self = this.#selfOf(definition);
      for (const { parameter, value } of parameterValues(frame, reference, route, self))
        frame.state?.variables.set(parameter.name, value);
      runBody(frame, definition);
      if (route) this.#checkAnswer(frame, route);
      this.#tell(this.#leftBehind.keepShared(frame, this.#sharedIds(true)));
      if (self) this.#keepFields(frame, self);
      if (route) this.#keepVisitors(frame);
    });
    return frame.effects;
  }

  /** What a method has put into the fields of its object is there for the methods that run after it. */
  #keepFields(frame: Frame, self: Value): void {
    const { definition } = frame;
    if (!definition?.owner || definition.binding !== "method" || isMaker(definition.name)) return;
    const states = [frame.state, ...frame.returns.map(({ state }) => state)];
    const reached = states.filter((state) => state !== undefined);
    this.#tell(this.#later.keep(frame, definition.owner, self, reached));
  }

  /** Those that looked for what was not there yet are run once more, and nothing that they found is believed. */
  #askReadersAgain(): void {
    const waiting = [...this.#news].flatMap((name) => [...(this.#readers.get(name) ?? [])]);
    for (const name of this.#news) this.#readers.delete(name);
    this.#news.clear();
    if (waiting.length === 0) return;
    for (const each of waiting) this.#queue.set(each.definition, each);
    for (const { byKey, settled } of this.#remembered.values()) {
      byKey.clear();
      settled.clear();
    }
  }

  #tell(names: readonly string[]): void {
    for (const name of names) this.#news.add(name);
  }

  #lookedFor(name: string): void {
    if (!this.#running) return;
    const readers = this.#readers.get(name) ?? new Set();
    this.#readers.set(name, readers.add(this.#running));
  }

  #runDecorated(reference: FunctionReference, route: Route, decorated: Value): void {
    const { definition } = reference;
    const caller = this.#newFrame(definition.module);
    const callee = enterFunction(caller, reference, definition.span);
    this.#begin(definition);
    this.#bounded(definition.span, () => {
      const self = this.#selfOf(definition);
      const values = parameterValues({ ...callee, state: caller.state }, reference, route, self);
      const given = requestArguments(values, route, self, definition.span);
      this.call(caller, decorated, given, definition.span, definition.span);
      this.#keepVisitors({ ...caller, definition });
    });
  }

  /** What a request has left is found by the next one, whichever function answers that. */
  #keepVisitors(frame: Frame): void {
    for (const module of this.#leftBehind.keepVisitors(frame, this.#cells))
      for (const [definition, reference] of this.#references)
        if (definition.module === module && this.#functions.has(definition))
          this.#queue.set(definition, reference);
  }

  /** Another function is run: nothing is known of its values yet. */
  #begin({ module }: FunctionDefinition): void {
    this.identities.forget();
    this.#leftBehind.begin();
    this.isSharedFilled = this.#leftBehind.isIn(module);
  }

  #checkAnswer(frame: Frame, route: Route): void {
    if (route.isHtml ?? styleOf(route.style)?.isHtml) checkReturned(frame, "html");
    if (answeringStyles.has(route.style)) checkAnswered(frame);
    if (route.style === "lambda") checkGatewayAnswer(frame);
    if (locatingStyles.has(route.style)) checkLocation(frame);
  }

  #selfOf(definition: FunctionDefinition): Value | undefined {
    const { owner, binding } = definition;
    if (!owner || binding === "staticmethod" || binding === "function") return undefined;
    if (binding === "classmethod")
      return makeValue({ references: [{ kind: "class", definition: owner }] });
    return this.instanceOf(owner);
  }

  /** Runs a piece of work within its bound; what goes wrong in it costs it alone. */
  #bounded(span: Span, work: () => void): void {
    const outer = this.#steps;
    this.#steps = stepsPerRun;
    try {
      work();
    } catch (error) {
      // A stack that overflows is code nested beyond all use.
      const isTooComplex = error instanceof OutOfBudget || error instanceof RangeError;
      this.#abandoned.push({ span, reason: isTooComplex ? "too-complex" : "crashed", error });
    } finally {
      this.#steps = outer;
    }
  }

  #newFrame(module: Module): Frame {
    const state: State = newState();
    return {
      machine: this,
      module,
      definition: undefined,
      owner: undefined,
      qualifiers: [],
      caller: undefined,
      depth: 0,
      closure: undefined,
      state,
      returns: [],
      yielded: undefined,
      loops: [],
      handlers: [],
      raised: [],
      cells: new Map(),
      comprehended: new Set(),
      effects: [],
    };
  }
}
