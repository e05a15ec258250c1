// `DEBUG = True` written as `DEBUG = False`: the value of an assignment, an argument or an entry that is a switch.

import type { SyntaxNode } from "../enclosing.ts";
import type { Edit } from "../fix.ts";

/** Where `node` is that switch, or sets it, and stands on `from`. */
export function switchValue(node: SyntaxNode | undefined, from: boolean): Edit | undefined {
  const value =
    node?.kind === "assign" || node?.kind === "annotated" || node?.kind === "expression"
      ? node.value
      : node;
  if (value?.kind !== "singleton" || value.value !== from) return undefined;
  return { start: value.start, end: value.end, text: from ? "False" : "True" };
}
