// The debug mode off: the argument left out, the setting on `False`.

import { argumentAt, type Fault, type Fix, fixOf, removeArgument, switchValue } from "#rule";

const names = ["debug", "use_debugger", "evalex"];

export function fixOfDebug({ at, node }: Fault): Fix | undefined {
  const { module } = at;
  if (node?.kind !== "call") return fixOf(switchValue(node, true));
  for (const name of names) {
    const given = argumentAt(node, name);
    if (given?.value.kind !== "singleton" || given.value.value !== true) continue;
    // `evalex` is on unless it is switched off.
    return name === "evalex"
      ? fixOf(switchValue(given.value, true))
      : fixOf(removeArgument(module, node, given));
  }
  const [only, ...others] = node.arguments;
  return others.length === 0 ? fixOf(switchValue(only?.value, true)) : undefined;
}
