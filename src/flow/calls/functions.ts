// Calling a function of the project: its body is run with what it is given, so that guards, constants and
// helpers need no second description. Bounded in depth, and remembered where nothing from outside goes in.

import type { Span } from "../../python/module.ts";
import type { Parameter } from "../../python/syntax.ts";
import { deepLabels, newObject } from "../data/containers.ts";
import { withoutPublicParameters } from "../entry-points/public-parameters.ts";
import type { ArgumentValue, CallArguments, Frame, FunctionReference } from "../frame.ts";
import { knownWhenEmpty } from "../guards/conditions.ts";
import { ForkedMap } from "../values/forked-map.ts";
import { bake, clearedBits, joinStates, newState, type State } from "../values/state.ts";
import {
  addStep,
  constantValue,
  type Fact,
  type FunctionDefinition,
  type Implication,
  joinValues,
  labelledValue,
  makeValue,
  type Reference,
  truthOf,
  unknownValue,
  type Value,
} from "../values/value.ts";
import { everyArgument } from "./arguments.ts";
import { carry } from "./carry.ts";
import { bubble } from "./effects.ts";
import { keepCall, keyOfCall, replayCall } from "./remembered.ts";

/** Calls deeper than this are taken as unknown code. */
const maxCallDepth = 8;

/**
 * How often one function may be under way at once before its calls are taken from what it gave so far: once
 * more if something from outside goes into it.
 */
const maxRecursion = 1;
const noNames: ReadonlySet<string> = new Set();

/** The result of a call, with what it did to the frame's state. */
export function callFunction(
  frame: Frame,
  reference: FunctionReference,
  passed: CallArguments,
  span: Span,
  calleeSpan: Span,
): Value {
  const given = withoutPublicParameters(passed);
  const { definition } = reference;
  const { machine } = frame;
  if (!frame.state) return unknownValue;
  machine.recorder.noteEdge(frame, definition, span);
  const key = keyOfCall(frame, reference, given);
  const known = machine.isSharedFilled ? undefined : key && machine.recall(definition, key);
  if (key && known) {
    // What cannot be done again to objects is left out further down; but what fills a new object, or changes
    // what its function stands in, is seen.
    const isSeen = frame.depth === 0 || isFilling(definition) || reference.closure !== undefined;
    const result = replayCall(frame, known, key, known.changes !== undefined || isSeen);
    if (result) {
      bubble(frame, definition, known.effects, result, span, calleeSpan);
      if (known.neverReturns) frame.state = undefined;
      return result;
    }
  }
  const running = runningFrames(frame, reference);
  if (
    running.length > maxRecursion ||
    (running.length > 0 && !isFromOutside(frame, reference, given))
  )
    return resultSoFar(running, reference, given, frame);
  const isVisitors = key === undefined && isFromOutside(frame, reference, given);
  if (frame.depth >= maxCallDepth || !machine.mayFollow(isVisitors))
    return carry(reference.self, given, 1, frame);
  const before = frame.state;
  const { cuts, decisions } = machine;
  const { activity } = machine.recorder;
  const callee = enterFunction(frame, reference, span);
  // A recursion that counts down must be seen to end.
  bindParameters(callee, reference, running.length > 0 ? withoutNumbers(given) : given, span);
  const { value: returned, state } = runBody(callee, definition);
  const value = asDeclared(callee, definition, returned);
  machine.ran(callee);
  bubble(frame, definition, callee.effects, value, span, calleeSpan);
  const implies = impliedByOutcomes(callee, given, before);
  frame.state = state && {
    variables: before.variables,
    heap: state.heap,
    facts: keepFacts(before, state),
  };
  const result = implies ? { ...value, implies } : value;
  // A run that was cut short is no answer for others.
  const kept =
    key && machine.cuts === cuts && keepCall(frame, key, result, callee.effects, before, state);
  if (key && kept) {
    const isQuiet =
      machine.recorder.activity === activity &&
      machine.decisions === decisions &&
      callee.effects.length === 0;
    if (machine.isSharedFilled) return result;
    machine.remember(definition, key, kept, isQuiet);
  }
  return result;
}

function isFilling({ name, owner }: FunctionDefinition): boolean {
  return owner !== undefined && (name === "__init__" || name === "__enter__");
}

/** A frame in which the function's body can be run. */
export function enterFunction(frame: Frame, reference: FunctionReference, span: Span): Frame {
  const { definition } = reference;
  const before = frame.state;
  return {
    machine: frame.machine,
    module: definition.module,
    definition,
    owner: undefined,
    qualifiers: definition.qualifiedName.split("."),
    caller: frame,
    depth: frame.depth + 1,
    closure: reference.closure,
    callSite: span,
    state: {
      variables: new ForkedMap(),
      heap: before ? before.heap.fork() : new ForkedMap(),
      facts: before ? before.facts.fork() : new ForkedMap(),
    },
    returns: [],
    yielded: undefined,
    loops: [],
    handlers: [],
    raised: frame.raised,
    cells: new Map(),
    comprehended: noNames,
    effects: [],
  };
}

/** Runs the body; the value it returns and the state after it, `undefined` if it never returns. */
export function runBody(
  frame: Frame,
  definition: FunctionDefinition,
): { value: Value; state: State | undefined } {
  if (!isStatements(definition.body)) {
    const value = frame.state ? frame.machine.evaluate(frame, definition.body) : unknownValue;
    return { value, state: frame.state };
  }
  frame.machine.execute(frame, definition.body);
  if (frame.state)
    frame.returns.push({ value: constantValue(null), state: frame.state, span: undefined });
  let value: Value | undefined;
  let state: State | undefined;
  for (const outcome of frame.returns) {
    value = value ? joinOutcomes(value, outcome.value, state, outcome.state) : outcome.value;
    state = joinStates(state, outcome.state);
  }
  if (definition.isGenerator) {
    const element = frame.yielded ?? unknownValue;
    frame.state = state ?? frame.state;
    const generator = frame.state
      ? newObject(
          frame,
          { kind: "list", items: undefined, entries: new Map(), rest: element, isClosed: true },
          ["generator"],
        )
      : unknownValue;
    return { value: generator, state: frame.state };
  }
  return { value: value ?? unknownValue, state };
}

/** What a function of whose result nothing is known gives by its annotation: `def db(request) -> Session`. */
function asDeclared(callee: Frame, { statement, module }: FunctionDefinition, value: Value): Value {
  const isKnown =
    value.types.length > 0 ||
    value.objects.length > 0 ||
    value.references.some((reference) => !isVague(callee, reference)) ||
    value.constants ||
    value.elements;
  const annotation = statement?.returns;
  if (isKnown || !annotation) return value;
  const frame = { ...callee, module, state: callee.state ?? newState() };
  const types = callee.machine.annotated(frame, annotation)?.types ?? [];
  // Only classes: that it is a text or a list is no news, and may not be so.
  const classes = types.filter((type) => type.includes("."));
  return classes.length > 0 ? { ...value, types: classes, references: [] } : value;
}

/** `request.state.db`: a name somewhere on a library's object, and nobody has said what it is. */
function isVague(frame: Frame, reference: Reference): boolean {
  if (reference.kind === "api") return !frame.machine.models.knows(reference.path);
  return reference.kind === "member";
}

/** Gives the parameters their arguments, defaults and, for what is left, what their annotation says. */
export function bindParameters(
  callee: Frame,
  { definition, self, defaults }: FunctionReference,
  given: CallArguments,
  span: Span,
): void {
  const positional = [...(self ? [{ value: self, span }] : []), ...given.positional];
  const taken = new Set<string>();
  const step = (value: Value): Value =>
    value.labels.length === 0
      ? value
      : {
          ...value,
          labels: value.labels.map((label) =>
            addStep(label, span, `is given to ${definition.name}`),
          ),
        };
  let at = 0;
  for (const parameter of definition.parameters) {
    if (parameter.spread === "*") {
      const rest = positional.slice(at).map((argument) => step(argument.value));
      at = positional.length;
      set(
        callee,
        parameter,
        given.spread
          ? labelledValue(given.spread.labels, { types: ["tuple"] })
          : makeValue({ elements: rest, labels: rest.flatMap((value) => value.labels) }),
      );
      continue;
    }
    if (parameter.spread === "**") {
      const entries = new Map<string, Value>();
      for (const [name, argument] of given.keywords)
        if (!taken.has(name)) entries.set(name, step(argument.value));
      const isClosed = given.keywordSpread === undefined;
      set(
        callee,
        parameter,
        newObject(callee, {
          kind: "dict",
          items: undefined,
          entries,
          rest: given.keywordSpread,
          isClosed,
        }),
      );
      continue;
    }
    const argument = parameter.passing === "keyword" ? undefined : positional[at];
    if (argument) at += 1;
    const named = argument ? undefined : given.keywords.get(parameter.name);
    if (named) taken.add(parameter.name);
    const value = argument?.value ?? named?.value;
    set(
      callee,
      parameter,
      value ? typed(callee, parameter, step(value)) : missing(callee, parameter, given, defaults),
    );
  }
}

/** What a parameter is worth when nothing is passed for it that is seen. */
export function defaultOf(
  callee: Frame,
  parameter: Parameter,
  defaults: FunctionReference["defaults"],
): Value {
  const annotated = parameter.annotation && callee.machine.annotated(callee, parameter.annotation);
  const value = defaults?.get(parameter.name);
  if (!value) return annotated ?? unknownValue;
  return annotated ? { ...joinValues(value, annotated), types: annotated.types } : value;
}

function missing(
  callee: Frame,
  parameter: Parameter,
  given: CallArguments,
  defaults: FunctionReference["defaults"],
): Value {
  const spread = [given.spread, given.keywordSpread].filter((value) => value !== undefined);
  if (spread.length > 0) {
    const labels = spread.flatMap((value) => value.labels);
    // It may be given there, or not: the default is one value among others, of the same type.
    const { types, references, objects } = defaultOf(callee, parameter, defaults);
    return labelledValue(labels, { types, references, objects });
  }
  const annotated = parameter.annotation && callee.machine.annotated(callee, parameter.annotation);
  return defaults?.get(parameter.name) ?? annotated ?? unknownValue;
}

/** An argument of unknown type has the type its parameter is annotated with. */
function typed(callee: Frame, parameter: Parameter, value: Value): Value {
  const isUntyped =
    value.types.length === 0 &&
    value.objects.length === 0 &&
    !value.constants &&
    value.references.length === 0 &&
    !value.elements;
  if (!isUntyped || !parameter.annotation) return value;
  const annotated = callee.machine.annotated(callee, parameter.annotation);
  return annotated ? { ...value, types: annotated.types } : value;
}

function set(callee: Frame, parameter: Parameter, value: Value): void {
  callee.state?.variables.set(parameter.name, value);
}

function isStatements(
  body: FunctionDefinition["body"],
): body is Extract<FunctionDefinition["body"], readonly unknown[]> {
  return Array.isArray(body);
}

/** The runs of the same function that are under way, the innermost first; another closure is another function. */
function runningFrames(frame: Frame, reference: FunctionReference): readonly Frame[] {
  const running: Frame[] = [];
  for (let at: Frame | undefined = frame; at; at = at.caller) {
    if (at.definition === reference.definition && at.closure === reference.closure)
      running.push(at);
  }
  return running;
}

function isFromOutside(frame: Frame, { self }: FunctionReference, given: CallArguments): boolean {
  const values = [...everyArgument(given), ...(self ? [self] : [])];
  return values.some((value) =>
    deepLabels(frame, value, 2).some(({ source }) => isStrongOrigin(source.concept)),
  );
}

/** What somebody else wrote, and not only what is followed for its own sake: a secret, a number by chance. */
function isStrongOrigin(concept: string): boolean {
  return concept.startsWith("http-") || strongOrigins.has(concept);
}

const strongOrigins: ReadonlySet<string> = new Set(["cli-input", "network-data", "password"]);

function withoutNumbers(given: CallArguments): CallArguments {
  const any = ({ value, span }: ArgumentValue): ArgumentValue => ({
    value: value.constants?.every((constant) => typeof constant === "number")
      ? makeValue({ types: ["int"] })
      : value,
    span,
  });
  return {
    ...given,
    positional: given.positional.map(any),
    keywords: new Map([...given.keywords].map(([name, argument]) => [name, any(argument)])),
  };
}

/** What a recursion gives: what its innermost run has given so far, as long as it has given anything. */
function resultSoFar(
  running: readonly Frame[],
  reference: FunctionReference,
  given: CallArguments,
  frame: Frame,
): Value {
  let result: Value | undefined;
  for (const { value, state } of running[0]?.returns ?? []) {
    const known = value.labels.length > 0 ? bake(value, state) : value;
    result = result ? joinValues(result, known) : known;
  }
  return result
    ? { ...result, constants: undefined, implies: undefined }
    : carry(reference.self, given, 1, frame);
}

/** Facts of the callee that outlive it: those about values its caller has. */
function keepFacts(before: State, after: State): State["facts"] {
  return before.facts.isSameAs(after.facts) ? before.facts : after.facts;
}

/** Two returned values as one; what only one path knew of its value stays with that value. */
function joinOutcomes(
  left: Value,
  right: Value,
  leftState: State | undefined,
  rightState: State,
): Value {
  const baked = (value: Value, state: State | undefined): Value =>
    state && value.labels.length > 0
      ? {
          ...value,
          labels: value.labels.map((label) => ({ ...label, cleared: clearedBits(label, state) })),
        }
      : value;
  return joinValues(baked(left, leftState), baked(right, rightState));
}

/**
 * A guard in a helper: what is known of the arguments in every outcome that is true, and in every one
 * that is false. `def is_name(x): return x in NAMES` teaches its caller as the comparison itself would.
 */
function impliedByOutcomes(
  callee: Frame,
  given: CallArguments,
  before: State,
): Implication | undefined {
  const symbols = new Set<number>();
  for (const argument of [...given.positional, ...given.keywords.values()]) {
    if (argument.value.labels.length === 0) continue;
    symbols.add(argument.value.symbol);
    for (const label of argument.value.labels) for (const symbol of label.via) symbols.add(symbol);
  }
  if (symbols.size === 0 || callee.returns.length === 0) return undefined;
  const whenTrue = factsOfOutcomes(callee, symbols, true, before);
  const whenFalse = factsOfOutcomes(callee, symbols, false, before);
  return whenTrue.length + whenFalse.length > 0 ? { whenTrue, whenFalse } : undefined;
}

function factsOfOutcomes(
  callee: Frame,
  symbols: ReadonlySet<number>,
  outcome: boolean,
  before: State,
): readonly Fact[] {
  let cleared: Map<number, number> | undefined;
  for (const { value, state } of callee.returns) {
    const truth = truthOf(value);
    if (truth !== undefined && truth !== outcome) continue;
    const implied = new Map<number, number>();
    const told = outcome ? value.implies?.whenTrue : value.implies?.whenFalse;
    const whenEmpty = outcome ? [] : knownWhenEmpty({ ...callee, state }, value);
    for (const fact of [...(told ?? []), ...whenEmpty]) {
      implied.set(fact.symbol, (implied.get(fact.symbol) ?? 0) | fact.cleared);
    }
    const here = new Map<number, number>();
    for (const symbol of symbols) {
      const bits = (state.facts.get(symbol)?.cleared ?? 0) | (implied.get(symbol) ?? 0);
      if (bits !== 0) here.set(symbol, bits);
    }
    if (!cleared) cleared = here;
    else for (const [symbol, bits] of cleared) cleared.set(symbol, bits & (here.get(symbol) ?? 0));
  }
  const facts: Fact[] = [];
  for (const [symbol, bits] of cleared ?? []) {
    const isNew = (bits & ~(before.facts.get(symbol)?.cleared ?? 0)) !== 0;
    if (!isNew) continue;
    // What is learnt of a path is learnt of the part of it that came from outside.
    for (const fact of callee.machine.identities.factsAbout(symbol, bits))
      if (!facts.some((known) => known.symbol === fact.symbol)) facts.push(fact);
  }
  return facts;
}
