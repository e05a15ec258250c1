// A Python file as the engine takes it: a path and a text, wherever they came from.

/** One file to read. `path` is relative to the repository's root and uses `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * A stretch of a file. Lines and columns are 1-based; columns count UTF-16 units, as SARIF's
 * `utf16CodeUnits` does; `endColumn` is the column after the last character.
 */
export interface Place {
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
