// What expressions are worth to somebody who watches queries, and which queries they run.

import { childrenOf } from "../../flow/language/definitions.ts";
import type { CallExpression, ComprehensionExpression, Expression } from "../../python/syntax.ts";
import {
  ancestryOf,
  apiPath,
  argumentOf,
  classMeant,
  lastPart,
  meaningOf,
} from "../schema/names.ts";
import { isLoaded } from "./loads.ts";
import { isConstantIterable } from "./loops.ts";
import {
  allRows,
  below,
  everythingLoaded,
  joinKnown,
  type Known,
  type Model,
  nothingKnown,
  type Row,
} from "./orm-value.ts";
import {
  annotatedAs,
  attributeOf,
  calleeOf,
  hasDecorator,
  isSuper,
  methodOf,
} from "./project-calls.ts";
import { callOfQuery, callOnRows, modelNamed, subscriptRows } from "./query-calls.ts";
import {
  type GivenArguments,
  type Loop,
  noteQuery,
  noteRead,
  noteWrite,
  type Stretch,
  type Walk,
} from "./walk.ts";
import { bindTarget } from "./walk-loop.ts";

/** Reads one expression and everything in it. */
export function evaluate(walk: Walk, expression: Expression): Known {
  walk.bounds.steps -= 1;
  if (walk.bounds.steps < 0) return nothingKnown;
  switch (expression.kind) {
    case "name":
      return walk.names.get(expression.id) ?? classNamed(walk, expression);
    case "attribute":
      return evaluateAttribute(walk, expression);
    case "call":
      return evaluateCall(walk, expression);
    case "await": {
      const known = evaluate(walk, expression.value);
      readAwaited(walk, known, expression);
      if (expression.value.kind === "attribute") readAwaitedKey(walk, expression.value);
      return known.rows ? { ...known, rows: { ...known.rows, isAsync: true } } : known;
    }
    case "subscript": {
      const object = evaluate(walk, expression.object);
      const index = evaluate(walk, expression.index);
      if (object.rows?.kind === "rows")
        return subscriptRows(walk, object, object.rows, expression.index, expression);
      return { varies: object.varies || index.varies };
    }
    case "comprehension":
      return evaluateComprehension(walk, expression);
    case "conditional": {
      evaluate(walk, expression.test);
      return joinKnown(evaluate(walk, expression.whenTrue), evaluate(walk, expression.whenFalse));
    }
    case "logical":
      return joinKnown(evaluate(walk, expression.left), evaluate(walk, expression.right));
    case "walrus": {
      const known = evaluate(walk, expression.value);
      walk.names.set(expression.target.id, known);
      return known;
    }
    case "compare": {
      // `order.customer is None` asks for the key, in the eyes of who wrote it.
      if (/^is/u.test(expression.operators[0] ?? "") && expression.left.kind === "attribute")
        return { varies: evaluate(walk, expression.left.object).varies };
      return { varies: anyVaries(walk, expression) };
    }
    case "dict": {
      // What a template is given is read there.
      for (const { value } of expression.entries) readGiven(walk, value);
      return { varies: anyVaries(walk, expression) };
    }
    case "lambda":
      return nothingKnown;
    case "tuple": {
      const parts = expression.elements.map((element) => evaluate(walk, element));
      return { varies: parts.some(({ varies }) => varies), parts };
    }
    default:
      return { varies: anyVaries(walk, expression) };
  }
}

/** `{"orders": Order.objects.all()}`: whoever is given the rows reads them all. */
function readGiven(walk: Walk, value: Expression): void {
  const quiet = { ...walk, isQuiet: true, read: undefined };
  const { rows } = evaluate(quiet, value);
  if (rows?.kind === "rows" && rows.state === "lazy" && rows.form !== "tuple")
    noteRead(walk, rows, value);
}

function classNamed(walk: Walk, expression: Expression): Known {
  const model = modelNamed(walk, expression);
  return model ? { varies: false, model } : objectNamed(walk, expression);
}

/** `orders = OrderTable()` of a module: an object that every function asks. */
function objectNamed({ orm, scope }: Walk, expression: Expression): Known {
  for (const type of meaningOf(scope, expression)?.types ?? []) {
    const instance = orm.program.classes.get(type);
    if (instance && !orm.models.has(instance)) return { varies: false, instance };
  }
  return nothingKnown;
}

/** Tortoise asks when its query is awaited. */
function readAwaited(walk: Walk, known: Known, node: Stretch): void {
  if (known.rows?.kind === "rows" && known.rows.model.library === "tortoise")
    readRows(walk, known, node);
}

/** `await product.vendor`: https://tortoise.github.io/models.html#foreign-key */
function readAwaitedKey(walk: Walk, { object, name, start, end }: Attribute): void {
  const { rows, varies } = evaluate({ ...walk, isQuiet: true }, object);
  if (rows?.kind !== "row" || rows.model.library !== "tortoise") return;
  const relation = rows.model.relations.get(name);
  if (relation?.kind !== "one" || isLoaded(rows, relation, walk.orm.loadedSomewhere)) return;
  const target = relation.target && walk.orm.models.get(relation.target);
  noteQuery(walk, target ?? rows.model, { start, end }, varies, { relation });
}

function anyVaries(walk: Walk, expression: Expression): boolean {
  let varies = false;
  for (const child of childrenOf(expression)) varies = evaluate(walk, child).varies || varies;
  return varies;
}

type Attribute = Extract<Expression, { kind: "attribute" }>;

function evaluateAttribute(walk: Walk, expression: Attribute): Known {
  const { object, name } = expression;
  const model = modelNamed(walk, object);
  if (model) return managerOf(walk, model, name) ?? nothingKnown;
  // `models.Order`
  const named = object.kind === "name" ? classNamed(walk, expression) : nothingKnown;
  if (named.model || named.instance) return named;
  // `order.customer.id` asks for the key that the row has.
  if (object.kind === "attribute" && /^(?:id|pk)$/u.test(name)) {
    const owner = evaluate(walk, object.object);
    if (owner.rows?.kind === "row" && owner.rows.model.relations.get(object.name)?.kind === "one")
      return { varies: owner.varies };
  }
  const key = object.kind === "name" ? `${object.id}.${name}` : "";
  const kept = walk.names.get(key);
  if (kept) return kept;
  const known = evaluate(walk, object);
  // A page of rows.
  if (known.rows?.kind === "rows" && /^(?:items|object_list)$/u.test(name)) return known;
  if (known.rows?.kind === "row") return attributeOfRow(walk, known, known.rows, expression);
  if (known.instance) {
    const method = methodOf(known.instance, name, known);
    if (method && hasDecorator(method.definition.statement, /^(?:cached_)?property$/u)) {
      if (hasDecorator(method.definition.statement, /cache/u)) return nothingKnown;
      return walk.enter(walk, method, noArguments, expression);
    }
    const held = attributeOf(walk, known.instance, name);
    if (held) return held;
  }
  return { varies: known.varies };
}

export const noArguments: GivenArguments = { positional: [], keywords: new Map() };

/** `Order.get(...)`: the model is asked itself. */
function isOwnManager({ library }: Model): boolean {
  return library === "tortoise" || library === "peewee" || library === "pony";
}

/** `Order.objects`, `Order.query`, and managers of the project's own. */
function managerOf(walk: Walk, model: Model, name: string): Known | undefined {
  if (isOwnManager(model)) return undefined;
  if (model.library === "sqlalchemy")
    return name === "query" ? { varies: false, rows: allRows(model, "lazy") } : undefined;
  if (name === "_default_manager" || name === "_base_manager")
    return { varies: false, rows: allRows(model, "lazy") };
  const attribute = ancestryOf(model.definition)
    .map((each) => each.attributes.get(name))
    .find((each) => each !== undefined);
  const manager = attribute?.types
    .map((type) => walk.orm.program.classes.get(type))
    .find((each) => each !== undefined);
  if (name !== "objects" && !manager && attribute?.types.every((type) => !/Manager$/u.test(type)))
    return undefined;
  if (name !== "objects" && !attribute) return undefined;
  const rows = allRows(model, "lazy");
  const method = manager && methodOf(manager, "get_queryset", { varies: false, rows });
  if (!method) return { varies: false, rows };
  const result = walk.enter(
    { ...walk, loop: undefined },
    method,
    noArguments,
    model.definition.statement,
  );
  return result.rows ? result : { varies: false, rows: { ...rows, loads: everythingLoaded } };
}

/** A relation, a property that may ask, or a plain column. */
export function attributeOfRow(walk: Walk, known: Known, row: Row, expression: Attribute): Known {
  const { name } = expression;
  const relation = row.model.relations.get(name);
  const { varies } = known;
  if (row.back?.name === name) return row.back.known;
  if (relation) {
    const back = relation.inverse === undefined ? undefined : { name: relation.inverse, known };
    const target = relation.target && walk.orm.models.get(relation.target);
    const isManager = row.model.library === "django" || row.model.library === "peewee";
    const loaded = isLoaded(row, relation, walk.orm.loadedSomewhere);
    // What was awaited cannot be read later without an error: it was loaded, or it is not reached.
    const isSafe = loaded || (row.model.library === "sqlalchemy" && row.isAsync);
    const isLate = !isSafe && !relation.isQuery && row.isAsync && row.model.library === "django";
    if (isLate && walk.depth === 0)
      walk.late?.(relation, {
        module: walk.scope.module,
        start: expression.start,
        end: expression.end,
      });
    if (!isSafe && !relation.isQuery && !isLate)
      noteQuery(walk, target ?? row.model, expression, varies, { relation });
    if (!target) return { varies };
    const at = below(row.at, name);
    // What comes with the rows of a relation was asked for with their owner.
    const { loads } = row;
    if (relation.kind === "one")
      return {
        varies,
        rows: { kind: "row", model: target, loads, at, isAsync: row.isAsync, back },
      };
    const rows = {
      ...allRows(target, relation.isQuery ? "lazy" : "read", loads),
      at,
      back,
      isAsync: row.isAsync,
      isChosen: true,
    } as const;
    return {
      varies,
      rows: {
        ...rows,
        relation: isManager ? relation : undefined,
        isPrefetched: loaded && relation.isQuery,
      },
    };
  }
  const method = methodOf(row.model.definition, name, known);
  if (method && hasDecorator(method.definition.statement, /^(?:property|hybrid_property)$/u))
    return walk.enter(walk, method, noArguments, expression);
  return { varies };
}

function evaluateCall(walk: Walk, call: CallExpression): Known {
  const { callee } = call;
  // `Order.objects.get(pk=pk).delete()` reads a row to write it.
  const isChanged = callee.kind === "attribute" && /^a?(?:delete|save)$/u.test(callee.name);
  const receiver =
    callee.kind === "attribute" && !isSuper(callee.object)
      ? evaluate(isChanged ? { ...walk, isQuiet: true } : walk, callee.object)
      : undefined;
  const manager = callee.kind === "attribute" ? modelNamed(walk, callee.object) : undefined;
  const given = evaluateArguments(walk, call);
  const varies =
    receiver?.varies === true ||
    [...given.positional, ...given.keywords.values()].some((each) => each.varies);
  if (manager && isOwnManager(manager)) {
    const own = callOnRows(walk, nothingKnown, allRows(manager, "lazy"), call, given);
    if (own && own !== nothingKnown) return own;
  }
  if (receiver?.rows?.kind === "rows") {
    const known = callOnRows(walk, receiver, receiver.rows, call, given);
    if (known) return known;
  }
  const query = manager ? undefined : callOfQuery(walk, call, given);
  if (query) return query;
  const known = callOfFramework(walk, call, receiver, given);
  if (known) return known;
  serializeMany(walk, call, given);
  walk.validate(walk, call, given.positional);
  if (isWrite(callee)) noteWrite(walk);
  const found = calleeOf(walk, call, receiver);
  if (found) {
    const name = found.definition.statement.name;
    // Writing a row at a time may be meant: signals, and what `save` does beside.
    if (
      receiver?.rows?.kind === "row" &&
      /^(?:a?save|a?delete|(?:full_)?clean|create|update)$/u.test(name)
    )
      return { varies };
    return walk.enter(walk, found, given, call);
  }
  // `cls(session)`
  const own = callee.kind === "name" ? walk.names.get(callee.id)?.instance : undefined;
  if (own) return { varies: false, instance: own };
  const made = annotatedAs(walk.orm, walk.scope, callee);
  if (made?.instance) return { varies: false, instance: made.instance };
  if (made?.rows) return { varies, rows: made.rows };
  return { varies };
}

/** `order.save()`, `session.add(order)`: what is read beside a change is part of it. */
function isWrite(callee: Expression): boolean {
  if (callee.kind !== "attribute") return false;
  if (/^a?(?:save|delete)$/u.test(callee.name)) return true;
  const { object, name } = callee;
  const word = object.kind === "name" ? object.id : object.kind === "attribute" ? object.name : "";
  return /session|^db$|store/iu.test(word) && /^(?:add|add_all|merge|flush|commit)$/u.test(name);
}

/** `OrderSerializer(orders, many=True)` */
function serializeMany(walk: Walk, call: CallExpression, given: GivenArguments): void {
  const many = argumentOf(call, "many");
  const [first] = given.positional;
  const from = call.arguments[0]?.value;
  if (many?.kind !== "singleton" || many.value !== true || first?.rows?.kind !== "rows" || !from)
    return;
  const { callee } = call;
  // `self.get_serializer(orders, many=True)` of a view.
  const isOwn =
    callee.kind === "attribute" && callee.name === "get_serializer" && walk.owner !== undefined;
  const serializer =
    isOwn && walk.owner
      ? walk.serializersOf(walk, walk.owner)[0]
      : classMeant(walk.scope, call.callee);
  const at = { module: walk.scope.module, start: from.start, end: from.end };
  noteRead(walk, first.rows, from);
  if (serializer) walk.serialize({ ...walk, isQuiet: false }, serializer, first.rows, at);
}

function evaluateArguments(walk: Walk, call: CallExpression): GivenArguments {
  const positional: Known[] = [];
  const keywords = new Map<string, Known>();
  for (const { name, spread, value } of call.arguments) {
    const known = evaluate(walk, value);
    if (name !== undefined) keywords.set(name, known);
    else if (spread === "") positional.push(known);
    else positional.push({ varies: known.varies });
  }
  return { positional, keywords };
}

const readers = /^(?:list|tuple|set|frozenset|sorted|reversed|iter|filter|enumerate)$/u;
const counters = /^(?:len|bool|any|all|sum|min|max|dict)$/u;

/** Functions of Python and of Django that hand rows on, or read them. */
function callOfFramework(
  walk: Walk,
  call: CallExpression,
  receiver: Known | undefined,
  given: GivenArguments,
): Known | undefined {
  const { callee } = call;
  const [first] = given.positional;
  if (callee.kind === "name") {
    const rows = first?.rows?.kind === "rows" ? first.rows : undefined;
    if (!rows || !first) return undefined;
    if (readers.test(callee.id) || counters.test(callee.id)) {
      readRows(walk, first, call);
      if (counters.test(callee.id)) return { varies: first.varies };
      return { ...first, rows: { ...rows, state: "read", isPrefetched: true } };
    }
    if (/^Paginator$/u.test(lastPart(apiPath(walk.scope, callee) ?? "")))
      return { ...first, rows: { ...rows, isBounded: true } };
    return undefined;
  }
  if (callee.kind !== "attribute") return undefined;
  // Django's and DRF's own steps between a view's rows and its answer.
  if (/^(?:filter_queryset|paginate_queryset)$/u.test(callee.name) && first?.rows?.kind === "rows")
    return { ...first, rows: { ...first.rows, isBounded: true } };
  if (
    /^(?:get_queryset|get_object)$/u.test(callee.name) &&
    (receiver?.instance || isSuper(callee.object))
  ) {
    const owner = receiver?.instance ?? walk.owner;
    const own = owner && receiver?.instance ? methodOf(owner, callee.name, receiver) : undefined;
    if (own || !owner) return undefined;
    const rows = attributeOf(walk, owner, "queryset") ?? rowsOfModel(walk, owner);
    const self = walk.names.get("self");
    const known =
      rows?.rows?.kind === "rows"
        ? rows
        : isSuper(callee.object) && self?.rows?.kind === "rows"
          ? self
          : undefined;
    if (known?.rows?.kind !== "rows") return undefined;
    if (callee.name === "get_queryset") return known;
    const { rows: all } = known;
    return {
      varies: false,
      rows: {
        kind: "row",
        model: all.model,
        loads: all.loads,
        at: "",
        isAsync: false,
        back: undefined,
      },
    };
  }
  return undefined;
}

/** `model = Order` of a class-based view. */
function rowsOfModel(walk: Walk, owner: NonNullable<Walk["owner"]>): Known | undefined {
  const named = owner.attributes.get("model");
  for (const reference of named?.references ?? []) {
    const model =
      reference.kind === "class" ? walk.orm.models.get(reference.definition) : undefined;
    if (model) return { varies: false, rows: allRows(model, "lazy") };
  }
  return undefined;
}

/** Rows are asked for here, if nobody has asked yet. */
export function readRows(walk: Walk, known: Known, node: Stretch): void {
  const { rows } = known;
  if (rows?.kind !== "rows" || rows.isPrefetched) return;
  if (rows.state === "lazy") noteQuery(walk, rows.model, node, known.varies, rows);
  if (rows.state === "lazy" || rows.state === "result") noteRead(walk, rows, node);
}

function evaluateComprehension(walk: Walk, expression: ComprehensionExpression): Known {
  const names = new Map(walk.names);
  let inside: Walk = { ...walk, names };
  for (const clause of expression.clauses) {
    const iterable = evaluate(inside, clause.iterable);
    readRows(inside, iterable, clause.iterable);
    inside = enterLoop(inside, clause.iterable, iterable, expression);
    bindTarget(inside.names, clause.target, clause.iterable, iterable, inside.loop !== undefined);
    for (const condition of clause.conditions) evaluate(inside, condition);
  }
  const element = evaluate(inside, expression.element);
  if (expression.value) evaluate(inside, expression.value);
  const { rows } = element;
  const varies = walk.loop !== undefined && element.varies;
  // `[order for order in orders if ...]` are rows still.
  if (expression.form !== "dict" && rows?.kind === "row")
    return {
      varies,
      rows: {
        ...allRows(rows.model, "read", rows.loads),
        at: rows.at,
        isAsync: rows.isAsync,
        isBounded: true,
      },
    };
  return { varies };
}

const plainLoop = { exits: new Set<string>(), isWriting: false } as const;

/** The walk of what runs at each turn of a loop. */
export function enterLoop(
  walk: Walk,
  iterable: Expression,
  known: Known,
  node: Stretch,
  marks: Pick<Loop, "exits" | "isWriting" | "guards"> = plainLoop,
): Walk {
  const isFew =
    known.rows?.kind === "rows" ? known.rows.isFew : isConstantIterable(walk.scope, iterable);
  if (isFew) return walk;
  const span = { module: walk.scope.module, start: node.start, end: node.end };
  return { ...walk, loop: { span, over: known, ...marks }, calledAt: undefined };
}
