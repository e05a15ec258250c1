// Which function of the project a call runs, and which class an object is of.

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Module } from "../../python/module.ts";
import type {
  CallExpression,
  Expression,
  FunctionStatement,
  Statement,
} from "../../python/syntax.ts";
import {
  ancestryOf,
  bindingOf,
  classMeant,
  linesOf,
  meaningOf,
  type Scope,
  scopeOf,
} from "../schema/names.ts";
import {
  allRows,
  type Callee,
  everythingLoaded,
  type Known,
  loadedElsewhere,
  type Model,
  oneOf,
} from "./orm-value.ts";
import type { Orm, Walk } from "./walk.ts";

/** A function of the project and the object it is called on; `undefined` for anybody else's. */
export function calleeOf(
  walk: Walk,
  call: CallExpression,
  receiver: Known | undefined,
): Callee | undefined {
  const { callee } = call;
  if (callee.kind === "name") {
    const local = walk.names.get(callee.id)?.local;
    if (local)
      return {
        definition: { ...local, owner: walk.owner, qualifiedName: callee.id },
        self: undefined,
        names: walk.names,
      };
  }
  if (callee.kind === "attribute") {
    const owner =
      receiver?.rows?.kind === "row" ? receiver.rows.model.definition : receiver?.instance;
    if (owner) return methodOf(owner, callee.name, receiver);
    // `super().rows()`
    if (isSuper(callee.object) && walk.owner) {
      for (const base of ancestryOf(walk.owner).slice(1)) {
        const method = methodOf(base, callee.name, walk.names.get("self"));
        if (method) return method;
      }
      return undefined;
    }
    const meant = classMeant(walk.scope, callee.object);
    if (meant) return methodOf(meant, callee.name, { varies: false, instance: meant });
  }
  for (const reference of meaningOf(walk.scope, callee)?.references ?? []) {
    if (reference.kind !== "function" || !reference.definition.statement) continue;
    const { definition } = reference;
    const { statement } = reference.definition;
    return { definition: { ...definition, statement }, self: undefined, names: undefined };
  }
  return undefined;
}

export function isSuper(expression: Expression): boolean {
  return (
    expression.kind === "call" &&
    expression.callee.kind === "name" &&
    expression.callee.id === "super"
  );
}

/** The method of a class or of the classes it comes from. */
export function methodOf(
  owner: ClassDefinition,
  name: string,
  self: Known | undefined,
): Callee | undefined {
  for (const each of ancestryOf(owner)) {
    for (const line of linesOf(each.statement.body)) {
      if (line.kind !== "function" || line.name !== name) continue;
      const qualifiedName = `${each.qualifiedName}.${name}`;
      return {
        definition: { module: each.module, owner: each, qualifiedName, statement: line },
        self,
        names: undefined,
      };
    }
  }
  return undefined;
}

export function hasDecorator(statement: FunctionStatement, pattern: RegExp): boolean {
  return statement.decorators.some((decorator) => {
    const named = decorator.kind === "call" ? decorator.callee : decorator;
    const name = named.kind === "attribute" ? named.name : named.kind === "name" ? named.id : "";
    return pattern.test(name);
  });
}

/** What an attribute of an object holds, by its class: `repo: Repo`, `self.repo = Repo(session)`. */
export function attributeOf(walk: Walk, owner: ClassDefinition, name: string): Known | undefined {
  for (const each of ancestryOf(owner)) {
    if (!namesHeld(each.statement).has(name)) continue;
    const scope = scopeOf(walk.orm.program, each.module);
    for (const line of linesOf(each.statement.body)) {
      const binding = bindingOf(line);
      if (binding?.name === name) {
        const known =
          (binding.annotation && annotatedAs(walk.orm, scope, binding.annotation)) ??
          (binding.value && walk.evaluate(inClass(walk, scope, each), binding.value));
        if (known?.rows || known?.instance || known?.model) return known;
      }
      if (line.kind !== "function" || line.name !== "__init__") continue;
      for (const inner of linesOf(line.body)) {
        if (attributeGiven(inner)?.name !== name) continue;
        if (inner.kind === "annotated") {
          const known = annotatedAs(walk.orm, scope, inner.annotation);
          if (known) return known;
        }
        const value =
          inner.kind === "assign" || inner.kind === "annotated" ? inner.value : undefined;
        const known = value && madeIn(walk.orm, scope, line, value);
        if (known) return known;
      }
    }
  }
  return undefined;
}

const held = new WeakMap<ClassDefinition["statement"], ReadonlySet<string>>();

/** The attributes that a class body and its `__init__` give a value or a type. */
function namesHeld(statement: ClassDefinition["statement"]): ReadonlySet<string> {
  const known = held.get(statement);
  if (known) return known;
  const names = new Set<string>();
  for (const line of linesOf(statement.body)) {
    const binding = bindingOf(line);
    if (binding) names.add(binding.name);
    if (line.kind !== "function" || line.name !== "__init__") continue;
    for (const inner of linesOf(line.body)) {
      const target = attributeGiven(inner);
      if (target) names.add(target.name);
    }
  }
  held.set(statement, names);
  return names;
}

function attributeGiven(
  statement: Statement,
): Extract<Expression, { kind: "attribute" }> | undefined {
  const target =
    statement.kind === "assign"
      ? statement.targets[0]
      : statement.kind === "annotated"
        ? statement.target
        : undefined;
  return target?.kind === "attribute" ? target : undefined;
}

/** The walk of a class's own lines: nothing of the function that is being read. */
export function inClass(walk: Walk, scope: Scope, owner: ClassDefinition): Walk {
  return { ...walk, scope, owner, names: new Map(), loop: undefined, calledAt: undefined };
}

/** `Repo(session)`, or a parameter that says what it is. */
function madeIn(
  orm: Orm,
  scope: Scope,
  init: FunctionStatement,
  value: Expression,
): Known | undefined {
  if (value.kind === "call") {
    const definition = classMeant(scope, value.callee);
    return definition && !orm.models.has(definition)
      ? { instance: definition, varies: false }
      : undefined;
  }
  if (value.kind === "logical")
    return madeIn(orm, scope, init, value.left) ?? madeIn(orm, scope, init, value.right);
  if (value.kind !== "name") return undefined;
  const parameter = init.parameters.find((each) => each.name === value.id);
  return parameter?.annotation && annotatedAs(orm, scope, parameter.annotation);
}

/** What a parameter is by its annotation: `Order`, `list[Order]`, `QuerySet[Order]`, `OrderRepository`. */
export function annotatedAs(
  orm: Orm,
  scope: Scope,
  annotation: Expression,
  isMany = false,
  depth = 0,
): Known | undefined {
  if (depth > 5) return undefined;
  switch (annotation.kind) {
    case "subscript": {
      const { object, index } = annotation;
      const word =
        object.kind === "name" ? object.id : object.kind === "attribute" ? object.name : "";
      const inner = index.kind === "tuple" ? index.elements[0] : index;
      if (!inner) return undefined;
      if (/^(?:Optional|Annotated|Awaitable)$/u.test(word))
        return annotatedAs(orm, scope, inner, isMany, depth + 1);
      if (
        /^(?:list|List|Sequence|Iterable|Iterator|set|tuple|Collection|QuerySet|ScalarResult)$/u.test(
          word,
        )
      )
        return annotatedAs(orm, scope, inner, true, depth + 1);
      return undefined;
    }
    case "binary":
      return (
        annotatedAs(orm, scope, annotation.left, isMany, depth + 1) ??
        annotatedAs(orm, scope, annotation.right, isMany, depth + 1)
      );
    case "string": {
      const module: Module = scope.module;
      const found = orm.program.globalOf(module, annotation.value);
      for (const reference of found?.references ?? [])
        if (reference.kind === "class") return ofClass(orm, reference.definition, isMany);
      return undefined;
    }
    default: {
      const definition = classMeant(scope, annotation);
      return definition && ofClass(orm, definition, isMany);
    }
  }
}

/** What comes with rows that a caller read is not known here. */
function ofClass(orm: Orm, definition: ClassDefinition, isMany: boolean): Known {
  const model = orm.models.get(definition);
  if (!model) return { varies: false, instance: isMany ? undefined : definition };
  const rows = { ...allRows(model, "read", loadedElsewhere) };
  return { varies: false, rows: isMany ? rows : oneOf(rows) };
}

/** `self` in a method of a class: a row for a model, an object otherwise. */
export function selfOf(orm: Orm, owner: ClassDefinition): Known {
  return ofClass(orm, owner, false);
}

/** A model's rows as its own manager or an unknown one gives them. */
export function rowsOfUnknownLoads(model: Model): Known {
  return { varies: false, rows: allRows(model, "lazy", everythingLoaded) };
}
