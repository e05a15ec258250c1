// What a call gives and does: a function of the project is run, a library's is looked up, and what is
// unknown carries what it was given.

import type { Span } from "../../python/module.ts";
import { deepLabels, emptyObject, newObject } from "../data/containers.ts";
import { callMember, checkNamedSinks, readByMethod } from "../data/members.ts";
import { isEnum, makeRecord } from "../data/records.ts";
import { noteRoutes } from "../entry-points/route-registration.ts";
import type { CallArguments, Frame } from "../frame.ts";
import { knownCalls } from "../known/calls.ts";
import { asEncoded } from "../known/encodings.ts";
import { lookUpMember } from "../language/attributes.ts";
import { ofType } from "../language/imports.ts";
import { type ApiModel, allBits } from "../models.ts";
import { learn } from "../values/state.ts";
import {
  type ClassDefinition,
  type Fact,
  joinLabels,
  joinValues,
  type Label,
  labelledValue,
  makeValue,
  pathOf,
  unknownValue,
  type Value,
} from "../values/value.ts";
import { conditionHolds, markedArguments } from "./arguments.ts";
import { carry, transformed } from "./carry.ts";
import { noteBlocking } from "./effects.ts";
import { callFunction } from "./functions.ts";
import { callOffloaded } from "./offloads.ts";
import { checkSink } from "./sinks.ts";
import { libraryBases } from "./writes.ts";

/** Calls a value. */
export function callValue(
  frame: Frame,
  callee: Value,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
): Value {
  if (!frame.state) return unknownValue;
  let result: Value | undefined;
  const paths: string[] = [];
  for (const reference of callee.references) {
    if (!frame.state) break;
    let value: Value;
    switch (reference.kind) {
      case "function": {
        const path = pathOf(reference.definition);
        paths.push(path);
        const described = frame.machine.models.described(path);
        value =
          described === undefined
            ? callFunction(frame, reference, given, span, calleeSpan)
            : callApi(frame, described, reference.self, given, span, calleeSpan);
        break;
      }
      case "class":
        paths.push(reference.definition.path);
        value = instantiate(frame, reference.definition, given, span, calleeSpan);
        break;
      case "api": {
        const path = frame.machine.models.canonical(reference.path);
        paths.push(path);
        value = callApi(frame, path, reference.receiver, given, span, calleeSpan);
        break;
      }
      case "member":
        value = callMember(frame, reference.name, reference.receiver, given, span, calleeSpan);
        break;
      case "partial":
        value = callValue(
          frame,
          reference.callee,
          withBound(given, reference, span),
          span,
          calleeSpan,
        );
        break;
      case "module":
        value = unknownValue;
        break;
    }
    result = result ? joinValues(result, value) : value;
  }
  frame.machine.recorder.recordCall(frame, {
    span,
    calleeSpan,
    paths,
    arguments: given,
  });
  if (result) return result;
  const called = callTyped(frame, callee, given, span, calleeSpan);
  return called ?? carry(callee, given, 1, frame);
}

/** Makes an instance of a class of the project. */
export function instantiate(
  frame: Frame,
  definition: ClassDefinition,
  given: CallArguments,
  span: Span,
  calleeSpan = span,
): Value {
  const init = lookUpMember(frame, definition, "__init__");
  const isOurs = init?.references.some((reference) => reference.kind === "function");
  if (!init || !isOurs) {
    // `Order(text)` is one of the members, or raises.
    if (isEnum(frame, definition)) return makeValue({ types: [definition.path] });
    checkInherited(frame, definition, given, span, calleeSpan);
    return makeRecord(frame, definition, given, span);
  }
  const self = newInstance(frame, definition);
  if (frame.state) {
    const references = init.references.map((reference) =>
      reference.kind === "function" ? { ...reference, self } : reference,
    );
    callValue(frame, makeValue({ references }), given, span, span);
  }
  return self;
}

/** A new object of a class, before it is filled; of the program's application there is only one. */
function newInstance(frame: Frame, definition: ClassDefinition): Value {
  const shared = [...libraryBases(definition)].find(
    (base) => frame.machine.models.find(base)?.isSharedClass,
  );
  if (shared === undefined)
    return newObject(frame, { ...emptyObject("instance"), isClosed: false }, [definition.path]);
  return makeValue({
    types: [definition.path],
    objects: [frame.machine.sharedObject(frame.machine.models.canonical(shared))],
  });
}

/** What a class of a library does with its arguments, a class derived from it does too: `User(**form)`. */
function checkInherited(
  frame: Frame,
  definition: ClassDefinition,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
): void {
  const { models } = frame.machine;
  // An unpickler that says which classes it builds: https://docs.python.org/3/library/pickle.html#restricting-globals
  const isRestricted = definition.attributes.has("find_class");
  for (const base of libraryBases(definition)) {
    for (const sink of models.find(base)?.sinks ?? [])
      if (!isRestricted || sink.concept !== "deserialize")
        checkSink(frame, sink, definition.path, given, span, calleeSpan, true);
  }
}

/** Calls something of a library. */
function callApi(
  frame: Frame,
  path: string,
  receiver: Value | undefined,
  passed: CallArguments,
  span: Span,
  calleeSpan: Span,
): Value {
  const given = receiver ? { ...passed, receiver: { value: receiver, span: calleeSpan } } : passed;
  const { machine } = frame;
  const model = machine.models.find(path);
  if (model) {
    for (const sink of model.sinks) checkSink(frame, sink, path, given, span, calleeSpan, true);
    noteBlocking(frame, model, path, given, span, calleeSpan);
    if (model.neverReturns) {
      frame.state = undefined;
      return unknownValue;
    }
    if (model.validates.length > 0) learnValid(frame, model, given);
  }
  noteRoutes(frame, model, given);
  noteEntries(frame, model, given);
  const elsewhere =
    model?.offloads && callOffloaded(frame, model.offloads, given, span, calleeSpan);
  if (elsewhere) {
    const made = model?.callReturns ?? (isClass(frame, path) ? path : undefined);
    return { ...elsewhere, types: made === undefined ? elsewhere.types : [made] };
  }
  const known = knownCalls.get(path)?.({ frame, path, receiver, given, span, calleeSpan });
  if (known) return known;
  if (!model) {
    const name = path.slice(path.lastIndexOf(".") + 1);
    if (receiver) return callMember(frame, name, receiver, given, span, calleeSpan);
    const [first] = given.positional;
    // `str.strip(text)` is `text.strip()`.
    if (first && unbound.test(path)) {
      const rest = { ...given, positional: given.positional.slice(1) };
      return callMember(frame, name, first.value, rest, span, calleeSpan);
    }
    if (!machine.models.knows(path.slice(0, Math.max(path.lastIndexOf("."), 0))))
      checkNamedSinks(frame, name, undefined, given, span, calleeSpan);
    const result = carry(undefined, given, machine.models.knows(path) ? 0 : 1, frame);
    if (!isClass(frame, path)) return asEncoded(path, given, result);
    return { ...result, types: [path] };
  }
  return asEncoded(path, given, resultOf(frame, model, path, receiver, given, span));
}

const unbound = /^(?:str|bytes|list|dict|set)\.\w+$/u;

function resultOf(
  frame: Frame,
  model: ApiModel,
  path: string,
  receiver: Value | undefined,
  given: CallArguments,
  span: Span,
): Value {
  const types = model.callReturns ? [model.callReturns] : isClass(frame, path) ? [path] : [];
  if (model.callSource) {
    const code = span.module.text.slice(span.start, span.end);
    const symbol = frame.machine.identities.derivedSymbol(0, code);
    const label: Label = {
      source: { concept: model.callSource, span },
      via: [symbol],
      cleared: 0,
      steps: undefined,
      hops: 0,
    };
    return { ...makeValue({ types }), symbol, labels: [label] };
  }
  if (model.isClean) return makeValue({ types });
  if (model.guards.length + model.rejects.length > 0) return guardResult(frame, model, given);
  const applying = model.sanitizes.filter((row) => conditionHolds(frame, row.signature, given));
  if (applying.length > 0) return sanitized(frame, applying, receiver, given, types);
  if (model.propagates) {
    const marked = markedArguments(model.propagates, given).map(({ argument }) => argument.value);
    const { receiver: self, parameters } = model.propagates;
    const isSelf = !self && (parameters?.every((parameter) => !parameter.isMarked) ?? true);
    let labels: readonly Label[] = isSelf ? (receiver?.labels ?? []) : [];
    for (const value of marked) labels = joinLabels(labels, deepLabels(frame, value, 2));
    return restored(frame, model, transformed(frame, labels, 0, types));
  }
  // A library's object of a known type is no text from outside, whatever it was made with.
  const [type] = types;
  if (type !== undefined) return ofType(frame, type);
  if (model.sinks.length > 0 || model.blocks) return makeValue({ types });
  const part =
    receiver && readByMethod(frame, path.slice(path.lastIndexOf(".") + 1), receiver, given, span);
  return { ...(part ?? carry(receiver, given, 0, frame)), types };
}

/** `unquote(quote(x))` holds again what quoting took out of it. */
function restored(frame: Frame, { restores }: ApiModel, value: Value): Value {
  if (restores.length === 0 || value.labels.length === 0) return value;
  const { models } = frame.machine;
  const bits = restores.reduce((sum, concept) => sum | models.bit(concept), 0);
  const labels = value.labels.map((label) => ({ ...label, cleared: label.cleared & ~bits }));
  return { ...value, labels };
}

/** `int(x)` came back: x is the text of a number. */
function learnValid(frame: Frame, model: ApiModel, given: CallArguments): void {
  if (!frame.state) return;
  for (const row of model.validates) {
    const cleared = frame.machine.models.bit(row.concept);
    for (const { argument } of markedArguments(row.signature, given))
      learn(frame.state, frame.machine.identities.factsAbout(argument.value.symbol, cleared));
  }
}

function sanitized(
  frame: Frame,
  rows: ApiModel["sanitizes"],
  receiver: Value | undefined,
  given: CallArguments,
  types: readonly string[],
): Value {
  let bits = 0;
  for (const row of rows) bits |= frame.machine.models.bit(row.concept);
  if (bits === allBits) return makeValue({ types });
  const result = carry(receiver, given, 0, frame);
  return labelledValue(
    result.labels.map((label) => ({ ...label, cleared: label.cleared | bits })),
    { types },
  );
}

/** `if is_safe(x):` teaches that x is safe for the guard's class. */
function guardResult(frame: Frame, model: ApiModel, given: CallArguments): Value {
  const factsOf = (rows: ApiModel["guards"]): readonly Fact[] =>
    rows.flatMap(({ concept, signature }) =>
      markedArguments(signature, given).flatMap(({ argument }) =>
        frame.machine.identities.factsAbout(
          argument.value.symbol,
          frame.machine.models.bit(concept),
        ),
      ),
    );
  const implies = { whenTrue: factsOf(model.guards), whenFalse: factsOf(model.rejects) };
  return { ...makeValue({ types: ["bool"] }), implies };
}

/** `instance(...)`: what the type's `__call__` gives. */
function callTyped(
  frame: Frame,
  callee: Value,
  given: CallArguments,
  span: Span,
  calleeSpan: Span,
): Value | undefined {
  for (const type of callee.types) {
    const definition = frame.machine.classes.get(type);
    if (definition) {
      const method = frame.machine.readAttribute(frame, callee, "__call__", span);
      if (method.references.some((reference) => reference.kind === "function")) {
        return callValue(frame, method, given, span, calleeSpan);
      }
    } else if (frame.machine.models.find(`${type}.__call__`)) {
      return callApi(frame, `${type}.__call__`, callee, given, span, calleeSpan);
    }
  }
  return undefined;
}

function withBound(
  given: CallArguments,
  bound: { readonly positional: readonly Value[]; readonly keywords: ReadonlyMap<string, Value> },
  span: Span,
): CallArguments {
  return {
    ...given,
    positional: [...bound.positional.map((value) => ({ value, span })), ...given.positional],
    keywords: new Map([
      ...[...bound.keywords].map(([name, value]) => [name, { value, span }] as const),
      ...given.keywords,
    ]),
  };
}

/** `asyncio.run(main())`, `FastAPI(lifespan=lifespan)`: who starts the functions given. */
function noteEntries(frame: Frame, model: ApiModel | undefined, given: CallArguments): void {
  const entry = model?.entry;
  if (!entry) return;
  for (const { argument } of markedArguments(entry.signature, given))
    frame.machine.recorder.noteEntry(frame, argument, entry.kind, model.handsOver);
}

/** What has members of its own, or by convention a capital letter: calling it makes an instance. */
function isClass(frame: Frame, path: string): boolean {
  return (
    frame.machine.models.hasMembers(path) || /^[A-Z]/u.test(path.slice(path.lastIndexOf(".") + 1))
  );
}
