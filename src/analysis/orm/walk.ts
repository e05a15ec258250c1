// A running of one function by somebody who watches queries: what its names are worth, and the loop
// around the code that is being read.

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { Span } from "../../python/module.ts";
import type { CallExpression, Expression, Statement } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import type { Tables } from "../schema/mapped.ts";
import type { Scope } from "../schema/names.ts";
import type { Callee, Known, Model, Relation, Rows } from "./orm-value.ts";

/** A stretch of the file that is being read. */
export type Stretch = Pick<Span, "start" | "end">;

/** What holds for the whole program. */
export interface Orm {
  readonly program: Program;
  readonly tables: Tables;
  readonly models: ReadonlyMap<ClassDefinition, Model>;
  /** Django's managers and querysets of the project's own. */
  readonly managers: readonly ClassDefinition[];
  /** Relations that some query of the program asks to come along. */
  readonly loadedSomewhere: ReadonlySet<string>;
}

/** A query that runs again each time a loop turns. */
export interface PerRow {
  readonly model: Model;
  /** The relation that is read; `undefined` for a query that is written out. */
  readonly relation: Relation | undefined;
  /** The relation came with the row, and is asked for again. */
  readonly isRefined: boolean;
  /** In the function that holds the loop: the query, or the call that leads to it. */
  readonly at: Span;
  /** The query itself. */
  readonly query: Span;
  readonly loop: Loop;
}

export interface Loop {
  readonly span: Span;
  /** The model that the loop goes over, where it is rows. */
  readonly over: Known;
  /** Names whose value decides to leave the loop, or is written back. */
  readonly exits: ReadonlySet<string>;
  /** It writes its rows one by one: a read more beside each is not what costs. */
  readonly isWriting: boolean;
  /** Conditions that decide whether a row is written. */
  readonly guards?: ReadonlySet<Statement>;
}

export interface Walk {
  readonly orm: Orm;
  readonly scope: Scope;
  readonly names: Map<string, Known>;
  /** The class whose method runs. */
  readonly owner: ClassDefinition | undefined;
  readonly loop: Loop | undefined;
  /** Where the function that holds the loop called further. */
  readonly calledAt: Span | undefined;
  /** The next function that is entered is where its queries are told of: nothing calls it by name. */
  readonly isAnchoredBelow?: boolean;
  readonly depth: number;
  readonly returns: Known[];
  /** Said of what is read now: it is remembered, or the loop ends with it. */
  readonly isQuiet: boolean;
  readonly bounds: { steps: number };
  /** What a call in a loop has done so far, which is told when it writes nothing. */
  readonly call: { readonly events: PerRow[]; hasWritten: boolean } | undefined;
  readonly found: (event: PerRow) => void;
  /** Hears of rows that are read; `rows` tells how they were chosen. */
  readonly read?: ((rows: Rows, at: Span) => void) | undefined;
  /** Hears of relations that are read later than their row was awaited, which Django refuses. */
  readonly late?: ((relation: Relation, at: Span) => void) | undefined;
  /** Reads an expression; what it runs is reported. */
  evaluate(walk: Walk, expression: Expression): Known;
  execute(walk: Walk, statements: readonly Statement[]): void;
  /** Reads what a serializer asks of each of these rows; nothing for a class that is none. */
  serialize(walk: Walk, serializer: ClassDefinition, rows: Rows, at: Span): void;
  /** Reads what a schema asks of a row that a call gives it; nothing for any other call. */
  validate(walk: Walk, call: CallExpression, given: readonly Known[]): void;
  /** The serializers that a view writes lists with. */
  serializersOf(walk: Walk, view: ClassDefinition): readonly ClassDefinition[];
  /** Runs a function of the project. */
  enter(walk: Walk, callee: Callee, given: GivenArguments, at: Stretch): Known;
}

export interface GivenArguments {
  readonly positional: readonly Known[];
  readonly keywords: ReadonlyMap<string, Known>;
}

/** Notes that a query runs here, if it is another one at each turn of a loop. */
export function noteQuery(
  walk: Walk,
  model: Model,
  node: Stretch,
  varies: boolean,
  details: {
    readonly relation?: Relation | undefined;
    readonly isRefined?: boolean;
    readonly isLocked?: boolean;
  } = {},
): void {
  const { loop, isQuiet, scope, calledAt, found } = walk;
  if (!loop || isQuiet || !varies) return;
  const isBeside = details.relation !== undefined || calledAt !== undefined;
  if (details.isLocked || (loop.isWriting && isBeside)) return;
  const query = { module: scope.module, start: node.start, end: node.end };
  const { relation, isRefined = false } = details;
  const event = { model, relation, isRefined, at: calledAt ?? query, query, loop };
  if (walk.call) walk.call.events.push(event);
  else found(event);
}

/** Notes that rows are read here, every one that was chosen. */
export function noteRead({ read, scope }: Walk, rows: Rows, { start, end }: Stretch): void {
  read?.(rows, { module: scope.module, start, end });
}

/** Notes that something is written: a function that reads a row to change it has its reason. */
export function noteWrite({ call }: Walk): void {
  if (call) call.hasWritten = true;
}
