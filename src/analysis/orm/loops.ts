// Which loops turn often: not those over a few written-out values, nor those that end with what they find.

import { blocksOf, childrenOf, expressionsOf } from "../../flow/language/definitions.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
import { meaningOf, type Scope } from "../schema/names.ts";

const wrappers =
  /^(?:enumerate|zip|sorted|reversed|list|tuple|set|frozenset|iter|filter|chain|product)$/u;
/** A loop over this many rows by the text of the code is a handful. */
export const few = 20;

/** Whether a loop goes over values that are written in the code, or never over a table's worth. */
export function isConstantIterable(scope: Scope, expression: Expression): boolean {
  switch (expression.kind) {
    case "list":
    case "tuple":
    case "set":
      return (
        expression.elements.length <= few &&
        expression.elements.every((element) => element.kind !== "starred")
      );
    case "dict":
      return expression.entries.length <= few && expression.entries.every(({ key }) => key);
    case "string":
    case "bytes":
      return true;
    case "name":
      return isConstantName(expression.id) || isKnownConstant(scope, expression);
    case "attribute":
      return (
        isConstantName(expression.name) ||
        /^(?:choices|labels|values|names|__members__|fields)$/u.test(expression.name) ||
        isKnownConstant(scope, expression)
      );
    case "binary":
      return (
        isConstantIterable(scope, expression.left) && isConstantIterable(scope, expression.right)
      );
    case "subscript":
      return expression.index.kind === "slice" && isFewSlice(expression.index)
        ? true
        : isConstantIterable(scope, expression.object);
    case "call": {
      const { callee } = expression;
      if (callee.kind === "attribute" && /^(?:items|keys|values|split)$/u.test(callee.name))
        return isConstantIterable(scope, callee.object);
      const name =
        callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name : "";
      const given = expression.arguments.map(({ value }) => value);
      if (name === "range") {
        const last = given.length === 1 ? given[0] : given[1];
        return (
          last === undefined ||
          (last.kind === "number" && last.value <= 100) ||
          isConstantIterable(scope, last)
        );
      }
      if (/^(?:count|repeat|cycle)$/u.test(name))
        return callee.kind === "name" || isItertools(callee);
      return wrappers.test(name) && given.some((value) => isConstantIterable(scope, value));
    }
    default:
      return false;
  }
}

function isItertools(callee: Expression): boolean {
  return (
    callee.kind === "attribute" && callee.object.kind === "name" && callee.object.id === "itertools"
  );
}

/** `STATUSES`, `settings.LANGUAGES`: by the convention of constants. */
function isConstantName(name: string): boolean {
  return /^_?[A-Z][A-Z0-9_]+$/u.test(name);
}

function isKnownConstant(scope: Scope, expression: Expression): boolean {
  const meaning = meaningOf(scope, expression);
  if (!meaning) return false;
  if (meaning.constants || meaning.elements) return true;
  return meaning.references.some(({ kind }) => kind === "class");
}

function isFewSlice(slice: Extract<Expression, { kind: "slice" }>): boolean {
  const { lower, upper } = slice;
  return upper?.kind === "number" && upper.value <= few && (!lower || lower.kind === "number");
}

/** `[:5]` */
export function isLiteralSlice(index: Expression): boolean {
  return index.kind === "slice" && isFewSlice(index);
}

/** Whether a body writes the row of its loop, `order.save()`, or adds another at each turn: `session.add(...)`. */
export function writes(target: Expression, body: readonly Statement[]): boolean {
  const name = target.kind === "name" ? target.id : undefined;
  return (
    (name !== undefined && writtenNames(body).has(name)) ||
    body.some((statement) => expressionsOf(statement).some(addsToSession))
  );
}

/** `session.add(order)`, `session.delete(order)` */
function addsToSession(expression: Expression): boolean {
  if (expression.kind === "await") return addsToSession(expression.value);
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return false;
  const { object, name } = expression.callee;
  const word = object.kind === "name" ? object.id : object.kind === "attribute" ? object.name : "";
  return /^(?:add|merge|delete)$/u.test(name) && /session|^db$|store/iu.test(word);
}

/** Names of rows that a body saves or deletes: they are read for that. */
export function writtenNames(body: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  const read = (expression: Expression): void => {
    if (expression.kind === "await") read(expression.value);
    if (expression.kind !== "call" || expression.callee.kind !== "attribute") return;
    const { object, name } = expression.callee;
    if (/^a?(?:save|delete)$/u.test(name) && object.kind === "name") names.add(object.id);
    const [first] = expression.arguments;
    if (addsToSession(expression) && first?.value.kind === "name") names.add(first.value.id);
  };
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "function" || statement.kind === "class") continue;
      for (const expression of expressionsOf(statement)) read(expression);
      for (const block of blocksOf(statement)) visit(block);
    }
  };
  visit(body);
  return names;
}

/** `if exists(...): continue` before a row is made: what is asked there decides whether to write one. */
export function guardsOf(body: readonly Statement[]): ReadonlySet<Statement> {
  return new Set(
    body.filter(
      (statement, index) =>
        statement.kind === "if" &&
        statement.branches[0]?.body.at(-1)?.kind === "continue" &&
        makesRows(body.slice(index + 1)),
    ),
  );
}

/** Whether a body ends its loop the first time round. */
export function endsAtOnce(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return last?.kind === "break" || last?.kind === "return" || last?.kind === "raise";
}

/** Names that are tested to leave a loop with what was found: `if found: return found`, `break`. */
export function exitNames(body: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  collectExits(body, names);
  return names;
}

function collectExits(body: readonly Statement[], names: Set<string>): void {
  for (const statement of body) {
    if (statement.kind === "function" || statement.kind === "class") continue;
    if (statement.kind === "if") {
      for (const { test, body: inside } of statement.branches)
        if (leaves(inside)) namesIn(test, names);
      const [first] = statement.branches;
      if (first && leaves(statement.otherwise)) namesIn(first.test, names);
      if (first && makesTheMissing(statement)) namesIn(first.test, names);
    }
    for (const block of blocksOf(statement)) collectExits(block, names);
  }
}

/** `if order is None: session.add(Order(...))`: the row that is missing is written, one by one anyway. */
export function makesTheMissing({
  branches,
  otherwise,
}: Extract<Statement, { kind: "if" }>): boolean {
  const [first] = branches;
  if (!first) return false;
  return asksForAbsence(first.test) ? makesRows(first.body) : makesRows(otherwise);
}

function makesRows(body: readonly Statement[]): boolean {
  return body.some(
    (statement) =>
      expressionsOf(statement).some(makesRow) ||
      (statement.kind !== "function" &&
        statement.kind !== "class" &&
        blocksOf(statement).some(makesRows)),
  );
}

function makesRow(expression: Expression): boolean {
  if (expression.kind === "await") return makesRow(expression.value);
  return (
    expression.kind === "call" &&
    expression.callee.kind === "attribute" &&
    /^a?(?:add|create|save|insert|merge)$/u.test(expression.callee.name)
  );
}

/** Whether a block gives up the loop with a result; an error that is answered is none. */
export function leaves(body: readonly Statement[]): boolean {
  return body.some((statement) => {
    if (statement.kind === "break") return true;
    if (statement.kind !== "return") return false;
    const { value } = statement;
    return !value || ["name", "attribute", "singleton", "number", "string"].includes(value.kind);
  });
}

function namesIn(expression: Expression, names: Set<string>): void {
  if (expression.kind === "name") names.add(expression.id);
  for (const child of childrenOf(expression)) namesIn(child, names);
}

/**
 * Whether a block fills a cache: it stores under a key what was not there.
 * `if key not in seen: seen[key] = ...`, `if found is None: cache.set(key, ...)`.
 */
export function fillsCache(test: Expression | undefined, body: readonly Statement[]): boolean {
  if (test && !asksForAbsence(test)) return false;
  return body.some((statement) => {
    if (statement.kind === "assign" && statement.targets.some(({ kind }) => kind === "subscript"))
      return true;
    return expressionsOf(statement).some(
      (expression) =>
        expression.kind === "call" &&
        expression.callee.kind === "attribute" &&
        /^(?:set|add|setdefault)$/u.test(expression.callee.name),
    );
  });
}

function asksForAbsence(test: Expression): boolean {
  switch (test.kind) {
    case "compare":
      return test.operators[0] === "not in" || test.operators[0] === "is";
    case "unary":
      return test.operator === "not";
    case "logical":
      return asksForAbsence(test.left) || asksForAbsence(test.right);
    default:
      return false;
  }
}
