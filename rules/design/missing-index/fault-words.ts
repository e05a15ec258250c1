// What is said of columns that lack an index: who needs it, and what happens without.

import { type MissingColumn, type MissingIndex, quoteCode } from "#rule";

/** A sentence for each kind of lack; columns that lack the same share one. */
export function faultWords(missing: MissingIndex): string {
  const { columns } = missing;
  const plain = columns.filter((column) => kindOf(column) === "plain");
  const others = columns.filter((column) => kindOf(column) !== "plain");
  return [
    ...others.map(otherWords),
    ...(plain.length > 0 ? [plainWords(missing, plain)] : []),
  ].join(" ");
}

export function kindOf(
  column: MissingColumn,
): "generic" | "dropped" | "many-valued" | "listed" | "plain" {
  if (column.generic) return "generic";
  if (column.dropped !== undefined) return "dropped";
  if (column.isManyValued) return "many-valued";
  return column.listedBy === undefined ? "plain" : "listed";
}

function otherWords(column: MissingColumn): string {
  const subject = quoteCode(column.title);
  if (column.generic)
    return `${subject} and ${quoteCode(column.generic.type)} have no index together, and ${whoAsks(column)} by both: each such query reads all rows of one type.`;
  if (column.dropped !== undefined)
    return `${subject} loses its index ${quoteCode(column.dropped)} here, and ${whoAsks(column)} by it: each such query reads the whole table then.`;
  if (column.isManyValued)
    return `${subject} has no GIN index, and ${whoAsks(column)} by what it holds: each such query reads the whole table.`;
  return `${subject} has no index, and every page of ${quoteCode(column.listedBy ?? "")} is sorted by it: each page sorts the whole table.`;
}

function plainWords({ table, dialect }: MissingIndex, columns: readonly MissingColumn[]): string {
  const subject = listed(columns.map(({ title }) => quoteCode(title)));
  const lack = columns.length === 1 ? "has no index" : "have no index";
  const asked = columns.find(({ use }) => use !== undefined);
  const it = columns.length === 1 ? "it" : quoteCode(asked?.name ?? "");
  if (asked?.behind && columns.length === 1)
    return `${subject} comes after another column in ${behindWords(asked)}, which cannot help where ${whoAsks(asked)} by it without that one.`;
  const cascading = columns.find(isCascading);
  const pointer = cascading ?? columns.find(({ foreignKey }) => foreignKey !== undefined);
  if (!pointer)
    return `${subject} ${lack}, and ${whoAsks(asked)} by ${it}: each such query reads the whole table.`;
  const reason = `${makers(dialect)} for a foreign key`;
  if (asked)
    return `${subject} ${lack}: ${reason}, and ${whoAsks(asked)} by ${it}, so that each such query reads the whole table.`;
  const parent = pointer.foreignKey?.table;
  const deletion = parent === undefined ? "a row it points to" : `a row of ${quoteCode(parent)}`;
  return cascading
    ? `${subject} ${lack}: ${reason}, so that deleting ${deletion} reads the whole of ${quoteCode(table)}.`
    : `${subject} ${lack}: ${reason}, so that a query by ${columns.length === 1 ? "it" : "one"}, or deleting ${deletion}, reads the whole of ${quoteCode(table)}.`;
}

function isCascading({ foreignKey }: MissingColumn): boolean {
  return /^(?:CASCADE|SET )/u.test(foreignKey?.onDelete ?? "");
}

function whoAsks(column: MissingColumn | undefined): string {
  const { symbol, path, line, kind } = column?.use ?? {};
  const verb = kind === "join" ? "joins" : "filters";
  const who = symbol === undefined ? "a query" : quoteCode(symbol);
  return `${who} (${path?.replaceAll("`", "'")}:${line}) ${verb}`;
}

function behindWords({ behind }: MissingColumn): string {
  if (behind?.name !== undefined) return quoteCode(behind.name);
  if (behind?.kind === "primary key") return "the primary key";
  return behind?.kind === "unique" ? "a unique constraint" : "an index";
}

function makers(dialect: MissingIndex["dialect"]): string {
  switch (dialect) {
    case "postgresql":
      return "PostgreSQL makes none";
    case "sqlite":
      return "SQLite makes none";
    case "oracle":
      return "Oracle makes none";
    case "mssql":
      return "SQL Server makes none";
    default:
      return "most databases make none";
  }
}

export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
