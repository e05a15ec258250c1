// What the names of a loop are worth at each of its turns.

import type { Expression } from "../../python/syntax.ts";
import { elementOf, type Known } from "./orm-value.ts";

/** Gives the target of a loop what its iterable holds. `varies`: the loop turns often. */
export function bindTarget(
  names: Map<string, Known>,
  target: Expression,
  iterable: Expression,
  known: Known,
  varies: boolean,
): void {
  const element = elementOf(known, varies);
  const isEnumerated =
    iterable.kind === "call" &&
    iterable.callee.kind === "name" &&
    iterable.callee.id === "enumerate";
  if (isEnumerated && target.kind === "tuple") {
    const [index, each] = target.elements;
    if (index) bind(names, index, { varies });
    if (each) bind(names, each, element);
    return;
  }
  bind(names, target, element);
}

/** Gives the names of an assignment's target what its value is. */
export function bind(names: Map<string, Known>, target: Expression, known: Known): void {
  if (target.kind === "name") names.set(target.id, known);
  else if (target.kind === "attribute" && target.object.kind === "name")
    names.set(`${target.object.id}.${target.name}`, known);
  else if (target.kind === "starred") bind(names, target.value, { varies: known.varies });
  else if (target.kind === "tuple" || target.kind === "list")
    for (const [index, element] of target.elements.entries())
      bind(names, element, known.parts?.[index] ?? { varies: known.varies });
}
