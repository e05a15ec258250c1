// The same statement with bound parameters, in the driver's own style.

import {
  addArgument,
  bindParameters,
  type Fault,
  type Fix,
  fixOf,
  type ParameterStyle,
  readHere,
  writtenAt,
} from "#rule";

/** By the beginning of the sink's path. https://peps.python.org/pep-0249/#paramstyle */
const styles: readonly (readonly [path: string, style: ParameterStyle])[] = [
  ...["sqlite3.", "aiosqlite.", "pyodbc."].map((path) => [path, "question"] as const),
  ...["psycopg.", "psycopg2.", "pymysql.", "MySQLdb.", "mysql.connector.", "aiomysql."].map(
    (path) => [path, "percent"] as const,
  ),
  ...["aiopg.", "django.db."].map((path) => [path, "percent"] as const),
  ["asyncpg.", "numbered"],
  ["sqlalchemy.text", "named"],
];
const methods = /\.(?:execute|raw|fetch|fetchrow|fetchval|text)$/u;

export function fixOfStatement({ at, node, ...fault }: Fault): Fix | undefined {
  const flows = fault.flows.filter(({ concept }) => concept === "sql");
  const [flow] = flows;
  const paths = new Set(flows.map(({ path }) => path));
  const style = styles.find(([path]) => flow?.path.startsWith(path))?.[1];
  if (!flow || !style || paths.size !== 1 || !methods.test(flow.path)) return undefined;
  const { module } = at;
  const [given] = node?.kind === "call" ? node.arguments : [];
  // Parameters that are given already would have to be joined with these.
  if (node?.kind !== "call" || node.arguments.length !== 1 || !given) return undefined;
  if (given.spread !== "") return undefined;
  const written = writtenAt(module, node, given.value);
  const bound = written && bindParameters(module, written.expression, style);
  if (!bound || !readHere(bound.values, written)) return undefined;
  const codes = bound.parameters.map(({ code }) => code);
  switch (style) {
    case "named": {
      const named = bound.parameters.map(({ name, code }) => `${name}=${code}`).join(", ");
      const call = `.bindparams(${named})`;
      return fixOf(...bound.edits, { start: node.end, end: node.end, text: call });
    }
    case "numbered":
      return fixOf(...bound.edits, addArgument(module, node, ...codes));
    default: {
      const tuple = codes.length === 1 ? `(${codes[0]},)` : `(${codes.join(", ")})`;
      return fixOf(...bound.edits, addArgument(module, node, tuple));
    }
  }
}
