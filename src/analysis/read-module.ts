// A file becomes a module: parsed and lowered, or a problem. What was read lately is not read again.

import { type Module, makeModule } from "../python/module.ts";
import type { PythonParser } from "../python/parse.ts";
import type { SourceFile } from "../python/source-file.ts";
import type { FileProblem } from "./finding.ts";

export interface ReadModule {
  /** Absent where nothing of the file could be read. */
  readonly module: Module | undefined;
  readonly problem: FileProblem | undefined;
}

/** Files that were read before, by path and text: of a change, most of the project is the same. */
export interface KeptModules {
  get(file: SourceFile): ReadModule | undefined;
  /** Gives back what it keeps. */
  keep(file: SourceFile, read: ReadModule): ReadModule;
}

/** @param most UTF-16 units of text, of which all that is known takes about twenty bytes each; the oldest goes first. */
export function keptModules(most: number): KeptModules {
  // Several texts of one path: the head, the merge base, and what a fix would make of it.
  const known = new Map<string, Map<string, ReadModule>>();
  const order = new Map<ReadModule, SourceFile>();
  let size = 0;
  const forget = (read: ReadModule, { path, text }: SourceFile): void => {
    order.delete(read);
    size -= text.length;
    const ofPath = known.get(path);
    ofPath?.delete(text);
    if (ofPath?.size === 0) known.delete(path);
  };
  return {
    get(file) {
      const read = known.get(file.path)?.get(file.text);
      if (read && order.delete(read)) order.set(read, file);
      return read;
    },
    keep(file, read) {
      if (file.text.length > most) return read;
      const ofPath = known.get(file.path) ?? new Map<string, ReadModule>();
      known.set(file.path, ofPath.set(file.text, read));
      order.set(read, file);
      size += file.text.length;
      for (const [oldest, its] of order) {
        if (size <= most) break;
        forget(oldest, its);
      }
      return read;
    },
  };
}

export function readModule(parser: PythonParser, file: SourceFile): ReadModule {
  const { path } = file;
  const result = parser.parse(file.text);
  if (result.kind === "too-large") {
    const message = "The file is longer than a million characters and was not read.";
    return { module: undefined, problem: { path, kind: "too-large", message } };
  }
  if (result.kind === "too-complex") {
    const message = "The file holds more code than Pyward reads in one file.";
    return { module: undefined, problem: { path, kind: "too-complex", message } };
  }
  const { tree } = result;
  const line = tree.firstErrorLine;
  if (line === undefined) return { module: makeModule(file, tree), problem: undefined };
  const message = `The code at line ${line} does not parse; the rest was looked at.`;
  return { module: makeModule(file, tree), problem: { path, kind: "syntax-error", line, message } };
}
