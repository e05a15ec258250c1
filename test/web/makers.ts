// A small rulebook with plain values, for tests of the pages.

import type { Rulebook, RulebookEntry, RulePage } from "../../src/analysis/rulebook.ts";

/** A page that has everything a rule's page has; a test names only what it cares about. */
export function aRulePage(values: Partial<RulePage> = {}): RulePage {
  return {
    name: "security/sql-injection",
    title: "SQL built from user input",
    severity: "high",
    confidence: "high",
    cwe: ["CWE-89"],
    since: "0.1.0",
    summary: "Text that a visitor sent becomes part of an SQL statement.",
    body: [
      "Text that a visitor sent becomes part of an SQL statement.",
      "## Why it matters\n\nWhoever writes the statement reads the whole table.",
      '## How to fix it\n\nBind it:\n\n```python\nif name:\n    run("SELECT ?", (name,))\n```',
      "## When it is fine\n\nThe text is one of your own constants.",
      "## What this rule cannot see\n\nStatements kept in files.",
      "## Read more\n\n- [Python](https://docs.python.org/3/library/sqlite3.html)",
    ].join("\n\n"),
    bad: [
      {
        path: "bad.py",
        text: 'title = request.args["title"]  # source\nrows = db.execute(f"... {title}")  # finding: bind it as a parameter\n',
      },
    ],
    good: [{ path: "good.py", text: 'rows = db.execute("... ?", (title,))\n' }],
    ...values,
  };
}

/** A rulebook with these pages; its rules do nothing, for pages do not run them. */
export function aRulebook(...pages: readonly RulePage[]): Rulebook {
  const entries: RulebookEntry[] = pages.map((page) => ({
    page,
    rule: { check: () => [] },
  }));
  return {
    entries,
    find: (name) =>
      entries.find(({ page }) => page.name === name || page.name.endsWith(`/${name}`)),
  };
}
