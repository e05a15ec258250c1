// Runs the statements of a function in their order, and the functions of the project that it calls.

import { blocksOf, childrenOf, expressionsOf } from "../../flow/language/definitions.ts";
import type { Span } from "../../python/module.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
import { scopeOf } from "../schema/names.ts";
import { scopeInside } from "../schema/read-queries.ts";
import {
  endsAtOnce,
  exitNames,
  fillsCache,
  guardsOf,
  leaves,
  makesTheMissing,
  writes,
  writtenNames,
} from "./loops.ts";
import { below, type Callee, joinKnown, type Known, nothingKnown } from "./orm-value.ts";
import { annotatedAs, hasDecorator } from "./project-calls.ts";
import type { GivenArguments, Stretch, Walk } from "./walk.ts";
import { enterLoop, readRows } from "./walk-expression.ts";
import { bind, bindTarget } from "./walk-loop.ts";

/** Calls are followed this far: in a loop for what they ask, elsewhere for what they return. */
const maxDepth = { inLoop: 4, elsewhere: 2 };

export function execute(walk: Walk, statements: readonly Statement[]): void {
  for (const statement of statements) executeOne(walk, statement);
}

function executeOne(walk: Walk, statement: Statement): void {
  switch (statement.kind) {
    case "function":
      walk.names.set(statement.name, {
        varies: false,
        local: { statement, module: walk.scope.module },
      });
      return;
    case "class":
      return;
    case "assign": {
      const isExit = statement.targets.some((target) => decides(walk, target));
      const known = walk.evaluate(isExit ? quietly(walk) : walk, statement.value);
      for (const target of statement.targets) {
        if (target.kind === "subscript") walk.evaluate(walk, target);
        bind(walk.names, target, known);
      }
      return;
    }
    case "annotated": {
      const known = statement.value && walk.evaluate(walk, statement.value);
      const said = annotatedAs(walk.orm, walk.scope, statement.annotation);
      bind(
        walk.names,
        statement.target,
        known?.rows || known?.instance ? known : (said ?? known ?? nothingKnown),
      );
      return;
    }
    case "augmented": {
      const known = walk.evaluate(walk, statement.value);
      const { target } = statement;
      const before = target.kind === "name" ? walk.names.get(target.id) : undefined;
      bind(walk.names, target, { ...before, varies: known.varies || before?.varies === true });
      return;
    }
    case "for":
      executeLoop(walk, statement);
      return;
    case "if":
      for (const { test, body } of statement.branches) {
        const isQuiet =
          walk.loop &&
          (leaves(body) || makesTheMissing(statement) || walk.loop.guards?.has(statement));
        walk.evaluate(isQuiet ? quietly(walk) : walk, test);
        const isOnce =
          walk.loop && (fillsCache(test, body) || endsLoop(walk, body) || isAttached(walk, test));
        execute(isOnce ? quietly(walk) : walk, body);
      }
      execute(isElseOnce(walk, statement) ? quietly(walk) : walk, statement.otherwise);
      return;
    case "try":
      execute(walk, statement.body);
      for (const { body, type } of statement.handlers) {
        const isOnce =
          walk.loop &&
          (fillsCache(undefined, body) || replacesAttached(walk, statement.body, type));
        execute(isOnce ? quietly(walk) : walk, body);
      }
      execute(walk, statement.otherwise);
      execute(walk, statement.finally);
      return;
    case "with":
      for (const { context, target } of statement.items) {
        const known = walk.evaluate(walk, context);
        if (target) bind(walk.names, target, known);
      }
      execute(walk, statement.body);
      return;
    case "return":
      walk.returns.push(statement.value ? walk.evaluate(walk, statement.value) : nothingKnown);
      return;
    case "expression":
      walk.evaluate(walk, statement.value);
      return;
    case "while":
      walk.evaluate(walk, statement.test);
      execute(walk, statement.body);
      return;
    case "raise":
      return;
    default:
      for (const block of blocksOf(statement)) execute(walk, block);
  }
}

/** What is asked to leave the loop with the answer is asked once at best. */
function decides({ loop }: Walk, target: Expression): boolean {
  return target.kind === "name" && loop?.exits.has(target.id) === true;
}

/** A branch that leaves the loop is gone through once; in a helper, it leaves the helper only. */
function endsLoop({ calledAt }: Walk, body: readonly Statement[]): boolean {
  return calledAt === undefined && endsAtOnce(body);
}

/** `if hasattr(order, "open_items"): ... else: order.items.filter(...)`, where every row has the attribute. */
function isElseOnce(walk: Walk, { branches }: Extract<Statement, { kind: "if" }>): boolean {
  return walk.loop !== undefined && branches.some(({ test }) => hasAttached(walk, test));
}

/** `if not hasattr(order, "open_items"): ...` */
function isAttached(walk: Walk, test: Expression): boolean {
  return test.kind === "unary" && test.operator === "not" && hasAttached(walk, test.operand);
}

function hasAttached(walk: Walk, test: Expression): boolean {
  if (test.kind !== "call" || test.callee.kind !== "name" || test.callee.id !== "hasattr")
    return false;
  const [object, name] = test.arguments.map(({ value }) => value);
  return object !== undefined && name?.kind === "string" && comesWith(walk, object, name.value);
}

/** `try: order.open_items ... except AttributeError: ...`, where every row has the attribute. */
function replacesAttached(
  walk: Walk,
  body: readonly Statement[],
  type: Expression | undefined,
): boolean {
  if (type?.kind !== "name" || type.id !== "AttributeError") return false;
  const reads = (expression: Expression): boolean =>
    (expression.kind === "attribute" && comesWith(walk, expression.object, expression.name)) ||
    childrenOf(expression).some(reads);
  return body.some((statement) => expressionsOf(statement).some(reads));
}

/** Whether a row was read with this beside it: `Prefetch("items", ..., to_attr="open_items")`. */
function comesWith(walk: Walk, object: Expression, name: string): boolean {
  const { rows } = object.kind === "name" ? (walk.names.get(object.id) ?? nothingKnown) : {};
  if (rows?.kind !== "row") return false;
  const { paths, others } = rows.loads;
  if (others === "all" || paths.has(below(rows.at, name))) return true;
  const isSomewhere = walk.orm.program.modules.some(({ text }) =>
    text.includes(`to_attr="${name}"`),
  );
  return others === "elsewhere" && isSomewhere;
}

function quietly(walk: Walk): Walk {
  return { ...walk, isQuiet: true };
}

function executeLoop(walk: Walk, statement: Extract<Statement, { kind: "for" }>): void {
  const { iterable, target, body } = statement;
  const found = walk.evaluate(walk, iterable);
  const { rows } = found;
  const known = statement.isAsync && rows ? { ...found, rows: { ...rows, isAsync: true } } : found;
  readRows(walk, known, iterable);
  const inside = endsAtOnce(body)
    ? walk
    : enterLoop(walk, iterable, known, statement, {
        exits: exitNames(body).union(writtenNames(body)),
        isWriting: writes(target, body),
        guards: guardsOf(body),
      });
  bindTarget(walk.names, target, iterable, known, inside.loop !== undefined);
  execute(inside, body);
  execute(walk, statement.otherwise);
}

/** Runs a function of the project on what it is given. */
export function enter(
  walk: Walk,
  { definition, self, names }: Callee,
  given: GivenArguments,
  at: Stretch,
): Known {
  const { statement, module, owner } = definition;
  const varies = [...given.positional, ...given.keywords.values(), ...(self ? [self] : [])].some(
    (each) => each.varies,
  );
  const limit = walk.loop ? maxDepth.inLoop : maxDepth.elsewhere;
  if (walk.depth >= limit || walk.bounds.steps < 0) return { varies };
  if (hasDecorator(statement, /cache|memo/iu)) return nothingKnown;
  const outer = scopeOf(walk.orm.program, module);
  const inside: Walk = {
    ...walk,
    scope: scopeInside(outer, statement),
    names: new Map(names),
    owner,
    depth: walk.depth + 1,
    returns: [],
    calledAt: walk.isAnchoredBelow ? undefined : (walk.calledAt ?? callSite(walk, at)),
    isAnchoredBelow: false,
    call: walk.call ?? (walk.loop && { events: [], hasWritten: false }),
  };
  bindParameters(inside, definition, self, given);
  execute(inside, statement.body);
  if (inside.call && inside.call !== walk.call && !inside.call.hasWritten)
    for (const event of inside.call.events) walk.found(event);
  let result: Known | undefined;
  for (const returned of inside.returns) result = joinKnown(result, returned);
  if (result?.rows || result?.instance)
    return { ...result, varies: result.varies || (varies && result.rows?.kind === "row") };
  const said = statement.returns && annotatedAs(walk.orm, outer, statement.returns);
  return { ...(said ?? result ?? nothingKnown), varies };
}

function callSite({ loop, scope }: Walk, { start, end }: Stretch): Span | undefined {
  return loop && { module: scope.module, start, end };
}

function bindParameters(
  inside: Walk,
  { statement, owner }: Callee["definition"],
  self: Known | undefined,
  given: GivenArguments,
): void {
  const isMethod = owner !== undefined && !hasDecorator(statement, /^staticmethod$/u);
  const [first] = statement.parameters;
  if (isMethod && first && self) inside.names.set(first.name, self);
  const own = isMethod && self ? statement.parameters.slice(1) : statement.parameters;
  for (const [index, { name, annotation, spread }] of own.entries()) {
    if (spread !== "") continue;
    const known = given.keywords.get(name) ?? given.positional[index];
    const said = annotation && annotatedAs(inside.orm, inside.scope, annotation);
    if (known?.rows || known?.instance || known?.model || !said)
      inside.names.set(name, known ?? nothingKnown);
    else inside.names.set(name, { ...said, varies: known?.varies === true });
  }
}
