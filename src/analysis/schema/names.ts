// What a name means at a place: a class or module of the project, or an API path of a library.

import {
  type ClassDefinition,
  makeValue,
  soleString,
  type Value,
} from "../../flow/values/value.ts";
import type { Module } from "../../python/module.ts";
import type { CallExpression, Expression, Statement } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import { userModelOf } from "./user-model.ts";

/** A place that names are read from. */
export interface Scope {
  readonly program: Program;
  readonly module: Module;
  /** Names of enclosing functions; `undefined` is a local of which nothing is known. */
  readonly locals: ReadonlyMap<string, Value | undefined>;
}

const noLocals: ReadonlyMap<string, Value | undefined> = new Map();

export function scopeOf(program: Program, module: Module): Scope {
  return { program, module, locals: noLocals };
}

/** What a name or a dotted name stands for. */
export function meaningOf(scope: Scope, expression: Expression): Value | undefined {
  if (expression.kind === "name") {
    if (scope.locals.has(expression.id)) return scope.locals.get(expression.id);
    return scope.program.globalOf(scope.module, expression.id);
  }
  if (expression.kind !== "attribute") return undefined;
  const object = meaningOf(scope, expression.object);
  return object && memberOf(scope, object, expression.name);
}

/** The API path a name stands for: `sqlalchemy.Column`, `flask_sqlalchemy.SQLAlchemy.Column`. */
export function apiPath(scope: Scope, expression: Expression): string | undefined {
  for (const reference of meaningOf(scope, expression)?.references ?? [])
    if (reference.kind === "api") return scope.program.canonical(reference.path);
  return undefined;
}

/** The class of the project that a name stands for. */
export function classMeant(scope: Scope, expression: Expression): ClassDefinition | undefined {
  for (const reference of meaningOf(scope, expression)?.references ?? [])
    if (reference.kind === "class") return reference.definition;
  if (!asksForUserModel(scope.module)) return undefined;
  // `User = get_user_model()`, or the call itself.
  const isOwn = expression.kind === "name" && !scope.locals.has(expression.id);
  const given = isOwn
    ? definitionOf(scope.program, scope.module, expression.id)?.value
    : expression;
  return given && isUserModelCall(scope, given) ? userModelOf(scope.program) : undefined;
}

/** Asked of every name of a file, so its text is searched once. */
function asksForUserModel(module: Module): boolean {
  const known = asking.get(module);
  if (known !== undefined) return known;
  const asks = module.text.includes("get_user_model");
  asking.set(module, asks);
  return asks;
}

const asking = new WeakMap<Module, boolean>();

/** `get_user_model()`: https://docs.djangoproject.com/en/stable/topics/auth/customizing/#django.contrib.auth.get_user_model */
export function isUserModelCall(scope: Scope, expression: Expression): boolean {
  return (
    expression.kind === "call" &&
    /^django\.contrib\.auth\.(?:\w+\.)?get_user_model$/u.test(
      apiPath(scope, expression.callee) ?? "",
    )
  );
}

/** Libraries that hand SQLAlchemy's schema names on under their own. */
const sqlalchemyLibraries =
  /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy|flask_sqlalchemy_lite|gino)\./u;

/** `Column` for a call of SQLAlchemy's `Column`, wherever it was imported from. */
export function sqlalchemyCall(scope: Scope, expression: Expression): string | undefined {
  if (expression.kind !== "call") return undefined;
  const path = apiPath(scope, expression.callee);
  return path && sqlalchemyLibraries.test(path) ? lastPart(path) : undefined;
}

export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** A string that is known when the code is read. */
export function textOf(scope: Scope, expression: Expression | undefined): string | undefined {
  if (!expression) return undefined;
  if (expression.kind === "string") return expression.value;
  // `op.f("ix_a_b")`, `quoted_name("a", True)`: a name that is marked as final.
  if (expression.kind === "call") {
    const marked = expression.callee;
    const name =
      marked.kind === "attribute" ? marked.name : marked.kind === "name" ? marked.id : "";
    return name === "f" || name === "quoted_name" || name === "conv"
      ? textOf(scope, expression.arguments[0]?.value)
      : undefined;
  }
  return soleString(meaningOf(scope, expression));
}

/** A list or tuple of strings, each `undefined` where it is computed. */
export function textsOf(
  scope: Scope,
  expression: Expression | undefined,
): readonly (string | undefined)[] | undefined {
  if (expression?.kind !== "list" && expression?.kind !== "tuple") return undefined;
  return expression.elements.map((element) => textOf(scope, element));
}

export function argumentOf(
  call: CallExpression,
  name: string,
  position?: number,
): Expression | undefined {
  const named = call.arguments.find((argument) => argument.name === name);
  if (named || position === undefined) return named?.value;
  return positionalOf(call)[position];
}

export function positionalOf(call: CallExpression): readonly Expression[] {
  return call.arguments
    .filter((argument) => argument.name === undefined && argument.spread === "")
    .map((argument) => argument.value);
}

/** Whether a flag is set, or set to something that cannot be read. */
export function isSet(expression: Expression | undefined): boolean {
  if (!expression) return false;
  return !(
    expression.kind === "singleton" &&
    (expression.value === false || expression.value === null)
  );
}

/** A class, then the classes of the project it comes from, nearest first. */
export function ancestryOf(definition: ClassDefinition): readonly ClassDefinition[] {
  const found = [definition];
  for (const each of found) {
    for (const base of each.bases) {
      for (const reference of base.references) {
        if (
          reference.kind === "class" &&
          !found.includes(reference.definition) &&
          found.length < 40
        ) {
          found.push(reference.definition);
        }
      }
    }
  }
  return found;
}

/**
 * The same for a model, whose base may be made by a call and have its class from there:
 * `Base = declarative_base(cls=Model)`.
 */
export function modelAncestryOf(
  program: Program,
  definition: ClassDefinition,
): readonly ClassDefinition[] {
  const found = [...ancestryOf(definition)];
  for (const each of found) {
    const scope = scopeOf(program, each.module);
    for (const { name, value } of each.statement.arguments) {
      if (name !== undefined || !madeByLibrary(meaningOf(scope, value))) continue;
      const made = writtenAs(scope, value);
      const given = made?.value.kind === "call" ? argumentOf(made.value, "cls") : undefined;
      const base = made && given && classMeant(scopeOf(program, made.module), given);
      for (const more of base ? ancestryOf(base) : [])
        if (!found.includes(more) && found.length < 40) found.push(more);
    }
  }
  return found;
}

function madeByLibrary(value: Value | undefined): boolean {
  return value?.types.some((type) => type.startsWith("sqlalchemy.")) === true;
}

/** The expression that a name, or a name of a module, was given. */
function writtenAs(
  scope: Scope,
  expression: Expression,
): { readonly module: Module; readonly value: Expression } | undefined {
  if (expression.kind === "name") return definitionOf(scope.program, scope.module, expression.id);
  if (expression.kind !== "attribute") return undefined;
  for (const reference of meaningOf(scope, expression.object)?.references ?? [])
    if (reference.kind === "module")
      return definitionOf(scope.program, reference.module, expression.name);
  return undefined;
}

/** API paths of the library classes that a class comes from directly. */
export function libraryBases(program: Program, definition: ClassDefinition): readonly string[] {
  return definition.bases.flatMap((base) => [
    ...base.references.flatMap((reference) =>
      reference.kind === "api" ? [program.canonical(reference.path)] : [],
    ),
    ...base.types,
  ]);
}

/** The statements of a class body, those under `if` and `try` too. */
export function linesOf(statements: readonly Statement[]): readonly Statement[] {
  if (!statements.some(({ kind }) => kind === "if" || kind === "try")) return statements;
  return statements.flatMap((statement) => {
    if (statement.kind === "if")
      return [
        ...statement.branches.flatMap((branch) => linesOf(branch.body)),
        ...linesOf(statement.otherwise),
      ];
    if (statement.kind === "try") return [...linesOf(statement.body)];
    return [statement];
  });
}

/** What a statement gives a name: `a = value`, `a: int = value`. */
export interface Binding {
  readonly name: string;
  readonly value: Expression | undefined;
  readonly annotation: Expression | undefined;
  readonly statement: Statement;
}

export function bindingOf(statement: Statement): Binding | undefined {
  if (statement.kind === "assign") {
    const [target] = statement.targets;
    return target?.kind === "name"
      ? { name: target.id, value: statement.value, annotation: undefined, statement }
      : undefined;
  }
  if (statement.kind === "annotated" && statement.target.kind === "name") {
    const { target, value, annotation } = statement;
    return { name: target.id, value, annotation, statement };
  }
  return undefined;
}

/** The expression a module's name was given last, followed through imports. */
export function definitionOf(
  program: Program,
  module: Module,
  name: string,
  depth = 0,
): { readonly module: Module; readonly value: Expression } | undefined {
  for (const statement of module.body.toReversed()) {
    const binding = bindingOf(statement);
    if (binding?.name === name && binding.value) return { module, value: binding.value };
    if (statement.kind !== "import-from" || depth > 5) continue;
    const imported = statement.names.find((each) => (each.alias ?? each.name) === name);
    const from = imported && program.project.resolve(module, statement.module, statement.level);
    if (imported && from) return definitionOf(program, from, imported.name, depth + 1);
  }
  return undefined;
}

function memberOf(scope: Scope, object: Value, name: string): Value | undefined {
  const { program } = scope;
  for (const reference of object.references) {
    if (reference.kind === "module") {
      const value = program.globalOf(reference.module, name);
      if (value) return value;
      const submodule = program.project.resolve(reference.module, name, 1);
      return submodule && makeValue({ references: [{ kind: "module", module: submodule }] });
    }
    if (reference.kind === "class") {
      for (const each of ancestryOf(reference.definition)) {
        const value = each.attributes.get(name);
        if (value) return value;
      }
    }
    if (reference.kind === "api") return pathValue(`${reference.path}.${name}`);
  }
  for (const type of object.types) {
    const definition = program.classes.get(type);
    if (!definition) return type.includes(".") ? pathValue(`${type}.${name}`) : undefined;
    for (const each of ancestryOf(definition)) {
      for (const path of libraryBases(program, each)) return pathValue(`${path}.${name}`);
    }
  }
  return undefined;
}

function pathValue(path: string): Value {
  return makeValue({ references: [{ kind: "api", path, receiver: undefined }] });
}
