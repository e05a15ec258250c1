// The conditions of a query: which columns it compares by equality. SQLAlchemy and Django.
// https://docs.sqlalchemy.org/en/20/core/operators.html
// https://docs.djangoproject.com/en/stable/topics/db/queries/

import { makeValue } from "../../flow/values/value.ts";
import type { Argument, CallExpression, Expression } from "../../python/syntax.ts";
import type { Column, Declaration, Predicate } from "./facts.ts";
import { columnMeant, modelMeant, type Tables } from "./mapped.ts";
import {
  apiPath,
  argumentOf,
  lastPart,
  linesOf,
  meaningOf,
  positionalOf,
  type Scope,
  scopeOf,
} from "./names.ts";
import { type Chain, unroll } from "./query-chain.ts";

export interface Reading {
  /** The table whose rows are asked for. */
  readonly entity?: Declaration | undefined;
  readonly predicates: readonly Predicate[];
  /** There are conditions that cannot be read. */
  readonly isOpen: boolean;
}

const nothing: Reading = { predicates: [], isOpen: false };
/** Calls of functions that return a query are followed this far. */
const maxDepth = 3;
const unread: Reading = { predicates: [], isOpen: true };

/** What a chain asks for; `held` is the table of the query that its root variable holds. */
export function readChain(
  tables: Tables,
  scope: Scope,
  chain: Chain,
  held: Declaration | undefined,
  depth = 0,
): Reading {
  let entity = held;
  const readings: Reading[] = [];
  const { root } = chain;
  if (root.kind === "call") {
    const isRefined = chain.links.some(({ isCondition }) => isCondition);
    const began = readRoot(tables, scope, root, isRefined ? depth : maxDepth);
    entity = began.entity ?? entity;
    readings.push(began);
    if (chain.isRootCondition && entity) readings.push(readLookups(scope, entity, root.arguments));
  }
  for (const { name, call, before } of chain.links) {
    if (!call) {
      // `Order.objects`, `Order.query`
      entity = modelMeant(tables, scope, before) ?? entity;
      continue;
    }
    entity ??= modelMeant(tables, scope, before);
    const positional = positionalOf(call);
    const [first] = positional;
    // Pony: `Order.select(lambda order: order.state == state)`
    if (first?.kind === "lambda" && entity) readings.push(readRows(tables, scope, entity, first));
    switch (name) {
      case "query":
      case "select":
      case "select_from":
      case "update":
      case "delete":
        entity = (first && entityIn(tables, scope, first)) ?? entity;
        break;
      case "join":
      case "outerjoin":
      case "join_from": {
        const condition = argumentOf(call, "onclause", name === "join_from" ? 2 : 1);
        if (condition) readings.push(readCondition(tables, scope, condition));
        // From here on `filter_by` speaks of what was joined.
        entity = first && entityIn(tables, scope, first);
        break;
      }
      case "where":
      case "filter":
        readings.push(
          ...call.arguments.map((argument) => readArgument(tables, scope, argument, entity)),
        );
        break;
      case "filter_by":
      case "get":
      case "aget":
      case "get_or_none":
      case "get_or_404":
      case "get_or_create":
      case "aget_or_create":
      case "update_or_create":
      case "aupdate_or_create":
        if (entity) {
          readings.push(readLookups(scope, entity, call.arguments));
          // Peewee: `Account.get(Account.number == number)`
          if (entity.columns[0]?.style === "peewee")
            readings.push(...positional.map((part) => readCondition(tables, scope, part)));
        } else if (name === "filter_by") readings.push(unread);
        break;
      default:
    }
  }
  return { entity, ...together(readings) };
}

/** `select(Order)`, `model_query(context, Order)`, `open_orders(session)`. */
function readRoot(tables: Tables, scope: Scope, root: CallExpression, depth: number): Reading {
  const name = root.callee.kind === "name" ? root.callee.id : "";
  if (name === "and_")
    return together(positionalOf(root).map((part) => readCondition(tables, scope, part)));
  for (const argument of positionalOf(root)) {
    // Pony: `select(order for order in Order if order.state == state)`
    const [clause] = argument.kind === "comprehension" ? argument.clauses : [];
    const of = clause && modelMeant(tables, scope, clause.iterable);
    if (of && argument.kind === "comprehension")
      return { ...readRows(tables, scope, of, argument), entity: of };
    const entity = entityIn(tables, scope, argument);
    if (entity) return { entity, ...nothing };
  }
  return readHelper(tables, scope, root.callee, depth);
}

/** Conditions in Python's own words, of rows that have a name there. */
function readRows(
  tables: Tables,
  scope: Scope,
  entity: Declaration,
  rows: Extract<Expression, { kind: "lambda" | "comprehension" }>,
): Reading {
  const definition = tables.byClass.entries().find(([, each]) => each === entity)?.[0];
  const [clause] = rows.kind === "comprehension" ? rows.clauses : [];
  const name =
    rows.kind === "lambda"
      ? rows.parameters[0]?.name
      : clause?.target.kind === "name"
        ? clause.target.id
        : undefined;
  if (!definition || name === undefined || entity.columns[0]?.style !== "pony") return nothing;
  const row = makeValue({ references: [{ kind: "class", definition }] });
  const inside = { ...scope, locals: new Map([...scope.locals, [name, row]]) };
  const conditions = rows.kind === "lambda" ? [rows.body] : (clause?.conditions ?? []);
  return together(conditions.map((condition) => readCondition(tables, inside, condition)));
}

/** A function of the project that returns a query; its conditions hold as well. */
function readHelper(tables: Tables, scope: Scope, callee: Expression, depth: number): Reading {
  if (depth >= maxDepth) return nothing;
  for (const reference of meaningOf(scope, callee)?.references ?? []) {
    if (reference.kind !== "function" || !reference.definition.statement) continue;
    const { module, statement } = reference.definition;
    const returned = linesOf(statement.body).flatMap((line) =>
      line.kind === "return" && line.value ? [line.value] : [],
    );
    const [only] = returned;
    const chain = returned.length === 1 && only ? unroll(only) : undefined;
    if (!chain) return nothing;
    const inside = scopeOf(scope.program, module);
    const { entity, predicates } = readChain(tables, inside, chain, undefined, depth + 1);
    return { entity, predicates, isOpen: statement.body.length > 2 };
  }
  return nothing;
}

/** The columns that a condition compares by equality, all of which must hold. */
export function readCondition(tables: Tables, scope: Scope, condition: Expression): Reading {
  switch (condition.kind) {
    case "compare": {
      const [operator] = condition.operators;
      const [right] = condition.comparators;
      if (condition.operators.length !== 1 || !operator || !right) return nothing;
      if (/^[<>]=?$/u.test(operator))
        return readRange(tables, scope, condition, condition.left, right);
      if (operator !== "==") return nothing;
      return readEquality(tables, scope, condition.left, right);
    }
    case "logical":
      if (condition.operator !== "and") return nothing;
      return together([
        readCondition(tables, scope, condition.left),
        readCondition(tables, scope, condition.right),
      ]);
    case "binary":
      if (condition.operator !== "&") return nothing;
      return together([
        readCondition(tables, scope, condition.left),
        readCondition(tables, scope, condition.right),
      ]);
    case "call":
      return readConditionCall(tables, scope, condition);
    case "starred":
      return condition.value.kind === "list" || condition.value.kind === "tuple"
        ? together(condition.value.elements.map((each) => readCondition(tables, scope, each)))
        : unread;
    case "name":
    case "attribute":
    case "conditional":
      return unread;
    default:
      return nothing;
  }
}

function readConditionCall(tables: Tables, scope: Scope, call: CallExpression): Reading {
  const { callee } = call;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  if (name === "and_")
    return together(call.arguments.map(({ value }) => readCondition(tables, scope, value)));
  if (name === "or_" || name === "not_") return nothing;
  if (callee.kind === "attribute" && name === "in_") {
    const found = columnMeant(tables, scope, callee.object);
    return found ? filter(scope, found, call) : nothing;
  }
  if (callee.kind === "attribute" && name === "contains") {
    const found = columnMeant(tables, scope, callee.object);
    return found && isManyValued(found.column)
      ? filter(scope, found, call, undefined, "contains")
      : nothing;
  }
  if (callee.kind === "attribute" && name === "between") {
    const found = columnMeant(tables, scope, callee.object);
    return found ? filter(scope, found, call, undefined, "range") : nothing;
  }
  return callee.kind === "attribute" ? nothing : unread;
}

/** `Visit.created_at >= since`; which side the column stands on is the same. */
function readRange(
  tables: Tables,
  scope: Scope,
  at: Expression,
  left: Expression,
  right: Expression,
): Reading {
  const one = columnMeant(tables, scope, left);
  const other = columnMeant(tables, scope, right);
  const column = one ?? other;
  return column && !(one && other) ? filter(scope, column, at, undefined, "range") : nothing;
}

function readEquality(tables: Tables, scope: Scope, left: Expression, right: Expression): Reading {
  const one = columnMeant(tables, scope, left);
  const other = columnMeant(tables, scope, right);
  const at = { start: left.start, end: right.end };
  if (one && other) {
    return together([filter(scope, one, at, other.table), filter(scope, other, at, one.table)]);
  }
  const column = one ?? other;
  if (!column || isSpecial(one ? right : left)) return nothing;
  return filter(scope, column, at);
}

function filter(
  scope: Scope,
  { table, column }: { readonly table: string; readonly column: Column },
  { start, end }: { readonly start: number; readonly end: number },
  joined?: string,
  kind: Predicate["kind"] = joined === undefined ? "filter" : "join",
): Reading {
  const span = { module: scope.module, start, end };
  return { predicates: [{ table, column: column.name, kind, joined, span }], isOpen: false };
}

/** An argument of `where` and `filter`: a condition, a Django `Q`, or a Django lookup. */
function readArgument(
  tables: Tables,
  scope: Scope,
  argument: Argument,
  entity: Declaration | undefined,
): Reading {
  if (argument.name !== undefined || argument.spread === "**")
    return entity ? readLookups(scope, entity, [argument]) : unread;
  if (argument.spread === "*")
    return argument.value.kind === "list" || argument.value.kind === "tuple"
      ? together(argument.value.elements.map((each) => readCondition(tables, scope, each)))
      : unread;
  const { value } = argument;
  if (value.kind === "call" && lastPart(apiPath(scope, value.callee) ?? "") === "Q")
    return entity ? readLookups(scope, entity, value.arguments) : unread;
  return readCondition(tables, scope, value);
}

/** `token=token`, `customer__in=[...]`, `order_id__exact=1`; what follows a relation is not read. */
function readLookups(scope: Scope, entity: Declaration, given: readonly Argument[]): Reading {
  return together(
    given.map(({ name, spread, value }) => {
      if (spread === "**") return unread;
      if (name === undefined || name === "defaults" || isSpecial(value)) return nothing;
      const [, field = "", lookup] =
        /^(\w+?)(?:__(exact|in|gte?|lte?|range|date(?:__\w+)?|contains|contained_by|overlap|has_key|has_keys|has_any_keys))?$/u.exec(
          name,
        ) ?? [];
      const column = entity.columns.find(
        (each) =>
          each.attribute === field || each.name === field || (field === "pk" && each.isPrimaryKey),
      );
      // A key that is not declared is Django's own `id`.
      if (!column && (field === "pk" || field === "id") && lookup !== "in")
        return { predicates: [keyPredicate(scope, entity, value)], isOpen: false };
      const isHolding = lookup !== undefined && /^(?:contain|overlap|has_)/u.test(lookup);
      // On a plain text this looks for a part of it, which no index of a column finds.
      if (isHolding && !(column && isManyValued(column))) return nothing;
      const kind = isHolding
        ? "contains"
        : lookup === undefined || /^(?:exact|in)$/u.test(lookup)
          ? "filter"
          : "range";
      return column
        ? filter(scope, { table: entity.table, column }, value, undefined, kind)
        : nothing;
    }),
  );
}

/** A document or a list: `JSONField`, `ArrayField`, `JSONB`, `ARRAY`. */
export function isManyValued({ type }: Column): boolean {
  return /^(?:JSONField|ArrayField|HStoreField|JSONB|ARRAY)$/u.test(type ?? "");
}

function keyPredicate(scope: Scope, entity: Declaration, value: Expression): Predicate {
  const span = { module: scope.module, start: value.start, end: value.end };
  return { table: entity.table, column: "id", kind: "filter", joined: undefined, span };
}

/** Nothing is looked up by `None`, `True` or `False`. */
function isSpecial(value: Expression): boolean {
  return value.kind === "singleton";
}

/** The table of `Order` or of `Order.id` in `query(...)`. */
function entityIn(tables: Tables, scope: Scope, expression: Expression): Declaration | undefined {
  const own = modelMeant(tables, scope, expression);
  if (own) return own;
  // `Order.objects.filter(...)` handed to `get_object_or_404`.
  if (expression.kind === "attribute") return entityIn(tables, scope, expression.object);
  return undefined;
}

function together(readings: readonly Reading[]): Reading {
  return {
    predicates: readings.flatMap(({ predicates }) => predicates),
    isOpen: readings.some(({ isOpen }) => isOpen),
  };
}
