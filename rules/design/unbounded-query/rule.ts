// A page holds every row of a table that grows, without a limit.
// https://docs.djangoproject.com/en/stable/topics/pagination/

import { defineRule, quoteCode, unboundedFindings } from "#rule";

export default defineRule({
  check: (context) =>
    unboundedFindings(context, ({ code, model, name, kind }) => {
      const fault = `${quoteCode(code)} reads every row of ${quoteCode(model)} to answer ${quoteCode(name)}, however many there will be.`;
      return `${fault} ${fixes[kind]}`;
    }),
});

const fixes = {
  django: "Answer a page at a time, with `Paginator` or a slice.",
  sqlalchemy: "Answer a page at a time, with `.limit(...)` and the key of the last row.",
  "list-view": "Give the view a `pagination_class`, or the project `DEFAULT_PAGINATION_CLASS`.",
} as const;
