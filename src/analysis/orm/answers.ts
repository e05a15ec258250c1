// What FastAPI and Pydantic read of the rows that an answer is made of: fields of a schema that are relations of
// the row, and fields of theirs. https://fastapi.tiangolo.com/tutorial/response-model/

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Span } from "../../python/module.ts";
import type { CallExpression, Expression, FunctionStatement } from "../../python/syntax.ts";
import { everyNode } from "../enclosing.ts";
import {
  ancestryOf,
  argumentOf,
  bindingOf,
  classMeant,
  libraryBases,
  linesOf,
  type Scope,
  scopeOf,
} from "../schema/names.ts";
import { elementOf, type Known, type Rows } from "./orm-value.ts";
import { hasDecorator, methodOf } from "./project-calls.ts";
import type { Stretch, Walk } from "./walk.ts";
import { attributeOfRow, noArguments } from "./walk-expression.ts";

const maxDepth = 3;

/** Reads what the answer of a route asks of the rows that it returned. */
export function readAnswer(walk: Walk, statement: FunctionStatement): void {
  const schema = answerSchema(walk.scope, statement);
  const last = everyNode({ body: statement.body }).findLast(({ kind }) => kind === "return");
  if (!schema || last?.kind !== "return" || !last.value) return;
  for (const known of walk.returns) readSchema(walk, schema, known, last.value);
}

/** `ItemOut.model_validate(item)`, `ItemOut.from_orm(item)`: a schema reads a row. */
export function readValidated(walk: Walk, call: CallExpression, given: readonly Known[]): void {
  const { callee } = call;
  const [row] = given;
  if (callee.kind !== "attribute" || !row?.rows) return;
  if (!/^(?:model_validate|from_orm)$/u.test(callee.name)) return;
  const schema = classMeant(walk.scope, callee.object);
  if (schema) readSchema(walk, schema, row, call);
}

/** `response_model=list[ItemOut]` of a route's decorator, or else what it says that it returns. */
function answerSchema(scope: Scope, statement: FunctionStatement): ClassDefinition | undefined {
  for (const decorator of statement.decorators) {
    if (decorator.kind !== "call") continue;
    const model = argumentOf(decorator, "response_model");
    if (model) return schemaNamed(scope, model);
  }
  return statement.returns && schemaNamed(scope, statement.returns);
}

/** The class in `list[ItemOut]`, `ItemOut | None`, `Optional["ItemOut"]`, `Page[ItemOut]`. */
function schemaNamed(scope: Scope, annotation: Expression): ClassDefinition | undefined {
  switch (annotation.kind) {
    case "subscript": {
      const { index } = annotation;
      const inner = index.kind === "tuple" ? index.elements[0] : index;
      return inner && schemaNamed(scope, inner);
    }
    case "binary":
      return schemaNamed(scope, annotation.left) ?? schemaNamed(scope, annotation.right);
    case "string":
      for (const reference of scope.program.globalOf(scope.module, annotation.value)?.references ??
        [])
        if (reference.kind === "class") return reference.definition;
      return undefined;
    default:
      return classMeant(scope, annotation);
  }
}

function isSchema(walk: Walk, definition: ClassDefinition): boolean {
  return ancestryOf(definition).some((each) =>
    libraryBases(walk.orm.program, each).some((path) =>
      /^(?:pydantic\.(?:\w+\.)*BaseModel|sqlmodel\.(?:\w+\.)*SQLModel)$/u.test(path),
    ),
  );
}

/** Reads the fields of a schema from a row, or from each of many. */
function readSchema(
  walk: Walk,
  schema: ClassDefinition,
  known: Known,
  at: Stretch,
  depth = 0,
): void {
  const { rows } = known;
  if (!rows || depth > maxDepth || !isSchema(walk, schema)) return;
  if (rows.kind === "rows") {
    if (rows.form !== "entity" || rows.isFew) return;
    const row = elementOf(known, true);
    readSchema(loopOver(walk, rows, at), schema, row, at, depth);
    return;
  }
  const seen = new Set<string>();
  for (const each of ancestryOf(schema)) {
    const scope = scopeOf(walk.orm.program, each.module);
    for (const line of linesOf(each.statement.body)) {
      const binding = bindingOf(line);
      if (!binding?.annotation || seen.has(binding.name)) continue;
      seen.add(binding.name);
      if (isRenamed(binding.value)) continue;
      const read = readField(walk, known, binding.name, at);
      const nested = read?.rows && schemaNamed(scope, binding.annotation);
      if (nested) readSchema(walk, nested, read, at, depth + 1);
    }
  }
}

/** A relation asks when it is read; a property may. */
function readField(walk: Walk, known: Known, name: string, at: Stretch): Known | undefined {
  const { rows } = known;
  if (rows?.kind !== "row") return undefined;
  if (rows.model.relations.has(name))
    return attributeOfRow(walk, known, rows, {
      kind: "attribute",
      name,
      start: at.start,
      end: at.end,
      object: { kind: "unknown", start: at.start, end: at.end },
    });
  const method = methodOf(rows.model.definition, name, known);
  return method && hasDecorator(method.definition.statement, /^property$/u)
    ? walk.enter(walk, method, noArguments, at)
    : undefined;
}

/** `Field(alias="customerName")`: it is read under another name. */
function isRenamed(value: Expression | undefined): boolean {
  return (
    value?.kind === "call" &&
    ["alias", "validation_alias", "exclude"].some((name) => argumentOf(value, name) !== undefined)
  );
}

function loopOver(walk: Walk, rows: Rows, { start, end }: Stretch): Walk {
  const span: Span = { module: walk.scope.module, start, end };
  const over: Known = { rows, varies: false };
  const loop = walk.loop ?? { span, over, exits: new Set<string>(), isWriting: false };
  return { ...walk, loop, calledAt: walk.calledAt ?? span };
}
