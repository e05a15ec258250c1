// Queries that run once for each row: every function of a program is read, from those that answer
// requests on, and what a loop asks again and again is told.

import { blocksOf } from "../../flow/language/definitions.ts";
import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Module, Span } from "../../python/module.ts";
import type { FunctionStatement, Statement } from "../../python/syntax.ts";
import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";
import { ancestryOf, libraryBases, type Scope, scopeOf } from "../schema/names.ts";
import { scopeInside } from "../schema/read-queries.ts";
import { schemaOf } from "../schema/schema.ts";
import { readAnswer, readValidated } from "./answers.ts";
import { listViews, namedRows, serializersOf } from "./list-views.ts";
import { namesLoadedSomewhere } from "./loads.ts";
import { type Known, oneOf, type Rows } from "./orm-value.ts";
import { annotatedAs, methodOf, selfOf } from "./project-calls.ts";
import { readOrmModels } from "./read-relations.ts";
import { readSerializer } from "./serializers.ts";
import type { Orm, PerRow, Walk } from "./walk.ts";
import { evaluate, noArguments } from "./walk-expression.ts";
import { enter, execute } from "./walk-statement.ts";

/** Steps that one function, with all that it calls, may take. */
const stepsPerFunction = 15_000;

/** Files that run once, or that nobody waits for. */
const onceOnly =
  /(?:^|\/)(?:migrations?|versions|alembic|management\/commands|seeds?|fixtures)\/|(?:^|\/)(?:checks|apps)\.py$/u;

/** A function as the project defines it. */
export interface Defined {
  readonly statement: FunctionStatement;
  readonly module: Program["modules"][number];
  readonly owner: ClassDefinition | undefined;
  /** It answers a request. */
  readonly isRoute: boolean;
}

export interface PerRowQuery extends PerRow {
  /** Only where a page shows each row by its name. */
  readonly isByName?: true;
  /** Somebody waits for it. */
  readonly isInRequest: boolean;
}

/** What the readers of queries need of a program; `undefined` for one without models. */
export function ormOf(program: Program): Orm | undefined {
  if (!known.has(program)) known.set(program, readOrm(program));
  return known.get(program);
}

const known = new WeakMap<Program, Orm | undefined>();

function readOrm(program: Program): Orm | undefined {
  const { mapped } = schemaOf(program);
  if (mapped.byClass.size === 0) return undefined;
  return {
    program,
    tables: mapped,
    models: readOrmModels(program, mapped.byClass),
    managers: [...program.classes.values()].filter((definition) => isManager(program, definition)),
    loadedSomewhere: namesLoadedSomewhere(program),
  };
}

function isManager(program: Program, definition: ClassDefinition): boolean {
  return ancestryOf(definition).some((each) =>
    libraryBases(program, each).some(
      (path) => path.startsWith("django.") && /(?:Manager|QuerySet)$/u.test(path),
    ),
  );
}

/** Every query of a program that runs once for each row. */
export function perRowQueries(program: Program): readonly PerRowQuery[] {
  const orm = ormOf(program);
  if (!orm) return [];
  const found: PerRowQuery[] = [];
  for (const defined of definedFunctions(program)) {
    const { isRoute, statement, module } = defined;
    // Without a loop of its own, a function repeats nothing; what it hands on is followed for requests.
    if (!isRoute && !/\bfor\b/u.test(module.text.slice(statement.start, statement.end))) continue;
    const walk = walkOf(orm, defined, (event) => found.push({ ...event, isInRequest: isRoute }));
    walk.execute(walk, statement.body);
    if (isRoute) readAnswer(walk, statement);
  }
  // Serializers of list views run in no function that could be read.
  const walk = restingWalk(orm, (event) => found.push({ ...event, isInRequest: true }));
  if (walk)
    for (const { rows, at, serializers } of listViews(orm, walk))
      for (const serializer of serializers) readSerializer(walk, serializer, rows, at);
  // What a template writes of a row is its name, as a rule.
  const naming = restingWalk(orm, (event) =>
    found.push({ ...event, isInRequest: true, isByName: true }),
  );
  if (naming) for (const { rows, at } of namedRows(orm, naming)) readName(naming, rows, at);
  return found;
}

/** What `__str__` asks of each row; `at` is where the rows were chosen. */
function readName(walk: Walk, rows: Rows, at: Span): void {
  const method = methodOf(rows.model.definition, "__str__", undefined);
  if (!method || rows.form !== "entity") return;
  const loop = {
    span: at,
    over: { rows, varies: false },
    exits: new Set<string>(),
    isWriting: false,
  };
  const row: Known = { rows: oneOf(rows), varies: true };
  const inside: Walk = { ...walk, scope: scopeOf(walk.orm.program, at.module), loop, calledAt: at };
  walk.enter(inside, { ...method, self: row }, noArguments, at);
}

/** A walk that stands in no function. */
export function restingWalk(orm: Orm, found: Walk["found"]): Walk | undefined {
  const [module] = orm.program.modules;
  if (!module) return undefined;
  return emptyWalk(orm, scopeOf(orm.program, module), new Map(), undefined, found, 500_000);
}

/** The functions whose queries matter, those that answer requests first. */
export function definedFunctions(program: Program): readonly Defined[] {
  const routes = new Set(
    program.functions.flatMap(({ definition, route }) =>
      route && definition.statement ? [definition.statement] : [],
    ),
  );
  const owners = new Map<Statement, ClassDefinition>();
  for (const definition of program.classes.values()) owners.set(definition.statement, definition);
  const found: Defined[] = [];
  for (const module of program.modules) {
    if (isTestPath(module.path) || onceOnly.test(module.path)) continue;
    for (const { statement, owner } of functionsIn(module))
      found.push({
        statement,
        module,
        owner: owner && owners.get(owner),
        isRoute: routes.has(statement),
      });
  }
  return [...found.filter(({ isRoute }) => isRoute), ...found.filter(({ isRoute }) => !isRoute)];
}

interface Written {
  readonly statement: FunctionStatement;
  /** The class that it stands in. */
  readonly owner: Statement | undefined;
}

/** Every function of a file, read once for all programs that it is part of. */
function functionsIn(module: Module): readonly Written[] {
  const before = written.get(module);
  if (before) return before;
  const found: Written[] = [];
  const collect = (statements: readonly Statement[], owner: Statement | undefined): void => {
    for (const statement of statements) {
      if (statement.kind === "function") {
        found.push({ statement, owner });
        collect(statement.body, undefined);
      } else if (statement.kind === "class") collect(statement.body, statement);
      else for (const block of blocksOf(statement)) collect(block, owner);
    }
  };
  collect(module.body, undefined);
  written.set(module, found);
  return found;
}

const written = new WeakMap<Module, readonly Written[]>();

/** A walk at the beginning of a function, with what its parameters say of themselves. */
export function walkOf(orm: Orm, defined: Defined, found: Walk["found"]): Walk {
  const { statement, module, owner } = defined;
  const scope = scopeInside(scopeOf(orm.program, module), statement);
  const names = new Map<string, Known>();
  for (const [index, { name, annotation, spread }] of statement.parameters.entries()) {
    const known = annotation && spread === "" ? annotatedAs(orm, scope, annotation) : undefined;
    if (known) names.set(name, known);
    else if (index === 0 && owner && name === "self") names.set(name, selfOf(orm, owner));
  }
  return emptyWalk(orm, scope, names, owner, found, stepsPerFunction);
}

function emptyWalk(
  orm: Orm,
  scope: Scope,
  names: Map<string, Known>,
  owner: ClassDefinition | undefined,
  found: Walk["found"],
  steps: number,
): Walk {
  return {
    orm,
    scope,
    names,
    owner,
    loop: undefined,
    calledAt: undefined,
    depth: 0,
    returns: [],
    isQuiet: false,
    call: undefined,
    bounds: { steps },
    found,
    evaluate,
    execute,
    enter,
    serialize: readSerializer,
    validate: readValidated,
    serializersOf,
  };
}
