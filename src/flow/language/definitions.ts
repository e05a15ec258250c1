// Functions and classes as they are defined: what belongs to them, and how they are reached.

import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  LambdaExpression,
  Parameter,
  Pattern,
  Statement,
} from "../../python/syntax.ts";
import { type Frame, type FunctionReference, spanOf } from "../frame.ts";
import { cellOf, readCell } from "../values/cells.ts";
import { newState } from "../values/state.ts";
import {
  type ClassDefinition,
  type Closure,
  type FunctionDefinition,
  makeValue,
  unknownValue,
  type Value,
} from "../values/value.ts";
import { decorate, isSetter, noteStarts } from "./decorators.ts";

/** Runs a `def`: the value of its name, as its decorators leave it. */
export function defineFunction(frame: Frame, statement: FunctionStatement): Value {
  const decorators = statement.decorators.map((decorator) => ({
    value: frame.state ? frame.machine.evaluate(frame, decorator) : unknownValue,
    expression: decorator,
  }));
  const definition = frame.machine.definitionOf(statement, () => ({
    kind: "function",
    qualifiedName: [...frame.qualifiers, statement.name].join("."),
    module: frame.module,
    name: statement.name,
    span: spanOf(frame, statement),
    parameters: statement.parameters,
    body: statement.body,
    statement,
    isAsync: statement.isAsync,
    owner: frame.owner,
    binding: bindingOf(
      frame,
      decorators.map(({ value }) => value),
    ),
    ...factsOf(statement),
  }));
  const reference = referenceTo(frame, definition);
  frame.machine.define(reference);
  if (isSetter(statement) && frame.owner) {
    frame.owner.setters.set(statement.name, makeValue({ references: [reference] }));
    return frame.state?.variables.get(statement.name) ?? unknownValue;
  }
  if (decorators.length === 0) return makeValue({ references: [reference] });
  const decorated = decorate(frame, reference, decorators);
  const isSame = decorated.references.some(
    (made) => made.kind === "function" && made.definition === definition,
  );
  if (!isSame) frame.machine.decorate(definition, decorated);
  return decorated;
}

/** A function with what it sees of the frame it is made in, and its defaults as they are now. */
function referenceTo(frame: Frame, definition: FunctionDefinition): FunctionReference {
  let defaults: Map<string, Value> | undefined;
  for (const parameter of definition.parameters) {
    if (!parameter.default || !frame.state) continue;
    defaults ??= new Map();
    defaults.set(parameter.name, frame.machine.evaluate(frame, parameter.default));
  }
  return { kind: "function", definition, self: undefined, closure: closureOf(frame), defaults };
}

/** A lambda is a function whose body is one expression. */
export function defineLambda(frame: Frame, expression: LambdaExpression): Value {
  const definition = frame.machine.definitionOf(expression, () => ({
    kind: "function",
    qualifiedName: [...frame.qualifiers, "<lambda>"].join("."),
    module: frame.module,
    name: "<lambda>",
    span: spanOf(frame, expression),
    parameters: expression.parameters,
    body: expression.body,
    statement: undefined,
    isAsync: false,
    isGenerator: false,
    owner: undefined,
    binding: "function",
    locals: new Set(expression.parameters.map((parameter) => parameter.name)),
    cells: noCells,
  }));
  return makeValue({ references: [referenceTo(frame, definition)] });
}

/** Runs a `class`: its body in a frame of its own, whose names become the class's attributes. */
export function defineClass(frame: Frame, statement: ClassStatement): Value {
  for (const decorator of statement.decorators)
    if (frame.state) frame.machine.evaluate(frame, decorator);
  const bases = statement.arguments
    .filter((argument) => argument.name === undefined && argument.spread === "")
    .map(({ value }) => frame.machine.evaluate(frame, withoutParameters(value)));
  const qualifiedName = [...frame.qualifiers, statement.name].join(".");
  const definition: ClassDefinition = {
    kind: "class",
    path: `${frame.module.name}.${qualifiedName}`,
    qualifiedName,
    module: frame.module,
    statement,
    bases,
    attributes: new Map(),
    setters: new Map(),
  };
  frame.machine.classes.set(definition.path, definition);
  const body: Frame = {
    ...frame,
    definition: undefined,
    owner: definition,
    qualifiers: [...frame.qualifiers, statement.name],
    closure: closureOf(frame),
    state: {
      ...newState(),
      heap: frame.state?.heap ?? newState().heap,
      facts: frame.state?.facts ?? newState().facts,
    },
    returns: [],
    loops: [],
    handlers: [],
    cells: new Map(),
    comprehended: noNames,
  };
  frame.machine.execute(body, statement.body);
  for (const [name, value] of body.state?.variables.entries() ?? [])
    definition.attributes.set(name, value);
  if (frame.state && body.state) frame.state = { ...frame.state, heap: body.state.heap };
  const defined = makeValue({ references: [{ kind: "class", definition }] });
  for (const decorator of statement.decorators) noteStarts(frame, defined, decorator);
  return defined;
}

/** `Repository[User]` as a base is `Repository`. */
function withoutParameters(base: Expression): Expression {
  return base.kind === "subscript" ? base.object : base;
}

/** What nested functions see of the frame: its variables as they are when asked. */
export function closureOf(frame: Frame): Closure | undefined {
  // A class body's names are not seen from its functions; a module's are globals.
  const { definition } = frame;
  if (!definition && frame.comprehended.size === 0) return frame.closure;
  let last = frame.state;
  // The names of a comprehension are gone when it ends; a function made in it keeps them.
  const kept = new Map<string, Value>();
  for (const name of frame.comprehended) {
    const value = last?.variables.get(name);
    if (value) kept.set(name, value);
  }
  const isCell = (name: string): boolean =>
    definition?.locals.has(name) === true && definition.cells.has(name);
  const variable = (name: string): Value | undefined => {
    if (frame.state) last = frame.state;
    return last?.variables.get(name) ?? frame.returns.at(-1)?.state.variables.get(name);
  };
  return {
    lookUp(name, heap) {
      const known = kept.get(name);
      if (known) return known;
      if (isCell(name)) {
        const value = readCell(heap, frame.cells.get(name));
        if (value) return value;
      }
      if (definition?.locals.has(name)) return variable(name) ?? unknownValue;
      return frame.closure?.lookUp(name, heap);
    },
    cell(name, heap) {
      if (isCell(name)) return cellOf(frame.cells, name, heap, variable(name));
      return frame.closure?.cell(name, heap);
    },
  };
}

/** The names a function owns: its parameters and whatever it binds, unless declared elsewhere. */
export function localsOf(statement: FunctionStatement): ReadonlySet<string> {
  return factsOf(statement).locals;
}

type FunctionFacts = Pick<FunctionDefinition, "locals" | "cells" | "isGenerator">;

/** What the text of a function says by itself, whatever program it is part of. */
function factsOf(statement: FunctionStatement): FunctionFacts {
  const known = facts.get(statement);
  if (known) return known;
  const made = {
    ...namesOf(statement.parameters, statement.body),
    isGenerator: hasYield(statement.body),
  };
  facts.set(statement, made);
  return made;
}

const facts = new WeakMap<FunctionStatement, FunctionFacts>();

function namesOf(
  parameters: readonly Parameter[],
  body: readonly Statement[],
): Pick<FunctionDefinition, "locals" | "cells"> {
  const bound = new Set(parameters.map((parameter) => parameter.name));
  const foreign = new Set<string>();
  const changed = new Set<string>();
  collectBound(body, bound, foreign, changed);
  for (const name of foreign) bound.delete(name);
  for (const name of changed) if (!bound.has(name)) changed.delete(name);
  return { locals: bound, cells: changed.size > 0 ? changed : noCells };
}

const noCells: ReadonlySet<string> = new Set();
const noNames: ReadonlySet<string> = new Set();

/** The names that these statements and the functions in them declare `nonlocal`. */
function collectNonlocal(statements: readonly Statement[], found: Set<string>): void {
  for (const statement of statements) {
    if (statement.kind === "nonlocal") for (const name of statement.names) found.add(name);
    for (const block of blocksOf(statement)) collectNonlocal(block, found);
  }
}

/** Names that functions of these statements declare `global`, and so may change at any time. */
export function globalNames(statements: readonly Statement[]): ReadonlySet<string> {
  const known = globals.get(statements);
  if (known) return known;
  const found = new Set<string>();
  collectGlobal(statements, found);
  globals.set(statements, found);
  return found;
}

const globals = new WeakMap<readonly Statement[], ReadonlySet<string>>();

function collectGlobal(statements: readonly Statement[], found: Set<string>): void {
  for (const statement of statements) {
    if (statement.kind === "global") for (const name of statement.names) found.add(name);
    for (const block of blocksOf(statement)) collectGlobal(block, found);
  }
}

/** The blocks directly below a statement, those of definitions too. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "function":
    case "class":
      return [statement.body];
    case "if":
      return [...statement.branches.map((branch) => branch.body), statement.otherwise];
    case "for":
    case "while":
      return [statement.body, statement.otherwise];
    case "with":
      return [statement.body];
    case "try":
      return [
        statement.body,
        ...statement.handlers.map((handler) => handler.body),
        statement.otherwise,
        statement.finally,
      ];
    case "match":
      return statement.cases.map((each) => each.body);
    default:
      return [];
  }
}

function bindingOf(frame: Frame, decorators: readonly Value[]): FunctionDefinition["binding"] {
  if (!frame.owner) return "function";
  for (const decorator of decorators) {
    for (const reference of decorator.references) {
      if (reference.kind !== "api") continue;
      if (reference.path === "staticmethod") return "staticmethod";
      if (reference.path === "classmethod") return "classmethod";
      if (
        /^(?:property|functools\.cached_property|django\.utils\.functional\.cached_property|werkzeug\.utils\.cached_property)$/u.test(
          reference.path,
        )
      ) {
        return "property";
      }
    }
  }
  return "method";
}

function collectBound(
  statements: readonly Statement[],
  bound: Set<string>,
  foreign: Set<string>,
  changed: Set<string>,
): void {
  for (const statement of statements) {
    switch (statement.kind) {
      case "function":
      case "class":
        bound.add(statement.name);
        collectNonlocal(statement.body, changed);
        continue;
      case "global":
      case "nonlocal":
        for (const name of statement.names) foreign.add(name);
        continue;
      case "assign":
        for (const target of statement.targets) collectTargets(target, bound);
        break;
      case "annotated":
      case "augmented":
        collectTargets(statement.target, bound);
        break;
      case "for":
        collectTargets(statement.target, bound);
        break;
      case "with":
        for (const item of statement.items) if (item.target) collectTargets(item.target, bound);
        break;
      case "try":
        for (const handler of statement.handlers) if (handler.name) bound.add(handler.name);
        break;
      case "import":
        for (const name of statement.names)
          bound.add(name.alias ?? name.name.split(".")[0] ?? name.name);
        break;
      case "import-from":
        for (const name of statement.names) bound.add(name.alias ?? name.name);
        break;
      case "match":
        for (const each of statement.cases) collectPattern(each.pattern, bound);
        break;
      default:
        break;
    }
    for (const expression of expressionsOf(statement)) collectWalrus(expression, bound);
    for (const block of blocksOf(statement)) collectBound(block, bound, foreign, changed);
  }
}

/** The names that an assignment to this target binds. */
export function collectTargets(target: Expression, bound: Set<string>): void {
  if (target.kind === "name") bound.add(target.id);
  else if (target.kind === "tuple" || target.kind === "list")
    for (const element of target.elements) collectTargets(element, bound);
  else if (target.kind === "starred") collectTargets(target.value, bound);
}

function collectPattern(pattern: Pattern, bound: Set<string>): void {
  switch (pattern.kind) {
    case "any":
    case "rest":
      if (pattern.name) bound.add(pattern.name);
      break;
    case "either":
    case "sequence":
      for (const inner of pattern.patterns) collectPattern(inner, bound);
      break;
    case "mapping":
      for (const entry of pattern.entries) collectPattern(entry.pattern, bound);
      if (pattern.rest) bound.add(pattern.rest);
      break;
    case "class":
      for (const inner of pattern.positional) collectPattern(inner, bound);
      for (const keyword of pattern.keywords) collectPattern(keyword.pattern, bound);
      break;
    case "bound":
      bound.add(pattern.name);
      collectPattern(pattern.pattern, bound);
      break;
    case "value":
      break;
  }
}

/** The expressions a statement evaluates itself, without those of its blocks. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  const present = (...list: readonly (Expression | undefined)[]): readonly Expression[] =>
    list.filter((expression) => expression !== undefined);
  switch (statement.kind) {
    case "expression":
      return [statement.value];
    case "return":
      return present(statement.value);
    case "assign":
      return [...statement.targets, statement.value];
    case "annotated":
      return present(statement.target, statement.value);
    case "augmented":
      return [statement.target, statement.value];
    case "for":
      return [statement.iterable];
    case "while":
      return [statement.test];
    case "if":
      return statement.branches.map((branch) => branch.test);
    case "with":
      return statement.items.map((item) => item.context);
    case "raise":
      return present(statement.value, statement.cause);
    case "assert":
      return present(statement.test, statement.message);
    case "match":
      return [statement.subject, ...statement.cases.flatMap((each) => present(each.guard))];
    case "delete":
      return statement.targets;
    default:
      return [];
  }
}

/** The expressions directly below an expression. A lambda's body runs later and is not among them. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "formatted":
      return expression.parts.flatMap((part) => (typeof part === "string" ? [] : [part.value]));
    case "binary":
    case "logical":
      return [expression.left, expression.right];
    case "unary":
      return [expression.operand];
    case "compare":
      return [expression.left, ...expression.comparators];
    case "call":
      return [expression.callee, ...expression.arguments.map((argument) => argument.value)];
    case "attribute":
      return [expression.object];
    case "subscript":
      return [expression.object, expression.index];
    case "slice":
      return [expression.lower, expression.upper, expression.step].filter(
        (bound) => bound !== undefined,
      );
    case "tuple":
    case "list":
    case "set":
      return expression.elements;
    case "dict":
      return expression.entries.flatMap((entry) =>
        entry.key ? [entry.key, entry.value] : [entry.value],
      );
    case "conditional":
      return [expression.test, expression.whenTrue, expression.whenFalse];
    case "comprehension":
      return [
        expression.element,
        ...(expression.value ? [expression.value] : []),
        ...expression.clauses.flatMap((clause) => [clause.iterable, ...clause.conditions]),
      ];
    case "await":
    case "starred":
    case "walrus":
      return [expression.value];
    case "yield":
      return expression.value ? [expression.value] : [];
    default:
      return [];
  }
}

function collectWalrus(expression: Expression, bound: Set<string>): void {
  if (expression.kind === "walrus") bound.add(expression.target.id);
  for (const child of childrenOf(expression)) collectWalrus(child, bound);
}

function hasYield(statements: readonly Statement[]): boolean {
  return statements.some(
    (statement) =>
      statement.kind !== "function" &&
      statement.kind !== "class" &&
      (expressionsOf(statement).some(containsYield) || blocksOf(statement).some(hasYield)),
  );
}

function containsYield(expression: Expression): boolean {
  return expression.kind === "yield" || childrenOf(expression).some(containsYield);
}
