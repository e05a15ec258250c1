// A fix: the edits of one file that mend what a finding tells. A proposal only: `review/suggest.ts` proves it.

import type { Module } from "../python/module.ts";

/** One replacement; `start` and `end` are offsets into the file's text, in UTF-16 units. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits in the file that the finding stands in; they do not overlap. */
export interface Fix {
  readonly edits: readonly Edit[];
  /** Statements that the edits need and the file lacks, each with the start of the line it goes before. */
  readonly imports: readonly NeededImport[];
}

export interface NeededImport {
  readonly at: number;
  /** One line without its end: `import secrets`. */
  readonly line: string;
}

/** A fix of edits alone. */
export function fixOf(...edits: readonly (Edit | undefined)[]): Fix | undefined {
  const sure = edits.filter((edit) => edit !== undefined);
  return sure.length > 0 && sure.length === edits.length
    ? { edits: sure.toSorted((a, b) => a.start - b.start), imports: [] }
    : undefined;
}

/** The text of a file after edits; those of one place keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let edited = "";
  let at = 0;
  for (const { start, end, text: replacement } of edits.toSorted((a, b) => a.start - b.start)) {
    edited += text.slice(at, start) + replacement;
    at = end;
  }
  return edited + text.slice(at);
}

/** The imports of fixes as edits, each line once. */
export function importEdits(
  { text }: Pick<Module, "text">,
  fixes: readonly Fix[],
): readonly Edit[] {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const needed = new Map(fixes.flatMap(({ imports }) => imports.map((each) => [each.line, each])));
  return [...needed.values()]
    .toSorted((a, b) => a.at - b.at || (a.line < b.line ? -1 : 1))
    .map(({ at, line }) => {
      // A file whose last line has no end.
      const isOnLine = at === 0 || text.charAt(at - 1) === "\n";
      return { start: at, end: at, text: isOnLine ? line + lineEnd : lineEnd + line };
    });
}

/** A fix of edits that write names which the file may have to import. */
export function fixWith(
  { imports }: { readonly imports: readonly NeededImport[] },
  ...edits: readonly (Edit | undefined)[]
): Fix | undefined {
  const fix = fixOf(...edits);
  return fix && { ...fix, imports };
}
