// One parser for the tests of the language room, as the shell makes it.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PythonParser } from "../../src/python/parse.ts";
import type { SyntaxTree } from "../../src/python/syntax.ts";

export async function aParser(): Promise<PythonParser> {
  const read = (path: string): Promise<Uint8Array> =>
    readFile(fileURLToPath(import.meta.resolve(path)));
  return PythonParser.create({
    runtime: await read("web-tree-sitter/web-tree-sitter.wasm"),
    grammar: await read("tree-sitter-python/tree-sitter-python.wasm"),
  });
}

/** The tree of a text that must be readable. */
export function parsed(parser: PythonParser, text: string): SyntaxTree {
  const result = parser.parse(text);
  if (result.kind !== "parsed") throw new Error(`not parsed: ${result.kind}`);
  return result.tree;
}

/** A tree without its offsets, for comparing shapes. */
export function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, held]) => !["start", "end", "nameStart"].includes(key) && held !== undefined)
      .map(([key, held]) => [key, shape(held)]),
  );
}
