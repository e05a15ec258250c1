// SQL that is written out and asked once for each turn of a loop, there or in a helper that the loop calls.
// Missed: queries two helpers away, and what a `while` asks.

import type { CallEvent } from "../../flow/frame.ts";
import { childrenOf, collectTargets } from "../../flow/language/definitions.ts";
import type { FunctionDefinition } from "../../flow/values/value.ts";
import { codeOf, type Span } from "../../python/module.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
import { constantsOf } from "../arguments-of-call.ts";
import { enclosingNodes, everyNode, expressionAt, type SyntaxNode } from "../enclosing.ts";
import { executionsOf } from "../execution.ts";
import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";
import { scopeOf } from "../schema/names.ts";
import { fillsCache, isConstantIterable } from "./loops.ts";

export interface RepeatedSql {
  /** In the function that holds the loop: the query, or the call that leads to it. */
  readonly at: Span;
  /** The query itself. */
  readonly query: Span;
  readonly loop: Span;
  /** Somebody waits for it. */
  readonly isInRequest: boolean;
}

/** Calls that take SQL as their first argument and its values after it; a rule that asks must watch them. */
export const sqlCalls: readonly string[] = [
  ...["sqlite3.Connection", "sqlite3.Cursor", "aiosqlite.Connection", "aiosqlite.Cursor"],
  ...["psycopg.Connection", "psycopg.Cursor", "psycopg.AsyncConnection", "psycopg.AsyncCursor"],
  ...[
    "psycopg2.extensions.cursor",
    "aiopg.Cursor",
    "pg8000.dbapi.Cursor",
    "pymysql.cursors.Cursor",
  ],
  ...["MySQLdb.cursors.BaseCursor", "mysql.connector.cursor.MySQLCursor", "aiomysql.Cursor"],
  ...["oracledb.Cursor", "oracledb.AsyncCursor", "pyodbc.Cursor", "pyodbc.Connection"],
  ...["pymssql.Cursor", "django.db.backends.utils.CursorWrapper", "sqlalchemy.Connection"],
  ...["sqlalchemy.orm.Session", "sqlalchemy.ext.asyncio.AsyncSession"],
  "sqlalchemy.ext.asyncio.AsyncConnection",
]
  .map((type) => `${type}.execute`)
  .concat(
    ["asyncpg.Connection", "asyncpg.Pool"].flatMap((type) =>
      ["fetch", "fetchrow", "fetchval"].map((method) => `${type}.${method}`),
    ),
    ["databases.Database", "databases.core.Connection"].flatMap((type) =>
      ["fetch_all", "fetch_one", "fetch_val"].map((method) => `${type}.${method}`),
    ),
  );

const known = new Set(sqlCalls);
/** Files that run once, or that nobody waits for. */
const onceOnly = /(?:^|\/)(?:migrations?|versions|alembic|management\/commands|seeds?|fixtures)\//u;
const writing = /\b(?:insert\s+into|update\s+["\w.]+\s+set|delete\s+from)\b|\.commit\(/iu;

/** One for each function that repeats a query. */
export function* repeatedSql(program: Program): Iterable<RepeatedSql> {
  const executionOf = executionsOf(program);
  const told = new Set<FunctionDefinition>();
  for (const call of program.calls) {
    if (!call.paths.some((path) => known.has(path)) || !asksByEquality(call)) continue;
    for (const { at, loop, definition } of loopsAround(program, call)) {
      if (told.has(definition) || isTestPath(at.module.path) || onceOnly.test(at.module.path))
        continue;
      const execution = executionOf(definition);
      if (!execution.isServing) continue;
      told.add(definition);
      yield { at, query: call.span, loop, isInRequest: execution.isRequest };
    }
  }
}

/** `SELECT ... WHERE id = %s`: many such questions can be asked at once. */
function asksByEquality({ arguments: { positional } }: CallEvent): boolean {
  const [statement] = positional;
  if (!statement) return false;
  const [constant] = constantsOf(statement.value);
  const text = typeof constant === "string" ? `"${constant}` : codeOf(statement.span);
  return (
    /["']\s*(?:select|with)\b/iu.test(text) &&
    /\bwhere\b[\s\S]*=\s*(?:%s|\?|\$\d|:\w|%\(\w+\)s|@\w)/iu.test(text) &&
    !/\b(?:in|any)\s*\(|\boffset\b|\bfor\s+update\b/iu.test(text)
  );
}

interface Turning {
  readonly at: Span;
  readonly loop: Span;
  readonly definition: FunctionDefinition;
}

function* loopsAround(program: Program, call: CallEvent): Iterable<Turning> {
  const { definition, span } = call;
  if (!definition) return;
  const values = [...call.arguments.positional.slice(1), ...call.arguments.keywords.values()];
  const names = new Set(values.flatMap((value) => namesAt(value.span)));
  const loop = loopAround(program, span, names);
  if (loop) yield { at: span, loop, definition };
  if (loop || !definition.statement || isRemembered(definition)) return;
  if (!definition.parameters.some(({ name }) => names.has(name))) return;
  for (const edge of program.edges) {
    if (edge.callee !== definition || !edge.caller || edge.entry !== undefined) continue;
    const outer = expressionAt(edge.span);
    if (outer?.kind !== "call") continue;
    const given = new Set(outer.arguments.flatMap(({ value }) => namesIn(value)));
    const around = loopAround(program, edge.span, given);
    if (around) yield { at: edge.span, loop: around, definition: edge.caller };
  }
}

/** It looks into a cache first, or writes: it does more than ask. */
function isRemembered({ statement, module }: FunctionDefinition): boolean {
  if (!statement) return true;
  const [first] = statement.decorators;
  const code = module.text.slice(first?.start ?? statement.start, statement.end);
  return /cache|memo/iu.test(code) || writing.test(code);
}

/** The loop whose turns decide on one of these names. */
function loopAround(program: Program, span: Span, names: ReadonlySet<string>): Span | undefined {
  const { module } = span;
  const around = enclosingNodes(span);
  const inside = around.slice(around.findLastIndex(({ kind }) => kind === "function") + 1);
  if (
    inside.some((node) => node.kind === "lambda" || (node.kind === "if" && isFilling(node, span)))
  )
    return undefined;
  for (const node of inside.toReversed()) {
    const turn = turnOf(node, span);
    if (!turn || isConstantIterable(scopeOf(program, module), turn.iterable)) continue;
    const { body } = turn;
    // It may end with the first row that is found.
    const inner = everyNode({ body });
    if (inner.some(({ kind }) => kind === "break" || kind === "return")) return undefined;
    if (writing.test(module.text.slice(node.start, node.end))) return undefined;
    const varying = new Set(turn.targets);
    for (const statement of inner)
      if (statement.kind === "assign" && namesIn(statement.value).some((name) => varying.has(name)))
        for (const target of statement.targets) collectTargets(target, varying);
    if ([...names].some((name) => varying.has(name) && !/(?:chunk|batch|page)/iu.test(name)))
      return { module, start: node.start, end: node.end };
  }
  return undefined;
}

interface Turn {
  readonly targets: ReadonlySet<string>;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
}

/** What changes from turn to turn, if the place is one that a loop repeats. */
function turnOf(node: SyntaxNode, span: Span): Turn | undefined {
  const targets = new Set<string>();
  if (node.kind === "for") {
    if (!node.body.some((statement) => holds(statement, span))) return undefined;
    collectTargets(node.target, targets);
    return { targets, iterable: node.iterable, body: node.body };
  }
  const [first] = node.kind === "comprehension" ? node.clauses : [];
  if (node.kind !== "comprehension" || !first || holds(first.iterable, span)) return undefined;
  for (const clause of node.clauses) collectTargets(clause.target, targets);
  return { targets, iterable: first.iterable, body: [] };
}

function isFilling(node: Extract<SyntaxNode, { kind: "if" }>, span: Span): boolean {
  return node.branches.some(
    ({ test, body }) => body.some((each) => holds(each, span)) && fillsCache(test, body),
  );
}

function holds(node: SyntaxNode, { start, end }: Span): boolean {
  return node.start <= start && end <= node.end;
}

function namesAt(span: Span): readonly string[] {
  const expression = expressionAt(span);
  return expression ? namesIn(expression) : [];
}

function namesIn(expression: Expression): readonly string[] {
  return [
    ...(expression.kind === "name" ? [expression.id] : []),
    ...childrenOf(expression).flatMap(namesIn),
  ];
}
