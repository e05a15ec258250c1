// What Pyward says that it knew on a line: above all, what stopped a flow that a person expected.

import { describe, expect, test } from "vitest";
import type { Insight } from "../../src/analysis/insight.ts";
import { loadEngine } from "../../src/load-engine.ts";

const engine = await loadEngine();

const checks = `from flask import abort

ALLOWED = {"title", "price"}


def known(order):
    return order in ALLOWED


def must_be_known(order):
    if order not in ALLOWED:
        abort(400)
`;

/** The insight into the line that ends in \`# here\`, within a route of Flask. */
function insightInto(body: string): Insight {
  const text = [
    "import sqlite3",
    "from html import escape",
    "from flask import Flask, request",
    "from checks import known, must_be_known",
    "app = Flask(__name__)",
    'db = sqlite3.connect("shop.db")',
    '@app.get("/books/<title>")',
    "def books(title):",
    ...body.split("\n").map((line) => `    ${line}`),
  ].join("\n");
  const line = text.split("\n").findIndex((each) => each.endsWith("# here")) + 1;
  const files = [
    { path: "app.py", text },
    { path: "checks.py", text: checks },
  ];
  const { insight } = engine.analyze(files, { explain: { path: "app.py", line } });
  if (!insight) throw new Error("no insight");
  return insight;
}

describe("what stopped a flow", () => {
  test.each([
    {
      title: "a guard in a helper that answers",
      body: `order = request.args["x"]\nif not known(order):\n    return ""\ndb.execute("SELECT " + order)  # here`,
      outcome: "harmless",
      stops: ["checks.py:7 order in ALLOWED", "app.py:10 known(order)"],
    },
    {
      title: "a guard in a helper that raises",
      body: `order = request.args["x"]\nmust_be_known(order)\nquery = f"SELECT {order}"\ndb.execute(query)  # here`,
      outcome: "harmless",
      stops: ["checks.py:11 order not in ALLOWED", "app.py:10 must_be_known(order)"],
    },
    {
      title: "a conversion on another line",
      body: `page = int(request.args["x"])\ndb.execute(f"SELECT {page}")  # here`,
      outcome: "harmless",
      stops: ['app.py:9 int(request.args["x"])'],
    },
    {
      title: "a lookup in a table of one's own",
      body: `column = {"a": "b"}[request.args["x"]]\ndb.execute("SELECT " + column)  # here`,
      outcome: "constant",
      stops: [],
    },
    {
      title: "an escape, for pages",
      body: `return "<h1>" + escape(title)  # here`,
      outcome: "harmless",
      stops: ["app.py:9 escape(title)"],
    },
    {
      title: "that it was constant",
      body: `db.execute("SELECT " + "1")  # here`,
      outcome: "constant",
      stops: [],
    },
    {
      title: "nothing",
      body: `db.execute("SELECT " + title)  # here`,
      outcome: "reported",
      stops: [],
    },
  ])("is told: $title", ({ body, outcome, stops }) => {
    const [arrival] = insightInto(body).arrivals.filter(({ concept }) =>
      ["sql", "html"].includes(concept),
    );

    expect(arrival?.outcome).toBe(outcome);
    const told = arrival?.origins.flatMap((origin) => origin.stops) ?? [];
    expect(told.map(({ place, code }) => `${place.path}:${place.startLine} ${code}`)).toEqual(
      stops,
    );
  });
});

test("a route is told with its address, and the names on the line with what they stand for", () => {
  const { symbol, start, expressions } = insightInto('rows = db.execute("SELECT 1")  # here');

  expect(symbol).toBe("books");
  expect(start).toEqual({ isAsync: false, style: "flask", rules: ["/books/<title>"], entries: [] });
  expect(expressions.map(({ code, names, types }) => ({ code, names, types }))).toEqual([
    {
      code: 'db.execute("SELECT 1")',
      names: ["sqlite3.Connection.execute"],
      types: ["sqlite3.Cursor"],
    },
    { code: "db", names: [], types: ["sqlite3.Connection"] },
  ]);
});

test("what nobody described is told as unknown", () => {
  const { expressions, arrivals } = insightInto("store.execute(title)  # here");

  expect(arrivals).toEqual([]);
  expect(expressions.map(({ code, names }) => ({ code, names }))).toEqual([
    { code: "store.execute(title)", names: ["?.execute"] },
    { code: "store", names: [] },
    { code: "title", names: [] },
  ]);
});

test.each([
  { body: 'return ""\ndb.execute(title)  # here', state: "never-reached" },
  { body: "pass\n# here", state: "no-code" },
])("a line where nothing is evaluated is $state", ({ body, state }) => {
  const { state: told, arrivals } = insightInto(body);

  expect({ told, arrivals }).toEqual({ told: state, arrivals: [] });
});

test("asking changes no finding", () => {
  const files = engine.rulebook.entries.flatMap(({ page }) =>
    page.bad.slice(0, 1).map(({ text }) => ({ path: `${page.name}/bad.py`, text })),
  );
  const [first] = files;

  const asked = engine.analyze(files, { explain: { path: first?.path ?? "", line: 20 } });

  expect(asked.findings).toEqual(engine.analyze(files).findings);
});
