// A foreign key, or a column that rows are found by, has no index: the whole table is read for it.
// https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK

import {
  defineRule,
  type MissingColumn,
  type MissingIndex,
  missingIndexFindings,
  quoteCode,
} from "#rule";
import { fixOfColumn } from "./fix.ts";

export default defineRule({
  fix: fixOfColumn,
  check: (context) =>
    missingIndexFindings(context, (missing) => `${fault(missing)} ${fix(missing)}`),
});

function fault({ table, dialect, columns }: MissingIndex): string {
  const subject = listed(columns.map(({ title }) => quoteCode(title)));
  const [first] = columns;
  if (first?.generic)
    return `${subject} and ${quoteCode(first.generic.type)} have no index together, and ${whoAsks(first)} by both: each such query reads all rows of one type.`;
  if (first?.dropped !== undefined)
    return `${subject} loses its index ${quoteCode(first.dropped)} here, and ${whoAsks(first)} by it: each such query reads the whole table then.`;
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

/** What to write, in the style the column is written in. */
function fix({ table, columns }: MissingIndex): string {
  const each = columns.length === 1 ? "" : " to each";
  const together = columns.find(({ use }) => (use?.together.length ?? 0) > 0);
  const [first] = columns;
  if (first?.dropped !== undefined)
    return "Keep it, or make one first that begins with this column.";
  if (first?.generic) {
    const { type, id } = first.generic;
    return `Add ${quoteCode(`models.Index(fields=["${type}", "${id}"])`, 120)} to \`Meta.indexes\`.`;
  }
  switch (first?.style) {
    case "alembic": {
      const call = `op.create_index("ix_${table}_${first.name}", "${table}", ["${first.name}"])`;
      return columns.length === 1
        ? `Add ${quoteCode(call, 120)}.`
        : `Add ${quoteCode(call, 120)}, and one for each of the others.`;
    }
    case "sql": {
      const list = columns.map(({ name }) => `CREATE INDEX ON ${table} (${name})`).join("; ");
      return `Add ${quoteCode(list, 160)}.`;
    }
    case "tortoise":
      return `Add \`db_index=True\`${each}.`;
    case "django":
      return first.foreignKey ? "Leave `db_index=False` out." : `Add \`db_index=True\`${each}.`;
    default: {
      if (columns.length > 1 || !together?.use) return `Add \`index=True\`${each}.`;
      const names = [together.name, ...together.use.together];
      const call = `Index("ix_${table}_${names.join("_")}", ${names.map((name) => `"${name}"`).join(", ")})`;
      return `Add \`index=True\`, or ${quoteCode(call, 120)} for what is asked together.`;
    }
  }
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

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
