// What a call of a function of the project gave and did, kept for calls that give it the same. Nothing from
// outside is ever kept: a label is followed wherever it goes.

import { deepLabels } from "../data/containers.ts";
import type {
  CallArguments,
  CallKey,
  Change,
  Frame,
  FunctionReference,
  RememberedCall,
} from "../frame.ts";
import { freeNames } from "../language/free-names.ts";
import type { State } from "../values/state.ts";
import { cutOut, transplant } from "../values/transplant.ts";
import { type Closure, type Reference, unknownValue, type Value } from "../values/value.ts";
import { everyArgument } from "./arguments.ts";

/** Constants longer than this are all the same text. */
const maxConstantLength = 80;

/** The key of a call; `undefined` where something from outside goes in, which no key can stand for. */
export function keyOfCall(
  frame: Frame,
  reference: FunctionReference,
  given: CallArguments,
): CallKey | undefined {
  const { self } = reference;
  const values = [...(self ? [self] : []), ...everyArgument(given)];
  const parts: string[] = [];
  for (const value of values) {
    const text = digest(frame, value);
    if (text === undefined) return undefined;
    parts.push(text);
  }
  const captured = capturedText(frame, reference);
  if (captured === undefined) return undefined;
  const names = [...given.keywords.keys()].join(",");
  const spreads = `${given.spread ? "*" : ""}${given.keywordSpread ? "**" : ""}`;
  const shape = `${self ? "." : ""}${given.positional.length};${names}${spreads}`;
  return { text: `${shape};${parts.join(",")};${captured}`, shape, given: values };
}

/** What the names are worth that a nested function takes from around it. */
function capturedText(
  frame: Frame,
  { closure, definition }: FunctionReference,
): string | undefined {
  if (!closure) return "";
  let text = "";
  for (const name of freeNames(definition)) {
    const value = closure.lookUp(name, frame.state?.heap);
    if (!value) continue;
    const known = digest(frame, value);
    if (known === undefined) return undefined;
    text += `${name}=${known},`;
  }
  return text;
}

/**
 * Keeps what a call gave. `before` is the caller's state as it was, `after` the callee's at its end: absent if
 * it never came back.
 */
export function keepCall(
  frame: Frame,
  { given }: CallKey,
  result: Value,
  effects: RememberedCall["effects"],
  before: State,
  after: State | undefined,
): RememberedCall | undefined {
  const changes = after ? changesOf(frame, given, before, after) : [];
  const values = [result, ...(changes ?? []).flatMap(({ entries }) => [...entries.values()])];
  const objects = cutOut(frame, values, before);
  if (!objects) return undefined;
  return { given, result, objects, changes, effects: [...effects], neverReturns: !after };
}

/**
 * What a remembered call gives for other arguments of the same kind; the objects it changed are changed in the
 * frame's state. `undefined` where that cannot be told, and the call must be run.
 */
export function replayCall(
  frame: Frame,
  known: RememberedCall,
  { given }: CallKey,
  isChanging: boolean,
): Value | undefined {
  const { state } = frame;
  if (!state) return undefined;
  const symbols = new Map<number, Value>();
  const ids = new Map<number, number>();
  for (const [index, old] of known.given.entries()) {
    const value = given[index];
    if (!value || value.objects.length !== old.objects.length) return undefined;
    if (old.symbol !== unknownValue.symbol) symbols.set(old.symbol, value);
    for (const [at, id] of old.objects.entries()) ids.set(id, value.objects[at] ?? id);
  }
  const changes = isChanging ? known.changes : [];
  if (!changes) return undefined;
  for (const { id, entries } of changes) {
    const target = objectAt(frame, ids.get(id));
    if (!target) return undefined;
    // What stood there may have come through: only a run can tell.
    for (const name of entries.keys()) if (target.entries.has(name)) return undefined;
  }
  const moved = transplant(frame, known.objects, ids, symbols);
  for (const { id, entries } of changes) {
    const to = ids.get(id) ?? id;
    const target = objectAt(frame, to);
    if (!target) continue;
    const changed = new Map(target.entries);
    for (const [name, value] of entries) changed.set(name, moved(value));
    state.heap.set(to, { ...target, entries: changed });
  }
  return moved(known.result);
}

/** The fields and keys that were added to objects which went in; `undefined` if anything else was changed. */
function changesOf(
  frame: Frame,
  given: readonly Value[],
  before: State,
  after: State,
): readonly Change[] | undefined {
  const changes: Change[] = [];
  for (const id of after.heap.changedSince(before.heap)) {
    const was = before.heap.get(id) ?? frame.machine.sharedHeap.get(id);
    const is = after.heap.get(id);
    if (!was || !is || was === is) continue;
    const isOfEntries =
      was.items === is.items &&
      was.rest === is.rest &&
      was.keys === is.keys &&
      was.kind === is.kind;
    if (!isOfEntries || !given.some(({ objects }) => objects.includes(id))) return undefined;
    const entries = new Map<string, Value>();
    for (const [name, value] of is.entries) {
      const old = was.entries.get(name);
      if (old === value) continue;
      if (old) return undefined;
      entries.set(name, value);
    }
    changes.push({ id, entries });
  }
  return changes;
}

/** What a remembered call gave, in words: two calls with the same gave as good as the same. */
export function outcomeText({ result, objects, changes, neverReturns }: RememberedCall): string {
  if (neverReturns) return "never returns";
  const told = (value: Value, depth: number): string => {
    const parts = [
      value.types.join("|"),
      value.constants?.map((constant) => JSON.stringify(constant)).join("|") ?? "?",
      value.references.map(referenceName).join("|"),
      value.prefix ?? "",
    ];
    if (depth > 0) {
      for (const element of value.elements ?? []) parts.push(told(element, depth - 1));
      for (const id of value.objects) {
        const object = objects.get(id);
        if (!object) parts.push("given");
        else parts.push(object.kind, ...namedValues(object.entries, depth));
        for (const item of object?.items ?? []) parts.push(told(item, depth - 1));
      }
    }
    return parts.join(",");
  };
  const namedValues = (entries: ReadonlyMap<string, Value>, depth: number): readonly string[] =>
    [...entries].map(([name, value]) => `${name}:${told(value, depth - 1)}`);
  const changed = changes?.flatMap(({ entries }) => namedValues(entries, 3)).join(";") ?? "more";
  return `${told(result, 3)};${changed}`;
}

function objectAt(frame: Frame, id: number | undefined) {
  if (id === undefined) return undefined;
  return frame.state?.heap.get(id) ?? frame.machine.sharedHeap.get(id);
}

function digest(frame: Frame, value: Value): string | undefined {
  if (deepLabels(frame, value, 2).length > 0) return undefined;
  const named = value.references.map(referenceName).join("|");
  const constants = value.constants?.map((constant) => JSON.stringify(constant)).join("|") ?? "";
  if (constants.length > maxConstantLength) return "text";
  return `${value.types.join("|")}${constants}${named}`;
}

function referenceName(reference: Reference): string {
  switch (reference.kind) {
    case "function": {
      const { definition, closure } = reference;
      const name = `${definition.module.name}.${definition.qualifiedName}`;
      return closure ? `${name}#${numberOf(closure)}` : name;
    }
    case "class":
      return reference.definition.path;
    case "api":
      return reference.path;
    case "module":
      return reference.module.name;
    default:
      return reference.kind;
  }
}

let lastNumber = 0;
const numbers = new WeakMap<Closure, number>();

/** Two functions of one definition are two if they were made around different values. */
function numberOf(closure: Closure): number {
  const known = numbers.get(closure);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(closure, lastNumber);
  return lastNumber;
}
