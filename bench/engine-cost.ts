// Measure: what parsing costs alone, with lowering, and with everything; cold, in one process, on one core.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Language, Parser } from "web-tree-sitter";
import { loadEngine } from "../src/load-engine.ts";
import { PythonParser } from "../src/python/parse.ts";
import { readCorpus } from "./read-corpus.ts";

/** Seconds of processor time; bytes. */
export interface EngineCost {
  readonly files: number;
  readonly characters: number;
  readonly parse: number;
  readonly lower: number;
  readonly analyse: number;
  readonly findings: number;
}

const files = readCorpus(process.argv[2] ?? ".");
const read = (path: string) => readFile(fileURLToPath(import.meta.resolve(path)));
const binaries = {
  runtime: await read("web-tree-sitter/web-tree-sitter.wasm"),
  grammar: await read("tree-sitter-python/tree-sitter-python.wasm"),
};
const python = await PythonParser.create(binaries);
const parser = new Parser();
parser.setLanguage(await Language.load(binaries.grammar));
const engine = await loadEngine();

const parse = secondsOf(() => {
  for (const { text } of files) {
    parser.parse(text)?.delete();
    parser.reset();
  }
});
const lower = secondsOf(() => {
  for (const { text } of files) python.parse(text);
});
let findings = 0;
const analyse = secondsOf(() => {
  findings = engine.analyze(files).findings.length;
});
const characters = files.reduce((sum, { text }) => sum + text.length, 0);
const cost: EngineCost = { files: files.length, characters, parse, lower, analyse, findings };
console.log(JSON.stringify(cost));

function secondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
