// Raw expression nodes -> Expression. Recursion is bounded: code nested deeper becomes `unknown`.

import { intern } from "./intern.ts";
import type { RawNode } from "./raw-tree.ts";
import { literalPrefix, unescapeString } from "./string-literal.ts";
import type {
  Argument,
  ComprehensionClause,
  Expression,
  FormattedPart,
  Parameter,
} from "./syntax.ts";

/** Levels of nesting that are followed; CPython itself stops at 200 parentheses. */
export const maxDepth = 400;

/** Lowers one expression of `text`. Never throws: what it does not know is `unknown`. */
export function lowerExpression(node: RawNode, text: string, depth = 0): Expression {
  if (depth > maxDepth) return unknown(node);
  const down = (child: RawNode | undefined): Expression =>
    child ? lowerExpression(child, text, depth + 1) : unknown(node);
  const { start, end } = node;
  switch (node.type) {
    case "identifier":
    case "dotted_name":
      return node.type === "identifier"
        ? { kind: "name", start, end, id: intern(text.slice(start, end)) }
        : lowerDottedName(node, text);
    case "string":
    case "concatenated_string":
      return lowerString(node, text, depth);
    case "integer":
    case "float":
      return lowerNumber(node, text);
    case "true":
    case "false":
      return { kind: "singleton", start, end, value: node.type === "true" };
    case "none":
      return { kind: "singleton", start, end, value: null };
    case "ellipsis":
      return { kind: "singleton", start, end, value: undefined };
    case "parenthesized_expression":
    case "parenthesized_list_splat":
    case "type":
    case "constrained_type":
    case "expression_statement":
    case "as_pattern_target":
    case "chevron":
      return down(firstNamed(node));
    case "attribute": {
      const name = field(node, "attribute");
      return name
        ? {
            kind: "attribute",
            start,
            end,
            object: down(field(node, "object")),
            name: intern(text.slice(name.start, name.end)),
          }
        : unknown(node);
    }
    case "member_type": {
      const [object, name] = node.children;
      return object && name
        ? {
            kind: "attribute",
            start,
            end,
            object: down(object),
            name: intern(text.slice(name.start, name.end)),
          }
        : unknown(node);
    }
    case "call":
      return {
        kind: "call",
        start,
        end,
        callee: down(field(node, "function")),
        arguments: lowerArguments(field(node, "arguments"), text, depth),
      };
    case "subscript":
      return lowerSubscript(node, fieldAll(node, "subscript"), down);
    case "generic_type": {
      const [object, parameters] = node.children;
      const indexes = parameters?.children.filter((child) => child.isNamed) ?? [];
      return lowerSubscript(
        { ...node, children: object ? [{ ...object, field: "value" }] : [] },
        indexes,
        down,
      );
    }
    case "union_type": {
      const sides = node.children.filter((child) => child.isNamed).map(down);
      return sides.reduce((left, right) => ({
        kind: "binary",
        start,
        end,
        operator: "|",
        left,
        right,
      }));
    }
    case "slice":
      return lowerSlice(node, down);
    case "binary_operator":
      return {
        kind: "binary",
        start,
        end,
        operator: operatorText(node, text),
        left: down(field(node, "left")),
        right: down(field(node, "right")),
      };
    case "unary_operator": {
      const operator = operatorText(node, text);
      return operator === "-" || operator === "+" || operator === "~"
        ? { kind: "unary", start, end, operator, operand: down(field(node, "argument")) }
        : unknown(node);
    }
    case "not_operator":
      return { kind: "unary", start, end, operator: "not", operand: down(field(node, "argument")) };
    case "boolean_operator":
      return {
        kind: "logical",
        start,
        end,
        operator: operatorText(node, text) === "and" ? "and" : "or",
        left: down(field(node, "left")),
        right: down(field(node, "right")),
      };
    case "comparison_operator":
      return lowerComparison(node, text, down);
    case "tuple":
    case "expression_list":
    case "pattern_list":
    case "tuple_pattern":
      return { kind: "tuple", start, end, elements: named(node).map(down) };
    case "list":
    case "list_pattern":
      return { kind: "list", start, end, elements: named(node).map(down) };
    case "set":
      return { kind: "set", start, end, elements: named(node).map(down) };
    case "dictionary":
      return {
        kind: "dict",
        start,
        end,
        entries: named(node).map((entry) => lowerEntry(entry, down)),
      };
    case "lambda":
      return {
        kind: "lambda",
        start,
        end,
        parameters: lowerParameters(field(node, "parameters"), text, depth),
        body: down(field(node, "body")),
      };
    case "conditional_expression": {
      const [whenTrue, test, whenFalse] = named(node);
      return {
        kind: "conditional",
        start,
        end,
        test: down(test),
        whenTrue: down(whenTrue),
        whenFalse: down(whenFalse),
      };
    }
    case "list_comprehension":
    case "set_comprehension":
    case "generator_expression":
    case "dictionary_comprehension":
      return lowerComprehension(node, down);
    case "await":
      return { kind: "await", start, end, value: down(firstNamed(node)) };
    case "yield": {
      const value = firstNamed(node);
      const isFrom = node.children.some((child) => child.type === "from");
      return { kind: "yield", start, end, value: value && down(value), isFrom };
    }
    case "list_splat":
    case "list_splat_pattern":
    case "splat_pattern":
      return { kind: "starred", start, end, value: down(firstNamed(node)) };
    case "named_expression": {
      const name = field(node, "name");
      return name
        ? {
            kind: "walrus",
            start,
            end,
            target: {
              kind: "name",
              start: name.start,
              end: name.end,
              id: intern(text.slice(name.start, name.end)),
            },
            value: down(field(node, "value")),
          }
        : unknown(node);
    }
    default:
      return unknown(node);
  }
}

/** The parameters of a `def` or `lambda`, with `/` and `*` turned into how each may be passed. */
export function lowerParameters(
  list: RawNode | undefined,
  text: string,
  depth: number,
): readonly Parameter[] {
  const parameters: Parameter[] = [];
  let passing: Parameter["passing"] = "either";
  for (const node of list?.children ?? []) {
    if (node.type === "positional_separator") {
      for (const [at, before] of parameters.entries())
        parameters[at] = { ...before, passing: "positional" };
      continue;
    }
    if (node.type === "keyword_separator") {
      passing = "keyword";
      continue;
    }
    const parameter = lowerParameter(node, text, passing, depth);
    if (!parameter) continue;
    parameters.push(parameter);
    if (parameter.spread === "*") passing = "keyword";
  }
  return parameters;
}

/** The arguments of a call; a bare generator expression is its only argument. */
export function lowerArguments(
  list: RawNode | undefined,
  text: string,
  depth: number,
): readonly Argument[] {
  if (!list) return [];
  const down = (node: RawNode | undefined): Expression =>
    node ? lowerExpression(node, text, depth + 1) : unknown(list);
  if (list.type === "generator_expression")
    return [{ name: undefined, spread: "", value: down(list) }];
  return named(list).map((node): Argument => {
    if (node.type === "keyword_argument") {
      const name = field(node, "name");
      return {
        name: name && intern(text.slice(name.start, name.end)),
        spread: "",
        value: down(field(node, "value")),
      };
    }
    if (node.type === "list_splat")
      return { name: undefined, spread: "*", value: down(firstNamed(node)) };
    if (node.type === "dictionary_splat")
      return { name: undefined, spread: "**", value: down(firstNamed(node)) };
    return { name: undefined, spread: "", value: down(node) };
  });
}

export function field(node: RawNode, name: string): RawNode | undefined {
  return node.children.find((child) => child.field === name);
}

export function fieldAll(node: RawNode, name: string): readonly RawNode[] {
  return node.children.filter((child) => child.field === name && child.isNamed);
}

export function named(node: RawNode): readonly RawNode[] {
  return node.children.filter((child) => child.isNamed);
}

export function firstNamed(node: RawNode): RawNode | undefined {
  return node.children.find((child) => child.isNamed);
}

function unknown(node: RawNode): Expression {
  return { kind: "unknown", start: node.start, end: node.end };
}

function lowerDottedName(node: RawNode, text: string): Expression {
  const [first, ...rest] = named(node);
  if (!first) return unknown(node);
  let expression: Expression = {
    kind: "name",
    start: first.start,
    end: first.end,
    id: intern(text.slice(first.start, first.end)),
  };
  for (const part of rest) {
    const name = intern(text.slice(part.start, part.end));
    expression = { kind: "attribute", start: node.start, end: part.end, object: expression, name };
  }
  return expression;
}

function lowerNumber(node: RawNode, text: string): Expression {
  const { start, end } = node;
  const digits = text.slice(start, end).replaceAll("_", "").toLowerCase();
  if (/[jl]$/u.test(digits) && !digits.startsWith("0x")) return unknown(node);
  const value = Number(
    /^0[0-9]/u.test(digits) && node.type === "integer" ? Number.parseInt(digits, 8) : digits,
  );
  return { kind: "number", start, end, value, isFloat: node.type === "float" };
}

function lowerString(node: RawNode, text: string, depth: number): Expression {
  const { start, end } = node;
  const literals =
    node.type === "string" ? [node] : named(node).filter((child) => child.type === "string");
  const parts: (string | FormattedPart)[] = [];
  let isBytes = false;
  let isFormatted = false;
  for (const literal of literals) {
    const opening = literal.children.find((child) => child.type === "string_start");
    const closing = literal.children.findLast((child) => child.type === "string_end");
    const prefix = opening ? literalPrefix(text.slice(opening.start, opening.end)) : "";
    isBytes ||= prefix.includes("b");
    isFormatted ||= /[ft]/u.test(prefix);
    const plain = (from: number, to: number): string => {
      const braces = text.slice(from, to);
      const content = /[ft]/u.test(prefix)
        ? braces.replaceAll("{{", "{").replaceAll("}}", "}")
        : braces;
      return prefix.includes("r") ? content : unescapeString(content, prefix.includes("b"));
    };
    let at = opening?.end ?? literal.start;
    for (const child of literal.children) {
      if (child.type !== "interpolation") continue;
      if (child.start > at) parts.push(plain(at, child.start));
      parts.push(...lowerInterpolation(child, text, depth));
      at = child.end;
    }
    const last = closing?.start ?? literal.end;
    if (last > at) parts.push(plain(at, last));
  }
  if (isFormatted) return { kind: "formatted", start, end, parts };
  return { kind: isBytes ? "bytes" : "string", start, end, value: parts.join("") };
}

function lowerInterpolation(
  node: RawNode,
  text: string,
  depth: number,
): readonly (string | FormattedPart)[] {
  const expression = field(node, "expression");
  if (!expression) return [];
  const conversion = field(node, "type_conversion");
  const specifier = field(node, "format_specifier");
  const formatValues = (specifier?.children ?? []).flatMap((child) => {
    const inner = field(child, "expression");
    return inner ? [lowerExpression(inner, text, depth + 1)] : [];
  });
  const part: FormattedPart = {
    value: lowerExpression(expression, text, depth + 1),
    conversion: conversion ? text.slice(conversion.start + 1, conversion.end) : "",
    format: specifier ? text.slice(specifier.start + 1, specifier.end) : "",
    ...(formatValues.length > 0 ? { formatValues } : {}),
  };
  // `{c=}` prints its own source first.
  const isDebug = node.children.some((child) => child.type === "=");
  return isDebug ? [`${text.slice(expression.start, expression.end)}=`, part] : [part];
}

function lowerSubscript(
  node: RawNode,
  indexes: readonly RawNode[],
  down: (node: RawNode | undefined) => Expression,
): Expression {
  const { start, end } = node;
  const [only] = indexes;
  const index: Expression =
    indexes.length === 1 && only
      ? down(only)
      : {
          kind: "tuple",
          start: only?.start ?? start,
          end: indexes.at(-1)?.end ?? end,
          elements: indexes.map(down),
        };
  return { kind: "subscript", start, end, object: down(field(node, "value")), index };
}

function lowerSlice(node: RawNode, down: (node: RawNode) => Expression): Expression {
  const bounds: (Expression | undefined)[] = [undefined, undefined, undefined];
  let colons = 0;
  for (const child of node.children) {
    if (child.type === ":") colons += 1;
    else if (child.isNamed) bounds[Math.min(colons, 2)] = down(child);
  }
  const [lower, upper, step] = bounds;
  return { kind: "slice", start: node.start, end: node.end, lower, upper, step };
}

function lowerComparison(
  node: RawNode,
  text: string,
  down: (node: RawNode | undefined) => Expression,
): Expression {
  const operators: string[] = [];
  const operands: Expression[] = [];
  for (const child of node.children) {
    if (child.field === "operators")
      operators.push(text.slice(child.start, child.end).replace(/\s+/gu, " "));
    else if (child.isNamed) operands.push(down(child));
  }
  const [left, ...comparators] = operands;
  if (!left || comparators.length !== operators.length) return unknown(node);
  const normalised = operators.map((operator) => (operator === "<>" ? "!=" : operator));
  return {
    kind: "compare",
    start: node.start,
    end: node.end,
    left,
    operators: normalised,
    comparators,
  };
}

function lowerEntry(
  node: RawNode,
  down: (node: RawNode | undefined) => Expression,
): { readonly key: Expression | undefined; readonly value: Expression } {
  if (node.type === "pair")
    return { key: down(field(node, "key")), value: down(field(node, "value")) };
  return { key: undefined, value: down(firstNamed(node)) };
}

function lowerComprehension(
  node: RawNode,
  down: (node: RawNode | undefined) => Expression,
): Expression {
  const { start, end } = node;
  const body = field(node, "body");
  const isDict = node.type === "dictionary_comprehension";
  const element = isDict && body ? down(field(body, "key")) : down(body);
  const value = isDict && body ? down(field(body, "value")) : undefined;
  const clauses: ComprehensionClause[] = [];
  for (const child of node.children) {
    if (child.type === "for_in_clause") {
      const right = child.children.filter((part) => part.field === "right" && part.isNamed);
      clauses.push({
        target: down(field(child, "left")),
        iterable: down(right[0]),
        conditions: [],
        isAsync: child.children.some((part) => part.type === "async"),
      });
    } else if (child.type === "if_clause") {
      const last = clauses.pop();
      if (last)
        clauses.push({ ...last, conditions: [...last.conditions, down(firstNamed(child))] });
    }
  }
  const form =
    node.type === "list_comprehension"
      ? "list"
      : node.type === "set_comprehension"
        ? "set"
        : isDict
          ? "dict"
          : "generator";
  return { kind: "comprehension", start, end, form, element, value, clauses };
}

function lowerParameter(
  node: RawNode,
  text: string,
  passing: Parameter["passing"],
  depth: number,
): Parameter | undefined {
  const { start, end } = node;
  const expression = (name: string): Expression | undefined => {
    const child = field(node, name);
    return child && lowerExpression(child, text, depth + 1);
  };
  const make = (nameNode: RawNode | undefined): Parameter | undefined => {
    if (!nameNode) return undefined;
    const isStarred =
      nameNode.type === "list_splat_pattern" || nameNode.type === "dictionary_splat_pattern";
    const target = isStarred ? firstNamed(nameNode) : nameNode;
    if (!target) return undefined;
    return {
      start,
      end,
      name: intern(text.slice(target.start, target.end)),
      spread:
        nameNode.type === "list_splat_pattern"
          ? "*"
          : nameNode.type === "dictionary_splat_pattern"
            ? "**"
            : "",
      annotation: expression("type"),
      default: expression("value"),
      passing,
    };
  };
  switch (node.type) {
    case "identifier":
    case "list_splat_pattern":
    case "dictionary_splat_pattern":
    case "tuple_pattern":
      return make(node);
    case "typed_parameter":
      return make(node.children.find((child) => child.isNamed && child.field !== "type"));
    case "default_parameter":
    case "typed_default_parameter":
      return make(field(node, "name"));
    default:
      return undefined;
  }
}

function operatorText(node: RawNode, text: string): string {
  const operator = field(node, "operator");
  return operator ? text.slice(operator.start, operator.end) : "";
}
