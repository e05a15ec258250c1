// What a serializer of Django REST framework reads of each row it is given: nested serializers, related
// fields, `SerializerMethodField` and properties. https://www.django-rest-framework.org/api-guide/relations/

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Span } from "../../python/module.ts";
import type { CallExpression, Expression } from "../../python/syntax.ts";
import {
  ancestryOf,
  apiPath,
  argumentOf,
  bindingOf,
  classMeant,
  isSet,
  lastPart,
  libraryBases,
  linesOf,
  type Scope,
  scopeOf,
  textOf,
  textsOf,
} from "../schema/names.ts";
import { allRows, type Known, oneOf, type Rows } from "./orm-value.ts";
import { hasDecorator, methodOf } from "./project-calls.ts";
import { noteQuery, type Walk } from "./walk.ts";
import { attributeOfRow, noArguments } from "./walk-expression.ts";

const maxDepth = 3;

/** Whether a class is a serializer of Django REST framework. */
function isSerializer(walk: Walk, definition: ClassDefinition): boolean {
  return ancestryOf(definition).some((each) =>
    libraryBases(walk.orm.program, each).some(
      (path) => path.startsWith("rest_framework.") && path.endsWith("Serializer"),
    ),
  );
}

/** Reads what a serializer asks of each of many rows; `at` is where the rows were chosen. */
export function readSerializer(
  walk: Walk,
  serializer: ClassDefinition,
  rows: Rows,
  at: Span,
  depth = 0,
): void {
  if (depth > maxDepth || rows.form !== "entity" || !isSerializer(walk, serializer)) return;
  const known = { rows, varies: false };
  const loop = walk.loop ?? { span: at, over: known, exits: new Set<string>(), isWriting: false };
  const inside: Walk = { ...walk, scope: scopeOf(walk.orm.program, at.module), loop, calledAt: at };
  const row: Known = { rows: oneOf(rows), varies: true };
  const seen = new Set<string>();
  for (const each of ancestryOf(serializer)) {
    const scope = scopeOf(walk.orm.program, each.module);
    for (const line of linesOf(each.statement.body)) {
      const binding = bindingOf(line);
      if (!binding || seen.has(binding.name) || binding.value?.kind !== "call") continue;
      seen.add(binding.name);
      readField(inside, serializer, scope, binding.name, binding.value, row, at, depth);
    }
  }
  for (const name of listedFields(walk, serializer))
    if (!seen.has(name)) readListed(inside, name, row, at);
}

function readField(
  walk: Walk,
  serializer: ClassDefinition,
  scope: Scope,
  name: string,
  call: CallExpression,
  row: Known,
  at: Span,
  depth: number,
): void {
  if (isSet(argumentOf(call, "write_only"))) return;
  const field = lastPart(apiPath(scope, call.callee) ?? "");
  const isMany = isSet(argumentOf(call, "many"));
  const source = textOf(scope, argumentOf(call, "source")) ?? name;
  if (field === "SerializerMethodField") {
    readMethod(
      walk,
      serializer,
      textOf(scope, argumentOf(call, "method_name", 0)) ?? `get_${name}`,
      row,
    );
    return;
  }
  const nested = classMeant(scope, call.callee);
  const path = source === "*" ? [] : source.split(".");
  const isKeyOnly = /^(?:PrimaryKey|Hyperlinked)RelatedField$/u.test(field) && !isMany;
  const reads = nested || /RelatedField$/u.test(field) ? path : path.slice(0, -1);
  if (isKeyOnly) return;
  const target = follow(walk, row, reads, at);
  if (nested && target?.rows) {
    const { model, loads, at: place } = target.rows;
    readSerializer(walk, nested, { ...allRows(model, "read", loads), at: place }, at, depth + 1);
  }
}

/** Reads one relation after the other: `customer.account`. */
function follow(walk: Walk, row: Known, path: readonly string[], at: Span): Known | undefined {
  let known: Known = row;
  for (const name of path) {
    const { rows } = known;
    if (rows?.kind !== "row" || !rows.model.relations.has(name)) return undefined;
    known = attributeOfRow(walk, known, rows, attributeNamed(name, at));
    // A manager is read when the field lists it.
    if (known.rows?.kind === "rows" && known.rows.state === "lazy" && !known.rows.isPrefetched)
      noteQuery(walk, known.rows.model, at, true, known.rows);
  }
  return known;
}

/** `get_total(self, order)`: what it asks stands there, once for each row. */
function readMethod(walk: Walk, serializer: ClassDefinition, name: string, row: Known): void {
  const method = methodOf(serializer, name, { varies: false, instance: serializer });
  if (!method) return;
  const given = { positional: [row], keywords: new Map<string, Known>() };
  walk.enter(
    { ...walk, calledAt: undefined, isAnchoredBelow: true },
    method,
    given,
    method.definition.statement,
  );
}

/** A field that is listed by its name alone: a relation to many, or a property of the model. */
function readListed(walk: Walk, name: string, row: Known, at: Span): void {
  const { rows } = row;
  if (rows?.kind !== "row") return;
  const relation = rows.model.relations.get(name);
  if (relation) {
    if (relation.kind === "many") follow(walk, row, [name], at);
    return;
  }
  const method = methodOf(rows.model.definition, name, row);
  if (method && hasDecorator(method.definition.statement, /^property$/u))
    walk.enter(walk, method, noArguments, at);
}

/** `fields = ["id", "items"]` of `class Meta`. */
function listedFields(walk: Walk, serializer: ClassDefinition): readonly string[] {
  for (const each of ancestryOf(serializer)) {
    const meta = each.statement.body.find((line) => line.kind === "class" && line.name === "Meta");
    for (const line of meta?.kind === "class" ? meta.body : []) {
      const binding = bindingOf(line);
      if (binding?.name !== "fields") continue;
      const scope = scopeOf(walk.orm.program, each.module);
      return (textsOf(scope, binding.value) ?? []).filter((name) => name !== undefined);
    }
  }
  return [];
}

/** An attribute that no code spells out: the serializer reads it. */
function attributeNamed(
  name: string,
  { start, end }: Span,
): Extract<Expression, { kind: "attribute" }> {
  return { kind: "attribute", name, start, end, object: { kind: "unknown", start, end } };
}
