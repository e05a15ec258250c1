// What a place stands in, from the file down to it: statements, expressions, and nodes of a kind.

import type { Module, Span } from "../python/module.ts";
import type { Expression, Statement } from "../python/syntax.ts";

export type SyntaxNode = Statement | Expression;

/** The statements and expressions that hold a span, outermost first. */
export function enclosingNodes(span: Span): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let inside: readonly unknown[] = span.module.body;
  while (inside.length > 0) {
    const next = nodesWithin(inside).find(
      (node) => node.start <= span.start && span.end <= node.end,
    );
    if (!next) break;
    found.push(next);
    inside = Object.values(next);
  }
  return found;
}

/** The expression that is written exactly there. */
export function expressionAt(span: Span): Expression | undefined {
  const node = enclosingNodes(span).findLast(
    ({ start, end }) => start === span.start && end === span.end,
  );
  return node && !isStatement(node) ? node : undefined;
}

function isStatement(node: SyntaxNode): node is Statement {
  return statementKinds.has(node.kind);
}

const statementKinds: ReadonlySet<string> = new Set<Statement["kind"]>([
  ...(["function", "class", "return", "delete", "assign", "annotated", "augmented"] as const),
  ...(["for", "while", "if", "with", "raise", "try", "assert", "import", "import-from"] as const),
  ...(["global", "nonlocal", "expression", "pass", "break", "continue", "match"] as const),
  "broken",
]);

/** Every statement and expression of a file, outer ones before inner ones. */
export function* everyNode(module: Pick<Module, "body">): Iterable<SyntaxNode> {
  // A list instead of recursion: code may be nested deeply.
  const left: SyntaxNode[] = [...nodesWithin(module.body)].reverse();
  for (let node = left.pop(); node; node = left.pop()) {
    yield node;
    left.push(...[...nodesWithin(Object.values(node))].reverse());
  }
}

/** The nearest nodes: those of arguments, branches and clauses, which are no nodes themselves, included. */
function nodesWithin(values: readonly unknown[]): readonly SyntaxNode[] {
  return values.flatMap((value) => {
    if (Array.isArray(value)) return nodesWithin(value);
    if (typeof value !== "object" || value === null) return [];
    return isNode(value) ? [value] : nodesWithin(Object.values(value));
  });
}

// Patterns have a kind but no place of their own.
function isNode(value: object): value is SyntaxNode {
  return "kind" in value && "start" in value;
}
