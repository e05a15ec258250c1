// Makes the engine: the parser's binaries from its packages, the rules and models from our own folder.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Engine, makeEngine } from "./analysis/analyze.ts";
import { keptModules } from "./analysis/read-module.ts";
import { readModels as parseModels } from "./flow/models.ts";
import { PythonParser } from "./python/parse.ts";
import { readModels, readRulebook } from "./read-rulebook.ts";

/** About three reviews of the largest context. */
export const keptForReviews = 2_500_000;

/**
 * Loads everything an analysis needs; takes some tens of milliseconds, once per process.
 * @param keeping UTF-16 units of text whose trees are kept for the next analysis.
 */
export async function loadEngine(keeping = 0): Promise<Engine> {
  const [runtime, grammar, models, rulebook] = await Promise.all([
    readPackaged("web-tree-sitter/web-tree-sitter.wasm"),
    readPackaged("tree-sitter-python/tree-sitter-python.wasm"),
    readModels(),
    readRulebook(),
  ]);
  const parser = await PythonParser.create({ runtime, grammar });
  return makeEngine(parser, parseModels(models), rulebook, keptModules(keeping));
}

async function readPackaged(path: string): Promise<Uint8Array> {
  return readFile(fileURLToPath(import.meta.resolve(path)));
}
