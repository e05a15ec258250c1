// Which packages a file speaks of, by the imports that stand in it.

import type { Module } from "../python/module.ts";
import { nodesOfKind } from "./enclosing.ts";

const known = new WeakMap<Module, ReadonlySet<string>>();

/** The first words of all that a file imports by absolute names, wherever in it: `django`, `alembic`. */
export function importedPackages(module: Module): ReadonlySet<string> {
  const packages = known.get(module) ?? readPackages(module);
  known.set(module, packages);
  return packages;
}

function readPackages(module: Module): ReadonlySet<string> {
  const plain = nodesOfKind(module, "import").flatMap(({ names }) => names.map(({ name }) => name));
  const from = nodesOfKind(module, "import-from").flatMap((statement) =>
    statement.level === 0 ? [statement.module] : [],
  );
  return new Set([...plain, ...from].map((name) => name.split(".")[0] ?? name));
}
