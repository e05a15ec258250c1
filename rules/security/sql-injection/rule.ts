// Text from outside becomes part of an SQL statement instead of a bound parameter.

import { taintRule } from "#rule";
import { fixOfStatement } from "./fix.ts";

export default taintRule({
  from: ["http-input", "cli-input"],
  into: ["sql"],
  message: ({ source, sink }) =>
    `${source} becomes part of the SQL given to ${sink}, so whoever sends it can read or change any row. Bind it as a parameter.`,
  fix: fixOfStatement,
});
