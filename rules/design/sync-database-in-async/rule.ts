// A function of the event loop waits for a database: while it does, nothing else runs.

import {
  blockingFindings,
  codeOf,
  defineRule,
  lateReads,
  patchingCalls,
  plainFunction,
  quoteCode,
} from "#rule";

export default defineRule({
  watches: patchingCalls,
  fix: plainFunction,
  *check(context) {
    yield* blockingFindings(
      context,
      new Map([["database", "high"]]),
      ({ name, isAsync, call, path, isDirect, fix }) => {
        const where = isAsync ? "is `async`" : "runs on the event loop";
        const what = isDirect
          ? `${call} waits for the database`
          : `${call} waits for the database in ${path}`;
        return `${name} ${where}, and ${what}: every other request waits with it. ${fix}.`;
      },
    );
    for (const { name, relation, at } of lateReads(context.program)) {
      const text = `${quoteCode(codeOf(at))} asks the database when it is read, which Django refuses in ${quoteCode(name)}, as that is \`async\`. Add ${quoteCode(`select_related("${relation}")`)} to the query.`;
      yield context.finding(at, text, { severity: "medium" });
    }
  },
});
