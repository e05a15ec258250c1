// What SQL in a migration does to tables: `op.execute("ALTER TABLE ...")`, `RunSQL`.
// https://www.postgresql.org/docs/current/sql-altertable.html

import type { Span } from "../../python/module.ts";
import type { Expression } from "../../python/syntax.ts";
import type { Step } from "./step.ts";

type Change = Step extends infer S ? (S extends Step ? Omit<S, "span" | "by"> : never) : never;

/** The text of SQL that is written down; what is put into it is a question mark. */
export function sqlTextOf(expression: Expression | undefined): string | undefined {
  if (!expression) return undefined;
  if (expression.kind === "string") return expression.value;
  if (expression.kind === "formatted")
    return expression.parts.map((part) => (typeof part === "string" ? part : "?")).join("");
  // `text("...")`, `sa.text("...")`, `DDL("...")`
  const isText =
    expression.kind === "call" &&
    /^(?:text|DDL|dedent)$/u.test(
      expression.callee.kind === "attribute"
        ? expression.callee.name
        : expression.callee.kind === "name"
          ? expression.callee.id
          : "",
    );
  return isText ? sqlTextOf(expression.arguments[0]?.value) : undefined;
}

/** Reads a text of one or more statements. `isOutsideTransaction`: the migration has none around it. */
export function readSqlSteps(
  text: string,
  span: Span,
  isOutsideTransaction: boolean,
): readonly Step[] {
  if (text.length > 100_000) return [];
  return text
    .replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//gu, " ")
    .split(";")
    .flatMap((statement) => readStatement(statement.trim()))
    .map((change) => ({
      ...change,
      span,
      by: "sql",
      isOutsideTransaction,
    }));
}

const name = String.raw`(?:only\s+)?(?<table>[\w".?]+)`;
const createIndex = new RegExp(
  String.raw`^create\s+(?<unique>unique\s+)?index\s+(?<concurrently>concurrently\s+)?(?:if\s+not\s+exists\s+)?(?:(?!on\b)[\w".?]+\s+)?on\s+${name}`,
  "iu",
);
const createTable = new RegExp(
  String.raw`^create\s+(?:(?:temp|temporary|unlogged)\s+)?table\s+(?:if\s+not\s+exists\s+)?${name}`,
  "iu",
);
const alterTable = new RegExp(
  String.raw`^alter\s+table\s+(?:if\s+exists\s+)?${name}\s+(?<actions>[\s\S]*)$`,
  "iu",
);
const update = new RegExp(
  String.raw`^update\s+${name}(?:\s+(?:as\s+)?\w+)?\s+set\s+(?<rest>[\s\S]*)$`,
  "iu",
);

function readStatement(sql: string): readonly Change[] {
  const common = { isOutsideTransaction: false };
  const index = createIndex.exec(sql)?.groups;
  if (index)
    return [
      {
        ...common,
        kind: "add-index",
        table: bareTable(index.table),
        isUnique: index.unique !== undefined,
        isConcurrent: index.concurrently !== undefined,
      },
    ];
  const created = createTable.exec(sql)?.groups;
  if (created) return [{ ...common, kind: "create-table", table: bareTable(created.table) }];
  const altered = alterTable.exec(sql)?.groups;
  if (altered) {
    const table = bareTable(altered.table);
    return actionsOf(altered.actions ?? "").flatMap((action) =>
      readAction(action, table).map((change) => ({ ...common, ...change })),
    );
  }
  const updated = update.exec(sql)?.groups;
  return updated && isOfWholeTable(updated.rest ?? "")
    ? [{ ...common, kind: "update-rows", table: bareTable(updated.table) }]
    : [];
}

/** No `WHERE`, or one that only asks whether a column is still empty. */
function isOfWholeTable(rest: string): boolean {
  const where = /\bwhere\s+(?<condition>[\s\S]*)$/iu.exec(rest)?.groups?.condition;
  return where === undefined ? !/\bfrom\b/iu.test(rest) : /^[\w".]+\s+is\s+null\s*$/iu.test(where);
}

/** `ADD COLUMN a int, ADD COLUMN b numeric(10, 2)` at the commas between. */
function actionsOf(text: string): readonly string[] {
  const actions: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character !== "," || depth > 0) continue;
    actions.push(text.slice(start, at).trim());
    start = at + 1;
  }
  return [...actions, text.slice(start).trim()];
}

function readAction(
  action: string,
  table: string | undefined,
): readonly (Change extends infer C
  ? C extends Change
    ? Omit<C, "isOutsideTransaction">
    : never
  : never)[] {
  const constraint =
    /^add\s+(?:constraint\s+[\w".?]+\s+)?(?<type>foreign\s+key|check|unique)\b(?<rest>[\s\S]*)$/iu.exec(
      action,
    )?.groups;
  if (constraint) {
    const { type = "", rest = "" } = constraint;
    if (/\bnot\s+valid\b|\busing\s+index\b/iu.test(rest)) return [];
    const columns = (/^\s*\((?<columns>[^)]*)\)/u.exec(rest)?.groups?.columns ?? "")
      .split(",")
      .map((column) => bare(column.trim()));
    if (/^unique/iu.test(type)) return [{ kind: "add-unique", table, columns }];
    if (/^check/iu.test(type)) return [{ kind: "add-check", table, columns: [] }];
    return [{ kind: "add-foreign-key", table, columns }];
  }
  const column = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(action)?.groups?.column;
    return found === undefined ? undefined : bare(found);
  };
  const notNull = column(/^alter\s+(?:column\s+)?(?<column>[\w"?]+)\s+set\s+not\s+null\b/iu);
  if (notNull !== undefined) return [{ kind: "set-not-null", table, column: notNull }];
  const retyped =
    /^alter\s+(?:column\s+)?(?<column>[\w"?]+)\s+(?:set\s+data\s+)?type\s+(?<type>\w+)/iu.exec(
      action,
    )?.groups;
  if (retyped)
    return [
      {
        kind: "change-type",
        table,
        column: bare(retyped.column ?? ""),
        from: "",
        to: retyped.type ?? "",
      },
    ];
  const dropped = column(/^drop\s+column\s+(?:if\s+exists\s+)?(?<column>[\w"?]+)/iu);
  if (dropped !== undefined) return [{ kind: "drop-column", table, column: dropped }];
  if (/^drop\s+constraint\b/iu.test(action)) return [{ kind: "drop-constraint", table }];
  const renamed =
    /^rename\s+(?:column\s+)?(?!constraint\b)(?:(?<column>(?!to\b)[\w"?]+)\s+)?to\s+(?<to>[\w"?]+)/iu.exec(
      action,
    )?.groups;
  if (renamed) {
    const to = bareTable(renamed.to);
    return renamed.column === undefined
      ? [{ kind: "rename-table", table, to }]
      : [{ kind: "rename-column", table, column: bare(renamed.column), to }];
  }
  const added =
    /^add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(?!constraint\b|primary\b|exclude\b|index\b|key\b)(?<column>[\w"?]+)\s+(?<type>\w+)(?<rest>[\s\S]*)$/iu.exec(
      action,
    )?.groups;
  if (!added) return [];
  const { type = "", rest = "" } = added;
  const isFilled = /\bdefault\b|\bgenerated\b|\bidentity\b/iu.test(rest) || /serial$/iu.test(type);
  return [
    {
      kind: "add-column",
      table,
      column: bare(added.column ?? ""),
      isNullable: !/\bnot\s+null\b/iu.test(rest),
      filledBy: isFilled ? "database" : undefined,
      type,
    },
  ];
}

function bareTable(text: string | undefined): string | undefined {
  const table = bare(text ?? "")
    .split(".")
    .at(-1);
  return table === "" || table?.includes("?") ? undefined : table;
}

function bare(text: string): string {
  return text.replaceAll('"', "");
}
