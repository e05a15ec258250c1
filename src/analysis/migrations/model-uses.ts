// Models of today that a migration uses: it will run again, on a new database, when they are others.

import type { Span } from "../../python/module.ts";
import { everyNode } from "../enclosing.ts";
import type { Program } from "../program.ts";
import { classMeant, scopeOf } from "../schema/names.ts";
import { schemaOf } from "../schema/schema.ts";
import type { MigrationFile } from "./step.ts";

export interface ModelUse {
  /** As it is written: `Order`, `models.Order`. */
  readonly name: string;
  readonly span: Span;
}

/** The first use of each model of the project in the functions of a migration. */
export function* modelUses(program: Program, { module }: MigrationFile): Iterable<ModelUse> {
  const { byClass } = schemaOf(program).mapped;
  const scope = scopeOf(program, module);
  const told = new Set<string>();
  for (const statement of module.body) {
    if (statement.kind !== "function" || /down|revers|backward/u.test(statement.name)) continue;
    // A name that the function gives itself is another's: `Order = apps.get_model("shop", "Order")`.
    const own = new Set(statement.parameters.map(({ name }) => name));
    for (const node of everyNode({ body: statement.body })) {
      if (node.kind !== "assign") continue;
      for (const target of node.targets) if (target.kind === "name") own.add(target.id);
    }
    for (const node of everyNode({ body: statement.body })) {
      if (node.kind !== "name" && node.kind !== "attribute") continue;
      const name = module.text.slice(node.start, node.end);
      const definition = classMeant(scope, node);
      if (own.has(name.split(".")[0] ?? "") || told.has(name)) continue;
      // A table that the migration declares itself is a copy, as it should be.
      if (!definition || definition.module === module || !byClass.has(definition)) continue;
      told.add(name);
      yield { name, span: { module, start: node.start, end: node.end } };
    }
  }
}
