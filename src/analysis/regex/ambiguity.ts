// Whether a text can be read in ever more ways, the longer it is: exponentially many where a loop reads one
// text in two ways, polynomially many where two loops in a row may share it.
// A. Weber and H. Seidl, On the degree of ambiguity of finite automata (1991).

import type { Automaton } from "./automaton.ts";

/** A text that is read in many ways: `prefix`, then `pump` again and again. As indices of letters. */
export interface Ambiguity {
  readonly degree: "exponential" | "polynomial";
  readonly prefix: readonly number[];
  readonly pump: readonly number[];
}

/** Work that one pattern is worth: it may come from anybody. */
const maxSteps = 400_000;

/** Every ambiguity found within the bound, the worst first. `alsoBefore`: where a match begins counts too. */
export function* ambiguitiesOf(automaton: Automaton, alsoBefore: boolean): Iterable<Ambiguity> {
  const search = new AmbiguitySearch(automaton);
  yield* search.exponential();
  yield* search.polynomial(alsoBefore);
}

class AmbiguitySearch {
  readonly #automaton: Automaton;
  readonly #loops: readonly (readonly number[])[];
  #steps = 0;

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#loops = loopsOf(automaton);
  }

  *exponential(): Iterable<Ambiguity> {
    for (const loop of this.#loops) {
      const pump = this.#isOwn(loop) && (this.#doubleEdge(loop) ?? this.#twoPaths(loop));
      const [start] = loop;
      if (!pump || start === undefined) continue;
      const prefix = this.#prefixTo(pump.at);
      if (prefix) yield { degree: "exponential", prefix, pump: pump.letters };
    }
  }

  *polynomial(alsoBefore: boolean): Iterable<Ambiguity> {
    for (const first of this.#loops) {
      if (!this.#isOwn(first) && !(alsoBefore && this.#isBefore(first))) continue;
      for (const second of this.#loops) {
        if (second === first || !this.#isOwn(second)) continue;
        for (const start of first) {
          for (const end of second) {
            const pump = this.#shared(new Set(first), new Set(second), start, end);
            const prefix = pump && this.#prefixTo(start);
            if (pump && prefix) yield { degree: "polynomial", prefix, pump };
          }
        }
      }
    }
  }

  /** A step of the loop that is taken in two ways at once: `(a*)*`. */
  #doubleEdge(
    loop: readonly number[],
  ): { readonly at: number; readonly letters: readonly number[] } | undefined {
    const inside = new Set(loop);
    for (const from of loop) {
      for (const [to, ways] of this.#automaton.follow[from] ?? []) {
        if (ways < 2 || !inside.has(to)) continue;
        const back = this.#path([to], (state) => state === from, inside);
        const step = letterOf(this.#reads(to));
        if (back && step !== undefined) return { at: from, letters: [step, ...back.slice(1)] };
      }
    }
    return undefined;
  }

  /** Two paths of the loop over one text, from one state back to it: `(a|a)*`, `(ab|a|b)*`. */
  #twoPaths(
    loop: readonly number[],
  ): { readonly at: number; readonly letters: readonly number[] } | undefined {
    const [start] = loop;
    if (start === undefined) return undefined;
    const inside = new Set(loop);
    const pair = (left: number, right: number): number => left * 1000 + right;
    const origin = pair(start, start);
    const reached = new Map<number, { readonly from: number; readonly letter: number }>();
    const before = new Map<number, number[]>();
    const queue = [origin];
    const seen = new Set(queue);
    for (const at of queue) {
      const left = Math.floor(at / 1000);
      for (const one of this.#next(left, inside)) {
        for (const other of this.#next(at % 1000, inside)) {
          if (!this.#mayStep()) return undefined;
          const letter = letterOf(this.#reads(one) & this.#reads(other));
          if (letter === undefined) continue;
          const next = pair(one, other);
          const known = before.get(next);
          if (known) known.push(at);
          else before.set(next, [at]);
          if (seen.has(next)) continue;
          seen.add(next);
          reached.set(next, { from: at, letter });
          queue.push(next);
        }
      }
    }
    // Backwards from the origin: the first pair of different states lies on a way there and back.
    const onward = new Map<number, number>();
    const back = [origin];
    for (const at of back) {
      for (const previous of before.get(at) ?? []) {
        if (onward.has(previous) || previous === origin) continue;
        onward.set(previous, at);
        back.push(previous);
        if (Math.floor(previous / 1000) === previous % 1000) continue;
        const there = lettersTo(previous, origin, reached);
        const home = this.#lettersHome(previous, origin, onward);
        return { at: start, letters: [...there, ...home] };
      }
    }
    return undefined;
  }

  #lettersHome(from: number, origin: number, onward: ReadonlyMap<number, number>): number[] {
    const letters: number[] = [];
    for (let at = from; at !== origin; ) {
      const next = onward.get(at) ?? origin;
      const letter = letterOf(this.#reads(Math.floor(next / 1000)) & this.#reads(next % 1000));
      if (letter !== undefined) letters.push(letter);
      at = next;
    }
    return letters;
  }

  /** A text that the first loop reads, and the second, and both in turn: `\s*\s*`, `.*,.*`. */
  #shared(
    first: ReadonlySet<number>,
    second: ReadonlySet<number>,
    start: number,
    end: number,
  ): readonly number[] | undefined {
    const triple = (a: number, b: number, c: number): number => (a * 1000 + b) * 1000 + c;
    const origin = triple(start, start, end);
    const goal = triple(start, end, end);
    const reached = new Map<number, { readonly from: number; readonly letter: number }>();
    const seen = new Set([origin]);
    const queue = [origin];
    for (const at of queue) {
      if (queue.length > 3_000) return undefined;
      const [a, b, c] = [Math.floor(at / 1_000_000), Math.floor(at / 1000) % 1000, at % 1000];
      for (const one of this.#next(a, first)) {
        for (const two of this.#next(b, undefined)) {
          const both = this.#reads(one) & this.#reads(two);
          if (!this.#mayStep()) return undefined;
          if (both === 0n) continue;
          for (const three of this.#next(c, second)) {
            const letter = letterOf(both & this.#reads(three));
            const next = triple(one, two, three);
            if (letter === undefined || seen.has(next)) continue;
            seen.add(next);
            reached.set(next, { from: at, letter });
            if (next === goal) return lettersTo(goal, origin, reached);
            queue.push(next);
          }
        }
      }
    }
    return undefined;
  }

  #prefixTo(state: number): readonly number[] | undefined {
    return this.#path(this.#automaton.first, (each) => each === state, undefined);
  }

  /** The letters of the shortest path from one of some states, the state's own letter first. */
  #path(
    from: readonly number[],
    isGoal: (state: number) => boolean,
    inside: ReadonlySet<number> | undefined,
  ): readonly number[] | undefined {
    const reached = new Map<number, number | undefined>(from.map((state) => [state, undefined]));
    for (const state of reached.keys()) {
      if (isGoal(state)) {
        const letters: number[] = [];
        for (let at: number | undefined = state; at !== undefined; at = reached.get(at)) {
          const letter = letterOf(this.#reads(at));
          if (letter === undefined) return undefined;
          letters.unshift(letter);
        }
        return letters;
      }
      for (const next of this.#next(state, inside))
        if (!reached.has(next)) reached.set(next, state);
    }
    return undefined;
  }

  #next(state: number, inside: ReadonlySet<number> | undefined): readonly number[] {
    const next = [...(this.#automaton.follow[state]?.keys() ?? [])];
    return inside ? next.filter((each) => inside.has(each)) : next;
  }

  #reads(state: number): bigint {
    return this.#automaton.reads[state] ?? 0n;
  }

  #isOwn([state]: readonly number[]): boolean {
    const { from, to } = this.#automaton.own;
    return state !== undefined && from <= state && state < to;
  }

  #isBefore([state]: readonly number[]): boolean {
    return state !== undefined && state < this.#automaton.own.from;
  }

  #mayStep(): boolean {
    this.#steps += 1;
    return this.#steps <= maxSteps;
  }
}

function lettersTo(
  goal: number,
  origin: number,
  reached: ReadonlyMap<number, { readonly from: number; readonly letter: number }>,
): number[] {
  const letters: number[] = [];
  for (let at = goal; ; ) {
    const step = reached.get(at);
    if (!step) return letters;
    letters.unshift(step.letter);
    if (step.from === origin) return letters;
    at = step.from;
  }
}

/** The first letter of a set; `undefined` for the empty one. */
function letterOf(set: bigint): number | undefined {
  if (set === 0n) return undefined;
  const bits = set.toString(2);
  return bits.length - 1 - bits.lastIndexOf("1");
}

/** The states that lead back to themselves, those that reach each other together. */
function loopsOf({ follow }: Automaton): readonly (readonly number[])[] {
  const reach = follow.map((_, from) => {
    const reached = new Set<number>();
    const queue = [from];
    for (const state of queue) {
      for (const next of follow[state]?.keys() ?? []) {
        if (reached.has(next)) continue;
        reached.add(next);
        queue.push(next);
      }
    }
    return reached;
  });
  const loops: number[][] = [];
  for (const [state, reached] of reach.entries()) {
    if (!reached.has(state)) continue;
    const known = loops.find(
      ([other]) => other !== undefined && reached.has(other) && reach[other]?.has(state),
    );
    if (known) known.push(state);
    else loops.push([state]);
  }
  return loops;
}
