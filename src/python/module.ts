// A parsed file with what it takes to speak of its places.

import type { Place, SourceFile } from "./source-file.ts";
import type { Statement, SyntaxTree } from "./syntax.ts";

export interface Module {
  readonly path: string;
  readonly text: string;
  /** The dotted name its path suggests: `app.models` for `app/models.py`, `app` for `app/__init__.py`. */
  readonly name: string;
  readonly isPackage: boolean;
  readonly body: readonly Statement[];
  /** Offsets of the first character of each line. */
  readonly lineStarts: readonly number[];
}

/** A stretch of one module, by offsets into its text. */
export interface Span {
  readonly module: Module;
  readonly start: number;
  readonly end: number;
}

export function makeModule(file: SourceFile, tree: SyntaxTree): Module {
  return {
    path: file.path,
    text: file.text,
    ...nameOfPath(file.path),
    body: tree.body,
    lineStarts: lineStartsOf(file.text),
  };
}

/** What a file is imported as, by its path alone. */
export function nameOfPath(path: string): Pick<Module, "name" | "isPackage"> {
  const isPackage = path === "__init__.py" || path.endsWith("/__init__.py");
  const name = path
    .replace(/(?:^|\/)__init__\.pyi?$/u, "")
    .replace(/\.pyi?$/u, "")
    .replaceAll("/", ".");
  return { name, isPackage };
}

/** The code of a span as it stands in the file. */
export function codeOf(span: Span): string {
  return span.module.text.slice(span.start, span.end);
}

/** Turns offsets into 1-based lines and columns. */
export function placeOf(span: Span): Place {
  const [startLine, startColumn] = positionOf(span.module, span.start);
  const [endLine, endColumn] = positionOf(span.module, Math.max(span.start, span.end));
  return { path: span.module.path, startLine, startColumn, endLine, endColumn };
}

function positionOf(module: Module, offset: number): readonly [line: number, column: number] {
  const starts = module.lineStarts;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return [low + 1, offset - (starts[low] ?? 0) + 1];
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
