// Which table a class of SQLAlchemy or SQLModel is mapped to, and what that table is called.

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Program } from "../program.ts";
import { apiPath, lastPart, libraryBases, scopeOf } from "./names.ts";

/**
 * The table that a model class of SQLAlchemy or SQLModel is mapped to; `undefined` for one that
 * shares its parent's, and for a mixin, an abstract base and any other class.
 */
export function tableName(
  program: Program,
  definition: ClassDefinition,
  ancestry: readonly ClassDefinition[],
): string | undefined {
  if (definition.attributes.get("__abstract__")?.constants?.[0] === true) return undefined;
  if (isSqlmodel(program, ancestry)) {
    if (!isTableModel(definition)) return undefined;
    return ownName(definition) ?? definition.statement.name.toLowerCase();
  }
  const own = ownName(definition);
  if (own !== undefined) return own;
  if (definition.attributes.has("__tablename__") || definition.attributes.has("__table__")) {
    // On a mixin it names the tables of others.
    const isMapped = definition.attributes.has("__table__") || isBelowBase(program, ancestry);
    return isMapped ? computedName(definition, definition) : undefined;
  }
  if (!isBelowBase(program, ancestry)) return undefined;
  const namer = ancestry
    .slice(1)
    .find((each) => each.attributes.has("__tablename__") && ownName(each) === undefined);
  if (namer) return computedName(definition, namer);
  // Flask-SQLAlchemy names tables itself; a model below one with a table shares that one.
  const isFlask = ancestry.some((each) =>
    libraryBases(program, each).some((path) => /^flask_sqlalchemy\b.*\.Model$/u.test(path)),
  );
  const hasParent = ancestry.slice(1).some((each) => ownName(each) !== undefined);
  return isFlask && !hasParent ? snakeCase(definition.statement.name) : undefined;
}

function ownName(definition: ClassDefinition): string | undefined {
  const name = definition.attributes.get("__tablename__")?.constants?.[0];
  return typeof name === "string" ? name : undefined;
}

/** Whether a class comes from a declarative base: a mixin does not, and the base is not below itself. */
function isBelowBase(program: Program, ancestry: readonly ClassDefinition[]): boolean {
  return ancestry.some((each, index) => {
    const bases = libraryBases(program, each);
    if (bases.some((path) => /^flask_sqlalchemy\b.*\.Model$/u.test(path))) return true;
    const isBaseValue = each.bases.some((base) =>
      base.types.some((type) => type.startsWith("sqlalchemy.")),
    );
    // `Base = declarative_base()` is the base; `class Base(DeclarativeBase)` is one line below it.
    return (
      isBaseValue ||
      (index > 0 && (bases.some(isDeclarativeBase) || isDecoratedBase(program, each)))
    );
  });
}

function isDeclarativeBase(path: string): boolean {
  return /^sqlalchemy\..*\b(?:DeclarativeBase|DeclarativeBaseNoMeta)$/u.test(path);
}

/** `@as_declarative() class Base`. */
function isDecoratedBase(program: Program, { module, statement }: ClassDefinition): boolean {
  const scope = scopeOf(program, module);
  return statement.decorators.some((decorator) => {
    const path = apiPath(scope, decorator.kind === "call" ? decorator.callee : decorator);
    return path?.startsWith("sqlalchemy.") === true && lastPart(path) === "as_declarative";
  });
}

export function isSqlmodel(program: Program, ancestry: readonly ClassDefinition[]): boolean {
  return ancestry.some((each) =>
    libraryBases(program, each).some((path) => /^sqlmodel\b.*\.SQLModel$/u.test(path)),
  );
}

/** `class Review(SQLModel, table=True)`. */
function isTableModel({ statement }: ClassDefinition): boolean {
  return statement.arguments.some(
    ({ name, value }) => name === "table" && value.kind === "singleton" && value.value === true,
  );
}

/** The name that `def __tablename__(cls)` most likely computes. */
function computedName(definition: ClassDefinition, namer: ClassDefinition): string {
  const { name } = definition.statement;
  const line = namer.statement.body.find(
    (each) => each.kind === "function" && each.name === "__tablename__",
  );
  const code = line ? namer.module.text.slice(line.start, line.end) : "";
  if (/__name__\.lower\(\)\s*$/u.test(code)) return name.toLowerCase();
  if (/__name__\.lower\(\)\s*\+\s*["']s["']\s*$/u.test(code)) return `${name.toLowerCase()}s`;
  return snakeCase(name);
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/gu, "_").toLowerCase();
}
