// A name for exactly this engine: what it found under another name may not be what it would find today.

import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Of the code, the rules, the models and the parser, told by the size and time of every file. */
export function engineId(): string {
  const sources = dirname(fileURLToPath(import.meta.url));
  const root = dirname(sources);
  const hash = createHash("sha256").update(process.version);
  for (const folder of [sources, join(root, "rules")]) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.toSorted()) describe(file);
  }
  for (const name of ["web-tree-sitter", "tree-sitter-python"])
    describe(fileURLToPath(import.meta.resolve(`${name}/${name}.wasm`)));
  return hash.digest("hex");

  function describe(file: string): void {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`);
  }
}
