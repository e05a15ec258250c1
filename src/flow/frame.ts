// One running of a piece of code by the abstract interpreter, and what its parts need of each other.

import type { Module, Span } from "../python/module.ts";
import type { PythonProject } from "../python/project.ts";
import type {
  Expression,
  FunctionStatement,
  LambdaExpression,
  Statement,
} from "../python/syntax.ts";
import type { Identities } from "./identities.ts";
import type { Models, Signature } from "./models.ts";
import type { State } from "./values/state.ts";
import type {
  ClassDefinition,
  Closure,
  Constant,
  FunctionDefinition,
  HeapObject,
  Label,
  Reference,
  Value,
} from "./values/value.ts";

export interface Frame {
  readonly machine: Machine;
  readonly module: Module;
  /** The function that runs; `undefined` for the top level of a module or class. */
  readonly definition: FunctionDefinition | undefined;
  /** Set while a class body runs: the class its functions belong to. */
  readonly owner: ClassDefinition | undefined;
  /** Dotted names of the enclosing classes and functions, for names of definitions. */
  readonly qualifiers: readonly string[];
  /** The frame that called this one. */
  readonly caller: Frame | undefined;
  readonly depth: number;
  readonly closure: Closure | undefined;
  /** Where the caller called. */
  readonly callSite?: Span;
  /** The state here and now; `undefined` where no path leads. */
  state: State | undefined;
  readonly returns: Returned[];
  yielded: Value | undefined;
  readonly loops: { readonly breaks: State[]; readonly continues: State[] }[];
  /** For each `try` around this point, the states in which its body may be left by an exception. */
  readonly handlers: State[][];
  /** What was raised since the innermost `try` began, here and in what was called. */
  raised: Value[];
  /** Where its names are kept that inner functions change. */
  readonly cells: Map<string, number>;
  /** Names of the comprehensions around this point: they are local, whatever the function owns. */
  comprehended: ReadonlySet<string>;
  readonly effects: Effect[];
}

/** What a path through a function returns; without a place where it falls off the end. */
export interface Returned {
  readonly value: Value;
  readonly state: State;
  readonly span: Span | undefined;
}

/** Something a call does beside returning: it blocks the thread. */
export interface Effect {
  /** `database`, `http`, `sleep`, ... */
  readonly kind: string;
  /** The API that blocks: `sqlite3.connect`. */
  readonly path: string;
  /** From the call in the function itself down to the call that blocks. */
  readonly chain: readonly Span[];
  /** What the first call of the chain calls, without its arguments: `crud.all_books`. */
  readonly callee: Span;
}

/** An effect that a function has when a certain file calls it. */
export interface GivenEffect {
  readonly effect: Effect;
  readonly caller: Module;
}

/** That a function of the project calls another; an `async` one is made, and awaited by somebody. */
export interface CallEdge {
  /** `undefined` for the top level of `span.module`. */
  readonly caller: FunctionDefinition | undefined;
  readonly callee: FunctionDefinition;
  readonly span: Span;
  /** Who runs the coroutine that the call makes, where it is handed over at once: `asyncio.run(main())`. */
  entry: string | undefined;
}

/** What a call gave and did, when nothing from outside went in. */
export interface RememberedCall {
  /** What went in: the object itself, then the arguments. */
  readonly given: readonly Value[];
  readonly result: Value;
  /** The objects that the call made, as far as its result and its changes lead to them. */
  readonly objects: ReadonlyMap<number, HeapObject>;
  /** What it did to objects that went in; `undefined` if it did more than can be done again without running it. */
  readonly changes: readonly Change[] | undefined;
  readonly effects: readonly Effect[];
  readonly neverReturns: boolean;
}

/** Fields or keys that a call has added to an object. */
export interface Change {
  readonly id: number;
  readonly entries: ReadonlyMap<string, Value>;
}

/** How a function is reached from outside. */
export interface Route {
  /** `flask`, `fastapi`, `django`, ... */
  readonly style: string;
  /** The texts under which it is found, where they are literals: `/books/<int:id>`. */
  readonly rules: readonly string[];
  /** Whether the text it returns is the page itself; `undefined` where the style says so. */
  readonly isHtml?: boolean | undefined;
  /** How the library declares the method that this one stands in for; marked is what the visitor sent. */
  readonly signature?: Signature;
}

/** Arguments of a call, evaluated. */
export interface CallArguments {
  readonly positional: readonly ArgumentValue[];
  readonly keywords: ReadonlyMap<string, ArgumentValue>;
  /** What `*args` and `**kwargs` may add. */
  readonly spread: Value | undefined;
  readonly keywordSpread: Value | undefined;
  /** The names that `**kwargs` may add, as far as they are not known. */
  readonly keywordNames?: ArgumentValue;
  /** The object a library's method is called on. */
  readonly receiver?: ArgumentValue;
}

export interface ArgumentValue {
  readonly value: Value;
  readonly span: Span;
}

export interface RecordedCall {
  readonly span: Span;
  readonly calleeSpan: Span;
  readonly paths: readonly string[];
  readonly arguments: CallArguments;
}

/** A call as it was seen, for rules that ask for calls. */
export interface CallEvent extends RecordedCall {
  readonly definition: FunctionDefinition | undefined;
  readonly module: Module;
  /** Where the function around it was called; `undefined` where it was run by itself. */
  readonly callSite: Span | undefined;
  /** The lists, dicts and objects among the arguments and directly in them, as they were then. */
  readonly objects: ReadonlyMap<number, HeapObject>;
}

/** A label that reached a sink it is not neutralised for. */
export interface FlowEvent {
  readonly concept: string;
  readonly label: Label;
  /** The sink's API path: `sqlite3.Cursor.execute`. */
  readonly path: string;
  /** `false` when the sink was told by its method's name and the text it was given. */
  readonly isTyped: boolean;
  readonly call: Span;
  readonly callee: Span;
  readonly argument: Span;
  readonly definition: FunctionDefinition | undefined;
}

/** A value that is written down in the program and reached a sink. */
export interface ConstantEvent {
  readonly concept: string;
  /** The sink's API path: `jwt.encode`. */
  readonly path: string;
  /** All that it can be. */
  readonly constants: readonly Constant[];
  readonly call: Span;
  readonly callee: Span;
  readonly argument: Span;
  readonly given: CallArguments;
  readonly definition: FunctionDefinition | undefined;
}

/**
 * Who watches a run from outside: nobody, unless a person asks what was known on one line. The frames are those
 * of the run, with their state at that moment.
 */
export interface Observer {
  evaluated(frame: Frame, expression: Expression, value: Value): void;
  /** A value was given to a sink's marked argument, whatever it carries. */
  arrived(frame: Frame, arrival: Arrival): void;
}

export interface Arrival {
  /** `sql`, `html`, ... */
  readonly concept: string;
  /** The sink's API path: `sqlite3.Cursor.execute`. */
  readonly path: string;
  readonly call: Span;
  /** The marked argument's name: `sql`. */
  readonly parameter: string;
  readonly argument: ArgumentValue;
  /** That the constant beginning of an address decides where it leads. */
  readonly isFixed: boolean;
}

export type FunctionReference = Extract<Reference, { kind: "function" }>;

/** What a call is known again by. */
export interface CallKey {
  readonly text: string;
  /** How many arguments are given, and under which names. */
  readonly shape: string;
  /** The values that go in, in the order of the text: the object itself, then the arguments. */
  readonly given: readonly Value[];
}

/** What is told while a program runs; kept by `recorder.ts`. */
export interface Recording {
  /** How often something was seen that a rule may tell: the same before and after, and nothing was. */
  readonly activity: number;
  /** Notes that the function at hand calls another. */
  noteEdge(frame: Frame, callee: FunctionDefinition, span: Span): void;
  /** What going through a generator does, by its heap object. */
  noteGenerator(id: number, effects: readonly Effect[]): void;
  effectsOfGenerator(id: number): readonly Effect[];
  /** Notes what an `async` function did with what one of its callers gave it. */
  noteOwnEffects(frame: Frame, callee: FunctionDefinition, effects: readonly Effect[]): void;
  /** Notes that something outside the project's own code starts what an argument is: `worker`, `start-up`, ... */
  noteEntry(
    frame: Frame,
    argument: ArgumentValue,
    kind: string,
    handsOver: string | undefined,
  ): void;
  /** The type of what a function is given first by who starts it: the application, at its start. */
  handedTo(definition: FunctionDefinition): string | undefined;
  recordCall(frame: Frame, call: RecordedCall): void;
  recordFlow(event: FlowEvent): void;
  recordConstant(event: ConstantEvent): void;
}

/** What the interpreter's parts ask of the whole; made in `interpreter.ts`. */
export interface Machine {
  /** Set only while somebody watches. */
  readonly observer: Observer | undefined;
  readonly project: PythonProject;
  readonly models: Models;
  readonly identities: Identities;
  readonly recorder: Recording;
  /** Heap objects that outlive a frame: those of modules and of class templates. */
  readonly sharedHeap: Map<number, HeapObject>;
  /** That this run has put something from outside into an object of a module: calls may read it there. */
  readonly isSharedFilled: boolean;
  /** Notes that: by the number of the object. */
  noteFilled(id: number): void;
  readonly classes: Map<string, ClassDefinition>;
  evaluate(frame: Frame, expression: Expression): Value;
  execute(frame: Frame, statements: readonly Statement[]): void;
  /** `from` is the expression the value comes from, where there is one. */
  assign(frame: Frame, target: Expression, value: Value, from?: Expression): void;
  call(frame: Frame, callee: Value, given: CallArguments, span: Span, calleeSpan: Span): Value;
  readAttribute(frame: Frame, object: Value, name: string, span: Span): Value;
  /** The fields of a form that are surely harmless, as a dict. */
  checkedFields(frame: Frame, object: Value, name: string): Value | undefined;
  /** The elements that iterating over a value gives, as one value. */
  iterate(frame: Frame, iterable: Value, span: Span): Value;
  /** A global of a module; runs the module first if it has not run. */
  global(module: Module, name: string): Value | undefined;
  globals(module: Module): Iterable<readonly [string, Value]>;
  /** A new instance as the class's own `__init__` makes it, for methods run by themselves. */
  instanceOf(definition: ClassDefinition): Value;
  /** The value of a type named by an annotation. */
  annotated(frame: Frame, annotation: Expression): Value | undefined;
  /** The right side of `Alias = ...` that a name stands for, with the file it stands in. */
  typeAlias(
    frame: Frame,
    name: Expression,
  ): { readonly module: Module; readonly expression: Expression } | undefined;
  /** Counts work against the bound of this run; throws `OutOfBudget` beyond it. */
  spend(steps: number): void;
  /** The one definition of a `def` or lambda, however often it is run. */
  definitionOf(
    node: FunctionStatement | LambdaExpression,
    make: () => FunctionDefinition,
  ): FunctionDefinition;
  /**
   * Whether a call is run now, or taken as unknown code because this run has followed enough calls.
   * Calls that something from outside goes into are followed longer. A refusal is counted in `cuts`.
   */
  mayFollow(isFromOutside: boolean): boolean;
  readonly cuts: number;
  /** How often a condition was decided by what is known: what such a call gives hangs on its arguments. */
  decisions: number;
  /** Notes that a function exists, so that it is run by itself too. */
  define(reference: FunctionReference): void;
  /** Notes what a function's decorators have made of it. */
  decorate(definition: FunctionDefinition, value: Value): void;
  /** Notes that a called function's body was run, with what its frame returned. */
  ran(frame: Frame): void;
  /** What some method of a class leaves in a field that is empty in a new object. */
  laterField(definition: ClassDefinition, name: string): Value | undefined;
  /** The one object that stands for a library's shared one: `flask.g`. */
  sharedObject(path: string): number;
  /** Where names of a module are kept that its functions change. */
  cellsOf(module: Module): Map<string, number>;
  /** Notes that a function answers requests; one that has run already is run again. */
  route(definition: FunctionDefinition, route: Route): void;
  /** The same of a class, whose methods may all ask what the route brought. */
  routeClass(definition: ClassDefinition, route: Route): void;
  routeOf(definition: FunctionDefinition | ClassDefinition): Route | undefined;
  /** A call of the same function with the same arguments gives the same. */
  recall(definition: FunctionDefinition, key: CallKey): RememberedCall | undefined;
  /** `isQuiet`: whatever it is given, it goes the same way, and nothing is recorded on it. */
  remember(
    definition: FunctionDefinition,
    key: CallKey,
    call: RememberedCall,
    isQuiet: boolean,
  ): void;
}

/** Thrown when a run has used up its bound; caught where the run was started. */
export class OutOfBudget extends Error {}

export function spanOf(frame: Frame, node: { readonly start: number; readonly end: number }): Span {
  return { module: frame.module, start: node.start, end: node.end };
}

/** What a value may hold by reference. */
export function objectsOf(
  frame: Frame,
  value: Value,
): readonly { readonly id: number; readonly object: HeapObject }[] {
  const found: { id: number; object: HeapObject }[] = [];
  for (const id of value.objects) {
    const object = frame.state?.heap.get(id) ?? frame.machine.sharedHeap.get(id);
    if (object) found.push({ id, object });
  }
  return found;
}

/** Where the function that runs was called; `undefined` for one that is run by itself. */
export function callSiteOf({ caller, callSite }: Frame): Span | undefined {
  // An instance made only to look at its class was called for by nobody.
  return caller && callSite && callSite.end > callSite.start ? callSite : undefined;
}

/** The objects that values may be, and those directly in them, by their numbers. */
export function objectsIn(frame: Frame, values: readonly Value[]): ReadonlyMap<number, HeapObject> {
  const found = new Map<number, HeapObject>();
  const add = (value: Value): readonly Value[] =>
    objectsOf(frame, value).flatMap(({ id, object }) => {
      if (found.has(id)) return [];
      found.set(id, object);
      return [...object.entries.values(), ...(object.items ?? [])];
    });
  const inner = values.flatMap((value) => [...add(value), ...(value.elements ?? [])]);
  for (const value of inner) add(value);
  return found;
}

/** The frame's state; a frame that no path leads to has none, and is not asked. */
export function liveState(frame: Frame): State {
  if (!frame.state) throw new Error("evaluated where no path leads");
  return frame.state;
}
