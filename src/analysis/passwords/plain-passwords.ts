// Passwords that are kept and compared as they were typed: told by what is compared with what, and by the
// column of the project's own model that they are put into.

import type { Module, Span } from "../../python/module.ts";
import type { Expression, FunctionStatement } from "../../python/syntax.ts";
import { enclosingNodes, everyNode, type SyntaxNode } from "../enclosing.ts";
import { calledName, rootOf } from "../passage.ts";
import { isTestCode } from "../paths.ts";
import type { Program } from "../program.ts";
import { environmentAt } from "../settings/environment.ts";
import { isKept, isSecondEntry, isTyped, passwordName } from "./password-names.ts";

export interface PlainPassword {
  readonly span: Span;
  readonly use: "compared" | "kept" | "asked";
}

export function* plainPasswords(program: Program): Iterable<PlainPassword> {
  const models = passwordModels(program);
  for (const module of program.modules) {
    if (isTestCode(module.path) || !/passw|pwd/iu.test(module.text)) continue;
    for (const node of everyNode(module)) {
      const use = plainUse(module, node, models);
      if (!use) continue;
      const span = { module, start: node.start, end: node.end };
      if (environmentAt(span) !== "development") yield { span, use };
    }
  }
}

function plainUse(
  module: Module,
  node: SyntaxNode,
  models: ReadonlySet<string>,
): PlainPassword["use"] | undefined {
  if (node.kind === "compare") {
    const [right] = node.comparators;
    if (!right || node.comparators.length > 1) return undefined;
    if (!["==", "!="].includes(node.operators[0] ?? "")) return undefined;
    const isPlain =
      (isKeptAt(module, node.left) && isPlainlyTyped(module, right)) ||
      (isKeptAt(module, right) && isPlainlyTyped(module, node.left));
    return isPlain ? "compared" : undefined;
  }
  if (models.size === 0) return undefined;
  if (node.kind === "call") {
    const name = calledName(node);
    const plain = node.arguments.find(
      (argument) =>
        argument.name !== undefined &&
        passwordNamed(argument.name) &&
        isPlainlyTyped(module, argument.value),
    );
    if (!plain) return undefined;
    if (models.has(name)) return "kept";
    return /^(?:filter_by|filter|get_or_none)$/u.test(name) || isManagerGet(node.callee)
      ? "asked"
      : undefined;
  }
  if (node.kind === "assign") {
    const [target] = node.targets;
    return target && isKept(target) && isPlainlyTyped(module, node.value, true)
      ? "kept"
      : undefined;
  }
  return undefined;
}

/** Kept in a record, in a table of users, or in the object whose method checks it. */
function isKeptAt(module: Module, expression: Expression): boolean {
  if (isKept(expression)) return true;
  const root = rootOf(expression) ?? "";
  if (root === "self" && expression.kind === "attribute" && expression.object.kind === "name") {
    const around = enclosingNodes({
      module,
      start: expression.start,
      end: expression.end,
    }).findLast((node): node is FunctionStatement => node.kind === "function");
    return (
      passwordNamed(expression.name) &&
      /check|verif|authenticate|log_?in/iu.test(around?.name ?? "")
    );
  }
  const isLookedUp =
    expression.kind === "subscript" ||
    (expression.kind === "call" && calledName(expression) === "get");
  return isLookedUp && /^_?(?:users|accounts|passwords|logins|user_db|users_db)$/iu.test(root);
}

function passwordNamed(name: string): boolean {
  return /^(?:user_)?(?:password|passwd|pwd)$/u.test(name);
}

/** `User.objects.get(...)` */
function isManagerGet(callee: Expression): boolean {
  return (
    callee.kind === "attribute" &&
    callee.name === "get" &&
    callee.object.kind === "attribute" &&
    callee.object.name === "objects"
  );
}

/** Typed by a visitor, and not made something else of since. */
function isPlainlyTyped(module: Module, expression: Expression, isNewFine = false): boolean {
  const name = passwordName(expression);
  if (name === undefined || !isTyped(expression)) return false;
  if (isSecondEntry(isNewFine ? name.replace(/^new_?/iu, "") : name)) return false;
  if (expression.kind !== "name") return true;
  const around = enclosingNodes({ module, start: expression.start, end: expression.end }).findLast(
    (node): node is FunctionStatement => node.kind === "function",
  );
  if (!around) return false;
  for (const node of everyNode({ body: around.body })) {
    if (node.kind !== "assign") continue;
    // `method, password = encrypt(password)`
    const targets = node.targets.flatMap((target) =>
      target.kind === "tuple" || target.kind === "list" ? target.elements : [target],
    );
    const isOwn = targets.some((target) => target.kind === "name" && target.id === expression.id);
    if (isOwn && !isTyped(node.value)) return false;
  }
  return true;
}

/** Classes of the project with a column for the password itself, and nothing that hashes what is put there. */
function passwordModels(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { statement } of program.classes.values()) {
    const isColumn = statement.body.some((part) => {
      const target =
        part.kind === "assign"
          ? part.targets[0]
          : part.kind === "annotated"
            ? part.target
            : undefined;
      const value = part.kind === "assign" || part.kind === "annotated" ? part.value : undefined;
      return (
        target?.kind === "name" &&
        passwordNamed(target.id) &&
        value?.kind === "call" &&
        /^(?:Column|mapped_column|CharField|TextField|StringField|Field)$/u.test(calledName(value))
      );
    });
    if (!isColumn) continue;
    const hashes = everyNode({ body: [statement] }).some(
      (node) =>
        (node.kind === "function" && /hash|validates|^save$|^__setattr__$/u.test(node.name)) ||
        (node.kind === "call" && /hash|crypt|set_password/u.test(calledName(node))),
    );
    if (!hashes) names.add(statement.name);
  }
  return names;
}
