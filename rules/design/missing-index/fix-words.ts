// What to write: an index in the way the project writes them, and how to build it on a table in use.

import { type MissingColumn, type MissingIndex, quoteCode } from "#rule";
import { kindOf } from "./fault-words.ts";

export function fixWords(missing: MissingIndex): string {
  const { columns } = missing;
  const others = columns.filter((column) => kindOf(column) !== "plain");
  const plain = columns.filter((column) => kindOf(column) === "plain");
  const said = [
    ...others.map((column) => otherWords(missing, column)),
    ...(plain.length > 0 ? [plainWords(missing, plain)] : []),
  ];
  // An index that is kept needs not be built.
  const built = columns.find((column) => kindOf(column) !== "dropped");
  return [...said, ...(built ? buildingWords(missing, built) : [])].join(" ");
}

function otherWords({ habit }: MissingIndex, column: MissingColumn): string {
  const { name, attribute, generic, style } = column;
  if (generic)
    return `Add ${code(`models.Index(fields=["${generic.type}", "${generic.id}"])`)} to \`Meta.indexes\`.`;
  if (column.dropped !== undefined)
    return "Keep it, or make one first that begins with this column.";
  if (column.isManyValued)
    return style === "django"
      ? `Add ${code(`GinIndex(fields=["${attribute}"])`)} to \`Meta.indexes\`.`
      : `Add ${code(`Index("ix_${name}", "${name}", postgresql_using="gin")`)} to \`__table_args__\`.`;
  return habit.last
    ? `Add ${code(`models.Index(fields=["-${attribute}"])`)} to \`Meta.indexes\`.`
    : "Add `db_index=True`.";
}

function plainWords(missing: MissingIndex, columns: readonly MissingColumn[]): string {
  const { table, habit } = missing;
  const each = columns.length === 1 ? "" : " to each";
  const [first] = columns;
  switch (first?.style) {
    case "alembic": {
      const call = `op.create_index("ix_${table}_${first.name}", "${table}", ["${first.name}"]${concurrently(missing)})`;
      const where = missing.isInUse && isLocking(missing) ? `${autocommit}` : "";
      return columns.length === 1
        ? `Add ${code(call)}${where}.`
        : `Add ${code(call)}${where}, and one for each of the others.`;
    }
    case "sql": {
      const how = missing.isInUse && isLocking(missing) ? "CONCURRENTLY " : "";
      const list = columns.map(({ name }) => `CREATE INDEX ${how}ON ${table} (${name})`).join("; ");
      return `Add ${quoteCode(list, 160)}.`;
    }
    case "tortoise":
      return `Add \`db_index=True\`${each}.`;
    case "peewee":
    case "pony":
      return `Add \`index=True\`${each}.`;
    case "django":
      if (first.foreignKey) return "Leave `db_index=False` out.";
      return habit.last
        ? `Add ${listOf(columns, ({ attribute }) => `models.Index(fields=["${attribute}"])`)} to \`Meta.indexes\`.`
        : `Add \`db_index=True\`${each}.`;
    default:
      return sqlalchemyWords(missing, columns);
  }
}

function sqlalchemyWords(
  { table, habit }: MissingIndex,
  columns: readonly MissingColumn[],
): string {
  const together = columns.find(({ use }) => (use?.together.length ?? 0) > 0);
  const indexOf = (names: readonly string[]): string =>
    `Index("ix_${table}_${names.join("_")}", ${names.map((name) => `"${name}"`).join(", ")})`;
  const own = habit.last
    ? `Add ${listOf(columns, ({ name }) => indexOf([name]))} to \`__table_args__\``
    : `Add \`index=True\`${columns.length === 1 ? "" : " to each"}`;
  if (columns.length > 1 || !together?.use) return `${own}.`;
  return `${own}, or ${code(indexOf([together.name, ...together.use.together]))} for what is asked together.`;
}

const autocommit = " within `with op.get_context().autocommit_block():`";

/** How to build it while the table is in use; a model's own line brings nothing to the database. */
function buildingWords(missing: MissingIndex, column: MissingColumn): readonly string[] {
  const { habit, isInUse } = missing;
  const { style, foreignKey } = column;
  if (!isInUse || !isLocking(missing) || style === "alembic" || style === "sql") return [];
  if (habit.migrations === "django" && missing.dialect === "postgresql")
    return foreignKey
      ? []
      : [
          "In the migration, `AddIndexConcurrently` with `atomic = False` builds it without a lock.",
        ];
  if (habit.migrations !== "alembic" || (style !== "sqlalchemy" && style !== "sqlmodel")) return [];
  return [
    `In the migration, \`op.create_index(..., postgresql_concurrently=True)\`${autocommit} builds it without a lock.`,
  ];
}

function concurrently(missing: MissingIndex): string {
  return missing.isInUse && isLocking(missing) ? ", postgresql_concurrently=True" : "";
}

/** Only PostgreSQL has a way to build an index beside those who write. */
function isLocking({ dialect }: MissingIndex): boolean {
  return dialect === "postgresql";
}

function listOf(
  columns: readonly MissingColumn[],
  write: (column: MissingColumn) => string,
): string {
  const [first, ...others] = columns;
  const one = first ? code(write(first)) : "";
  return others.length === 0 ? one : `${one}, and one for each of the others,`;
}

function code(text: string): string {
  return quoteCode(text, 200);
}
