// Which database a project runs on, as far as its files tell: URLs, settings, drivers, dialects.

import { blocksOf, childrenOf, expressionsOf } from "../../flow/language/definitions.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
import { isTestPath } from "../paths.ts";
import type { Program } from "../program.ts";
import { type Evidence, type Note, readDialectHints, schemes } from "./dialect-hints.ts";
import type { Dialect } from "./facts.ts";

export interface Databases {
  readonly dialect: Dialect;
  /** Whether the project serves requests, and so may grow under many people's hands. */
  readonly isServer: boolean;
}

const drivers: Readonly<Record<string, Dialect>> = {
  psycopg2: "postgresql",
  psycopg: "postgresql",
  asyncpg: "postgresql",
  pg8000: "postgresql",
  pymysql: "mysql",
  MySQLdb: "mysql",
  aiomysql: "mysql",
  asyncmy: "mysql",
  oracledb: "oracle",
  cx_Oracle: "oracle",
  sqlite3: "sqlite",
  aiosqlite: "sqlite",
};

const servers =
  /^(?:aiohttp|bottle|cherrypy|connexion|django|falcon|fastapi|flask|hug|litestar|pecan|pyramid|quart|robyn|sanic|starlette|tornado|twisted|webob|werkzeug)$/u;

/** Reads what every file says of its database. */
export function readDatabases(program: Program): Databases {
  const seen = new Map<Dialect, Evidence>();
  const note: Note = (dialect, evidence) => {
    if (dialect && seen.get(dialect) !== "told") seen.set(dialect, evidence);
  };
  let isServer = false;
  for (const module of program.modules) {
    if (isTestPath(module.path)) continue;
    for (const name of importedModules(module.body)) {
      const [first = "", second, third] = name.split(".");
      isServer ||= servers.test(first);
      note(drivers[first], "likely");
      if (first === "sqlalchemy" && second === "dialects") note(schemes[third ?? ""], "told");
      if (first === "django" && name.startsWith("django.contrib.postgres"))
        note("postgresql", "told");
    }
    if (!/:\/\/|\bdjango\.|mysql_engine|drivername/u.test(module.text)) continue;
    readStatements(module.body, note);
  }
  readDialectHints([...program.configs, ...program.manifests, ...program.sqlFiles], note);
  return { dialect: decide(seen), isServer };
}

/** MySQL's word counts, unless PostgreSQL is told of as well: then what lacks there is lacking. */
function decide(seen: ReadonlyMap<Dialect, Evidence>): Dialect {
  if (seen.get("postgresql") === "told") return "postgresql";
  if (seen.has("mysql")) return "mysql";
  for (const dialect of ["postgresql", "oracle", "mssql", "sqlite"] as const)
    if (seen.has(dialect)) return dialect;
  return "unknown";
}

function readStatements(statements: readonly Statement[], note: Note): void {
  for (const statement of statements) {
    for (const expression of expressionsOf(statement)) readExpression(expression, note);
    for (const block of blocksOf(statement)) readStatements(block, note);
  }
}

function readExpression(expression: Expression, note: Note): void {
  if (expression.kind === "string") readText(expression.value, note);
  if (expression.kind === "formatted" && typeof expression.parts[0] === "string")
    readText(expression.parts[0], note);
  // `__table_args__ = {"mysql_engine": "InnoDB"}`
  if (expression.kind === "dict")
    for (const { key } of expression.entries)
      if (key?.kind === "string" && key.value === "mysql_engine") note("mysql", "told");
  if (expression.kind === "call")
    for (const { name } of expression.arguments) if (name === "mysql_engine") note("mysql", "told");
  for (const child of childrenOf(expression)) readExpression(child, note);
}

function readText(text: string, note: Note): void {
  const scheme = /^(?<scheme>[a-z]+)(?:\+\w+)?:\/\//u.exec(text)?.groups?.scheme;
  // A database in memory is a test's.
  if (scheme && !/^sqlite[^/]*:\/\/(?:\/:memory:)?$/u.test(text)) note(schemes[scheme], "told");
  const engine = /^django\.(?:contrib\.gis\.)?db\.backends\.(?<engine>[a-z]+)/u.exec(text);
  if (engine) note(schemes[engine.groups?.engine ?? ""], "told");
  const driver = /^(?<scheme>postgresql|mysql|mariadb|mssql|oracle)\+\w+$/u.exec(text);
  if (driver) note(schemes[driver.groups?.scheme ?? ""], "told");
}

function importedModules(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap((statement) => {
    if (statement.kind === "import") return statement.names.map(({ name }) => name);
    if (statement.kind === "import-from" && statement.level === 0)
      return statement.names.map(({ name }) => `${statement.module}.${name}`);
    return statement.kind === "if" || statement.kind === "try"
      ? blocksOf(statement).flatMap(importedModules)
      : [];
  });
}
