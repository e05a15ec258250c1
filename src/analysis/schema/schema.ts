// The schema of a project: every table with what models and migrations say of it, and the queries.

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Module, Span } from "../../python/module.ts";
import type { Expression } from "../../python/syntax.ts";
import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";
import { type Databases, readDatabases } from "./dialect.ts";
import type { Column, Declaration, DroppedIndex, Index, LooseIndex, Query } from "./facts.ts";
import { symbolMeant, type Tables } from "./mapped.ts";
import type { Migration } from "./migration.ts";
import {
  ancestryOf,
  bindingOf,
  classMeant,
  linesOf,
  type Scope,
  scopeOf,
  sqlalchemyCall,
} from "./names.ts";
import { readActiveRecord } from "./read-active-record.ts";
import { importsAlembic } from "./read-alembic.ts";
import { readItem } from "./read-constraint.ts";
import { readDjangoModel } from "./read-django.ts";
import { readMigration } from "./read-migrations.ts";
import { readPonyEntity } from "./read-pony.ts";
import { readQueries } from "./read-queries.ts";
import { readSqlFile, readSqlStrings } from "./read-sql.ts";
import { readModel, readTableCall } from "./read-sqlalchemy.ts";

export interface Schema extends Databases {
  /** By their name in the database. */
  readonly tables: ReadonlyMap<string, Table>;
  /** By the tables they ask; a query of two tables stands with both. */
  readonly queries: ReadonlyMap<string, readonly Query[]>;
  /** Which table a class, or a variable, stands for. */
  readonly mapped: Tables;
}

/** All that is known of one table, wherever it was said. */
export interface Table {
  readonly name: string;
  readonly title: string;
  readonly declarations: readonly Declaration[];
  /** Of every declaration; one name may come twice. */
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
  /** Indexes that a migration took away and none made again. */
  readonly dropped: readonly { readonly index: Index; readonly span: Span }[];
  /** Something said of it could not be read: an index may be there. */
  readonly isUnreadable: boolean;
}

const known = new WeakMap<Program, Schema>();

/** Reads a program's schema, once. */
export function schemaOf(program: Program): Schema {
  const before = known.get(program);
  if (before) return before;
  const schema = readSchema(program);
  known.set(program, schema);
  return schema;
}

function readSchema(program: Program): Schema {
  const models = readModels(program);
  const isOwn = ({ path }: Module): boolean => !isTestPath(path);
  const migrations = [
    ...program.modules
      .filter(isOwn)
      .flatMap((module) => [readMigration(program, module) ?? [], readSqlStrings(module)].flat()),
    ...program.sqlFiles.filter(isOwn).map(readSqlFile),
  ];
  const declarations = [...models.declarations, ...lasting(migrations)];
  if (declarations.length === 0)
    return {
      dialect: "unknown",
      isServer: false,
      tables: new Map(),
      queries: new Map(),
      mapped: models.tables,
    };
  const loose = [...models.indexes, ...standing(migrations)];
  return {
    ...readDatabases(program),
    tables: joinTables(declarations, loose, takenAway(migrations, declarations)),
    queries: queriesByTable(readQueries(program, models.tables)),
    mapped: models.tables,
  };
}

function queriesByTable(queries: readonly Query[]): ReadonlyMap<string, readonly Query[]> {
  const byTable = new Map<string, Query[]>();
  for (const query of queries) {
    for (const table of new Set(query.predicates.map((predicate) => predicate.table))) {
      const known = byTable.get(table);
      if (known) known.push(query);
      else byTable.set(table, [query]);
    }
  }
  return byTable;
}

interface Models {
  readonly declarations: readonly Declaration[];
  readonly indexes: readonly LooseIndex[];
  readonly tables: Tables;
}

function readModels(program: Program): Models {
  const byClass = new Map<ClassDefinition, Declaration>();
  const bySymbol = new Map<number, Declaration>();
  for (const definition of program.classes.values()) {
    if (definition.bases.length === 0 || isTestPath(definition.module.path)) continue;
    const declaration =
      readModel(program, definition) ??
      readDjangoModel(program, definition) ??
      readActiveRecord(program, definition) ??
      readPonyEntity(program, definition);
    if (declaration) byClass.set(definition, declaration);
  }
  // A model without a table of its own shares its parent's.
  for (const definition of program.classes.values()) {
    if (byClass.has(definition)) continue;
    for (const ancestor of ancestryOf(definition).slice(1)) {
      const declaration = byClass.get(ancestor);
      if (!declaration) continue;
      byClass.set(definition, declaration);
      break;
    }
  }
  const indexes: LooseIndex[] = [];
  const plain: Declaration[] = [];
  const tables: Tables = { byClass, bySymbol };
  // A migration's own tables are copies of some, as they once were.
  const modules = program.modules.filter(
    (module) =>
      !isTestPath(module.path) &&
      /\b(?:Table|Index)\s*\(/u.test(module.text) &&
      !importsAlembic(module),
  );
  for (const module of modules) plain.push(...readTables(program, module, bySymbol));
  for (const module of modules) indexes.push(...readLooseIndexes(program, module, tables));
  return { declarations: [...new Set(byClass.values()), ...plain], indexes, tables };
}

/** `users = Table("users", metadata, ...)` at the top of a module. */
function readTables(
  program: Program,
  module: Module,
  bySymbol: Map<number, Declaration>,
): readonly Declaration[] {
  const scope = scopeOf(program, module);
  return linesOf(module.body).flatMap((line) => {
    const binding = bindingOf(line);
    const value = binding?.value ?? (line.kind === "expression" ? line.value : undefined);
    if (value?.kind !== "call" || sqlalchemyCall(scope, value) !== "Table") return [];
    const declaration = readTableCall(scope, value);
    if (!declaration) return [];
    const symbol = binding && program.globalOf(module, binding.name)?.symbol;
    if (symbol !== undefined) bySymbol.set(symbol, declaration);
    return [declaration];
  });
}

/** `Index("ix_order_customer", Order.customer_id)` at the top of a module. */
function readLooseIndexes(program: Program, module: Module, tables: Tables): readonly LooseIndex[] {
  const scope = scopeOf(program, module);
  return linesOf(module.body).flatMap((line) => {
    const value = bindingOf(line)?.value ?? (line.kind === "expression" ? line.value : undefined);
    if (value?.kind !== "call" || sqlalchemyCall(scope, value) !== "Index") return [];
    const item = readItem(scope, value);
    if (item?.kind !== "index") return [];
    const table = item.of && ownerTable(scope, item.of, tables);
    return [{ table, index: item.index }];
  });
}

function ownerTable(scope: Scope, owner: Expression, tables: Tables): string | undefined {
  const definition = classMeant(scope, owner);
  const symbol = symbolMeant(scope, owner);
  return (
    (definition && tables.byClass.get(definition)?.table) ??
    (symbol === undefined ? undefined : tables.bySymbol.get(symbol)?.table)
  );
}

/** What migrations declare and no later one takes away. */
function lasting(migrations: readonly Migration[]): readonly Declaration[] {
  const gone = new Set(migrations.flatMap((migration) => migration.gone));
  return migrations
    .flatMap((migration) => migration.declarations)
    .filter((declaration) => !gone.has(declaration.table))
    .map((declaration) => ({
      ...declaration,
      columns: declaration.columns.filter(
        (column) => !gone.has(`${declaration.table}.${column.name}`),
      ),
      foreignKeys: declaration.foreignKeys.filter((foreignKey) =>
        foreignKey.columns.every((column) => !gone.has(`${declaration.table}.${column}`)),
      ),
    }));
}

/** Indexes that were made more often than dropped: the order of migrations is not needed for that. */
function standing(migrations: readonly Migration[]): readonly LooseIndex[] {
  const made = migrations.flatMap((migration) => migration.indexes);
  const count = (names: readonly (string | undefined)[]): ReadonlyMap<string | undefined, number> =>
    new Map([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
  const makings = count(made.map(({ index }) => index.name));
  const droppings = count(droppedBy(migrations).map(({ name }) => name));
  return made.filter(({ index: { name } }) => {
    const drops = name === undefined ? 0 : (droppings.get(name) ?? 0);
    return drops === 0 || drops < (makings.get(name) ?? 0);
  });
}

function droppedBy(migrations: readonly Migration[]): readonly DroppedIndex[] {
  return migrations.flatMap((migration) => migration.dropped);
}

interface TakenAway extends LooseIndex {
  readonly span: Span;
}

/** Indexes that are made, by a migration or a model of old, and do not stand any more. */
function takenAway(
  migrations: readonly Migration[],
  declarations: readonly Declaration[],
): readonly TakenAway[] {
  const columns = new Map(
    declarations.flatMap(({ table, columns }) =>
      columns.map(({ name }) => [`ix_${table}_${name}`, { table, name }] as const),
    ),
  );
  const standingNames = new Set(standing(migrations).map(({ index }) => index.name));
  const made = new Map(
    migrations.flatMap((migration) =>
      migration.indexes.map((loose) => [loose.index.name, loose] as const),
    ),
  );
  return droppedBy(migrations).flatMap(({ name, span }) => {
    const loose = made.get(name) ?? namedByAlembic(name, columns);
    return loose && !standingNames.has(name) ? [{ ...loose, span }] : [];
  });
}

/** `ix_order_state`: the name that SQLAlchemy gives an index of `order.state`. */
function namedByAlembic(
  name: string,
  columns: ReadonlyMap<string, { readonly table: string; readonly name: string }>,
): LooseIndex | undefined {
  const column = columns.get(name);
  if (!column) return undefined;
  const index = { name, columns: [column.name], where: undefined, method: undefined };
  return { table: column.table, index: { ...index, kind: "index" } };
}

function joinTables(
  declarations: readonly Declaration[],
  loose: readonly LooseIndex[],
  gone: readonly TakenAway[],
): ReadonlyMap<string, Table> {
  const anywhere = loose.filter(({ table }) => table === undefined).map(({ index }) => index);
  const byTable = Map.groupBy(loose, ({ table }) => table);
  const tables = new Map<string, Table>();
  for (const [name, all] of Map.groupBy(declarations, ({ table }) => table)) {
    const models = all.filter(({ origin }) => origin === "model");
    const aliases = new Set([name, ...all.map(({ alias }) => alias)]);
    tables.set(name, {
      name,
      title: (models[0] ?? all[0])?.title ?? name,
      declarations: all,
      columns: [...models, ...all.filter(({ origin }) => origin !== "model")].flatMap(
        ({ columns }) => columns,
      ),
      indexes: [
        ...all.flatMap(({ indexes }) => indexes),
        ...[...aliases].flatMap((alias) =>
          alias === undefined ? [] : (byTable.get(alias) ?? []).map(({ index }) => index),
        ),
        ...anywhere,
      ],
      dropped: gone.filter(({ table }) => table !== undefined && aliases.has(table)),
      isUnreadable: all.some(({ isUnreadable }) => isUnreadable),
    });
  }
  return tables;
}
