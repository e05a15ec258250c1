// A migration that fails on tables with rows, holds them locked while the program serves, or takes away what the
// program that still runs asks for.

import { defineRule, type MigrationHazard, migrationHazards, quoteCode } from "#rule";

type Words = (hazard: MigrationHazard, subject: string) => string;

const messages: Readonly<Record<MigrationHazard["kind"], Words>> = {
  "required-column": ({ by }, column) =>
    `${column} may not be empty and has no default in the database: adding it fails as soon as the table holds a row. ${requiredColumnFix(by)}`,
  "library-default": (_, column) =>
    `The default of ${column} is filled in once and then gone from the database: processes that still run the old code cannot insert rows during the release. Add \`db_default\`, or make it nullable first.`,
  "locking-index": ({ by }, table) =>
    `Building this index keeps everybody from writing to ${table} until it is done. ${concurrentIndex(by)}`,
  "index-in-transaction": ({ by }) =>
    `PostgreSQL builds no index concurrently within a transaction, so this fails. ${
      by === "django"
        ? "Set `atomic = False` on the migration, and keep its other operations elsewhere."
        : "Put it into `with op.get_context().autocommit_block():`."
    }`,
  "constraint-on-rows": ({ by }, table) =>
    `${table} stays locked while the database checks every row against this constraint. ${notValid(by)}`,
  "unique-on-rows": (_, subject) =>
    `This fails if rows of ${subject} hold the same value twice, and locks the table while it looks. Remove duplicates first, build the unique index concurrently, then attach the constraint to it.`,
  "not-null-on-rows": ({ dialect }, column) =>
    `${column} becomes required while rows may lack it: one empty value makes this fail, and the table is locked during the search. Fill the rows in batches in an earlier migration${
      dialect === "mysql" ? "." : ", then validate a `CHECK (... IS NOT NULL)` before this."
    }`,
  "costly-type": ({ other }, column) =>
    `The change of ${column} to ${quoteCode(other)} may write the whole table anew, and nobody reads or writes it meanwhile. Add a new column, copy the rows in batches, and switch over.`,
  rename: (_, subject) =>
    `The code that still runs during the release asks for ${subject} by its old name and fails. Add the new one, write to both, and drop the old in a later release.`,
  "drop-in-use": ({ other }, subject) =>
    `${subject} is dropped, but ${quoteCode(other)} still uses it: its queries fail. Remove it from the code in one release, and drop it in the next.`,
  drop: (_, subject) =>
    `While this release goes out, the old code still asks for ${subject}. Take two steps: a release without the use of it first, then this one.`,
  "update-of-all": (_, table) =>
    `This writes every row${table === "``" ? "" : ` of ${table}`} in one transaction and keeps them locked until its end. Update in batches of a few thousand, outside the migration or with a commit after each.`,
  "rows-and-schema": () =>
    "Changed tables stay locked until `RunPython` has gone through its rows, as both share one transaction. Put the rows into a migration of their own.",
  "imports-model": ({ by }, name) =>
    `The migration uses ${name} as it is today, and breaks once the model has a column that this migration does not know. ${
      by === "django"
        ? "Take it from `apps.get_model(...)`."
        : "Describe the few columns it needs with `sa.table(...)`."
    }`,
  "two-heads": ({ other, by }) =>
    `This follows the same migration as ${quoteCode(other)}: with two heads, ${
      by === "django"
        ? "`migrate` refuses to run. Rename it and let it depend on the other."
        : "`alembic upgrade head` refuses to run. Set `down_revision` to the other."
    }`,
};

export default defineRule({
  *check({ program, finding }) {
    for (const hazard of migrationHazards(program)) {
      const text = messages[hazard.kind](hazard, quoteCode(hazard.subject));
      yield finding(hazard.span, text, { severity: hazard.severity });
    }
  },
});

type By = MigrationHazard["by"];

function requiredColumnFix(by: By): string {
  if (by === "django") return "Give it a `default` and a `db_default`, or add it with `null=True`.";
  return by === "sql"
    ? "Add a `DEFAULT`, or add it nullable and fill it first."
    : "Give it a `server_default`, or add it nullable and fill it first.";
}

function concurrentIndex(by: By): string {
  if (by === "django") return "Use `AddIndexConcurrently` in a migration with `atomic = False`.";
  return by === "sql"
    ? "Write `CREATE INDEX CONCURRENTLY`, outside a transaction."
    : "Pass `postgresql_concurrently=True` within `with op.get_context().autocommit_block():`.";
}

function notValid(by: By): string {
  if (by === "django")
    return "Use `AddConstraintNotValid`, and `ValidateConstraint` in the next migration.";
  return by === "sql"
    ? "Add it `NOT VALID`, and `VALIDATE CONSTRAINT` in a second step."
    : 'Pass `postgresql_not_valid=True`, then `op.execute("ALTER TABLE ... VALIDATE CONSTRAINT ...")` in the next migration.';
}
