// Reads a regular expression of Python's `re` into a tree, as far as it decides how matching goes.
// https://docs.python.org/3/library/re.html#regular-expression-syntax

import {
  blanks,
  type CharacterSet,
  complementOf,
  digits,
  endOfText,
  everyCharacter,
  lineBreak,
  unionOf,
  withBothCases,
  wordCharacters,
} from "./character-set.ts";

export type Pattern =
  /** `isPlain`: characters and classes as they stand, of which CPython makes one set where they are alternatives. */
  | { readonly kind: "set"; readonly set: CharacterSet; readonly isPlain?: boolean }
  | { readonly kind: "sequence"; readonly parts: readonly Pattern[] }
  | { readonly kind: "choice"; readonly options: readonly Pattern[] }
  /** `most` is `Infinity` where nothing bounds it. */
  | {
      readonly kind: "repeat";
      readonly body: Pattern;
      readonly least: number;
      readonly most: number;
    }
  /** Once it has matched, its other ways of matching are forgotten: `(?>...)`, `a++`. */
  | { readonly kind: "atomic"; readonly body: Pattern }
  /** Matches no character but looks at those around: `\b`, `^`, `(?=...)`. */
  | {
      readonly kind: "context";
      readonly body: Pattern | undefined;
      /** The beginning of the text. */
      readonly isStart?: boolean;
    };

/** The flags that change what a pattern matches, by their letters: `i`, `m`, `s`, `x`. */
export type PatternFlags = ReadonlySet<string>;

/**
 * The tree of a pattern; `undefined` for what is no pattern, or holds something that no automaton can follow:
 * references to groups, conditions on them.
 */
export function parsePattern(text: string, flags: PatternFlags): Pattern | undefined {
  // A pattern this long is data, and no work is worth it.
  if (text.length > 4000) return undefined;
  try {
    return new PatternReader(text, flags).read();
  } catch (error) {
    if (error instanceof UnreadablePattern) return undefined;
    throw error;
  }
}

class UnreadablePattern extends Error {}

const maxDepth = 100;
const nothing: Pattern = { kind: "sequence", parts: [] };
const end: CharacterSet = [[endOfText, endOfText]];
const perhapsLineBreak: Pattern = {
  kind: "repeat",
  body: { kind: "set", set: lineBreak },
  least: 0,
  most: 1,
};

/** Owns the place in the text. */
class PatternReader {
  readonly #characters: readonly string[];
  #at = 0;
  #depth = 0;
  #flags: PatternFlags;

  constructor(text: string, flags: PatternFlags) {
    this.#characters = Array.from(text);
    this.#flags = flags;
  }

  read(): Pattern {
    const pattern = this.#choice();
    if (this.#at < this.#characters.length) throw new UnreadablePattern();
    return pattern;
  }

  #choice(): Pattern {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new UnreadablePattern();
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    this.#depth -= 1;
    const [first] = options;
    return options.length === 1 && first
      ? first
      : (mergedOptions(options) ?? { kind: "choice", options });
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    for (;;) {
      this.#skipBlanks();
      const next = this.#peek();
      if (next === undefined || next === "|" || next === ")") break;
      parts.push(this.#repeated(this.#atom()));
    }
    return { kind: "sequence", parts };
  }

  /** `a`, with whatever quantifiers follow. */
  #repeated(atom: Pattern): Pattern {
    let pattern = atom;
    for (;;) {
      this.#skipBlanks();
      const bounds = this.#quantifier();
      if (!bounds) return pattern;
      const [least, most] = bounds;
      if (most < least) throw new UnreadablePattern();
      const repeat: Pattern = { kind: "repeat", body: pattern, least, most };
      if (this.#take("+")) return { kind: "atomic", body: repeat };
      // In which order it tries is of no matter to one who fails.
      this.#take("?");
      pattern = repeat;
    }
  }

  #quantifier(): readonly [number, number] | undefined {
    if (this.#take("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.#take("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.#take("?")) return [0, 1];
    if (this.#peek() !== "{") return undefined;
    const rest = this.#characters.slice(this.#at, this.#at + 24).join("");
    const match = /^\{(\d*)(,?)(\d*)\}/u.exec(rest);
    const [whole = "", least = "", comma = "", most = ""] = match ?? [];
    // `{}` and `{x` are text.
    if (!match || (least === "" && most === "")) return undefined;
    this.#at += whole.length;
    const unbounded = comma === "" ? Number(least) : Number.POSITIVE_INFINITY;
    return [Number(least), most === "" ? unbounded : Number(most)];
  }

  #atom(): Pattern {
    const character = this.#next();
    switch (character) {
      case "(":
        return this.#group();
      case "[":
        return this.#class();
      case ".":
        return {
          kind: "set",
          set: this.#flags.has("s") ? everyCharacter : complementOf(lineBreak),
        };
      case "^":
        return { kind: "context", body: undefined, isStart: !this.#flags.has("m") };
      case "$":
        // It lets one line break through.
        return this.#flags.has("m")
          ? { kind: "set", set: unionOf(lineBreak, end) }
          : { kind: "sequence", parts: [perhapsLineBreak, { kind: "set", set: end }] };
      case "\\":
        return this.#escape();
      default:
        return this.#set(only(character));
    }
  }

  #set(set: CharacterSet): Pattern {
    return { kind: "set", set: this.#flags.has("i") ? withBothCases(set) : set, isPlain: true };
  }

  #escape(): Pattern {
    const letter = this.#next();
    if (letter === "A" || letter === "b" || letter === "B")
      return { kind: "context", body: undefined, isStart: letter === "A" };
    if (letter === "Z" || letter === "z") return { kind: "set", set: end };
    // A reference to a group: what it matches was matched before.
    if (/[1-9]/u.test(letter)) throw new UnreadablePattern();
    return this.#set(classes[letter] ?? only(this.#escaped(letter)));
  }

  /** The character that an escape stands for. */
  #escaped(letter: string): string {
    const length = { x: 2, u: 4, U: 8 }[letter];
    if (length !== undefined) {
      const code = this.#characters.slice(this.#at, this.#at + length).join("");
      if (!/^[0-9a-f]+$/iu.test(code) || code.length < length) throw new UnreadablePattern();
      this.#at += length;
      return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
    }
    if (letter === "0") {
      let code = "0";
      while (code.length < 3 && /[0-7]/u.test(this.#peek() ?? "")) code += this.#next();
      return String.fromCodePoint(Number.parseInt(code, 8));
    }
    return controls[letter] ?? letter;
  }

  /** `a-z\d]`, after its bracket. */
  #class(): Pattern {
    const isNegated = this.#take("^");
    const sets: CharacterSet[] = [];
    for (let isFirst = true; isFirst || this.#peek() !== "]"; isFirst = false) {
      const lower = this.#classMember();
      const isRange = typeof lower === "string" && this.#peek() === "-" && this.#peek(1) !== "]";
      if (!isRange) {
        sets.push(typeof lower === "string" ? only(lower) : lower);
        continue;
      }
      this.#at += 1;
      const upper = this.#classMember();
      if (typeof upper !== "string") throw new UnreadablePattern();
      const range = [lower.codePointAt(0) ?? 0, upper.codePointAt(0) ?? 0] as const;
      if (range[0] > range[1]) throw new UnreadablePattern();
      sets.push([range]);
    }
    this.#at += 1;
    const set = unionOf(...sets);
    const folded = this.#flags.has("i") ? withBothCases(set) : set;
    return isNegated
      ? { kind: "set", set: complementOf(folded) }
      : { kind: "set", set: folded, isPlain: true };
  }

  #classMember(): string | CharacterSet {
    const character = this.#next();
    if (character !== "\\") return character;
    const letter = this.#next();
    if (letter === "b") return "\b";
    return classes[letter] ?? this.#escaped(letter);
  }

  #group(): Pattern {
    if (!this.#take("?")) return this.#groupBody();
    const kind = this.#next();
    switch (kind) {
      case ":":
        return this.#groupBody();
      case ">":
        return { kind: "atomic", body: this.#groupBody() };
      case "=":
      case "!":
        return { kind: "context", body: this.#groupBody() };
      case "<":
        if (!this.#take("=") && !this.#take("!")) throw new UnreadablePattern();
        this.#groupBody();
        return { kind: "context", body: undefined };
      case "P":
        if (!this.#take("<")) throw new UnreadablePattern();
        while (this.#next() !== ">");
        return this.#groupBody();
      case "#":
        while (this.#next() !== ")");
        return nothing;
      default:
        return this.#flagGroup(kind);
    }
  }

  /** `(?i)`, for the whole pattern, and `(?i-s:...)`. */
  #flagGroup(first: string): Pattern {
    const before = this.#flags;
    const flags = new Set(before);
    let isOn = true;
    for (let letter = first; letter !== ")" && letter !== ":"; letter = this.#next()) {
      if (letter === "-") isOn = false;
      else if (!/[aiLmsux]/u.test(letter)) throw new UnreadablePattern();
      else if (isOn) flags.add(letter);
      else flags.delete(letter);
    }
    this.#flags = flags;
    if (this.#characters[this.#at - 1] === ")") return nothing;
    const body = this.#groupBody();
    this.#flags = before;
    return body;
  }

  #groupBody(): Pattern {
    const body = this.#choice();
    if (!this.#take(")")) throw new UnreadablePattern();
    return body;
  }

  /** What `re.VERBOSE` leaves out. */
  #skipBlanks(): void {
    while (this.#flags.has("x")) {
      const next = this.#peek();
      if (next === "#") while (![undefined, "\n"].includes(this.#peek())) this.#at += 1;
      else if (next !== undefined && /\s/u.test(next)) this.#at += 1;
      else return;
    }
  }

  #peek(ahead = 0): string | undefined {
    return this.#characters[this.#at + ahead];
  }

  #next(): string {
    const character = this.#characters[this.#at];
    if (character === undefined) throw new UnreadablePattern();
    this.#at += 1;
    return character;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }
}

/** `\w|-` is read as `[\w-]`, unless all begin alike: CPython takes what they share out first. */
function mergedOptions(options: readonly Pattern[]): Pattern | undefined {
  const sets = options.map((option) => {
    const [only, ...others] = option.kind === "sequence" ? option.parts : [option];
    return only?.kind === "set" && only.isPlain && others.length === 0 ? only.set : undefined;
  });
  const plain = sets.filter((set) => set !== undefined);
  const isSame = new Set(plain.map((set) => JSON.stringify(set))).size === 1;
  if (plain.length < sets.length || isSame) return undefined;
  return { kind: "set", set: unionOf(...plain), isPlain: true };
}

const classes: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: complementOf(digits),
  s: blanks,
  S: complementOf(blanks),
  w: wordCharacters,
  W: complementOf(wordCharacters),
};

const controls: Readonly<Record<string, string>> = {
  a: "\u0007",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function only(character: string): CharacterSet {
  const code = character.codePointAt(0) ?? 0;
  return [[code, code]];
}
