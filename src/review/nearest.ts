// "Did you mean": the known word that a mistyped one is nearest to.

/** `undefined` where none is near enough to be meant. A rule may be named by its last word. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.slice(0, 80).toLowerCase();
  const candidates = known.map((name) => {
    const last = name.slice(name.lastIndexOf("/") + 1);
    return { name, distance: Math.min(distance(typed, name), distance(typed, last)) };
  });
  const best = candidates.sort((a, b) => a.distance - b.distance)[0];
  if (best === undefined || best.distance > Math.max(2, typed.length / 3)) return undefined;
  return best.name;
}

/** `"x" is no rule; did you mean "y"?`, or where to look. */
export function unknownWord(
  word: string,
  kind: string,
  known: readonly string[],
  advice: string,
): string {
  const near = nearest(word, known);
  return `"${word}" is no ${kind}; ${near === undefined ? advice : `did you mean "${near}"?`}`;
}

/** Insertions, deletions and replacements from one word to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
