// A function of the event loop waits for a database: while it does, nothing else runs.

import { blockingFindings, defineRule, patchingCalls, plainFunction } from "#rule";

export default defineRule({
  watches: patchingCalls,
  fix: plainFunction,
  check: (context) =>
    blockingFindings(
      context,
      new Map([["database", "high"]]),
      ({ name, isAsync, call, path, isDirect, fix }) => {
        const where = isAsync ? "is `async`" : "runs on the event loop";
        const what = isDirect
          ? `${call} waits for the database`
          : `${call} waits for the database in ${path}`;
        return `${name} ${where}, and ${what}: every other request waits with it. ${fix}.`;
      },
    ),
});
