// What a place stands in, from the file down to it: statements, expressions, and nodes of a kind.

import type { Module, Span } from "../python/module.ts";
import type { Expression, Statement } from "../python/syntax.ts";

export type SyntaxNode = Statement | Expression;

/** The statements and expressions that hold a span, outermost first. */
export function enclosingNodes(span: Span): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let next = holderAmong(span.module.body, span);
  while (next) {
    found.push(next);
    next = holderIn(next, span);
  }
  return found;
}

type Stretch = Pick<Span, "start" | "end">;

/** The first of some values that holds a stretch, or has a part that does. */
function holderAmong(values: readonly unknown[], stretch: Stretch): SyntaxNode | undefined {
  for (const value of values) {
    const holder = holderAt(value, stretch);
    if (holder) return holder;
  }
  return undefined;
}

function holderIn(parent: object, stretch: Stretch): SyntaxNode | undefined {
  for (const key in parent) {
    const holder = holderAt(parent[key as keyof typeof parent], stretch);
    if (holder) return holder;
  }
  return undefined;
}

function holderAt(value: unknown, stretch: Stretch): SyntaxNode | undefined {
  if (Array.isArray(value)) return holderAmong(value, stretch);
  if (typeof value !== "object" || value === null) return undefined;
  if (!isNode(value)) return holderIn(value, stretch);
  return value.start <= stretch.start && stretch.end <= value.end ? value : undefined;
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

/** Every statement and expression of a file or a block, outer ones before inner ones. */
export function everyNode(code: Module | Pick<Module, "body">): readonly SyntaxNode[] {
  return "text" in code ? indexOf(code).all : nodesBelow(code.body);
}

/** Every node of one kind in a file, in the order of `everyNode`. */
export function nodesOfKind<Kind extends SyntaxNode["kind"]>(
  module: Module,
  kind: Kind,
): readonly Extract<SyntaxNode, { kind: Kind }>[] {
  const nodes = indexOf(module).byKind.get(kind) ?? [];
  return nodes as readonly Extract<SyntaxNode, { kind: Kind }>[];
}

/** The nodes of a file, walked once for all rules. */
interface NodeIndex {
  readonly all: readonly SyntaxNode[];
  readonly byKind: ReadonlyMap<SyntaxNode["kind"], readonly SyntaxNode[]>;
}

const indexes = new WeakMap<Module, NodeIndex>();

function indexOf(module: Module): NodeIndex {
  const known = indexes.get(module);
  if (known) return known;
  const all = nodesBelow(module.body);
  const made = { all, byKind: Map.groupBy(all, ({ kind }) => kind) };
  indexes.set(module, made);
  return made;
}

/** Those of arguments, branches and clauses, which are no nodes themselves, included. */
function nodesBelow(body: readonly Statement[]): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  // A list instead of recursion: code may be nested deeply.
  const left: object[] = [body];
  for (let value = left.pop(); value; value = left.pop()) {
    if (isNode(value)) found.push(value);
    // Five times as fast as `for ... in`, for which V8 gives up its code at each new shape of node.
    const parts: readonly unknown[] = Object.values(value);
    // Pushed last to first, the first is looked at next.
    for (let at = parts.length - 1; at >= 0; at -= 1) {
      const part = parts[at];
      if (typeof part === "object" && part !== null) left.push(part);
    }
  }
  return found;
}

// Patterns have a kind but no place of their own.
function isNode(value: object): value is SyntaxNode {
  return "kind" in value && "start" in value;
}
