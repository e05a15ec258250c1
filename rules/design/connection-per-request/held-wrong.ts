// Connections that are held in the wrong way: one for all threads, none kept at all, one that is never given back.

import {
  type CallEvent,
  codeOf,
  enclosingNodes,
  everyNode,
  executionsOf,
  type Program,
  pathsOf,
  quoteCode,
  type Severity,
  type Span,
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
  if (call.definition || apart.test(module.path)) return undefined;
  const statement = enclosingNodes(span).at(0);
  if (statement?.kind !== "assign" || statement.value.start !== span.start) return undefined;
  const [target] = statement.targets;
  if (target?.kind !== "name" || !isUsedByRoute(program, call, target.id)) return undefined;
  return {
    span,
    text: `${quoteCode(codeOf(call.calleeSpan))} opens one connection for the whole program: requests on several threads share it, and one's rollback undoes another's work. Take a connection from a pool for each request.`,
    severity: "medium",
  };
}

function isUsedByRoute(program: Program, { module }: CallEvent, name: string): boolean {
  const word = new RegExp(String.raw`\b${name}\.(?:cursor|execute|commit)\b`, "u");
  const executionOf = executionsOf(program);
  return program.functions.some(({ definition, route }) => {
    const { statement } = definition;
    // On an event loop one handler runs at a time.
    if (!route || !statement || executionOf(definition).isOnLoop) return false;
    const isSeen =
      definition.module === module ||
      program.globalOf(definition.module, name)?.types.length !== undefined;
    return isSeen && word.test(definition.module.text.slice(statement.start, statement.end));
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
