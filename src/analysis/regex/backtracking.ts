// Whether a text exists that keeps Python's matcher busy for exponentially or polynomially many steps.
// It tries one way of matching after the other, so it takes many ways and a failure at the end of each.
// https://docs.python.org/3/howto/regex.html, https://cwe.mitre.org/data/definitions/1333.html

import { type Ambiguity, ambiguitiesOf } from "./ambiguity.ts";
import { type Anchoring, type Automaton, automatonOf } from "./automaton.ts";
import { endOfText } from "./character-set.ts";
import { type Pattern, type PatternFlags, parsePattern } from "./parse-pattern.ts";

/** What a pattern can be made to do, and the text that makes it: `prefix + pump * n + suffix`. */
export interface Backtracking {
  readonly degree: "exponential" | "polynomial";
  readonly prefix: string;
  readonly pump: string;
  readonly suffix: string;
}

const known = new Map<string, Backtracking | undefined>();

/**
 * The worst that a text can do to a pattern; `undefined` where there is nothing to fear, and where it is not
 * known. Bounded in time, since the pattern may come from anybody.
 */
export function backtrackingOf(
  text: string,
  flags: PatternFlags,
  anchoring: Anchoring,
): Backtracking | undefined {
  const key = `${anchoring}:${[...flags].toSorted().join("")}:${text}`;
  if (known.has(key)) return known.get(key);
  const found = analysed(text, flags, anchoring);
  // The same patterns are asked for again in each review; their number is bounded all the same.
  if (known.size > 2_000) known.clear();
  known.set(key, found);
  return found;
}

function analysed(
  text: string,
  flags: PatternFlags,
  anchoring: Anchoring,
): Backtracking | undefined {
  const pattern = parsePattern(text, flags);
  // Without two places that repeat, or one in another, nothing can be read in many ways.
  if (!pattern || !/[*+}]/u.test(text)) return undefined;
  const begun = anchoring === "none" && isAnchored(pattern) ? "start" : anchoring;
  const inside = withinAtoms(pattern).flatMap((body) => worstOf(body, "start", false) ?? []);
  const whole = hasContextInLoop(pattern, false)
    ? undefined
    : worstOf(pattern, begun, begun === "none" && isTrimming(pattern));
  const all = [...(whole ? [whole] : []), ...inside];
  const exponential = all.find(({ degree }) => degree === "exponential");
  // Where a pattern looks around itself, two loops in a row may never share a text.
  return exponential ?? (hasContext(pattern, true) ? undefined : all[0]);
}

function worstOf(
  pattern: Pattern,
  anchoring: Anchoring,
  alsoBefore: boolean,
): Backtracking | undefined {
  const automaton = automatonOf(pattern, anchoring);
  if (!automaton) return undefined;
  for (const ambiguity of ambiguitiesOf(automaton, alsoBefore)) {
    const suffix = failingSuffix(automaton, ambiguity);
    if (suffix === undefined) continue;
    const shown = (letters: readonly number[]): string =>
      String.fromCodePoint(...letters.map((letter) => automaton.letters[letter] ?? 0));
    const { degree, prefix, pump } = ambiguity;
    return { degree, prefix: shown(prefix), pump: shown(pump), suffix: shown(suffix) };
  }
  return undefined;
}

/** What makes every way of matching fail after the pump; `undefined` where some way always ends well. */
function failingSuffix(
  automaton: Automaton,
  { prefix, pump }: Ambiguity,
): readonly number[] | undefined {
  let states = run(automaton, undefined, prefix);
  // A pattern may want many rounds before it is content: `(.*a){12}`.
  for (let round = 0; round < 40; round += 1) states = run(automaton, states, pump);
  const letters = automaton.letters.flatMap((code, letter) => (code === endOfText ? [] : [letter]));
  const end = automaton.letters.indexOf(endOfText);
  // Two different characters, for a pattern that forgives one: `(\w+)*\n?$`.
  const candidates = [
    [],
    ...letters.map((letter) => [letter]),
    ...letters.map((letter) => [letter, letters[0] ?? letter]),
  ];
  return candidates.find((candidate) => {
    const left = run(automaton, states, [...candidate, end]);
    return ![...left].some((state) => automaton.last.has(state));
  });
}

/** The states after some letters; `undefined` before the first one. */
function run(
  { first, follow, reads }: Automaton,
  from: ReadonlySet<number> | undefined,
  letters: readonly number[],
): ReadonlySet<number> {
  let states = from;
  for (const letter of letters) {
    const next = new Set<number>();
    const candidates = states
      ? [...states].flatMap((state) => [...(follow[state]?.keys() ?? [])])
      : first;
    for (const state of candidates)
      if (((reads[state] ?? 0n) >> BigInt(letter)) & 1n) next.add(state);
    states = next;
  }
  return states ?? new Set();
}

/** `^...`: a search finds it at the start or nowhere. */
function isAnchored(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "sequence":
      return pattern.parts.some(
        (part, index) =>
          isAnchored(part) &&
          pattern.parts.slice(0, index).every((each) => each.kind === "context"),
      );
    case "choice":
      return pattern.options.every(isAnchored);
    case "context":
      return pattern.isStart ?? false;
    default:
      return false;
  }
}

/**
 * `\s+$`: wherever a search begins, it reads on to the end of the blanks, and fails there. The same is true of
 * every `[a-z]+$`, but blanks are what people trim, and of what a text may hold thousands unseen.
 */
function isTrimming(pattern: Pattern): boolean {
  if (pattern.kind === "choice") return pattern.options.some(isTrimming);
  if (pattern.kind !== "sequence") return false;
  const [loop, end] = pattern.parts;
  const isLoop = loop?.kind === "repeat" && loop.most === Number.POSITIVE_INFINITY;
  const last = end?.kind === "sequence" ? end.parts.at(-1) : end;
  const isEnd = last?.kind === "set" && last.set.some(([first]) => first === endOfText);
  return isLoop && isEnd && pattern.parts.length === 2 && hasBlank(loop.body);
}

function hasBlank(pattern: Pattern): boolean {
  return pattern.kind === "set" && pattern.set.some(([first, last]) => first <= 32 && 32 <= last);
}

/** Bodies of atomic groups and of what looks ahead: they match, or fail, by themselves. */
function withinAtoms(pattern: Pattern): readonly Pattern[] {
  switch (pattern.kind) {
    case "sequence":
      return pattern.parts.flatMap(withinAtoms);
    case "choice":
      return pattern.options.flatMap(withinAtoms);
    case "repeat":
      return withinAtoms(pattern.body);
    case "atomic":
    case "context":
      return pattern.body ? [pattern.body, ...withinAtoms(pattern.body)] : [];
    default:
      return [];
  }
}

/** What looks around itself, in a loop, says where one round may follow another: no automaton here knows it. */
function hasContextInLoop(pattern: Pattern, isInLoop: boolean): boolean {
  switch (pattern.kind) {
    case "sequence":
      return pattern.parts.some((part) => hasContextInLoop(part, isInLoop));
    case "choice":
      return pattern.options.some((option) => hasContextInLoop(option, isInLoop));
    case "repeat":
      return hasContextInLoop(pattern.body, isInLoop || pattern.most > 1);
    case "context":
      return isInLoop;
    default:
      return false;
  }
}

function hasContext(pattern: Pattern, isFirst: boolean): boolean {
  switch (pattern.kind) {
    case "sequence":
      return pattern.parts.some((part, index) => hasContext(part, isFirst && index === 0));
    case "choice":
      return pattern.options.some((option) => hasContext(option, isFirst));
    case "repeat":
    case "atomic":
      return hasContext(pattern.body, false);
    case "context":
      // What a pattern begins with takes no part in it.
      return !isFirst;
    default:
      return false;
  }
}
