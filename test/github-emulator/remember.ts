// Remembers what git said of commits: their ids name their content, so it cannot change.

const mostRemembered = 500;
const known = new Map<string, Promise<unknown>>();

/** The answer of `ask` for this key, asked once; a failure is not remembered. */
export function remember<T>(key: readonly string[], ask: () => Promise<T>): Promise<T> {
  const name = key.join("\0");
  const before = known.get(name);
  if (before) return before as Promise<T>;
  const answer = ask();
  known.set(name, answer);
  answer.catch(() => known.delete(name));
  if (known.size > mostRemembered) known.delete(known.keys().next().value ?? "");
  return answer;
}
