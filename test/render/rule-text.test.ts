// The page of a rule as a person reads it at a terminal.

import { expect, test } from "vitest";
import { renderRuleText } from "../../src/render/rule-text.ts";
import { aRulePage } from "../makers.ts";

test("a page keeps its order, with the examples after its first section", () => {
  const page = aRulePage({
    body: `Text from *outside* becomes SQL.

## Why it matters

A quote ends the string it stands in; everything after it is SQL, and [a search
box](https://example.com/box) is enough.

## How to fix it

| Library | Instead |
|---|---|
| sqlite3 | \`execute(sql, values)\` |
| Django | \`filter()\` |

\`\`\`python
execute(sql, values)
\`\`\`

- one
  - inner
- two
`,
    bad: [{ path: "bad.py", text: "execute(a + b)  # finding: bind it\n" }],
    good: [{ path: "good.py", text: "execute(a, b)\n" }],
  });

  expect(renderRuleText(page, { color: false, width: 60 })).toBe(`SQL injection
security/sql-injection · high · confidence high · CWE-89

Text from outside becomes SQL.

Why it matters

A quote ends the string it stands in; everything after it is
SQL, and a search box (https://example.com/box) is enough.

Wrong bad.py

    execute(a + b)  # finding: bind it

Right good.py

    execute(a, b)

How to fix it

• sqlite3: \`execute(sql, values)\`
• Django: \`filter()\`

    execute(sql, values)

• one
  • inner
• two
`);
});
