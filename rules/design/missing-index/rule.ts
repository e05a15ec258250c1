// A foreign key, or a column that rows are found by, has no index: the whole table is read for it.
// https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK

import { defineRule, missingIndexFindings } from "#rule";
import { faultWords } from "./fault-words.ts";
import { fixOfColumn } from "./fix.ts";
import { fixWords } from "./fix-words.ts";

export default defineRule({
  fix: fixOfColumn,
  check: (context) =>
    missingIndexFindings(context, (missing) => `${faultWords(missing)} ${fixWords(missing)}`),
});
