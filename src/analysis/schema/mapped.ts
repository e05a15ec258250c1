// Which table a name in code stands for: a model class, or a `Table` held in a variable.

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Expression } from "../../python/syntax.ts";
import type { Column, Declaration } from "./facts.ts";
import { classMeant, meaningOf, type Scope } from "./names.ts";

export interface Tables {
  readonly byClass: ReadonlyMap<ClassDefinition, Declaration>;
  /** By the identity of the value that `Table(...)` gave. */
  readonly bySymbol: ReadonlyMap<number, Declaration>;
}

/** The table of the model class that an expression names. */
export function modelMeant(
  tables: Tables,
  scope: Scope,
  expression: Expression,
): Declaration | undefined {
  const definition = classMeant(scope, expression);
  return definition && tables.byClass.get(definition);
}

/** The identity of the value that a dotted name has. */
export function symbolMeant(scope: Scope, expression: Expression): number | undefined {
  return meaningOf(scope, expression)?.symbol;
}

/** The column in `Order.customer_id`, `orders.c.customer_id` and `Order.__table__.c.customer_id`. */
export function columnMeant(
  tables: Tables,
  scope: Scope,
  expression: Expression,
): { readonly table: string; readonly column: Column } | undefined {
  if (expression.kind !== "attribute") return undefined;
  const { object, name } = expression;
  const declaration =
    object.kind === "attribute" && (object.name === "c" || object.name === "columns")
      ? tableMeant(tables, scope, object.object)
      : modelMeant(tables, scope, object);
  const column = declaration?.columns.find((each) => each.attribute === name);
  return declaration && column && { table: declaration.table, column };
}

function tableMeant(tables: Tables, scope: Scope, expression: Expression): Declaration | undefined {
  if (expression.kind === "attribute" && expression.name === "__table__")
    return modelMeant(tables, scope, expression.object);
  const symbol = symbolMeant(scope, expression);
  return symbol === undefined ? undefined : tables.bySymbol.get(symbol);
}
