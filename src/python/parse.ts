// The one place that makes, resets and frees tree-sitter's trees.

import { Language, Parser } from "web-tree-sitter";
import { lowerBlock } from "./lower-statement.ts";
import { readRawTree } from "./raw-tree.ts";
import type { SyntaxTree } from "./syntax.ts";

/** Bounds of one parse. tree-sitter needs about 1 KB of memory a node; see `PythonParser`. */
export interface ParseLimits {
  /** UTF-16 units of text. */
  readonly maxLength: number;
  readonly maxNodes: number;
  /** Progress calls of tree-sitter (one per some hundred parser steps) before the parse is given up. */
  readonly maxProgressCalls: number;
}

export const defaultParseLimits: ParseLimits = {
  maxLength: 1_000_000,
  maxNodes: 1_000_000,
  maxProgressCalls: 500_000,
};

export type ParseResult =
  | { readonly kind: "parsed"; readonly tree: SyntaxTree }
  | { readonly kind: "too-large" }
  | { readonly kind: "too-complex" };

/** The WebAssembly of tree-sitter and of its Python grammar, as bytes, read by the shell. */
export interface ParserBinaries {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** Parses Python. Synchronous once made; holds one tree at a time and frees it before it returns. */
export class PythonParser {
  readonly #parser: Parser;
  readonly #language: Language;

  private constructor(parser: Parser, language: Language) {
    this.#parser = parser;
    this.#language = language;
  }

  static async create(binaries: ParserBinaries): Promise<PythonParser> {
    await Parser.init({ wasmBinary: binaries.runtime });
    const language = await Language.load(binaries.grammar);
    const parser = new Parser();
    parser.setLanguage(language);
    return new PythonParser(parser, language);
  }

  /** Bounded by counts and never by a clock, so that the same text gives the same result. */
  parse(text: string, limits: ParseLimits = defaultParseLimits): ParseResult {
    if (text.length > limits.maxLength) return { kind: "too-large" };
    let calls = 0;
    try {
      const tree = this.#parser.parse(text, null, {
        progressCallback: () => ++calls > limits.maxProgressCalls,
      });
      if (!tree) return { kind: "too-complex" };
      try {
        const raw = readRawTree(tree, this.#language, limits.maxNodes);
        if (!raw) return { kind: "too-complex" };
        const firstErrorLine =
          raw.firstError === undefined ? undefined : lineAt(text, raw.firstError);
        return { kind: "parsed", tree: { body: lowerBlock(raw.root, text), firstErrorLine } };
      } finally {
        tree.delete();
      }
    } finally {
      // Without this, the parse after a cancelled one goes on with the text of the cancelled one.
      this.#parser.reset();
    }
  }
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1))
    line += 1;
  return line;
}
