// What an expression is worth to somebody who watches queries: rows of a model, one row, or an object.

import type { ClassDefinition, FunctionDefinition } from "../../flow/values/value.ts";
import type { Module } from "../../python/module.ts";
import type { FunctionStatement } from "../../python/syntax.ts";
import type { Declaration } from "../schema/facts.ts";

/** Which mapper a model is written for. */
export type Library = "django" | "sqlalchemy" | "tortoise" | "peewee" | "pony";

export interface Model {
  readonly definition: ClassDefinition;
  readonly declaration: Declaration;
  readonly library: Library;
  readonly relations: ReadonlyMap<string, Relation>;
}

/** An attribute of a row that stands for rows of another table. */
export interface Relation {
  readonly name: string;
  /** The model that has it. */
  readonly owner: string;
  /** `one`: reading it gives a row. `many`: it gives rows, or Django's manager of them. */
  readonly kind: "one" | "many";
  /** `undefined` for a model of a library. */
  readonly target: ClassDefinition | undefined;
  /** The relation of the target that leads back. */
  readonly inverse: string | undefined;
  /** Reading it gives a query, which asks when it is read itself: Django's managers, `lazy="dynamic"`. */
  readonly isQuery: boolean;
  /** Comes with the row, or refuses to be read later: nothing to say. */
  readonly isSettled: boolean;
}

/** The relations that come with rows: `items`, `items.product`. */
export interface Loads {
  readonly paths: ReadonlySet<string>;
  /** `all`: nothing that can be read says otherwise. `elsewhere`: as any query of the project does. */
  readonly others: "lazy" | "all" | "elsewhere";
}

export interface Rows {
  readonly kind: "rows";
  readonly model: Model;
  /** `lazy` asks when it is read, `statement` when a session runs it; a `result` was asked for. */
  readonly state: "lazy" | "statement" | "result" | "read";
  /** What one element is. */
  readonly form: "entity" | "tuple" | "value";
  readonly loads: Loads;
  /** Where the rows stand below those that were asked for: `items`. */
  readonly at: string;
  /** They came with their owner's row, and nothing more was asked of them. */
  readonly isPrefetched: boolean;
  /** The row whose relation they are: the way back to it costs nothing. */
  readonly back: { readonly name: string; readonly known: Known } | undefined;
  /** The relation that gave them. */
  readonly relation: Relation | undefined;
  /** They came with their owner's row, and are chosen among by another query. */
  readonly isRefined: boolean;
  /** Each row is locked for a change of its own. */
  readonly isLocked: boolean;
  /** A handful by its text: `[:5]`. */
  readonly isFew: boolean;
  /** Awaited: what is lazy cannot be read by SQLAlchemy afterwards. */
  readonly isAsync: boolean;
  /** Something limits how many there may be. */
  readonly isBounded: boolean;
  /** Something chooses among them. */
  readonly isChosen: boolean;
}

export interface Row {
  readonly kind: "row";
  readonly back: Rows["back"];
  readonly model: Model;
  readonly loads: Loads;
  readonly at: string;
  readonly isAsync: boolean;
}

export interface Known {
  readonly rows?: Rows | Row | undefined;
  /** Another one each time the loop around turns. */
  readonly varies: boolean;
  /** An object of a class of the project. */
  readonly instance?: ClassDefinition | undefined;
  /** The model's class itself, handed on: `model_query(context, Order)`. */
  readonly model?: Model | undefined;
  readonly local?: LocalFunction | undefined;
  /** What tuples hold, by position. */
  readonly parts?: readonly Known[] | undefined;
}

export interface LocalFunction {
  readonly statement: FunctionStatement;
  readonly module: Module;
}

/** A function of the project that a call runs, and the object it is called on. */
export interface Callee {
  readonly definition: Pick<FunctionDefinition, "module" | "owner" | "qualifiedName"> & {
    readonly statement: FunctionStatement;
  };
  readonly self: Known | undefined;
  readonly names: ReadonlyMap<string, Known> | undefined;
}

export const nothingKnown: Known = { varies: false };
export const nothingLoaded: Loads = { paths: new Set(), others: "lazy" };
export const everythingLoaded: Loads = { paths: new Set(), others: "all" };
export const loadedElsewhere: Loads = { paths: new Set(), others: "elsewhere" };

/** All rows of a model, not yet asked for. */
export function allRows(model: Model, state: Rows["state"], loads: Loads = nothingLoaded): Rows {
  return {
    kind: "rows",
    model,
    state,
    form: "entity",
    loads,
    at: "",
    isPrefetched: false,
    back: undefined,
    relation: undefined,
    isRefined: false,
    isLocked: false,
    isFew: false,
    isAsync: false,
    isBounded: false,
    isChosen: false,
  };
}

/** One of these rows. */
export function oneOf({ model, loads, at, isAsync, back }: Rows): Row {
  return { kind: "row", model, loads, at, isAsync, back };
}

/** What iterating gives. */
export function elementOf(known: Known, varies: boolean): Known {
  const { rows } = known;
  if (rows?.kind !== "rows") return { varies };
  switch (rows.form) {
    case "entity":
      return { rows: oneOf(rows), varies };
    case "tuple":
      return { varies, parts: [{ rows: oneOf(rows), varies }] };
    case "value":
      return { varies };
  }
}

/** Either of two: the one of which more is known, and what comes with either. */
export function joinKnown(left: Known | undefined, right: Known): Known {
  if (!left) return right;
  const varies = left.varies || right.varies;
  if (left.rows && right.rows && left.rows.model === right.rows.model) {
    const loads = joinLoads(left.rows.loads, right.rows.loads);
    return { ...left, rows: { ...left.rows, loads }, varies };
  }
  const known = left.rows || left.instance || left.local || left.model ? left : right;
  return { ...known, varies };
}

function joinLoads(left: Loads, right: Loads): Loads {
  const others = [left.others, right.others];
  return {
    paths: left.paths.union(right.paths),
    others: others.includes("all") ? "all" : others.includes("elsewhere") ? "elsewhere" : "lazy",
  };
}

/** `items` below `order` -> `order.items`. */
export function below(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}
