// What Pyward says that it knew on a line: above all, what stopped a flow that a person expected.

import { describe, expect, test } from "vitest";
import type { Insight } from "../../src/analysis/insight.ts";
import { loadEngine } from "../../src/load-engine.ts";
import { renderInsight } from "../../src/render/insight-text.ts";

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

describe("where a line runs, who is behind it, and what blocks there", () => {
  const files = {
    "db.py": `from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

Session = sessionmaker(create_engine("postgresql://shop"))


def get_db():
    with Session() as db:
        yield db
`,
    "crud.py": `class Books:
    def __init__(self, session):
        self.session = session

    def count(self):
        return self.session.execute("SELECT 1").scalar()


def count_books(db):
    return Books(db).count()


async def count_slowly(db):
    return db.execute("SELECT 1").scalar()
`,
    "app.py": `import asyncio

from celery import shared_task
from fastapi import Depends, FastAPI

from crud import count_books, count_slowly
from db import Session, get_db

app = FastAPI()


@app.get("/loop")
async def on_loop(db=Depends(get_db)):
    return count_books(db)


@app.get("/threads")
def in_threads(db=Depends(get_db)):
    return count_books(db)


@app.get("/slow")
async def slow(db=Depends(get_db)):
    return await count_slowly(db)


@shared_task
def nightly():
    return count_books(Session())


@app.on_event("startup")
async def begin():
    count_books(Session())
    asyncio.create_task(keep_counting())


async def keep_counting():
    while True:
        count_books(Session())


async def once():
    count_books(Session())


if __name__ == "__main__":
    asyncio.run(once())
`,
    "tests/test_app.py": `from crud import count_books


async def test_books(db):
    assert count_books(db) == 3
`,
  };

  /** The insight into the nth line with these words. */
  function insightAt(path: keyof typeof files, words: string, nth = 1): Insight {
    const lines = files[path].split("\n");
    const at = lines.flatMap((each, index) => (each.includes(words) ? [index + 1] : []))[nth - 1];
    const { insight } = engine.analyze(
      Object.entries(files).map(([each, text]) => ({ path: each, text })),
      { explain: { path, line: at ?? 0 } },
    );
    if (!insight) throw new Error("no insight");
    return insight;
  }

  test.each([
    { call: 1, where: "event-loop", starts: ["request"] },
    { call: 2, where: "thread-pool", starts: ["request"] },
    { call: 3, where: "caller", starts: ["worker"] },
    { call: 4, where: "event-loop", starts: ["start-up"] },
    { call: 5, where: "event-loop", starts: ["background"] },
    { call: 6, where: "event-loop", starts: ["script"] },
  ])("the call $call runs: $where, behind it $starts", ({ call, where, starts }) => {
    const { execution } = insightAt("app.py", " count_books(", call);

    expect(execution).toEqual({ where, starts, isTest: false });
  });

  test("a helper's line knows everybody who is behind it", () => {
    const { execution } = insightAt("crud.py", "self.session.execute");

    expect(execution).toEqual({
      where: "caller",
      starts: ["background", "request", "script", "start-up", "worker"],
      isTest: false,
    });
  });

  test("a test says so", () => {
    expect(insightAt("tests/test_app.py", "count_books(db)").execution?.isTest).toBe(true);
  });

  test("an effect is told with the calls that lead to it", () => {
    const { effects } = insightAt("app.py", " count_books(db)");

    expect(effects.map(({ kind, path }) => `${kind} ${path}`)).toContain(
      "database sqlalchemy.orm.Session.execute",
    );
    expect(
      effects[0]?.chain.map(({ place, code }) => `${place.path}:${place.startLine} ${code}`),
    ).toEqual([
      "app.py:14 count_books(db)",
      "crud.py:10 Books(db).count()",
      'crud.py:6 self.session.execute("SELECT 1")',
    ]);
  });

  test("the receiver has its type, and what a caller gives is said to be given", () => {
    const { expressions } = insightAt("crud.py", "self.session.execute");
    expect(expressions.find(({ code }) => code === "self.session")?.types).toEqual([
      "sqlalchemy.orm.Session",
    ]);

    const { effects } = insightAt("crud.py", "db.execute");
    expect(effects.map(({ path, isGiven }) => ({ path, isGiven }))).toEqual([
      { path: "sqlalchemy.orm.Session.execute", isGiven: true },
    ]);
  });

  test("at a terminal it reads", () => {
    const text = renderInsight(insightAt("app.py", " count_books(db)"), {
      color: false,
      showPath: (path) => path,
    });

    expect(text).toContain("runs on the event loop; behind it: a request");
    expect(text).toContain("`db`");
    expect(text).toContain(
      "  database: sqlalchemy.orm.Session.execute\n    by way of `Books(db).count()` (crud.py:10)\n",
    );
  });
});
