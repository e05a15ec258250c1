// What files beside Python tell of the database: drivers in manifests, images in compose files, addresses.

import type { Module } from "../../python/module.ts";
import { isDatabaseHint, isSqlFile } from "../database-file.ts";
import { isTestPath } from "../paths.ts";
import type { Dialect } from "./facts.ts";

/** How surely something speaks for a database: a driver may be there for another one's sake. */
export type Evidence = "told" | "likely";
export type Note = (dialect: Dialect | undefined, evidence: Evidence) => void;

/** What stands before `://`, and before a `+` with the driver. */
export const schemes: Readonly<Record<string, Dialect>> = {
  postgres: "postgresql",
  postgresql: "postgresql",
  postgis: "postgresql",
  mysql: "mysql",
  mariadb: "mysql",
  sqlite: "sqlite",
  oracle: "oracle",
  mssql: "mssql",
};

/** Packages by the names they are installed by. */
const packages: readonly (readonly [RegExp, Dialect])[] = [
  [
    /^(?:psycopg(?:2|c)?(?:[-_]?binary)?|asyncpg|aiopg|pg8000|postgresql.*|psycopg.*)$/u,
    "postgresql",
  ],
  [/^(?:mysqlclient|mysql-connector-python|pymysql|aiomysql|asyncmy|mysql.*)$/u, "mysql"],
  [/^(?:cx-?oracle|oracledb)$/u, "oracle"],
  [/^(?:pymssql|mssql-django|django-mssql-backend)$/u, "mssql"],
  [/^aiosqlite$/u, "sqlite"],
];

const images: readonly (readonly [RegExp, Dialect])[] = [
  [
    /^(?:postgres|postgresql|postgis|timescaledb(?:-ha)?|pgvector|pgvecto-rs|supabase-postgres)$/u,
    "postgresql",
  ],
  [/^(?:mysql|mysql-server|mariadb|percona)$/u, "mysql"],
];

/** Reads every file that tells of it. */
export function readDialectHints(files: readonly Module[], note: Note): void {
  for (const { path, text } of files) {
    if (isTestPath(path)) continue;
    if (isSqlFile(path)) readSqlWords(text, note);
    if (!isDatabaseHint(path) || text.length > 200_000) continue;
    const lines = text.split("\n").map((line) => line.replace(/^\s*[#;].*$|\s#\s.*$/u, ""));
    for (const line of lines) {
      readAddresses(line, note);
      readImage(line, note);
    }
    if (!/\.ya?ml$|env/iu.test(path)) for (const line of lines) readPackages(line, note);
  }
}

/** `DATABASE_URL=postgres://...`, `sqlalchemy.url = mysql+pymysql://...` */
function readAddresses(line: string, note: Note): void {
  for (const { groups } of line.matchAll(/(?<![\w+])(?<scheme>[a-z]+)(?:\+\w+)?:\/\//gu)) {
    const dialect = schemes[groups?.scheme ?? ""];
    if (dialect !== "sqlite") note(dialect, "told");
    else note(dialect, "likely");
  }
  const backend = /django\.(?:contrib\.gis\.)?db\.backends\.(?<engine>[a-z]+)/u.exec(line);
  if (backend) note(schemes[backend.groups?.engine ?? ""], "told");
}

/** `image: docker.io/library/postgres:16-alpine` */
function readImage(line: string, note: Note): void {
  const image = /^\s*(?:-\s*)?image:\s*["']?(?<image>[^\s"']+)/u.exec(line)?.groups?.image;
  const name = image?.split("/").at(-1)?.split(/[:@]/u)[0] ?? "";
  for (const [pattern, dialect] of images) if (pattern.test(name)) note(dialect, "told");
}

/** `psycopg[binary]>=3`, `"asyncpg",`, `databases[postgresql]`, `mysqlclient = "^2"` */
function readPackages(line: string, note: Note): void {
  const found = /^[\s"'[]*(?<name>[A-Za-z][\w.-]*)(?:\[(?<extras>[\w\s,.-]+)\])?/u.exec(
    line,
  )?.groups;
  // `dependencies = ["fastapi", "asyncpg"]`
  const listed = Array.from(
    line.matchAll(/["'](?<name>[A-Za-z][\w.-]*)(?:\[(?<extras>[\w\s,.-]+)\])?/gu),
    ({ groups }) => groups,
  );
  for (const each of [found, ...listed]) {
    const names = [each?.name ?? "", ...(each?.extras ?? "").split(",")];
    for (const name of names.map((one) => one.trim().toLowerCase().replaceAll("_", "-")))
      for (const [pattern, dialect] of packages) if (pattern.test(name)) note(dialect, "likely");
  }
}

/** Words of SQL that one database knows and no other. */
function readSqlWords(text: string, note: Note): void {
  if (!/\bcreate\s+table\b/iu.test(text)) return;
  if (/\bengine\s*=\s*innodb\b|\bauto_increment\b/iu.test(text)) note("mysql", "told");
  else if (/\b(?:big)?serial\b|\bjsonb\b|\btimestamptz\b|\bbytea\b|::\w/iu.test(text))
    note("postgresql", "told");
  else if (/\bautoincrement\b/iu.test(text)) note("sqlite", "told");
  else if (/\bidentity\s*\(\s*1\s*,|\bnvarchar\b/iu.test(text)) note("mssql", "told");
}
