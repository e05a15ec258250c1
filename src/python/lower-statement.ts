// Raw statement nodes -> Statement. A node that did not parse costs itself; what stands inside it
// and is whole is kept.

import {
  field,
  fieldAll,
  firstNamed,
  lowerArguments,
  lowerExpression,
  lowerParameters,
  maxDepth,
  named,
} from "./lower-expression.ts";
import { lowerPattern } from "./lower-pattern.ts";
import type { RawNode } from "./raw-tree.ts";
import type {
  ExceptionHandler,
  Expression,
  FunctionStatement,
  ImportedName,
  MatchCase,
  Statement,
} from "./syntax.ts";

/** Lowers the statements of a module or block. */
export function lowerBlock(
  block: RawNode | undefined,
  text: string,
  depth = 0,
): readonly Statement[] {
  if (!block) return [];
  if (depth > maxDepth) return [broken(block)];
  const statements: Statement[] = [];
  for (const node of block.children) {
    if (node.type === "ERROR") {
      statements.push(broken(node), ...lowerBlock(wholeStatements(node), text, depth + 1));
    } else if (node.isNamed) {
      statements.push(lowerStatement(node, text, depth));
    }
  }
  return statements;
}

function lowerStatement(node: RawNode, text: string, depth: number): Statement {
  const { start, end } = node;
  const expression = (child: RawNode | undefined): Expression =>
    child ? lowerExpression(child, text) : { kind: "unknown", start, end };
  const block = (child: RawNode | undefined): readonly Statement[] =>
    lowerBlock(child, text, depth + 1);
  const optional = (child: RawNode | undefined): Expression | undefined =>
    child && expression(child);
  switch (node.type) {
    case "expression_statement":
      return lowerExpressionStatement(node, text, expression);
    case "function_definition":
      return lowerFunction(node, [], text, depth);
    case "class_definition":
      return lowerClass(node, [], text, depth);
    case "decorated_definition": {
      const decorators = node.children
        .filter((child) => child.type === "decorator")
        .map((child) => expression(firstNamed(child)));
      const definition = field(node, "definition");
      if (!definition) return broken(node);
      return definition.type === "class_definition"
        ? lowerClass(definition, decorators, text, depth)
        : lowerFunction(definition, decorators, text, depth);
    }
    case "return_statement":
      return { kind: "return", start, end, value: optional(firstNamed(node)) };
    case "delete_statement": {
      const target = expression(firstNamed(node));
      return {
        kind: "delete",
        start,
        end,
        targets: target.kind === "tuple" ? target.elements : [target],
      };
    }
    case "if_statement": {
      const branches = [
        { test: expression(field(node, "condition")), body: block(field(node, "consequence")) },
      ];
      for (const child of node.children) {
        if (child.type !== "elif_clause") continue;
        branches.push({
          test: expression(field(child, "condition")),
          body: block(field(child, "consequence")),
        });
      }
      return { kind: "if", start, end, branches, otherwise: block(elseBody(node)) };
    }
    case "for_statement":
      return {
        kind: "for",
        start,
        end,
        target: expression(field(node, "left")),
        iterable: expression(field(node, "right")),
        body: block(field(node, "body")),
        otherwise: block(elseBody(node)),
        isAsync: isAsync(node),
      };
    case "while_statement":
      return {
        kind: "while",
        start,
        end,
        test: expression(field(node, "condition")),
        body: block(field(node, "body")),
        otherwise: block(elseBody(node)),
      };
    case "with_statement": {
      const clause = node.children.find((child) => child.type === "with_clause");
      const items = (clause?.children ?? []).flatMap((child) => {
        const value = child.type === "with_item" ? field(child, "value") : undefined;
        return value ? withItems(value, expression) : [];
      });
      return {
        kind: "with",
        start,
        end,
        items,
        body: block(field(node, "body")),
        isAsync: isAsync(node),
      };
    }
    case "raise_statement": {
      const value = node.children.find((child) => child.isNamed && child.field !== "cause");
      return {
        kind: "raise",
        start,
        end,
        value: optional(value),
        cause: optional(field(node, "cause")),
      };
    }
    case "try_statement":
      return {
        kind: "try",
        start,
        end,
        body: block(field(node, "body")),
        handlers: node.children
          .filter((child) => child.type === "except_clause" || child.type === "except_group_clause")
          .map((child) => lowerHandler(child, text, expression, block)),
        otherwise: block(elseBody(node)),
        finally: block(
          node.children.find((child) => child.type === "finally_clause")?.children.find(isBlock),
        ),
      };
    case "assert_statement": {
      const [test, message] = named(node);
      return { kind: "assert", start, end, test: expression(test), message: optional(message) };
    }
    case "import_statement":
      return { kind: "import", start, end, names: importedNames(node, text) };
    case "import_from_statement":
    case "future_import_statement":
      return lowerImportFrom(node, text);
    case "global_statement":
    case "nonlocal_statement":
      return {
        kind: node.type === "global_statement" ? "global" : "nonlocal",
        start,
        end,
        names: named(node).map((child) => text.slice(child.start, child.end)),
      };
    case "pass_statement":
      return { kind: "pass", start, end };
    case "break_statement":
      return { kind: "break", start, end };
    case "continue_statement":
      return { kind: "continue", start, end };
    case "match_statement":
      return {
        kind: "match",
        start,
        end,
        subject: lowerSubjects(fieldAll(node, "subject"), node, expression),
        cases: (field(node, "body")?.children ?? [])
          .filter((child) => child.type === "case_clause")
          .map((child) => lowerCase(child, text, expression, block)),
      };
    case "type_alias_statement": {
      const left = field(node, "left");
      return {
        kind: "assign",
        start,
        end,
        targets: [expression(left)],
        value: expression(field(node, "right")),
      };
    }
    case "print_statement":
    case "exec_statement":
      return { kind: "broken", start, end };
    default:
      return broken(node);
  }
}

function lowerExpressionStatement(
  node: RawNode,
  text: string,
  expression: (child: RawNode | undefined) => Expression,
): Statement {
  const { start, end } = node;
  const children = named(node);
  const [only] = children;
  if (children.length > 1 || !only) {
    // `a, b` without parentheses at statement level.
    return {
      kind: "expression",
      start,
      end,
      value: { kind: "tuple", start, end, elements: children.map(expression) },
    };
  }
  if (only.type === "augmented_assignment") {
    const operator = field(only, "operator");
    return {
      kind: "augmented",
      start,
      end,
      target: expression(field(only, "left")),
      operator: operator ? text.slice(operator.start, operator.end - 1) : "",
      value: expression(field(only, "right")),
    };
  }
  if (only.type !== "assignment")
    return { kind: "expression", start, end, value: expression(only) };
  const annotation = field(only, "type");
  if (annotation) {
    const right = field(only, "right");
    return {
      kind: "annotated",
      start,
      end,
      target: expression(field(only, "left")),
      annotation: expression(annotation),
      value: right && expression(right),
    };
  }
  const targets: Expression[] = [];
  let at: RawNode | undefined = only;
  while (at?.type === "assignment") {
    targets.push(expression(field(at, "left")));
    at = field(at, "right");
  }
  return { kind: "assign", start, end, targets, value: expression(at) };
}

function lowerFunction(
  node: RawNode,
  decorators: readonly Expression[],
  text: string,
  depth: number,
): FunctionStatement {
  const name = field(node, "name");
  const returns = field(node, "return_type");
  return {
    kind: "function",
    start: node.start,
    end: node.end,
    name: name ? text.slice(name.start, name.end) : "",
    nameStart: name?.start ?? node.start,
    parameters: lowerParameters(field(node, "parameters"), text, 0),
    returns: returns && lowerExpression(returns, text),
    decorators,
    isAsync: isAsync(node),
    body: bodyAfterErrors(node, text, depth),
  };
}

function lowerClass(
  node: RawNode,
  decorators: readonly Expression[],
  text: string,
  depth: number,
): Statement {
  const name = field(node, "name");
  return {
    kind: "class",
    start: node.start,
    end: node.end,
    name: name ? text.slice(name.start, name.end) : "",
    nameStart: name?.start ?? node.start,
    arguments: lowerArguments(field(node, "superclasses"), text, 0),
    decorators,
    body: bodyAfterErrors(node, text, depth),
  };
}

/** A broken first line of a body is an ERROR beside the block, not in it. */
function bodyAfterErrors(node: RawNode, text: string, depth: number): readonly Statement[] {
  const errors = node.children.filter((child) => child.type === "ERROR").map(broken);
  return [...errors, ...lowerBlock(field(node, "body"), text, depth + 1)];
}

function lowerHandler(
  node: RawNode,
  text: string,
  expression: (child: RawNode | undefined) => Expression,
  block: (child: RawNode | undefined) => readonly Statement[],
): ExceptionHandler {
  const value = field(node, "value");
  const [type, target] =
    value?.type === "as_pattern" ? named(value) : [value, field(node, "alias")];
  return {
    start: node.start,
    end: node.end,
    type: type && expression(type),
    name: target && text.slice(target.start, target.end),
    body: block(node.children.find(isBlock)),
  };
}

function lowerImportFrom(node: RawNode, text: string): Statement {
  const { start, end } = node;
  if (node.type === "future_import_statement") {
    return {
      kind: "import-from",
      start,
      end,
      level: 0,
      module: "__future__",
      names: importedNames(node, text),
    };
  }
  const from = field(node, "module_name");
  const prefix = from?.children.find((child) => child.type === "import_prefix");
  const dotted =
    from?.type === "relative_import"
      ? from.children.find((child) => child.type === "dotted_name")
      : from;
  const isStar = node.children.some((child) => child.type === "wildcard_import");
  return {
    kind: "import-from",
    start,
    end,
    level: prefix ? text.slice(prefix.start, prefix.end).replace(/[^.]/gu, "").length : 0,
    module: dotted ? text.slice(dotted.start, dotted.end).replace(/\s/gu, "") : "",
    names: isStar ? [{ name: "*", alias: undefined }] : importedNames(node, text),
  };
}

function importedNames(node: RawNode, text: string): readonly ImportedName[] {
  const word = (child: RawNode | undefined): string =>
    child ? text.slice(child.start, child.end).replace(/\s/gu, "") : "";
  return fieldAll(node, "name").map((child) =>
    child.type === "aliased_import"
      ? { name: word(field(child, "name")), alias: word(field(child, "alias")) }
      : { name: word(child), alias: undefined },
  );
}

function lowerCase(
  node: RawNode,
  text: string,
  expression: (child: RawNode | undefined) => Expression,
  block: (child: RawNode | undefined) => readonly Statement[],
): MatchCase {
  const guard = field(node, "guard");
  const patterns = node.children.filter((child) => child.type === "case_pattern");
  const lowered = patterns.map((child) => lowerPattern(child, text, 0));
  const [only] = lowered;
  return {
    start: node.start,
    end: node.end,
    pattern: lowered.length === 1 && only ? only : { kind: "sequence", patterns: lowered },
    guard: guard && expression(firstNamed(guard)),
    body: block(field(node, "consequence")),
  };
}

function lowerSubjects(
  subjects: readonly RawNode[],
  node: RawNode,
  expression: (child: RawNode | undefined) => Expression,
): Expression {
  const [only] = subjects;
  if (subjects.length === 1) return expression(only);
  return {
    kind: "tuple",
    start: only?.start ?? node.start,
    end: subjects.at(-1)?.end ?? node.end,
    elements: subjects.map(expression),
  };
}

type WithItem = { readonly context: Expression; readonly target: Expression | undefined };

function withItems(
  value: RawNode,
  expression: (child: RawNode | undefined) => Expression,
): readonly WithItem[] {
  if (value.type === "as_pattern") {
    const [context, target] = named(value);
    return [{ context: expression(context), target: target && expression(target) }];
  }
  // `with (a() as x, b()):` may be read as one tuple.
  if (value.type === "tuple" && value.children.some((child) => child.type === "as_pattern")) {
    return named(value).flatMap((child) => withItems(child, expression));
  }
  return [{ context: expression(value), target: undefined }];
}

function elseBody(node: RawNode): RawNode | undefined {
  const clause = node.children.find((child) => child.type === "else_clause");
  return clause && field(clause, "body");
}

function isAsync(node: RawNode): boolean {
  return node.children[0]?.type === "async";
}

function isBlock(node: RawNode): boolean {
  return node.type === "block";
}

function wholeStatements(node: RawNode): RawNode {
  const whole = node.children.filter(
    (child) =>
      child.isNamed && (child.type === "block" || /_(?:statement|definition)$/u.test(child.type)),
  );
  return {
    ...node,
    children: whole.flatMap((child) => (child.type === "block" ? child.children : [child])),
  };
}

function broken(node: RawNode): Statement {
  return { kind: "broken", start: node.start, end: node.end };
}
