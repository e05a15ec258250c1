// Connections that are held in the wrong way: one for all threads, none kept at all, one that is never given back.

import {
  type CallEvent,
  codeOf,
  constantsOf,
  enclosingNodes,
  everyNode,
  executionsOf,
  isForDevelopment,
  type Program,
  pathsOf,
  quoteCode,
  type Severity,
  type Span,
  settingsNamed,
} from "#rule";

export interface HeldWrong {
  readonly span: Span;
  readonly text: string;
  readonly severity: Severity;
}

/** Files where a connection of one's own is as it should be. */
const apart =
  /(?:^|\/)(?:alembic|migrations|scripts?|tasks?|workers?|celery\w*|jobs?|cli|commands?)(?:\/|\.py$)|(?:^|\/)env\.py$/u;
/** Somebody else keeps the connections: a pooler beside the database, or a function that lives for one request. */
const pooledElsewhere = /pgbouncer|pgcat|supavisor|supabase|\bneon\b|lambda|serverless|pgpool/iu;

/** One connection at the top of a module, for every thread that answers requests. */
export function sharedByThreads(program: Program, call: CallEvent): HeldWrong | undefined {
  const { module, span } = call;
  const statement = call.definition ? undefined : enclosingNodes(span).at(0);
  if (statement?.kind !== "assign" || statement.value.start !== span.start) return undefined;
  const [target] = statement.targets;
  const held = target?.kind === "name" ? program.globalOf(module, target.id) : undefined;
  if (!held || !isUsedInRequests(program, held.symbol)) return undefined;
  return {
    span,
    text: `${quoteCode(codeOf(call.calleeSpan))} opens one connection for the whole program: requests on several threads share it, and one's rollback undoes another's work. Take a connection from a pool for each request.`,
    severity: "medium",
  };
}

/** Whether something that runs for requests, on a thread of theirs, asks this very connection. */
function isUsedInRequests(program: Program, connection: number): boolean {
  const executionOf = executionsOf(program);
  return program.functions.some(({ definition }) => {
    const { statement, module, locals, parameters } = definition;
    const isOwn = (name: string): boolean =>
      locals.has(name) || parameters.some((parameter) => parameter.name === name);
    const asks = everyNode({ body: statement?.body ?? [] }).some(
      (node) =>
        node.kind === "attribute" &&
        node.object.kind === "name" &&
        /^(?:cursor|execute|commit)$/u.test(node.name) &&
        !isOwn(node.object.id) &&
        program.globalOf(module, node.object.id)?.symbol === connection,
    );
    if (!asks) return false;
    // On an event loop one handler runs at a time.
    const { isRequest, isOnLoop } = executionOf(definition);
    return isRequest && !isOnLoop;
  });
}

/** `create_engine(url, poolclass=NullPool)` in a program that answers requests. */
export function keepsNone(program: Program, call: CallEvent): HeldWrong | undefined {
  const pool = call.arguments.keywords.get("poolclass");
  if (!pool || !pathsOf(pool.value).some((path) => path.endsWith(".NullPool"))) return undefined;
  const { module } = call;
  if (apart.test(module.path) || pooledElsewhere.test(module.text)) return undefined;
  if (!program.functions.some(({ route }) => route) || enclosingNodes(call.span).some(isChoice))
    return undefined;
  return {
    span: call.span,
    text: `\`NullPool\` keeps no connection: each request opens one to the database and closes it. Leave \`poolclass\` out, unless a pooler such as PgBouncer stands before the database.`,
    severity: "medium",
  };
}

/** `create_engine(url, pool_size=1, max_overflow=0)`: one connection, and every request waits for it. */
export function keepsOne(program: Program, call: CallEvent): HeldWrong | undefined {
  const { keywords, positional } = call.arguments;
  const numberOf = (name: string): unknown => {
    const values = constantsOf(keywords.get(name)?.value);
    return values.length === 1 ? values[0] : undefined;
  };
  if (numberOf("pool_size") !== 1 || numberOf("max_overflow") !== 0) return undefined;
  const isServer = program.functions.some(({ route }) => route);
  const address = constantsOf(positional[0]?.value);
  if (!isServer || apart.test(call.module.path) || enclosingNodes(call.span).some(isChoice))
    return undefined;
  // SQLite has one writer at a time anyway.
  if (address.some((each) => typeof each === "string" && each.startsWith("sqlite")))
    return undefined;
  return {
    span: call.span,
    text: `The pool of ${quoteCode(codeOf(call.calleeSpan))} holds one connection and may open no other: each request waits until the one before has given it back. Leave ${quoteCode("max_overflow")} out, or let the pool be as large as the number of threads.`,
    severity: "low",
  };
}

/** `"CONN_MAX_AGE": 0` of a Django project, where nothing else keeps connections. */
export function* closedEachTime(program: Program): Iterable<HeldWrong> {
  for (const { setting, settings } of settingsNamed(program, "DATABASES")) {
    const { expression, span } = setting;
    if (setting.framework !== "django" || expression?.kind !== "dict") continue;
    if (isForDevelopment(settings.title) || pooledElsewhere.test(span.module.text)) continue;
    for (const { value } of expression.entries) {
      if (value.kind !== "dict" || /sqlite|["']pool["']/u.test(codeAt(span.module, value)))
        continue;
      for (const entry of value.entries) {
        const isAge = entry.key?.kind === "string" && entry.key.value === "CONN_MAX_AGE";
        if (!isAge || entry.value.kind !== "number" || entry.value.value !== 0) continue;
        yield {
          span: { module: span.module, start: entry.key.start, end: entry.value.end },
          text: `With ${quoteCode("CONN_MAX_AGE")} at 0, each request opens a connection to the database and closes it. Set it to some seconds, or give ${quoteCode("OPTIONS")} a ${quoteCode("pool")}.`,
          severity: "low",
        };
      }
    }
  }
}

function codeAt(
  module: Span["module"],
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return codeOf({ module, start, end });
}

/** Under a condition it is somebody's decision for tests, or for one kind of process. */
function isChoice({ kind }: { readonly kind: string }): boolean {
  return kind === "if" || kind === "conditional" || kind === "function";
}

/** `session = SessionLocal()` in a request, and nothing that closes it. */
export function* neverClosed(
  program: Program,
  { module, name, statement }: NonNullable<CallEvent["definition"]>,
): Iterable<HeldWrong> {
  if (!statement) return;
  const body = module.text.slice(statement.start, statement.end);
  for (const node of everyNode({ body: statement.body })) {
    if (node.kind !== "assign" || node.value.kind !== "call") continue;
    const { callee, start, end } = node.value;
    const [target] = node.targets;
    if (target?.kind !== "name" || callee.kind !== "name") continue;
    const types = program.globalOf(module, callee.id)?.types ?? [];
    if (!types.includes("sqlalchemy.orm.sessionmaker") || isHandled(body, target.id)) continue;
    const span = { module, start, end };
    yield {
      span,
      text: `The session of ${quoteCode(name)} is never closed: its connection stays away from the pool until it is collected, or for ever if something holds it. Write ${quoteCode(`with ${codeOf(span)} as ${target.id}:`)}.`,
      severity: "medium",
    };
    return;
  }
}

/** It is closed, or handed to somebody who may close it. */
function isHandled(body: string, name: string): boolean {
  return new RegExp(
    String.raw`\b${name}\.(?:close|remove|__exit__)\b|\bwith\s+(?:\w+\()?${name}\b|\b(?:yield|return)\s+${name}\b(?!\.)|=\s*${name}\s*$|\bclosing\(|\bcallback\(`,
    "mu",
  ).test(body);
}
