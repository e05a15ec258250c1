// A function of the event loop waits for a database: while it does, nothing else runs.

import { blockingFindings, defineRule, quoteCode } from "#rule";

export default defineRule({
  check: (context) =>
    blockingFindings(context, "database", ({ name, call, path, isDirect }) => {
      const what = isDirect
        ? `${quoteCode(call)} waits for the database`
        : `${quoteCode(call)} waits for the database in ${quoteCode(path)}`;
      return `${quoteCode(name)} is \`async\`, and ${what}: every other request waits with it. Use an async driver, or run it in a thread with \`asyncio.to_thread\`.`;
    }),
});
