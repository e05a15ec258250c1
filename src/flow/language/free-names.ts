// The names a function takes from around it.

import type { FunctionDefinition } from "../values/value.ts";

const known = new WeakMap<FunctionDefinition, readonly string[]>();

/** Names that are read in a function, or in one within it, and that it does not own. */
export function freeNames(definition: FunctionDefinition): readonly string[] {
  const before = known.get(definition);
  if (before) return before;
  const names = new Set<string>();
  collect(definition.body, names);
  const free = [...names].filter(
    (name) => !definition.locals.has(name) || definition.cells.has(name),
  );
  known.set(definition, free);
  return free;
}

/** A stack of its own: code may be nested deeper than calls can be. */
function collect(body: object, names: Set<string>): void {
  const waiting: object[] = [body];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ("kind" in node && node.kind === "name" && "id" in node) names.add(String(node.id));
    for (const part of Object.values(node))
      if (typeof part === "object" && part !== null) waiting.push(part);
  }
}
