// The values in the text of an SQL statement as parameters: what becomes of the text, and what is to be given
// beside it. Only where a value stands; names of tables and columns cannot be bound.

import { codeOf, type Module } from "../../python/module.ts";
import type { Expression } from "../../python/syntax.ts";
import type { Edit } from "../fix.ts";
import { type Hole, type LiteralText, templateOf } from "./template.ts";

/** How a driver writes parameters: `?`, `%s`, `$1` or `:name`. */
export type ParameterStyle = "question" | "percent" | "numbered" | "named";

export interface Bound {
  /** What makes the text a constant with placeholders. */
  readonly edits: readonly Edit[];
  /** In the order of the placeholders; names are given for the style `named` only. */
  readonly parameters: readonly { readonly name: string; readonly code: string }[];
  /** What the parameters are made of. */
  readonly values: readonly Expression[];
}

/** `undefined` where a value may be no value, or the text is written in a way that is not understood. */
export function bindParameters(
  module: Module,
  sql: Expression,
  style: ParameterStyle,
): Bound | undefined {
  const template = templateOf(module, sql);
  if (!template) return undefined;
  const reader = new StatementReader(module, style);
  for (const piece of template.pieces) {
    const isUnderstood = piece.kind === "text" ? reader.readText(piece) : reader.readHole(piece);
    if (!isUnderstood) return undefined;
  }
  if (reader.isInQuotes) return undefined;
  const { edits, parameters, values } = reader;
  return { edits: [...template.plain, ...edits], parameters, values };
}

/** What must not be left over in the text, because the driver would read it. */
const ownSigns: Readonly<Record<ParameterStyle, RegExp>> = {
  question: /\?/u,
  percent: /%/u,
  numbered: /\$/u,
  named: /:[A-Za-z_]|\\/u,
};

/** `=` or a word after which a value comes; `LIMIT` takes numbers alone, and a text would not do. */
const beforeValue = /(?:[=<>]|\b(?:I?LIKE|BETWEEN))\s*$/iu;
const inValues = /\bVALUES\s*\([^()]*(?:^|[(,])\s*$/iu;
const afterBetween = /\bBETWEEN\s+\S+\s+AND\s*$/iu;

/** Reads the statement from left to right and notes what is to be replaced. */
class StatementReader {
  readonly edits: Edit[] = [];
  readonly parameters: { readonly name: string; readonly code: string }[] = [];
  readonly values: Expression[] = [];
  readonly #module: Module;
  readonly #style: ParameterStyle;
  /** The statement so far, with a sign for every placeholder. */
  #statement = "";
  /** The quoted text that is being read: where it began, and what it holds. */
  #quoted: { readonly start: number; raw: string; holes: Hole[] } | undefined;

  constructor(module: Module, style: ParameterStyle) {
    this.#module = module;
    this.#style = style;
  }

  get isInQuotes(): boolean {
    return this.#quoted !== undefined;
  }

  readText({ start, end, doubled }: LiteralText): boolean {
    const { text } = this.#module;
    for (let at = start; at < end; at += 1) {
      let char = text.charAt(at);
      let length = 1;
      if (char === "\\") {
        const next = text.charAt(at + 1);
        if (next === "'" || next === '"') char = next;
        else if (this.#quoted) return false;
        length = 2;
      } else if (doubled.includes(char) && text.charAt(at + 1) === char) {
        length = 2;
        // Drivers that format with `%` want it doubled still.
        const isKept = char === "%" && this.#style === "percent";
        if (!this.#quoted && !isKept) this.edits.push({ start: at, end: at + 1, text: "" });
        if (isKept) char = "";
      }
      if (char === "'") this.#quote(at, at + length);
      else if (this.#quoted) this.#quoted.raw += char;
      else {
        this.#statement += char;
      }
      at += length - 1;
    }
    return !ownSigns[this.#style].test(this.#statement);
  }

  readHole(hole: Hole): boolean {
    if (!isSimple(hole.value)) return false;
    if (this.#quoted) {
      this.#quoted.raw += mark;
      this.#quoted.holes.push(hole);
      return hole.tail === "";
    }
    const isValue = [beforeValue, inValues, afterBetween].some((place) =>
      place.test(this.#statement),
    );
    // PostgreSQL's own protocol takes no text for a number.
    if (!isValue || this.#style === "numbered") return false;
    const placeholder = this.#bind([hole.value], this.#code(hole.value));
    this.edits.push({ start: hole.start, end: hole.end, text: placeholder + hole.tail });
    return true;
  }

  #quote(at: number, after: number): void {
    const quoted = this.#quoted;
    if (!quoted) {
      this.#quoted = { start: at, raw: "", holes: [] };
      return;
    }
    this.#quoted = undefined;
    if (quoted.holes.length === 0) {
      this.#statement += `'${quoted.raw}'`;
      return;
    }
    const code = this.#quotedCode(quoted);
    if (code === undefined || !mayStandForText(this.#statement)) {
      // Said at the end, when the statement has been read: it cannot be bound.
      this.#quoted = quoted;
      return;
    }
    const values = quoted.holes.map(({ value }) => value);
    this.edits.push({ start: quoted.start, end: after, text: this.#bind(values, code) });
  }

  /** `title`, or `f"%{title}%"`; `undefined` where that cannot be written simply. */
  #quotedCode({ raw, holes }: { readonly raw: string; readonly holes: readonly Hole[] }) {
    const [only] = holes;
    if (raw === mark && only) return this.#code(only.value);
    if (/["'{}\\\n]/u.test(raw)) return undefined;
    const codes = holes.map(({ value }) => this.#code(value));
    const quote = codes.some((code) => code.includes('"')) ? "'" : '"';
    if (codes.some((code) => code.includes(quote))) return undefined;
    let next = 0;
    return `f${quote}${raw.replaceAll(mark, () => `{${codes[next++]}}`)}${quote}`;
  }

  #bind(values: readonly Expression[], code: string): string {
    this.values.push(...values);
    const name = this.#nameFor(values[0]);
    this.parameters.push({ name, code });
    const placeholder = {
      question: "?",
      percent: "%s",
      numbered: `$${this.parameters.length}`,
      named: `:${name}`,
    }[this.#style];
    this.#statement += bound;
    return placeholder;
  }

  #nameFor(value: Expression | undefined): string {
    const wanted = value ? nameOf(value) : "value";
    const taken = new Set(this.parameters.map(({ name }) => name));
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
    return name;
  }

  #code({ start, end }: Expression): string {
    return codeOf({ module: this.#module, start, end });
  }
}

/** Stands for a value within quotes, and for a placeholder in the statement. */
const mark = "\u0000";
const bound = "\u0001";

/** Values that can be read later, and twice, without anything else happening. */
function isSimple(value: Expression): boolean {
  switch (value.kind) {
    case "name":
      return true;
    case "attribute":
      return isSimple(value.object);
    case "subscript":
      return isSimple(value.object) && ["string", "number", "name"].includes(value.index.kind);
    case "call":
      // `request.args.get("q")`, `str(title)`, `title.lower()`.
      return (
        isSimple(value.callee) &&
        value.arguments.every(
          ({ spread, value: given }) =>
            spread === "" &&
            (["string", "number", "singleton"].includes(given.kind) || isSimple(given)),
        )
      );
    default:
      return false;
  }
}

/** After a text comes a value, so the quotes themselves say what it is; a name in quotes would be `"so"`. */
function mayStandForText(statement: string): boolean {
  return !/\b(?:INTERVAL|DATE|TIMESTAMP)\s*$/iu.test(statement);
}

function nameOf(value: Expression): string {
  if (value.kind === "name") return value.id;
  if (value.kind === "attribute") return value.name;
  const named = value.kind === "call" ? value.arguments[0]?.value : undefined;
  const key = value.kind === "subscript" ? value.index : named;
  return key?.kind === "string" && /^[A-Za-z_]\w*$/u.test(key.value) ? key.value : "value";
}
