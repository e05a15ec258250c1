// Where a Python text has comments, and which lines one statement spans: as much of a tokenizer as
// that takes. Linear in the length of the text, whatever the text.
// https://docs.python.org/3/reference/lexical_analysis.html

import type { LineRange } from "./patch.ts";

export interface Comment {
  /** 1-based. */
  readonly line: number;
  /** From the `#` to the end of the line. */
  readonly text: string;
  /** Nothing but white space stands before it. */
  readonly alone: boolean;
}

export interface Layout {
  /** In the order of the text. */
  readonly comments: readonly Comment[];
  /** Logical lines of more than one line, in the order of the text. */
  readonly longStatements: readonly LineRange[];
}

export function readLayout(text: string): Layout {
  return new Scanner(text).scan();
}

/** Code: the file itself (`field` is false) or what stands between the braces of an f-string. */
interface CodeMode {
  readonly kind: "code";
  readonly field: boolean;
  depth: number;
}

/** The literal part of an f-string, or of the format after the colon of a field in one (`spec`). */
interface LiteralMode {
  readonly kind: "literal";
  readonly quote: string;
  readonly spec: boolean;
}

/** Owns the place in the text; one use. */
class Scanner {
  readonly #text: string;
  readonly #comments: Comment[] = [];
  readonly #longStatements: LineRange[] = [];
  readonly #modes: (CodeMode | LiteralMode)[] = [{ kind: "code", field: false, depth: 0 }];
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #statementStart = 1;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): Layout {
    while (this.#at < this.#text.length) {
      const mode = this.#modes.at(-1);
      if (mode?.kind === "literal") this.#literal(mode);
      else if (mode !== undefined) this.#code(mode);
    }
    // A bracket that never closes makes no statement of the rest of the file.
    if (this.#modes.length === 1 && this.#depth() === 0) this.#endStatement();
    return { comments: this.#comments, longStatements: this.#longStatements };
  }

  #code(mode: CodeMode): void {
    plainCode.lastIndex = this.#at;
    if (plainCode.test(this.#text)) {
      this.#at = plainCode.lastIndex;
      if (this.#at === this.#text.length) return;
    }
    const char = this.#text.charAt(this.#at);
    if (char === "#") this.#comment();
    else if (char === "'" || char === '"') this.#string(char);
    else if (char === "\\") this.#escape();
    else if (char === "\n") {
      if (!mode.field && mode.depth === 0) this.#endStatement();
      this.#newLine();
      if (!mode.field && mode.depth === 0) this.#statementStart = this.#line;
    } else {
      this.#at += 1;
      if (mode.field && mode.depth === 0 && char === "}") this.#modes.pop();
      else if (mode.field && mode.depth === 0 && char === ":") this.#beginSpec();
      else if ("([{".includes(char)) mode.depth += 1;
      else if (")]}".includes(char)) mode.depth = Math.max(0, mode.depth - 1);
    }
  }

  #literal({ quote, spec }: LiteralMode): void {
    plainLiteral.lastIndex = this.#at;
    if (plainLiteral.test(this.#text)) {
      this.#at = plainLiteral.lastIndex;
      if (this.#at === this.#text.length) return;
    }
    const char = this.#text.charAt(this.#at);
    if (this.#text.startsWith(quote, this.#at)) {
      this.#at += quote.length;
      this.#endLiteral(spec);
    } else if (char === "\n" && quote.length === 1) {
      // Unterminated: Python gives up, we go on with the next line.
      this.#endLiteral(spec);
    } else if (char === "\n") {
      this.#newLine();
    } else if (char === "\\" && !"{}".includes(this.#text.charAt(this.#at + 1) || "x")) {
      this.#escape();
    } else if (char === "{" && !spec && this.#text.charAt(this.#at + 1) === "{") {
      this.#at += 2;
    } else {
      this.#at += 1;
      if (char === "{") this.#modes.push({ kind: "code", field: true, depth: 0 });
      if (char === "}" && spec) this.#modes.splice(-2);
    }
  }

  #comment(): void {
    const from = this.#at;
    restOfLine.lastIndex = from;
    restOfLine.test(this.#text);
    this.#at = restOfLine.lastIndex;
    this.#comments.push({
      line: this.#line,
      text: this.#text.slice(from, this.#at),
      alone: this.#text.slice(this.#lineStart, from).trim() === "",
    });
  }

  #string(char: string): void {
    const prefix = /(?<!\w)[a-z]{1,2}$/iu.exec(
      this.#text.slice(Math.max(0, this.#at - 3), this.#at),
    );
    const triple = char.repeat(3);
    const quote = this.#text.startsWith(triple, this.#at) ? triple : char;
    this.#at += quote.length;
    if (prefix !== null && /[ft]/iu.test(prefix[0])) {
      this.#modes.push({ kind: "literal", quote, spec: false });
      return;
    }
    while (this.#at < this.#text.length) {
      plainString.lastIndex = this.#at;
      if (plainString.test(this.#text)) this.#at = plainString.lastIndex;
      if (this.#text.startsWith(quote, this.#at)) {
        this.#at += quote.length;
        return;
      }
      const next = this.#text.charAt(this.#at);
      if (next === "\n" && quote.length === 1) return;
      if (next === "\n") this.#newLine();
      else if (next === "\\") this.#escape();
      else this.#at += 1;
    }
  }

  /** A backslash and what it escapes, a line break included. */
  #escape(): void {
    this.#at += 1;
    if (this.#text.charAt(this.#at) === "\r" && this.#text.charAt(this.#at + 1) === "\n")
      this.#at += 1;
    if (this.#text.charAt(this.#at) === "\n") this.#newLine();
    else this.#at += 1;
  }

  #beginSpec(): void {
    const string = this.#modes.findLast((mode) => mode.kind === "literal");
    if (string?.kind === "literal") {
      this.#modes.push({ kind: "literal", quote: string.quote, spec: true });
    }
  }

  /** The end of the f-string itself, even where it comes within the format of a field. */
  #endLiteral(spec: boolean): void {
    this.#modes.splice(spec ? -3 : -1);
  }

  #newLine(): void {
    this.#at += 1;
    this.#line += 1;
    this.#lineStart = this.#at;
  }

  #endStatement(): void {
    if (this.#line > this.#statementStart) {
      this.#longStatements.push({ startLine: this.#statementStart, endLine: this.#line });
    }
  }

  #depth(): number {
    const mode = this.#modes.at(-1);
    return mode?.kind === "code" ? mode.depth : 0;
  }
}

const plainCode = /[^#'"\\\n()[\]{}:]+/uy;
const plainLiteral = /[^'"\\\n{}]+/uy;
const plainString = /[^'"\\\n]+/uy;
const restOfLine = /[^\r\n]*/uy;
