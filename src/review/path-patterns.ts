// Globs as .gitignore has them, asked of paths from the repository's root.

import ignore from "ignore";

/** Is a path held by one of the patterns? A pattern that begins with `!` takes out again. */
export type PathPatterns = (path: string) => boolean;

// `app/*.py`, `vendor/`, `**/x.py`: https://git-scm.com/docs/gitignore#_pattern_format
export function pathPatterns(patterns: readonly string[]): PathPatterns {
  if (patterns.length === 0) return () => false;
  const rules = ignore({ allowRelativePaths: true }).add([...patterns]);
  return (path) => path !== "" && rules.ignores(path);
}
