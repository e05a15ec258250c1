// What a decorator stands above, or what it is called with: `@csrf_exempt`, `csrf_exempt(view)`.

import type { CallEvent } from "../flow/frame.ts";
import type { Span } from "../python/module.ts";
import type { ClassStatement, FunctionStatement } from "../python/syntax.ts";
import { nodesOfKind } from "./enclosing.ts";

export interface Decorated {
  readonly span: Span;
  readonly statement: FunctionStatement | ClassStatement;
}

/** The function or class that a call of a decorator is about; `undefined` where it is not at hand. */
export function decoratedBy(call: CallEvent): Decorated | undefined {
  const { module, span } = call;
  for (const node of [...nodesOfKind(module, "function"), ...nodesOfKind(module, "class")]) {
    const isAbove = node.decorators.some(
      ({ start, end }) => start <= span.start && span.end <= end,
    );
    if (isAbove) return { span: { module, start: node.start, end: node.end }, statement: node };
  }
  for (const reference of call.arguments.positional[0]?.value.references ?? []) {
    if (reference.kind !== "function" && reference.kind !== "class") continue;
    const { module: home, statement } = reference.definition;
    if (!statement) continue;
    return { span: { module: home, start: statement.start, end: statement.end }, statement };
  }
  return undefined;
}
