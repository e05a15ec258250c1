// Relations that are read in async code after their row was awaited: Django asks the database there and then,
// which it refuses on an event loop. https://docs.djangoproject.com/en/stable/topics/async/#queries-the-orm

import type { Span } from "../../python/module.ts";
import type { Program } from "../program.ts";
import { definedFunctions, ormOf, walkOf } from "./per-row-queries.ts";

export interface LateRead {
  /** The function that reads it. */
  readonly name: string;
  readonly relation: string;
  readonly at: Span;
}

/** The first of each async function. */
export function* lateReads(program: Program): Iterable<LateRead> {
  const orm = ormOf(program);
  if (!orm) return;
  for (const defined of definedFunctions(program)) {
    const { statement, module } = defined;
    if (!statement.isAsync) continue;
    if (!/\bawait\b|\basync for\b/u.test(module.text.slice(statement.start, statement.end)))
      continue;
    let first: LateRead | undefined;
    const walk = {
      ...walkOf(orm, defined, () => {}),
      late: (relation: { readonly name: string }, at: Span) => {
        first ??= { name: statement.name, relation: relation.name, at };
      },
    };
    walk.execute(walk, statement.body);
    if (first) yield first;
  }
}
