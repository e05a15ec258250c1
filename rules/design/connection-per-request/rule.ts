// Each request makes an engine, a client or a connection of its own, where one for the whole program would do.

import {
  type CallEvent,
  codeOf,
  constantsOf,
  defineRule,
  enclosingNodes,
  everyNode,
  executionsOf,
  flaskSettingPaths,
  isTestPath,
  type Module,
  type Program,
  pathsOf,
  quoteCode,
  type Severity,
  type SyntaxNode,
} from "#rule";
import { closedEachTime, keepsNone, keepsOne, neverClosed, sharedByThreads } from "./held-wrong.ts";

type FunctionDefinition = NonNullable<CallEvent["definition"]>;

interface Made {
  readonly severity: Severity;
  /** What it opens, and what to do instead. */
  readonly opens: string;
  readonly instead: string;
}

const engine: Made = {
  severity: "high",
  opens: "a pool of connections that nobody uses again",
  instead: "Make one engine for the program, and take sessions from it",
};
const connection: Made = {
  severity: "high",
  opens: "a connection to the database",
  instead: "Take it from a pool that is made once",
};
const client: Made = {
  severity: "medium",
  opens: "connections of its own",
  instead: "Make one client for the program, and share it",
};

/** Cheaper to make, and still a new connection to the other host for each request. */
const visit: Made = { ...client, severity: "low" };

/** By API path. sqlite3 is not among them: it opens a file. */
const making: ReadonlyMap<string, Made> = new Map<string, Made>([
  ["sqlalchemy.create_engine", engine],
  ["sqlalchemy.ext.asyncio.create_async_engine", engine],
  ["psycopg2.connect", connection],
  ["psycopg.connect", connection],
  ["psycopg.Connection.connect", connection],
  ["psycopg.AsyncConnection.connect", connection],
  ["asyncpg.connect", connection],
  ["asyncpg.create_pool", engine],
  ["psycopg_pool.ConnectionPool", engine],
  ["psycopg_pool.AsyncConnectionPool", engine],
  ["pymysql.connect", connection],
  ["aiomysql.connect", connection],
  ["MySQLdb.connect", connection],
  ["mysql.connector.connect", connection],
  ["oracledb.connect", connection],
  ["pymongo.MongoClient", client],
  ["pymongo.asynchronous.mongo_client.AsyncMongoClient", client],
  ["motor.motor_asyncio.AsyncIOMotorClient", client],
  ["redis.Redis", client],
  ["redis.asyncio.Redis", client],
  ["redis.from_url", client],
  ["redis.asyncio.from_url", client],
  ["redis.Redis.from_url", client],
  ["redis.asyncio.Redis.from_url", client],
  ["elasticsearch.Elasticsearch", client],
  ["elasticsearch.AsyncElasticsearch", client],
  ["httpx.Client", visit],
  ["httpx.AsyncClient", visit],
  ["requests.Session", visit],
  ["aiohttp.ClientSession", visit],
  ["boto3.client", visit],
  ["boto3.resource", visit],
]);

/** Somebody signs in, or another host calls back: it happens now and then. */
const seldom = /oauth|callback|log_?in|sign_?in|sso|webhook|health|token/iu;

export default defineRule({
  watches: [...making.keys(), ...flaskSettingPaths],
  *check({ program, finding }) {
    const executionOf = executionsOf(program);
    const told = new Set<unknown>();
    for (const call of program.calls) {
      const { definition } = call;
      const isConnection = call.paths.some((each) => making.get(each) === connection);
      const wrong = isTestPath(call.module.path)
        ? undefined
        : isConnection
          ? sharedByThreads(program, call)
          : call.paths.some((each) => making.get(each) === engine)
            ? (keepsNone(program, call) ?? keepsOne(program, call))
            : undefined;
      if (wrong) {
        yield finding(wrong.span, wrong.text, { severity: wrong.severity });
        continue;
      }
      const path = call.paths.find((each) => making.has(each));
      const made = path === undefined ? undefined : making.get(path);
      if (!made || !definition || told.has(definition) || isTestPath(call.module.path)) continue;
      if (isPooled(call) || isInMemory(call)) continue;
      if (
        made === visit &&
        (isScoped(call) || seldom.test(`${call.module.path} ${definition.name}`))
      )
        continue;
      const isOnce = (caller: FunctionDefinition): boolean => isDoneOnce(program, caller);
      const isInRequest = (caller: FunctionDefinition): boolean =>
        executionOf(caller, isOnce).isRequest;
      if (!isInRequest(definition)) continue;
      if (isKept(program, call) && !isMadeAnew(program, definition, isInRequest)) continue;
      told.add(definition);
      const name = quoteCode(codeOf(call.calleeSpan));
      yield finding(
        call.span,
        `${name} opens ${made.opens} each time ${quoteCode(definition.name)} runs, once a request or more. ${made.instead}.`,
        { severity: made.severity },
      );
    }
    for (const { span, text, severity } of closedEachTime(program))
      yield finding(span, text, { severity });
    for (const { definition } of program.functions) {
      if (isTestPath(definition.module.path) || !executionOf(definition).isRequest) continue;
      for (const { span, text, severity } of neverClosed(program, definition))
        yield finding(span, text, { severity });
    }
  },
});

/** A pool that was handed over, or the wish to have none (`NullPool`), is somebody's decision. */
function isPooled({ arguments: { keywords, keywordSpread } }: CallEvent): boolean {
  return (
    keywords.has("connection_pool") || keywords.has("poolclass") || keywordSpread !== undefined
  );
}

/** `async with httpx.AsyncClient() as client`: made for this visit and closed after it, or used at once. */
function isScoped({ span }: CallEvent): boolean {
  const around = enclosingNodes(span);
  const holder = around.findLast(({ kind }) => kind !== "call" && kind !== "name");
  return holder?.kind !== "assign" || holder.value.start !== span.start;
}

function isInMemory({ arguments: { positional, keywords } }: CallEvent): boolean {
  const address = positional[0]?.value ?? keywords.get("url")?.value;
  return constantsOf(address).some(
    (each) => typeof each === "string" && /^sqlite(?:\+\w+)?:/u.test(each),
  );
}

/** `self.client = Redis()`, `clients[name] = engine`, `app.state.pool = ...`: it outlives the call. */
function isKept(program: Program, { span }: Pick<CallEvent, "span">): boolean {
  const around = enclosingNodes(span);
  const statement = around.findLast(({ kind }) => kind === "assign" || kind === "annotated");
  const names = new Set(
    targetsOf(statement).flatMap((each) => (each.kind === "name" ? each.id : [])),
  );
  if (targetsOf(statement).some((target) => isLasting(program, span.module, target))) return true;
  const scope = around.findLast(({ kind }) => kind === "function");
  if (scope?.kind !== "function") return false;
  for (const node of everyNode({ body: scope.body })) {
    if (node.kind === "global" && node.names.some((name) => names.has(name))) return true;
    if (node.kind !== "assign" || node.value.kind !== "name" || !names.has(node.value.id)) continue;
    if (targetsOf(node).some((target) => isLasting(program, span.module, target))) return true;
  }
  return false;
}

/** A place that is there after the call; what hangs on `flask.g` or on the request ends with it. */
function isLasting(program: Program, module: Module, target: SyntaxNode): boolean {
  if (target.kind !== "attribute" && target.kind !== "subscript") return false;
  const { start, end } = target.object;
  const holder = module.text.slice(start, end);
  if (/(?:^|\.)request(?:\.state|\.ctx)?$/u.test(holder)) return false;
  const held = program.globalOf(module, holder);
  return ![...(held?.types ?? []), ...pathsOf(held)].some((path) => requestGlobals.has(path));
}

const requestGlobals: ReadonlySet<string> = new Set(["flask.g", "quart.g"]);

/** Fills the fields of an object that is itself made by each request, wherever it is made. */
function isMadeAnew(
  program: Program,
  definition: FunctionDefinition,
  isInRequest: (caller: FunctionDefinition) => boolean,
): boolean {
  const { owner, name } = definition;
  // Who has a say in how objects are made may give the same one twice.
  const isPlain =
    name === "__init__" &&
    !owner?.attributes.has("__new__") &&
    !owner?.statement.arguments.some((argument) => argument.name !== undefined);
  const makers = program.edges.filter(
    ({ callee, span }) => callee === definition && !isTestPath(span.module.path),
  );
  return (
    isPlain &&
    makers.length > 0 &&
    makers.every(({ caller, span }) => caller && isInRequest(caller) && !isKept(program, { span }))
  );
}

/** `@lru_cache`, or a result that is kept for whoever asks next. */
function isDoneOnce(program: Program, { statement, module }: FunctionDefinition): boolean {
  if (!statement) return false;
  const isCached = statement.decorators.some((decorator) =>
    /(?:^|[._])(?:cache|cached|lru_cache|cached_property|singleton|alru_cache)\b/u.test(
      module.text.slice(decorator.start, decorator.end),
    ),
  );
  return isCached || keepsResult(program, module, statement.body);
}

/** `global engine`, `if self._client is None: self._client = ...`, `if key not in engines: engines[key] = ...`. */
function keepsResult(program: Program, module: Module, body: Module["body"]): boolean {
  for (const node of everyNode({ body })) {
    if (node.kind === "global") return true;
    if (node.kind !== "if") continue;
    for (const branch of node.branches) {
      const isAbsent =
        branch.test.kind === "compare" &&
        branch.test.operators.some((operator) => operator === "is" || operator === "not in");
      const isEmpty = branch.test.kind === "unary" && branch.test.operator === "not";
      if (!isAbsent && !isEmpty) continue;
      for (const inner of everyNode({ body: branch.body })) {
        if (targetsOf(inner).some((target) => isLasting(program, module, target))) return true;
      }
    }
  }
  return false;
}

function targetsOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (node?.kind === "assign") return node.targets;
  return node?.kind === "annotated" ? [node.target] : [];
}
