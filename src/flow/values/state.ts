// The state of a program at one point: variables, heap and what guards have taught; and where paths meet.

import { allBits } from "../models.ts";
import { ForkedMap } from "./forked-map.ts";
import {
  type Constant,
  type Fact,
  type HeapObject,
  type Implication,
  joinValues,
  type Label,
  makeValue,
  sameConstant,
  truthOf,
  type Value,
} from "./value.ts";

export interface State {
  readonly variables: ForkedMap<string, Value>;
  readonly heap: ForkedMap<number, HeapObject>;
  /** By symbol; see `Fact`. */
  readonly facts: ForkedMap<number, Fact>;
}

export function newState(): State {
  return { variables: new ForkedMap(), heap: new ForkedMap(), facts: new ForkedMap() };
}

export function forkState(state: State): State {
  return { variables: state.variables.fork(), heap: state.heap.fork(), facts: state.facts.fork() };
}

/** Whether nothing was changed since one was forked from the other. */
export function isSameState(left: State, right: State): boolean {
  return (
    left.variables.isSameAs(right.variables) &&
    left.heap.isSameAs(right.heap) &&
    left.facts.isSameAs(right.facts)
  );
}

/** Where two paths meet. An absent state is a path that does not get here. */
export function joinStates(left: State | undefined, right: State | undefined): State | undefined {
  if (!left || !right || left === right) return left ?? right;
  if (isSameState(left, right)) return left;
  const meet = new Meeting(left, right);
  const variables = joinMaps(left.variables, right.variables, (a, b) => meet.values(a, b));
  const heap = joinMaps(left.heap, right.heap, (a, b) => meet.objects(a, b));
  return { variables, heap, facts: joinFacts(left.facts, right.facts) };
}

/** What a guard taught: what was known before is kept. */
export function learn(state: State, facts: readonly Fact[]): void {
  for (const fact of facts) {
    const known = state.facts.get(fact.symbol);
    if (!known) {
      state.facts.set(fact.symbol, fact);
      continue;
    }
    const constants = fact.constants ?? known.constants;
    state.facts.set(fact.symbol, {
      symbol: fact.symbol,
      cleared: known.cleared | fact.cleared,
      constants,
    });
  }
}

/** The bits for which a label is neutralised here: by what was done to it and by what is known. */
export function clearedBits(label: Label, state: State): number {
  let bits = label.cleared;
  for (const symbol of label.via) bits |= state.facts.get(symbol)?.cleared ?? 0;
  return bits;
}

/** The same labels with what is known of each written into it. */
export function settledLabels(labels: readonly Label[], state: State): readonly Label[] {
  return labels.map((label) => {
    const cleared = clearedBits(label, state);
    return cleared === label.cleared ? label : { ...label, cleared };
  });
}

/** A value as this state knows it: constants where an equality fixed them, labels that guards have cleared. */
export function knownValue(value: Value, state: State): Value {
  const fact = state.facts.get(value.symbol);
  if (fact?.constants)
    return {
      ...makeValue({ constants: fact.constants, types: value.types }),
      symbol: value.symbol,
    };
  if (fact && fact.cleared === allBits && value.labels.length > 0) return { ...value, labels: [] };
  return value;
}

/** Joins values of two paths; what only one path had learnt of a label stays with the label. */
class Meeting {
  readonly #left: State;
  readonly #right: State;
  readonly #joined = new Map<Value, Map<Value, Value>>();

  constructor(left: State, right: State) {
    this.#left = left;
    this.#right = right;
  }

  values(left: Value, right: Value): Value {
    if (left === right) return left;
    const known = this.#joined.get(left)?.get(right);
    if (known) return known;
    const joined = joinValues(bake(left, this.#left), bake(right, this.#right));
    const implies = this.#toldBy(left, right);
    const value = implies ? { ...joined, implies } : joined;
    const partners = this.#joined.get(left) ?? new Map<Value, Value>();
    partners.set(right, value);
    this.#joined.set(left, partners);
    return value;
  }

  /** `ok = False`, and `ok = True` where a guard held: that it is true tells which way was taken. */
  #toldBy(left: Value, right: Value): Implication | undefined {
    const truths = [left, right].map(truthOf);
    if (left.labels.length + right.labels.length > 0 || truths[0] === truths[1]) return undefined;
    const whenTrue = this.#factsOf(left, right, truths, true);
    const whenFalse = this.#factsOf(left, right, truths, false);
    return whenTrue.length + whenFalse.length > 0 ? { whenTrue, whenFalse } : undefined;
  }

  /** What is known where only one of two values can have this outcome: what that one's path has learnt. */
  #factsOf(
    left: Value,
    right: Value,
    truths: readonly (boolean | undefined)[],
    outcome: boolean,
  ): readonly Fact[] {
    const [isLeft, isRight] = truths.map((truth) => truth === undefined || truth === outcome);
    if (isLeft === isRight) return [];
    const [value, state, other] = isLeft
      ? [left, this.#left, this.#right]
      : [right, this.#right, this.#left];
    const implied = outcome ? value.implies?.whenTrue : value.implies?.whenFalse;
    return [...(implied ?? []), ...learntBy(state, other)];
  }

  objects(left: HeapObject, right: HeapObject): HeapObject {
    if (left === right) return left;
    // Lists that grew differently begin alike.
    const length = Math.min(left.items?.length ?? 0, right.items?.length ?? 0);
    const items =
      left.items && right.items
        ? left.items
            .slice(0, length)
            .map((value, index) => this.values(value, right.items?.[index] ?? value))
        : undefined;
    let rest = this.#optional(left.rest, right.rest);
    // Each as its own path knew it: the other may know what does not hold here.
    const lefts = (left.items ?? []).slice(length).map((value) => bake(value, this.#left));
    const rights = (right.items ?? []).slice(length).map((value) => bake(value, this.#right));
    for (const value of [...lefts, ...rights]) rest = rest ? joinValues(rest, value) : value;
    const entries = new Map(left.entries);
    // What one path put under a known key, the other may have put under one that is not known.
    const whereUnknown = (object: HeapObject) => (object.kind === "dict" ? object.rest : undefined);
    for (const [key, value] of left.entries) {
      const other = right.entries.get(key) ?? whereUnknown(right);
      entries.set(key, other ? this.values(value, other) : bake(value, this.#left));
    }
    for (const [key, value] of right.entries) {
      if (left.entries.has(key)) continue;
      const other = whereUnknown(left);
      entries.set(key, other ? this.values(other, value) : bake(value, this.#right));
    }
    const keys = this.#optional(left.keys, right.keys);
    const factory = left.factory ?? right.factory;
    const whenEmpty = this.#knownWhenEmpty(left, right);
    return {
      kind: left.kind,
      items,
      entries,
      rest,
      isClosed: left.isClosed && right.isClosed,
      ...(keys ? { keys } : {}),
      ...(factory ? { factory } : {}),
      ...(left.isFilled && right.isFilled ? { isFilled: true } : {}),
      ...(whenEmpty.length > 0 ? { whenEmpty } : {}),
    };
  }

  /** A list that one path has put something into: that it is empty tells that the other was taken. */
  #knownWhenEmpty(left: HeapObject, right: HeapObject): readonly Fact[] {
    if (left.kind === "instance") return [];
    if (left.isFilled && right.isFilled) return [...(left.whenEmpty ?? [])];
    if (left.isFilled) return [...(right.whenEmpty ?? []), ...learntBy(this.#right, this.#left)];
    if (right.isFilled) return [...(left.whenEmpty ?? []), ...learntBy(this.#left, this.#right)];
    return left.whenEmpty === right.whenEmpty ? (left.whenEmpty ?? []) : [];
  }

  #optional(left: Value | undefined, right: Value | undefined): Value | undefined {
    if (left && right) return this.values(left, right);
    return left ? bake(left, this.#left) : right && bake(right, this.#right);
  }
}

/** What one state knows and another may not. */
function learntBy(state: State, other: State): readonly Fact[] {
  return [...state.facts.changedSince(other.facts)].flatMap(
    (symbol) => state.facts.get(symbol) ?? [],
  );
}

/** Writes what a state has learnt of a value's labels into the labels themselves. */
export function bake(value: Value, state: State): Value {
  const known = knownValue(value, state);
  if (known.labels.length === 0) return known;
  let changed = known !== value;
  const labels: Label[] = [];
  for (const label of known.labels) {
    const cleared = clearedBits(label, state);
    if (cleared === allBits) {
      changed = true;
      continue;
    }
    if (cleared === label.cleared) labels.push(label);
    else {
      changed = true;
      labels.push({ ...label, cleared });
    }
  }
  return changed ? { ...known, labels } : value;
}

/** What only one path has is kept: the other has no word on it. */
function joinMaps<K, V>(
  left: ForkedMap<K, V>,
  right: ForkedMap<K, V>,
  join: (a: V, b: V) => V,
): ForkedMap<K, V> {
  if (left.isSameAs(right)) return left;
  return left.join(right, (a, b) => (a === undefined || b === undefined ? (a ?? b) : join(a, b)));
}

/** Only what both paths know is known after them. */
function joinFacts(
  left: ForkedMap<number, Fact>,
  right: ForkedMap<number, Fact>,
): ForkedMap<number, Fact> {
  if (left.isSameAs(right)) return left;
  return left.join(right, (a, b) => a && b && mergeFacts(a, b));
}

/** What holds if one of two facts of one symbol holds. */
export function mergeFacts(left: Fact, right: Fact): Fact | undefined {
  const cleared = left.cleared & right.cleared;
  const constants =
    left.constants && right.constants && mergeConstants(left.constants, right.constants);
  return cleared === 0 && !constants ? undefined : { symbol: left.symbol, cleared, constants };
}

function mergeConstants(
  left: readonly Constant[],
  right: readonly Constant[],
): readonly Constant[] | undefined {
  const merged = [
    ...left,
    ...right.filter((constant) => !left.some((known) => sameConstant(known, constant))),
  ];
  return merged.length > 12 ? undefined : merged;
}
