// What was known on a line, as a person reads it.

import { expect, test } from "vitest";
import type { Insight } from "../../src/analysis/insight.ts";
import { renderInsight } from "../../src/render/insight-text.ts";

const at = (startLine: number, path = "shop/views.py") => ({
  path,
  startLine,
  startColumn: 1,
  endLine: startLine,
  endColumn: 9,
});

const origin = {
  concept: "http-parameter",
  place: at(14),
  code: 'request.args["order"]',
  harmlessFor: ["all"],
  stops: [
    { kind: "guard", place: at(7, "shop/checks.py"), code: "order in ALLOWED" },
    { kind: "guard", place: at(15), code: "known(order)" },
  ],
  steps: [],
  unknownCalls: 0,
} as const;

const insight: Insight = {
  path: "shop/views.py",
  line: 17,
  code: "    db.execute(query + order)",
  symbol: "books",
  state: "looked-at",
  start: { isAsync: false, style: "flask", rules: ["/books"], entries: [] },
  execution: { where: "server-thread", starts: ["request"], isTest: false },
  blocking: ["database: sqlite3.Connection.execute"],
  effects: [
    {
      kind: "database",
      path: "sqlite3.Connection.execute",
      chain: [{ place: at(17), code: "db.execute(query + order)" }],
      isGiven: false,
    },
  ],
  expressions: [
    {
      place: at(17),
      code: "db.execute(query + order)",
      names: ["sqlite3.Connection.execute"],
      types: ["sqlite3.Cursor"],
      constants: undefined,
      origins: [],
    },
    {
      place: at(17),
      code: "query",
      names: [],
      types: [],
      constants: ['"SELECT "'],
      origins: [],
    },
    {
      place: at(17),
      code: "order",
      names: [],
      types: ["str"],
      constants: undefined,
      origins: [origin],
    },
  ],
  arrivals: [
    {
      sink: "sqlite3.Connection.execute",
      concept: "sql",
      parameter: "sql",
      place: at(17),
      code: "query + order",
      outcome: "harmless",
      origins: [origin],
    },
  ],
  findings: [],
};

const settings = { color: false, showPath: (path: string) => path };

test("it says first how it ended, then what stopped it, each origin once in full", () => {
  expect(renderInsight(insight, settings)).toBe(`\
shop/views.py:17  \`db.execute(query + order)\`
in books; answers requests (flask) at /books
runs in a thread of the server; behind it: a request

Nothing is reported here.

What was given to calls that must not get everything
  sqlite3.Connection.execute, sql (sql): \`query + order\`
    stopped: what comes from outside is harmless for sql here
    from \`request.args["order"]\` (line 14, http-parameter)
      harmless for everything, by \`order in ALLOWED\` (guard, shop/checks.py:7) in \`known(order)\` (guard, line 15)

What was known of the code
  \`db.execute(query + order)\`  calls sqlite3.Connection.execute; gives sqlite3.Cursor
  \`query\`                      is \`"SELECT "\`
  \`order\`                      is str
                               from \`request.args["order"]\`, as above

What blocks here
  database: sqlite3.Connection.execute
`);
});

test("hostile code cannot speak to the terminal", () => {
  const text = renderInsight({ ...insight, code: "x = '\u001b[2J\u202e'" }, settings);

  expect(text).toContain("x = '\\x1b[2J\\u202e'");
});

test("a line without code is told as such", () => {
  const text = renderInsight({ ...insight, state: "no-code" }, settings);

  expect(text).toContain("There is no code on this line.");
});
