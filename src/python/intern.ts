// One string for each name, however often it stands in the code: names are most of a tree's memory.

const known = new Map<string, string>();
const maxNames = 100_000;

/** The same text, as the one string kept for it. */
export function intern(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  if (known.size >= maxNames) known.clear();
  // Joined and split, so that it does not keep the whole file it was cut from.
  const own = name.length > 12 ? Array.from(name).join("") : name;
  known.set(own, own);
  return own;
}
