// A migration that cannot be taken back when the release that brought it has to be.

import { defineRule, type OneWay, oneWayMigrations } from "#rule";

const messages: Readonly<Record<OneWay["kind"], string>> = {
  "run-python":
    "`RunPython` has no reverse: the migrations after it cannot be taken back either. Give it a second function, or `migrations.RunPython.noop` if nothing has to be undone.",
  "run-sql":
    "`RunSQL` has no `reverse_sql`: the migrations after it cannot be taken back either. Write the statement that undoes it, or `migrations.RunSQL.noop`.",
  downgrade:
    "`downgrade` does nothing, so going back leaves the tables as `upgrade` made them and upgrading again fails. Undo each step, or raise an error that says why it cannot be done.",
};

export default defineRule({
  *check({ program, finding }) {
    for (const { kind, span } of oneWayMigrations(program)) yield finding(span, messages[kind]);
  },
});
