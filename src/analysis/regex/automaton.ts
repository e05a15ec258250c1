// The automaton of a pattern: a state for each place where a character is read, and in how many ways one
// follows another, since each way is one more that a backtracking matcher tries.
// V. Glushkov's construction, with multiplicities: https://en.wikipedia.org/wiki/Glushkov%27s_construction_algorithm

import { type CharacterSet, endOfText, everyCharacter, unionOf } from "./character-set.ts";
import type { Pattern } from "./parse-pattern.ts";

/** Whether a match must begin at the start of the text, and whether it must end at its end. */
export type Anchoring = "start" | "both" | "none";

export interface Automaton {
  /** What each state reads, as a set of the alphabet's letters: bit n for `letters[n]`. */
  readonly reads: readonly bigint[];
  /** For each state, those that may follow, each in one way or in several. */
  readonly follow: readonly ReadonlyMap<number, 1 | 2>[];
  readonly first: readonly number[];
  readonly last: ReadonlySet<number>;
  /** States of the pattern itself; the rest stands for what is before and after a match. */
  readonly own: { readonly from: number; readonly to: number };
  /** A code point for each kind of character that the pattern tells apart, the end of the text last. */
  readonly letters: readonly number[];
}

const maxStates = 300;
/** From so many repetitions of a loop on, a bound is as good as none. */
const manyLoops = 10;

/** `undefined` for a pattern that is too large. */
export function automatonOf(pattern: Pattern, anchoring: Anchoring): Automaton | undefined {
  const builder = new AutomatonBuilder();
  const before: Pattern = { kind: "set", set: everyCharacter };
  const end: CharacterSet = [[endOfText, endOfText]];
  const after: Pattern = {
    kind: "set",
    set: anchoring === "both" ? end : unionOf(everyCharacter, end),
  };
  try {
    const prefix = builder.build(
      anchoring === "none" ? loop(before) : { kind: "sequence", parts: [] },
    );
    const from = builder.count;
    const body = builder.build(pattern);
    const to = builder.count;
    const suffix = builder.build(loop(after));
    return builder.finish(builder.join(builder.join(prefix, body), suffix), { from, to });
  } catch (error) {
    if (error instanceof TooManyStates) return undefined;
    throw error;
  }
}

class TooManyStates extends Error {}

type Ways = 1 | 2;

/** A part of the automaton: in how many ways it reads nothing, where it begins and where it ends. */
interface Part {
  readonly nothing: 0 | Ways;
  readonly first: ReadonlyMap<number, Ways>;
  readonly last: ReadonlyMap<number, Ways>;
}

const empty: Part = { nothing: 1, first: new Map(), last: new Map() };

class AutomatonBuilder {
  readonly #sets: CharacterSet[] = [];
  readonly #follow: Map<number, Ways>[] = [];

  get count(): number {
    return this.#sets.length;
  }

  build(pattern: Pattern): Part {
    switch (pattern.kind) {
      case "set":
        return this.#state(pattern.set);
      case "sequence":
        return pattern.parts.reduce<Part>((part, next) => this.join(part, this.build(next)), empty);
      case "choice":
        return pattern.options.map((option) => this.build(option)).reduce(either);
      case "repeat":
        return this.#repeat(pattern.body, pattern.least, pattern.most);
      case "atomic":
        // One state in its place: it has one way to match, whatever it reads.
        return this.#state(charactersOf(pattern.body));
      case "context":
        return empty;
    }
  }

  /** One after the other. */
  join(left: Part, right: Part): Part {
    for (const [from, ways] of left.last)
      for (const [to, more] of right.first) this.#connect(from, to, times(ways, more));
    return {
      nothing: times(left.nothing, right.nothing),
      first: sum(left.first, scaled(right.first, left.nothing)),
      last: sum(right.last, scaled(left.last, right.nothing)),
    };
  }

  finish(whole: Part, own: Automaton["own"]): Automaton {
    const letters = lettersOf(this.#sets);
    return {
      reads: this.#sets.map((set) => maskOf(set, letters)),
      follow: this.#follow,
      first: [...whole.first.keys()],
      last: new Set(whole.last.keys()),
      own,
      letters,
    };
  }

  #state(set: CharacterSet): Part {
    if (this.#sets.length >= maxStates) throw new TooManyStates();
    const state = this.#sets.length;
    this.#sets.push(set);
    this.#follow.push(new Map());
    const here = new Map<number, Ways>([[state, 1]]);
    return { nothing: 0, first: here, last: here };
  }

  #repeat(body: Pattern, least: number, most: number): Part {
    const isMany = most >= manyLoops && (most === Number.POSITIVE_INFINITY || hasLoop(body));
    if (isMany) {
      let part = empty;
      for (let count = 1; count < least; count += 1) part = this.join(part, this.build(body));
      const again = this.#again(this.build(body));
      return this.join(part, least > 0 ? again : optional(again));
    }
    let part = empty;
    // `a{2,4}` is `aa(a(a)?)?`: one way for each number of repetitions.
    for (let count = most; count > least; count -= 1)
      part = optional(this.join(this.build(body), part));
    for (let count = 0; count < least; count += 1) part = this.join(this.build(body), part);
    return part;
  }

  /** Once or more often. */
  #again(part: Part): Part {
    for (const [from, ways] of part.last)
      for (const [to, more] of part.first) this.#connect(from, to, times(ways, more));
    return part;
  }

  #connect(from: number, to: number, ways: 0 | Ways): void {
    const known = this.#follow[from];
    if (!known || ways === 0) return;
    known.set(to, known.has(to) ? 2 : ways);
  }
}

function loop(body: Pattern): Pattern {
  return { kind: "repeat", body, least: 0, most: Number.POSITIVE_INFINITY };
}

function optional(part: Part): Part {
  return { ...part, nothing: part.nothing === 0 ? 1 : 2 };
}

function either(left: Part, right: Part): Part {
  return {
    nothing: (left.nothing + right.nothing > 1 ? 2 : left.nothing + right.nothing) as 0 | Ways,
    first: sum(left.first, right.first),
    last: sum(left.last, right.last),
  };
}

function times(left: 0 | Ways, right: 0 | Ways): 0 | Ways {
  return left === 0 || right === 0 ? 0 : left * right > 1 ? 2 : 1;
}

function scaled(states: ReadonlyMap<number, Ways>, by: 0 | Ways): ReadonlyMap<number, Ways> {
  return by === 0
    ? new Map()
    : by === 1
      ? states
      : new Map([...states.keys()].map((at) => [at, 2]));
}

function sum(
  left: ReadonlyMap<number, Ways>,
  right: ReadonlyMap<number, Ways>,
): ReadonlyMap<number, Ways> {
  const all = new Map(left);
  for (const [state, ways] of right) all.set(state, all.has(state) ? 2 : ways);
  return all;
}

function hasLoop(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "repeat":
      return pattern.most > 1 && pattern.most !== pattern.least ? true : hasLoop(pattern.body);
    case "sequence":
      return pattern.parts.some(hasLoop);
    case "choice":
      return pattern.options.some(hasLoop);
    default:
      return false;
  }
}

/** Every character that a pattern may read. */
function charactersOf(pattern: Pattern): CharacterSet {
  switch (pattern.kind) {
    case "set":
      return pattern.set;
    case "sequence":
      return unionOf(...pattern.parts.map(charactersOf));
    case "choice":
      return unionOf(...pattern.options.map(charactersOf));
    case "context":
      return [];
    default:
      return charactersOf(pattern.body);
  }
}

/** The characters at which a set begins, or the next one after it: from one to the next, no set tells them apart. */
function lettersOf(sets: readonly CharacterSet[]): readonly number[] {
  const cuts = new Set([0, 33, 127, endOfText]);
  for (const set of sets) {
    for (const [first, last] of set) {
      cuts.add(first);
      if (last < endOfText) cuts.add(last + 1);
    }
  }
  // What can be seen comes first: an attack is shown to people.
  const rank = (from: number): number => (from > 32 && from < 127 ? 0 : from < 127 ? 1 : 2);
  return [...cuts].toSorted((left, right) => rank(left) - rank(right) || left - right);
}

function maskOf(set: CharacterSet, letters: readonly number[]): bigint {
  let mask = 0n;
  for (const [index, from] of letters.entries())
    if (set.some(([first, last]) => first <= from && from <= last)) mask |= 1n << BigInt(index);
  return mask;
}
