// Measure: seconds of processor time of Ruff's security rules, in its build for WebAssembly; `null` where
// the package is not installed: npm install --no-save @astral-sh/ruff-wasm-nodejs

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readCorpus } from "./read-corpus.ts";

interface Ruff {
  readonly Workspace: new (options: object, encoding: number) => { check(text: string): unknown };
}

const [folder = ".", home = process.cwd()] = process.argv.slice(2);
console.log(JSON.stringify(secondsWith(load())));

function load(): Ruff | undefined {
  try {
    const require = createRequire(pathToFileURL(join(home, "package.json")));
    return require("@astral-sh/ruff-wasm-nodejs") as Ruff;
  } catch {
    return undefined;
  }
}

function secondsWith(ruff: Ruff | undefined): number | null {
  if (!ruff) return null;
  const utf16 = 1;
  const workspace = new ruff.Workspace({ lint: { select: ["S"] } }, utf16);
  const files = readCorpus(folder);
  const before = process.cpuUsage();
  for (const { text } of files) workspace.check(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
