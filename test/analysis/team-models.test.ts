// A team's word on its own functions, across files and for functions of the project itself.

import { expect, test } from "vitest";
import {
  parseTeamModel,
  type TeamModel,
  type TeamModelKind,
} from "../../src/analysis/team-models.ts";
import { loadEngine } from "../../src/load-engine.ts";

const engine = await loadEngine();
const words = engine.modelWords ?? {};

function aModel(kind: TeamModelKind, row: string): TeamModel {
  const read = parseTeamModel(kind, row, words);
  if (!read.ok) throw new Error(read.fault);
  return read.model;
}

function found(files: Readonly<Record<string, string>>, ...models: readonly TeamModel[]) {
  const made = models.length === 0 ? engine : engine.withModels?.(models);
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { findings = [] } = made?.analyze(sources) ?? {};
  return findings.map(({ rule, place }) => `${rule} ${place.path}:${place.startLine}`);
}

const clean = aModel("sanitizer", "acme.web.clean(text!) -> html");
const page = `from flask import Flask, request
from markupsafe import Markup
from acme.web import clean

app = Flask(__name__)

@app.get("/")
def index():
    return Markup(clean(request.args["name"]))
`;
const body = "def clean(text):\n    return text.replace('x', 'y')\n";

test("a sanitizer of the project is believed before its body is read, from another file", () => {
  const files = { "app.py": page, "acme/web.py": body, "acme/__init__.py": "" };

  expect(found(files)).toEqual(["security/cross-site-scripting app.py:9"]);
  expect(found(files, clean)).toEqual([]);
});

test("it is found below a folder that holds the packages, too", () => {
  const files = { "src/app.py": page, "src/acme/web.py": body, "src/acme/__init__.py": "" };

  expect(found(files)).toHaveLength(1);
  expect(found(files, clean)).toEqual([]);
});

test("it counts also where its own file is not at hand", () => {
  expect(found({ "app.py": page }, clean)).toEqual([]);
});

test("a sanitizer of one class does nothing for another", () => {
  const query = `import sqlite3
from flask import Flask, request
from acme.web import clean

app = Flask(__name__)

@app.get("/")
def index():
    sqlite3.connect("x.db").execute("SELECT * FROM a WHERE b = '" + clean(request.args["b"]) + "'")
`;

  expect(found({ "app.py": query, "acme/web.py": body }, clean)).toEqual([
    "security/sql-injection app.py:9",
  ]);
});

const helpers = `def body():
    return open("/run/message").read()

def run(statement, limit=1):
    pass

class Store:
    def query(self, statement):
        pass
`;

test("sources and sinks of the project, functions and methods, are known", () => {
  const app = `from acme import io

def work():
    text = io.body()
    io.run("SELECT " + text)
    io.Store().query(statement="SELECT " + text)
    io.run("SELECT 1", limit=text)
`;
  const models = [
    aModel("source", "acme.io.body() -> http-body"),
    aModel("sink", "acme.io.run(statement!) -> sql"),
    aModel("sink", "acme.io.Store.query(statement!) -> sql"),
  ];

  expect(found({ "app.py": app, "acme/io.py": helpers }, ...models)).toEqual([
    "security/sql-injection app.py:5",
    "security/sql-injection app.py:6",
  ]);
});

test("a guard and a validator of the project are believed", () => {
  const app = `import requests
from flask import Flask, request
from acme.net import check_host, is_ours

app = Flask(__name__)

@app.get("/a")
def guarded():
    url = request.args["url"]
    if not is_ours(url):
        return "no"
    return requests.get(url, timeout=3).text

@app.get("/b")
def validated():
    url = request.args["url"]
    check_host(url)
    return requests.get(url, timeout=3).text

@app.get("/c")
def neither():
    return requests.get(request.args["url"], timeout=3).text
`;
  const net =
    "def is_ours(url):\n    return lookup(url)\n\ndef check_host(url):\n    lookup(url)\n";
  const files = { "app.py": app, "acme/net.py": net };
  const forged = (all: readonly string[]) =>
    all.filter((line) => line.startsWith("security/server-side-request-forgery"));
  const models = [
    aModel("guard", "acme.net.is_ours(url!) -> url"),
    aModel("validator", "acme.net.check_host(url!) -> url"),
  ];

  expect(forged(found(files))).toHaveLength(3);
  expect(forged(found(files, ...models))).toEqual([
    "security/server-side-request-forgery app.py:22",
  ]);
});

test("work that the team's own function moves to a thread blocks nothing", () => {
  const app = `from fastapi import FastAPI
from sqlalchemy import create_engine
from acme.tasks import in_thread

app = FastAPI()
engine = create_engine("postgresql://db/shop")

def read():
    engine.connect()

@app.get("/")
async def index():
    return in_thread(read)
`;
  const tasks = "def in_thread(function):\n    return function()\n";
  const files = { "app.py": app, "acme/tasks.py": tasks };
  const blocking = (all: readonly string[]) => all.filter((line) => line.includes("async"));

  expect(blocking(found(files))).toHaveLength(1);
  expect(blocking(found(files, aModel("offload", "acme.tasks.in_thread(function!)")))).toEqual([]);
});

test("an engine is made once for each set of rows", () => {
  expect(engine.withModels?.([clean])).toBe(engine.withModels?.([{ ...clean }]));
});

test("the words behind the arrow are those of the models at hand", () => {
  expect(words.source).toContain("http-body");
  expect(words.sanitizer).toEqual(expect.arrayContaining(["html", "sql", "path", "url", "all"]));
  expect(parseTeamModel("sanitizer", "a.b(c!) -> htlm", words)).toMatchObject({
    ok: false,
    unknown: "htlm",
  });
});
