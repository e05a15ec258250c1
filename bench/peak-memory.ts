// Measure: the largest resident size, in bytes, of a process that analyses a folder and nothing else.

import v8 from "node:v8";
import { loadEngine } from "../src/load-engine.ts";
import { readCorpus } from "./read-corpus.ts";

// As `cli.ts` runs.
v8.setFlagsFromString("--semi-space-growth-factor=1");
const engine = await loadEngine();
engine.analyze(readCorpus(process.argv[2] ?? "."));
console.log(JSON.stringify(process.resourceUsage().maxRSS * 1024));
