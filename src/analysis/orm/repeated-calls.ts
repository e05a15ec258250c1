// What leaves the program once for each turn of a loop, there or in a helper that the loop calls: SQL that is
// written out, and pages of another host. Missed: calls two helpers away, and what a `while` asks.

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

export interface RepeatedCall {
  /** SQL that asks, SQL that adds a row, or a question to another host. */
  readonly kind: "sql" | "insert" | "http";
  /** In the function that holds the loop: the query, or the call that leads to it. */
  readonly at: Span;
  /** The call itself. */
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

const hosts = ["requests", "requests.Session", "httpx", "httpx.Client", "httpx.AsyncClient"];

/** Calls that ask another host for one thing; a rule that asks must watch them. */
export const fetchCalls: readonly string[] = [
  ...hosts.map((host) => `${host}.get`),
  "aiohttp.ClientSession.get",
  "urllib.request.urlopen",
];

const sql = new Set(sqlCalls);
const fetching = new Set(fetchCalls);
/** Files that run once, or that nobody waits for. */
const onceOnly =
  /(?:^|\/)(?:migrations?|versions|alembic|management\/commands|seeds?|fixtures)\/|(?:^|\/)(?:checks|apps)\.py$/u;
const writing = /\b(?:insert\s+into|update\s+["\w.]+\s+set|delete\s+from)\b|\.commit\(/iu;

/** One for each function that repeats such a call, and kind of it. */
export function* repeatedCalls(program: Program): Iterable<RepeatedCall> {
  const executionOf = executionsOf(program);
  const told = new Map<FunctionDefinition, Set<string>>();
  for (const call of program.calls) {
    const kind = kindOf(call);
    if (!kind) continue;
    for (const { at, loop, definition } of loopsAround(program, call, kind)) {
      const kinds = told.get(definition) ?? new Set();
      told.set(definition, kinds);
      if (kinds.has(kind) || isTestPath(at.module.path) || onceOnly.test(at.module.path)) continue;
      const execution = executionOf(definition);
      if (!(kind === "sql" ? execution.isServing : execution.isRequest)) continue;
      kinds.add(kind);
      yield { kind, at, query: call.span, loop, isInRequest: execution.isRequest };
    }
  }
}

function kindOf(call: CallEvent): RepeatedCall["kind"] | undefined {
  if (call.paths.some((path) => sql.has(path)))
    return asksByEquality(call) ? "sql" : addsRow(call) ? "insert" : undefined;
  return call.paths.some((path) => fetching.has(path)) ? "http" : undefined;
}

/** `INSERT INTO line VALUES (%s, %s)`: `executemany` sends all of them. */
function addsRow({ arguments: { positional } }: CallEvent): boolean {
  const [statement, values] = positional;
  if (!statement || !values) return false;
  const [constant] = constantsOf(statement.value);
  const text = typeof constant === "string" ? constant : codeOf(statement.span);
  return /^\W*insert\s+into\b/iu.test(text) && !/\breturning\b/iu.test(text);
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

function* loopsAround(
  program: Program,
  call: CallEvent,
  kind: RepeatedCall["kind"],
): Iterable<Turning> {
  const { definition, span } = call;
  if (!definition) return;
  const { positional, keywords } = call.arguments;
  const values =
    kind === "http" ? positional.slice(0, 1) : [...positional.slice(1), ...keywords.values()];
  const names = new Set(values.flatMap((value) => namesAt(value.span)));
  const loop = loopAround(program, span, names, kind);
  if (loop) yield { at: span, loop, definition };
  if (loop || kind !== "sql" || !definition.statement || isRemembered(definition)) return;
  if (!definition.parameters.some(({ name }) => names.has(name))) return;
  for (const edge of program.edges) {
    if (edge.callee !== definition || !edge.caller || edge.entry !== undefined) continue;
    const outer = expressionAt(edge.span);
    if (outer?.kind !== "call") continue;
    const given = new Set(outer.arguments.flatMap(({ value }) => namesIn(value)));
    const around = loopAround(program, edge.span, given, kind);
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
function loopAround(
  program: Program,
  span: Span,
  names: ReadonlySet<string>,
  kind: RepeatedCall["kind"],
): Span | undefined {
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
    // One row is added after the other for what the database gives back in between.
    const isUsed = kind === "insert" && !isStatementOf(inner, span);
    const isWriting = kind === "sql" && writing.test(module.text.slice(node.start, node.end));
    if (isUsed || isWriting || (kind === "http" && isConcurrent(inside, span))) return undefined;
    const varying = new Set(turn.targets);
    for (const statement of inner)
      if (statement.kind === "assign" && namesIn(statement.value).some((name) => varying.has(name)))
        for (const target of statement.targets) collectTargets(target, varying);
    if ([...names].some((name) => varying.has(name) && !/(?:chunk|batch|page)/iu.test(name)))
      return { module, start: node.start, end: node.end };
  }
  return undefined;
}

/** The call is all that its line does. */
function isStatementOf(nodes: readonly SyntaxNode[], span: Span): boolean {
  return nodes.some(
    (node) =>
      node.kind === "expression" &&
      node.end === span.end &&
      (node.value.kind === "await" ? node.value.value : node.value).start === span.start,
  );
}

/** `gather(*[client.get(url) for url in urls])`: nobody waits for one before the next begins. */
function isConcurrent(inside: readonly SyntaxNode[], span: Span): boolean {
  const isAwaited = inside.some(({ kind, end }) => kind === "await" && end === span.end);
  const isAsync = inside.some((node) => node.kind === "comprehension");
  return (
    isAsync &&
    !isAwaited &&
    /\bgather\b|\bTaskGroup\b|\bas_completed\b|\bsubmit\b/u.test(span.module.text)
  );
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
