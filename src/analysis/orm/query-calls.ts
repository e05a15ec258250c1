// Calls that build a query or run one: `Order.objects.filter(...)`, `session.scalars(select(Order))`.

import type { CallExpression, Expression } from "../../python/syntax.ts";
import { columnMeant, modelMeant } from "../schema/mapped.ts";
import { apiPath, classMeant, lastPart } from "../schema/names.ts";
import { withOptions, withRelated } from "./loads.ts";
import { isLiteralSlice } from "./loops.ts";
import {
  allRows,
  everythingLoaded,
  type Known,
  type Model,
  nothingKnown,
  oneOf,
  type Rows,
} from "./orm-value.ts";
import { attributeOf, methodOf } from "./project-calls.ts";
import { queryMethod } from "./query-methods.ts";
import {
  type GivenArguments,
  noteQuery,
  noteRead,
  noteWrite,
  type Stretch,
  type Walk,
} from "./walk.ts";

/** The model that an expression names. */
export function modelNamed(walk: Walk, expression: Expression): Model | undefined {
  if (expression.kind === "name") {
    const held = walk.names.get(expression.id);
    if (held) return held.model;
  }
  if (expression.kind === "attribute" && expression.object.kind === "name") {
    const owner = walk.names.get(expression.object.id)?.instance;
    if (owner) return attributeOf(walk, owner, expression.name)?.model;
  }
  const definition = classMeant(walk.scope, expression);
  if (definition && modelMeant(walk.orm.tables, walk.scope, expression))
    return walk.orm.models.get(definition);
  return undefined;
}

/** A method called on rows. */
export function callOnRows(
  walk: Walk,
  receiver: Known,
  rows: Rows,
  call: CallExpression,
  given: GivenArguments,
): Known | undefined {
  if (call.callee.kind !== "attribute") return undefined;
  const { name } = call.callee;
  const { model } = rows;
  const method = queryMethod(model.library, name);
  const varies = receiver.varies || choiceVaries(walk, call);
  switch (method) {
    case "keep":
      if (name === "none")
        return { varies: false, rows: { ...rows, isFew: true, isPrefetched: true } };
      return {
        ...receiver,
        rows: {
          ...rows,
          isPrefetched: rows.isPrefetched && name === "all",
          isRefined: rows.isRefined || (rows.isPrefetched && name !== "all"),
          form: formAfter(rows, name),
          isBounded: rows.isBounded || streamed.test(name),
          isLocked: rows.isLocked || name.endsWith("for_update"),
        },
      };
    case "choose":
      return {
        ...receiver,
        varies,
        rows: {
          ...rows,
          isPrefetched: false,
          isRefined: rows.isRefined || rows.isPrefetched,
          isChosen: rows.isChosen || call.arguments.length > 0,
        },
      };
    case "load-related":
      return { ...receiver, rows: { ...rows, loads: withRelated(walk.scope, rows.loads, call) } };
    case "load-options":
      return { ...receiver, rows: { ...rows, loads: withOptions(walk.scope, rows.loads, call) } };
    case "load-all":
      return { ...receiver, rows: { ...rows, loads: everythingLoaded } };
    case "limit":
      return {
        ...receiver,
        rows: {
          ...rows,
          isBounded: true,
          isFew: rows.isFew || (name === "limit" && isFewLimit(call)),
        },
      };
    case "values":
      return {
        ...receiver,
        rows: {
          ...rows,
          isPrefetched: false,
          form: model.library === "sqlalchemy" ? "tuple" : "value",
        },
      };
    case "read":
      if (rows.state === "lazy") noteQuery(walk, model, call, varies, rows);
      if (rows.state !== "read") noteRead(walk, rows, call);
      return { ...receiver, rows: { ...rows, state: "read" } };
    case "read-one":
      if (rows.state === "lazy" && !(rows.isPrefetched && /^a?(?:first|last)$/u.test(name)))
        noteQuery(walk, model, call, varies, rows);
      return { varies, rows: rows.form === "entity" ? oneOf(rows) : undefined };
    case "ask":
      if (rows.state === "lazy" && !rows.isPrefetched) noteQuery(walk, model, call, varies, rows);
      return { varies };
    case "write":
      noteWrite(walk);
      return { varies };
    case "other":
      return { varies };
    default:
      return callOwnMethod(walk, receiver, rows, call, given);
  }
}

/** A manager's or queryset's method of the project's own: what it returns is read, or nothing is said of it. */
function callOwnMethod(
  walk: Walk,
  receiver: Known,
  rows: Rows,
  call: CallExpression,
  given: GivenArguments,
): Known {
  const { callee } = call;
  const name = callee.kind === "attribute" ? callee.name : "";
  if (rows.model.library !== "django") return nothingKnown;
  for (const definition of walk.orm.managers) {
    if (!definition.attributes.has(name)) continue;
    const method = methodOf(definition, name, { ...receiver, instance: undefined });
    if (!method) continue;
    const result = walk.enter(walk, method, given, call);
    if (result.rows) return result;
  }
  return {
    varies: receiver.varies,
    rows: { ...rows, loads: everythingLoaded, isBounded: true, isChosen: true },
  };
}

/** A few rows at a time, or one for each group. */
const streamed = /^(?:a?iterator|yield_per|partitions|distinct|group_by|none)$/u;

/** `execute` gives tuples, whose first part is the row; `scalars` gives rows. */
function formAfter(rows: Rows, name: string): Rows["form"] {
  if (name === "scalars" && rows.form === "tuple") return "entity";
  return name === "mappings" ? "value" : rows.form;
}

function isFewLimit(call: CallExpression): boolean {
  const value = call.arguments[0]?.value;
  return value?.kind === "number" && value.value <= 20;
}

/** Calls that stand for themselves: `select(Order)`, `session.query(Order)`, `get_object_or_404(Order, pk=1)`. */
export function callOfQuery(
  walk: Walk,
  call: CallExpression,
  given: GivenArguments,
): Known | undefined {
  const { callee } = call;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  const [first] = call.arguments.filter((each) => each.name === undefined && each.spread === "");
  const varies = choiceVaries(walk, call);
  switch (name) {
    case "select":
    case "query": {
      if (name === "select" && !isSelect(walk, callee)) return undefined;
      if (name === "query" && callee.kind !== "attribute") return undefined;
      const model = first && modelNamed(walk, first.value);
      const column = first && !model ? columnOwner(walk, first.value) : undefined;
      const owner = model ?? column;
      if (owner?.library !== "sqlalchemy") return undefined;
      const state = name === "select" ? "statement" : "lazy";
      // `func.count(Order.id)` gives one row.
      const isBounded = first?.value.kind === "call";
      const form = !model ? "value" : call.arguments.length > 1 ? "tuple" : "entity";
      return { varies: false, rows: { ...allRows(owner, state), form, isBounded } };
    }
    case "execute":
    case "exec":
    case "scalars":
    case "scalar":
    case "stream":
    case "stream_scalars": {
      const known = given.positional[0];
      if (callee.kind !== "attribute" || known?.rows?.kind !== "rows") return undefined;
      const { rows } = known;
      if (rows.state !== "statement") return undefined;
      noteQuery(walk, rows.model, call, known.varies);
      if (name === "scalar")
        return { varies: known.varies, rows: rows.form === "entity" ? oneOf(rows) : undefined };
      // SQLModel's `exec` unpacks what `execute` leaves in tuples.
      const form =
        (name === "execute" || name === "stream") && rows.form === "entity" ? "tuple" : rows.form;
      return { varies: known.varies, rows: { ...rows, state: "result", form } };
    }
    case "get":
    case "get_one": {
      const model =
        callee.kind === "attribute" && first ? modelNamed(walk, first.value) : undefined;
      if (model?.library !== "sqlalchemy") return undefined;
      noteQuery(walk, model, call, varies);
      return { varies, rows: oneOf(allRows(model, "read")) };
    }
    case "get_object_or_404":
    case "aget_object_or_404":
    case "get_list_or_404": {
      const known = given.positional[0];
      const held = known?.rows?.kind === "rows" ? known.rows : undefined;
      const model = held?.model ?? (first && modelNamed(walk, first.value));
      if (model?.library !== "django") return undefined;
      noteQuery(walk, model, call, varies || known?.varies === true);
      const rows = held ?? allRows(model, "read");
      return {
        varies,
        rows: name === "get_list_or_404" ? { ...rows, state: "read", isChosen: true } : oneOf(rows),
      };
    }
    default:
      return undefined;
  }
}

function isSelect(walk: Walk, callee: Expression): boolean {
  const path = apiPath(walk.scope, callee);
  return (
    path !== undefined && /^(?:sqlalchemy|sqlmodel)\b/u.test(path) && lastPart(path) === "select"
  );
}

/** The model of `Order.id`, and of `func.count(Order.id)`. */
function columnOwner(walk: Walk, expression: Expression): Model | undefined {
  if (expression.kind === "call") {
    for (const { value } of expression.arguments) {
      const owner = columnOwner(walk, value);
      if (owner) return owner;
    }
    return undefined;
  }
  if (expression.kind !== "attribute" || !columnMeant(walk.orm.tables, walk.scope, expression))
    return undefined;
  const definition = classMeant(walk.scope, expression.object);
  return definition && walk.orm.models.get(definition);
}

/**
 * Whether what a call chooses by is another thing at each turn of the loop. Many at once are a batch:
 * `filter(id__in=chunk)`, `Order.id.in_(chunk)`.
 */
export function choiceVaries(walk: Walk, call: CallExpression): boolean {
  return call.arguments.some(({ name, value }) => {
    if (name !== undefined && unbatched.test(name)) return false;
    return conditionVaries(walk, value);
  });
}

/** Lookups that ask for many at once already, or that no list of values can answer. */
const unbatched =
  /__(?:in|range|overlap|gte?|lte?|i?contains|i?startswith|i?endswith|i?regex|iexact|date|year|month|day|search)$/u;

function conditionVaries(walk: Walk, value: Expression): boolean {
  if (value.kind === "call") {
    const { callee } = value;
    const name =
      callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
    if (/^(?:in_|between|any_|tuple_)$/u.test(name)) return false;
    if (/^(?:and_|or_|not_|Q)$/u.test(name)) return choiceVaries(walk, value);
  }
  if (value.kind === "binary")
    return conditionVaries(walk, value.left) || conditionVaries(walk, value.right);
  if (value.kind === "unary") return conditionVaries(walk, value.operand);
  // Only what is compared by equality can be asked for many at once.
  if (value.kind === "compare" && value.operators[0] !== "==") return false;
  return walk.evaluate({ ...walk, isQuiet: true, loop: undefined }, value).varies;
}

/** What is left of rows after `[...]`. */
export function subscriptRows(
  walk: Walk,
  known: Known,
  rows: Rows,
  index: Expression,
  node: Stretch,
): Known {
  if (index.kind === "slice")
    return {
      ...known,
      rows: {
        ...rows,
        isPrefetched: rows.isPrefetched,
        isBounded: true,
        isFew: rows.isFew || isLiteralSlice(index),
      },
    };
  if (rows.state === "lazy" && !rows.isPrefetched)
    noteQuery(walk, rows.model, node, known.varies, rows);
  return { varies: known.varies, rows: rows.form === "entity" ? oneOf(rows) : undefined };
}
