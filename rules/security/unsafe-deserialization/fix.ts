// `yaml.load` and its like as `yaml.safe_load`, without the loader they were given.

import {
  argumentAt,
  type Fault,
  type Fix,
  fixOf,
  fixWith,
  importFrom,
  removeArgument,
} from "#rule";

const safeNames: ReadonlyMap<string, string> = new Map([
  ...["load", "full_load", "unsafe_load"].map((name) => [`yaml.${name}`, "safe_load"] as const),
  ...["load_all", "full_load_all", "unsafe_load_all"].map(
    (name) => [`yaml.${name}`, "safe_load_all"] as const,
  ),
]);

export function fixOfLoad({ at, node, paths }: Fault): Fix | undefined {
  const names = new Set(paths.flatMap((path) => safeNames.get(path) ?? []));
  const [safe] = names;
  if (safe === undefined || names.size > 1 || node?.kind !== "call") return undefined;
  const { callee } = node;
  const loader = argumentAt(node, "Loader", 1);
  if (node.arguments.length !== (loader ? 2 : 1)) return undefined;
  const rest = loader ? [removeArgument(at.module, node, loader)] : [];
  if (callee.kind === "attribute") {
    const start = callee.end - callee.name.length;
    return fixOf({ start, end: callee.end, text: safe }, ...rest);
  }
  const imported = importFrom(at.module, "yaml", safe);
  if (callee.kind !== "name" || !imported) return undefined;
  return fixWith(imported, { start: callee.start, end: callee.end, text: imported.name }, ...rest);
}
