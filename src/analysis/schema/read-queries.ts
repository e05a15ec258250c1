// Who asks for rows by which columns: the conditions of queries, function by function.

import { blocksOf, childrenOf, expressionsOf, localsOf } from "../../flow/language/definitions.ts";
import { type ClassDefinition, makeValue, type Value } from "../../flow/values/value.ts";
import type { Module } from "../../python/module.ts";
import type { Expression, FunctionStatement, Statement } from "../../python/syntax.ts";
import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";
import type { Declaration, Predicate, Query } from "./facts.ts";
import type { Tables } from "./mapped.ts";
import {
  bindingOf,
  classMeant,
  isUserModelCall,
  meaningOf,
  positionalOf,
  type Scope,
  scopeOf,
} from "./names.ts";
import { type Chain, unroll } from "./query-chain.ts";
import { type Reading, readChain, readCondition } from "./query-conditions.ts";
import { userModelOf } from "./user-model.ts";

/** Files whose queries nobody waits for, or that run once. */
const onceOnly = /(?:^|\/)(?:migrations?|versions|management\/commands)\/|(?:^|\/)admin\.py$/u;

/** Every query of a program on tables that are known. */
export function readQueries(program: Program, tables: Tables): readonly Query[] {
  if (tables.byClass.size + tables.bySymbol.size === 0) return [];
  const found: Query[] = [];
  for (const module of program.modules) {
    if (isTestPath(module.path) || onceOnly.test(module.path)) continue;
    readBlock(scopeOf(program, module), tables, module.body, [], found, undefined);
  }
  return found;
}

/** Reads the statements of a module, class or function, and then the functions that stand in it. */
function readBlock(
  scope: Scope,
  tables: Tables,
  statements: readonly Statement[],
  names: readonly string[],
  found: Query[],
  self: Declaration | undefined,
): void {
  const symbol = names.length > 0 ? names.join(".") : undefined;
  const reader = new FunctionReader(scope, tables, symbol, self);
  reader.readStatements(statements);
  found.push(...reader.queries());
  for (const inner of definitionsIn(statements)) {
    const within = [...names, inner.name];
    if (inner.kind === "function")
      readBlock(scopeInside(scope, inner), tables, inner.body, within, found, self);
    else {
      const managed = names.length === 0 ? managedBy(scope, tables, inner.name) : undefined;
      for (const each of definitionsIn(inner.body))
        if (each.kind === "function") {
          const own = [...within, each.name];
          readBlock(scopeInside(scope, each), tables, each.body, own, found, managed);
        }
    }
  }
}

/** The one table whose rows a manager or a query set of the project's own asks for: `self.filter(...)`. */
function managedBy(scope: Scope, tables: Tables, name: string): Declaration | undefined {
  const manager = classMeant(scope, { kind: "name", id: name, start: 0, end: 0 });
  if (!manager || tables.byClass.has(manager)) return undefined;
  const managed = [...tables.byClass].filter(([{ statement, module }]) =>
    statement.body.some((line) => {
      const value = bindingOf(line)?.value;
      return value?.kind === "call" && names(scopeOf(scope.program, module), value, manager);
    }),
  );
  return managed.length === 1 ? managed[0]?.[1] : undefined;
}

/** `Orders()`, `OrderQuerySet.as_manager()`, `Manager.from_queryset(OrderQuerySet)()` */
function names(scope: Scope, expression: Expression, manager: ClassDefinition): boolean {
  return (
    (expression.kind === "name" && classMeant(scope, expression) === manager) ||
    childrenOf(expression).some((child) => names(scope, child, manager))
  );
}

/** The functions and classes directly in a block, under `if` and `with` too. */
function definitionsIn(
  statements: readonly Statement[],
): readonly Extract<Statement, { kind: "function" | "class" }>[] {
  return statements.flatMap((statement) =>
    statement.kind === "function" || statement.kind === "class"
      ? [statement]
      : blocksOf(statement).flatMap(definitionsIn),
  );
}

/** What one function asks, put together from the pieces it is built of. */
class FunctionReader {
  readonly #scope: Scope;
  readonly #tables: Tables;
  readonly #symbol: string | undefined;
  /** The table of the manager whose method this is. */
  readonly #self: Declaration | undefined;
  /** Variables that hold a query, and the table it is of. */
  readonly #held = new Map<string, Declaration | undefined>();
  /** The variable that such a query was first held by. */
  readonly #groups = new Map<string, string>();
  /** Conditions by the variable that collects them; a query that is said in one go has none. */
  readonly #collected = new Map<string, Reading>();
  readonly #whole: Reading[] = [];
  /** Conditions that stand apart and are used who knows where. */
  readonly #loose: Predicate[] = [];

  constructor(
    scope: Scope,
    tables: Tables,
    symbol: string | undefined,
    self: Declaration | undefined,
  ) {
    this.#scope = scope;
    this.#tables = tables;
    this.#symbol = symbol;
    this.#self = self;
  }

  readStatements(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.kind === "function" || statement.kind === "class") continue;
      const target = bindingOf(statement)?.name;
      for (const expression of expressionsOf(statement)) this.#visit(expression, target, false);
      for (const block of blocksOf(statement)) this.readStatements(block);
    }
  }

  queries(): readonly Query[] {
    const all = [...this.#whole, ...this.#collected.values()];
    const open = all.filter(({ isOpen }) => isOpen);
    const closed = all.filter(({ isOpen }) => !isOpen);
    const built = open.map(({ predicates }) => ({
      predicates: [...predicates, ...this.#loose],
      isOpen: true,
    }));
    if (open.length === 0 && this.#loose.length > 0)
      built.push({ predicates: [...this.#loose], isOpen: true });
    return [...closed, ...built]
      .filter(({ predicates }) => predicates.length > 0)
      .map((reading) => ({ ...reading, symbol: this.#symbol }));
  }

  /** `isJoined`: inside a condition that was read already, or one of several alternatives. */
  #visit(expression: Expression, target: string | undefined, isJoined: boolean): void {
    const chain = unroll(expression);
    if (chain) {
      this.#readChain(chain, target, isJoined);
      return;
    }
    if (expression.kind === "compare" && !isJoined) {
      const reading = readCondition(this.#tables, this.#scope, expression);
      this.#loose.push(...reading.predicates);
    }
    const isAlternative =
      (expression.kind === "binary" && expression.operator === "|") ||
      (expression.kind === "unary" && expression.operator === "~");
    for (const child of childrenOf(expression))
      this.#visit(child, undefined, isJoined || isAlternative);
  }

  #readChain(chain: Chain, target: string | undefined, isJoined: boolean): void {
    const variable = chain.root.kind === "name" ? chain.root.id : undefined;
    const before =
      variable === "self"
        ? this.#self
        : variable === undefined
          ? undefined
          : this.#held.get(variable);
    const reading = readChain(this.#tables, this.#scope, chain, before);
    // What is asked of a query that a variable holds adds to what was asked of it before.
    const held = variable !== undefined && this.#held.has(variable) ? variable : undefined;
    const group = held === undefined ? target : (this.#groups.get(held) ?? held);
    if (target !== undefined && reading.entity) {
      this.#held.set(target, reading.entity);
      if (group !== undefined) this.#groups.set(target, group);
    }
    if (reading.predicates.length > 0 || reading.isOpen) {
      if (group === undefined) this.#whole.push(reading);
      else {
        const known = this.#collected.get(group);
        this.#collected.set(group, {
          entity: reading.entity,
          predicates: [...(known?.predicates ?? []), ...reading.predicates],
          isOpen: reading.isOpen || known?.isOpen === true,
        });
      }
    }
    for (const { call, isCondition } of chain.links) {
      for (const argument of call?.arguments ?? [])
        this.#visit(argument.value, undefined, isCondition || isJoined);
    }
    if (chain.root.kind !== "name") {
      const { root } = chain;
      if (root.kind === "call") {
        const isAlternative = root.callee.kind === "name" && /^(?:or_|not_)$/u.test(root.callee.id);
        for (const argument of root.arguments)
          this.#visit(
            argument.value,
            undefined,
            isJoined || isAlternative || chain.isRootCondition,
          );
      } else for (const child of childrenOf(root)) this.#visit(child, undefined, isJoined);
    }
  }
}

/** The names a function binds hide those outside; its imports are followed, and plain aliases. */
export function scopeInside(outer: Scope, statement: FunctionStatement): Scope {
  if (outer.locals.size > 0) return readScope(outer, statement);
  // The same function is entered again by each of its callers.
  const ofProgram = scopes.get(outer.program) ?? new Map<FunctionStatement, Scope>();
  scopes.set(outer.program, ofProgram);
  const known = ofProgram.get(statement);
  if (known) return known;
  const made = readScope(outer, statement);
  ofProgram.set(statement, made);
  return made;
}

/** By program: a tree may outlive it. */
const scopes = new WeakMap<Program, Map<FunctionStatement, Scope>>();

function readScope(outer: Scope, statement: FunctionStatement): Scope {
  const locals = new Map<string, Value | undefined>(outer.locals);
  for (const name of localsOf(statement)) locals.set(name, undefined);
  const scope: Scope = { ...outer, locals };
  const seen = new Set<string>();
  bindNames(scope, locals, statement.body, seen);
  return scope;
}

function bindNames(
  scope: Scope,
  locals: Map<string, Value | undefined>,
  statements: readonly Statement[],
  seen: Set<string>,
): void {
  for (const statement of statements) {
    if (statement.kind === "function" || statement.kind === "class") continue;
    if (statement.kind === "import-from" || statement.kind === "import") {
      for (const [name, value] of importedValues(scope.program, scope.module, statement))
        locals.set(name, value);
    }
    const binding = bindingOf(statement);
    if (binding?.value) {
      const value = seen.has(binding.name) ? undefined : aliasOf(scope, binding.value);
      seen.add(binding.name);
      locals.set(binding.name, value);
    }
    for (const block of blocksOf(statement)) bindNames(scope, locals, block, seen);
  }
}

/** `order = models.Order`, `parent = aliased(Order)`. */
function aliasOf(scope: Scope, value: Expression): Value | undefined {
  if (value.kind === "name" || value.kind === "attribute") return meaningOf(scope, value);
  if (value.kind !== "call") return undefined;
  const definition = isUserModelCall(scope, value) ? userModelOf(scope.program) : undefined;
  if (definition) return makeValue({ references: [{ kind: "class", definition }] });
  const { callee } = value;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  const [argument] = positionalOf(value);
  return name === "aliased" && argument ? meaningOf(scope, argument) : undefined;
}

function importedValues(
  program: Program,
  module: Module,
  statement: Extract<Statement, { kind: "import" | "import-from" }>,
): readonly (readonly [string, Value | undefined])[] {
  const moduleValue = (found: Module): Value =>
    makeValue({ references: [{ kind: "module", module: found }] });
  const pathValue = (path: string): Value =>
    makeValue({ references: [{ kind: "api", path, receiver: undefined }] });
  return statement.names.map(({ name, alias }) => {
    if (statement.kind === "import") {
      const path = alias ? name : (name.split(".")[0] ?? name);
      const found = program.project.resolve(module, path, 0);
      return [alias ?? path, found ? moduleValue(found) : pathValue(path)];
    }
    const from = program.project.resolve(module, statement.module, statement.level);
    const dotted = statement.module === "" ? name : `${statement.module}.${name}`;
    const submodule = program.project.resolve(module, dotted, statement.level);
    const value =
      (from && program.globalOf(from, name)) ??
      (submodule ? moduleValue(submodule) : undefined) ??
      (from || statement.level > 0 ? undefined : pathValue(dotted));
    return [alias ?? name, value];
  });
}
