// A query as it is written: a chain of calls, `select(Order).where(...).order_by(...)`, from its root on.

import type { CallExpression, Expression } from "../../python/syntax.ts";

export interface Chain {
  /** What the chain hangs on: a name, or the first call where that is a plain function's. */
  readonly root: Expression;
  readonly links: readonly Link[];
  /** Whether the root's own arguments are conditions: `get_object_or_404(Order, token=token)`. */
  readonly isRootCondition: boolean;
}

export interface Link {
  readonly name: string;
  /** `undefined` for an attribute: `objects`, `query`. */
  readonly call: CallExpression | undefined;
  /** Everything before it: `Order` in `Order.objects`. */
  readonly before: Expression;
  readonly isCondition: boolean;
}

const conditions =
  /^(?:where|filter|filter_by|a?get|get_or_none|join|outerjoin|join_from|a?get_or_create|a?update_or_create|get_or_404|exclude|having)$/u;
const shortcuts = /^a?get_(?:object|list)_or_404$/u;

/** Takes a chain apart; `undefined` for what is no call. */
export function unroll(expression: Expression): Chain | undefined {
  const links: Link[] = [];
  let root = expression;
  let hasCall = false;
  for (;;) {
    if (root.kind === "await") root = root.value;
    else if (root.kind === "subscript" && hasCall) root = root.object;
    else if (root.kind === "call" && root.callee.kind === "attribute") {
      const { name, object } = root.callee;
      links.push({ name, call: root, before: object, isCondition: conditions.test(name) });
      root = object;
      hasCall = true;
    } else if (root.kind === "attribute" && hasCall) {
      links.push({ name: root.name, call: undefined, before: root.object, isCondition: false });
      root = root.object;
    } else break;
  }
  const isCall = root.kind === "call";
  if (!hasCall && !isCall) return undefined;
  const name = root.kind === "call" && root.callee.kind === "name" ? root.callee.id : "";
  return { root, links: links.toReversed(), isRootCondition: shortcuts.test(name) };
}
