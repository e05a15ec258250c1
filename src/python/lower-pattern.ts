// Raw patterns of `match` -> Pattern. https://docs.python.org/3/reference/compound_stmts.html#patterns

import { field, firstNamed, lowerExpression, maxDepth, named } from "./lower-expression.ts";
import type { RawNode } from "./raw-tree.ts";
import type { Expression, Pattern } from "./syntax.ts";

/** Lowers the pattern of a case. */
export function lowerPattern(node: RawNode, text: string, depth: number): Pattern {
  if (depth > maxDepth) return { kind: "any", name: undefined };
  const down = (child: RawNode): Pattern => lowerPattern(child, text, depth + 1);
  const word = (child: RawNode): string => text.slice(child.start, child.end);
  switch (node.type) {
    case "case_pattern": {
      const child = firstNamed(node);
      if (!child)
        return word(node) === "_" ? { kind: "any", name: undefined } : lowerSigned(node, text);
      // `case -1:` keeps its sign beside the number.
      return node.children.some((part) => part.type === "-")
        ? lowerSigned(node, text)
        : down(child);
    }
    case "dotted_name": {
      const name = word(node);
      if (name === "_") return { kind: "any", name: undefined };
      return name.includes(".")
        ? { kind: "value", value: lowerExpression(node, text) }
        : { kind: "any", name };
    }
    case "identifier":
      return { kind: "any", name: word(node) === "_" ? undefined : word(node) };
    case "union_pattern":
      return { kind: "either", patterns: named(node).map(down) };
    case "list_pattern":
    case "tuple_pattern":
      return { kind: "sequence", patterns: named(node).map(down) };
    case "splat_pattern": {
      const name = firstNamed(node);
      return { kind: "rest", name: name && word(name) !== "_" ? word(name) : undefined };
    }
    case "as_pattern": {
      const [inner, name] = named(node);
      return inner && name
        ? { kind: "bound", pattern: down(inner), name: word(name) }
        : { kind: "any", name: undefined };
    }
    case "dict_pattern":
      return lowerMapping(node, text, down);
    case "class_pattern":
      return lowerClassPattern(node, text, down);
    default:
      return { kind: "value", value: lowerExpression(node, text) };
  }
}

function lowerSigned(node: RawNode, text: string): Pattern {
  const { start, end } = node;
  const value = Number(text.slice(start, end).replace(/[\s_]/gu, ""));
  const expression: Expression = Number.isNaN(value)
    ? { kind: "unknown", start, end }
    : { kind: "number", start, end, value, isFloat: false };
  return { kind: "value", value: expression };
}

function lowerMapping(node: RawNode, text: string, down: (child: RawNode) => Pattern): Pattern {
  const entries: { key: Expression; pattern: Pattern }[] = [];
  let key: Expression | undefined;
  let rest: string | undefined;
  for (const child of named(node)) {
    if (child.field === "key") key = lowerExpression(child, text);
    else if (child.field === "value" && key) entries.push({ key, pattern: down(child) });
    else if (child.type === "splat_pattern") {
      const name = firstNamed(child);
      rest = name && text.slice(name.start, name.end);
    }
  }
  return { kind: "mapping", entries, rest };
}

function lowerClassPattern(
  node: RawNode,
  text: string,
  down: (child: RawNode) => Pattern,
): Pattern {
  const [type, ...parts] = named(node);
  if (!type) return { kind: "any", name: undefined };
  const positional: Pattern[] = [];
  const keywords: { name: string; pattern: Pattern }[] = [];
  for (const part of parts) {
    const inner = part.type === "case_pattern" ? firstNamed(part) : part;
    if (inner?.type !== "keyword_pattern") {
      positional.push(down(part));
      continue;
    }
    const name = field(inner, "name") ?? firstNamed(inner);
    const value = named(inner).find((child) => child !== name);
    if (name) {
      const isSigned = inner.children.some((child) => child.type === "-");
      const pattern: Pattern = value
        ? isSigned
          ? lowerSigned({ ...value, start: value.start - 1 }, text)
          : down(value)
        : { kind: "any", name: undefined };
      keywords.push({ name: text.slice(name.start, name.end), pattern });
    }
  }
  return { kind: "class", type: lowerExpression(type, text), positional, keywords };
}
