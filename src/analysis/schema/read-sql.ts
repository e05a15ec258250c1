// Indexes that are made by SQL in a string: `op.execute("CREATE INDEX ...")`, `RunSQL`, `DDL`.

import { blocksOf, childrenOf, expressionsOf } from "../../flow/language/definitions.ts";
import type { Module } from "../../python/module.ts";
import type { Expression, Statement } from "../../python/syntax.ts";
import type { LooseIndex } from "./facts.ts";

/** Every `CREATE INDEX` in a string of a module. */
export function readSqlIndexes(module: Module): readonly LooseIndex[] {
  if (!/\bcreate\s+(?:unique\s+)?index\b/iu.test(module.text)) return [];
  const found: LooseIndex[] = [];
  readStatements(module.body, found);
  return found;
}

function readStatements(statements: readonly Statement[], found: LooseIndex[]): void {
  for (const statement of statements) {
    if (statement.kind === "function" && /^downgrade/u.test(statement.name)) continue;
    for (const expression of expressionsOf(statement)) readStrings(expression, found);
    for (const block of blocksOf(statement)) readStatements(block, found);
  }
}

function readStrings(expression: Expression, found: LooseIndex[]): void {
  if (expression.kind === "string") found.push(...indexesIn(expression.value));
  if (expression.kind === "formatted") {
    const text = expression.parts.map((part) => (typeof part === "string" ? part : "?")).join("");
    found.push(...indexesIn(text));
  }
  for (const child of childrenOf(expression)) readStrings(child, found);
}

// https://www.postgresql.org/docs/current/sql-createindex.html
const createIndex =
  /\bcreate\s+(?<unique>unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(?<name>[\w".?]+\s+)?on\s+(?:only\s+)?(?<table>[\w".?]+)\s*(?:using\s+(?<method>\w+)\s*)?\((?<columns>[^;]{0,2000}?)\)\s*(?:include\s*\([^)]*\)\s*)?(?:where\s+(?<where>[^;]*))?(?:;|$|\s)/giu;

function indexesIn(text: string): readonly LooseIndex[] {
  if (text.length > 100_000) return [];
  return Array.from(text.matchAll(createIndex), ({ groups }) => {
    const table = bare(groups?.table ?? "")
      .split(".")
      .at(-1);
    return {
      table: table?.includes("?") ? undefined : table,
      index: {
        name: bare(groups?.name ?? "").trim() || undefined,
        kind: groups?.unique ? "unique" : "index",
        columns: (groups?.columns ?? "").split(",").map(columnIn),
        where: groups?.where,
        method: groups?.method?.toLowerCase(),
      },
    } satisfies LooseIndex;
  });
}

function columnIn(part: string): string | undefined {
  return /^\s*"?(?<column>\w+)"?(?:\s+(?:asc|desc|nulls|collate|\w+_ops)\b.*)?\s*$/isu.exec(part)
    ?.groups?.column;
}

function bare(name: string): string {
  return name.replaceAll('"', "");
}
