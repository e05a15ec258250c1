# Ways of writing programs: what carries a value along, and what only looks like a guard.

import asyncio
import csv
import functools
import html
import io
import json
import os
import queue
import re
import shlex
import sqlite3
import string
import subprocess
import threading
from dataclasses import dataclass, field
from enum import Enum
from string import Template
from typing import NamedTuple
from flask import Flask, request, session, abort, g, current_app, redirect

app = Flask(__name__)
db = sqlite3.connect("shop.db")


# === wrong sanitizers
@app.get("/a")
def a():
    q = html.escape(request.args["q"])
    db.execute(f"SELECT * FROM t WHERE q = '{q}'")  # finding


@app.get("/b")
def b():
    q = shlex.quote(request.args["q"])
    db.execute(f"SELECT * FROM t WHERE q = {q}")  # finding


@app.get("/c")
def c():
    q = request.args["q"]
    clean = shlex.quote(q)
    os.system("ls " + q)  # finding
    return str(len(clean))


@app.get("/d")
def d():
    q = request.args["q"]
    if request.args.get("raw"):
        q = shlex.quote(q)
    os.system("ls " + q)  # finding


@app.get("/e")
def e():
    q = request.args["q"]
    if "DROP" in q.upper() or "DELETE" in q.upper():
        abort(400)
    db.execute("SELECT * FROM t WHERE q = '" + q + "'")  # finding


@app.get("/f")
def f():
    q = request.args["q"]
    if len(q) > 20:
        abort(400)
    db.execute("SELECT * FROM t WHERE q = '" + q + "'")  # finding


@app.get("/g")
def g_():
    q = request.args["q"]
    if not isinstance(q, str):
        abort(400)
    db.execute("SELECT * FROM t WHERE q = '" + q + "'")  # finding


@app.get("/h")
def h():
    q = request.args["q"]
    if re.search(r"[a-z]+", q):
        db.execute("SELECT * FROM t WHERE q = '" + q + "'")  # finding


@app.get("/i")
def i():
    q = f"{request.args['q']!r}"
    db.execute("SELECT * FROM t WHERE q = " + q)  # finding


# === templates of strings
@app.get("/a")
def a():
    t = Template("SELECT * FROM t WHERE q = '$q'")
    db.execute(t.substitute(q=request.args["q"]))  # finding


@app.get("/b")
def b():
    t = string.Template("SELECT * FROM t WHERE q = '$q'")
    db.execute(t.safe_substitute(q="x"))


@app.get("/c")
def c():
    args = " ".join(shlex.quote(a) for a in request.args.getlist("a"))
    os.system("ls " + args)


@app.get("/d")
def d():
    args = " ".join(request.args.getlist("a"))
    os.system("ls " + args)  # finding


@app.get("/e")
def e():
    os.system(shlex.join(["ls", request.args["a"]]))


@app.get("/f")
def f():
    db.execute("SELECT * FROM t WHERE q = '%(q)s'" % {"q": request.args["q"]})  # finding
    db.execute("SELECT * FROM t WHERE q = %(n)d" % {"n": int(request.args["q"])})


# === builder
class Query:
    def __init__(self, table):
        self.table = table
        self.parts = []
        self.params = []

    def where(self, text, *params):
        self.parts.append(text)
        self.params.extend(params)
        return self

    def build(self):
        return f"SELECT * FROM {self.table} WHERE " + " AND ".join(self.parts)

    def run(self):
        return db.execute(self.build(), self.params)


@app.get("/a")
def a():
    Query("t").where("q = ?", request.args["q"]).run()


@app.get("/b")
def b():
    q = Query("t").where("q = '" + request.args["q"] + "'")
    db.execute(q.build())  # finding


@app.get("/c")
def c():
    q = Query("t").where("q = ?", request.args["q"])
    db.execute(q.build(), q.params)


# === records
@dataclass
class Search:
    text: str
    limit: int = 10
    tags: list = field(default_factory=list)

    def sql(self):
        return f"SELECT * FROM t WHERE q = '{self.text}' LIMIT {self.limit}"

    @property
    def label(self):
        return self.text.upper()

    @classmethod
    def of(cls, args):
        return cls(args["q"])


class Pair(NamedTuple):
    left: str
    right: str


@app.get("/a")
def a():
    db.execute(Search.of(request.args).sql())  # finding


@app.get("/b")
def b():
    s = Search("fixed", int(request.args["n"]))
    db.execute(s.sql())
    db.execute("SELECT " + s.label)


@app.get("/c")
def c():
    s = Search(request.args["q"])
    db.execute("SELECT " + s.label)  # finding


@app.get("/d")
def d():
    p = Pair(request.args["q"], "x")
    db.execute("SELECT " + p.right)
    db.execute("SELECT " + p.left)  # finding


@app.get("/e")
def e():
    left, right = Pair("x", request.args["q"])
    db.execute("SELECT " + left)
    db.execute("SELECT " + right)  # finding


# === enum
class Color(Enum):
    RED = "red"
    BLUE = "blue"


@app.get("/a")
def a():
    color = Color(request.args["c"])
    db.execute(f"SELECT * FROM t WHERE c = '{color.value}'")


@app.get("/b")
def b():
    color = Color[request.args["c"]]
    db.execute(f"SELECT * FROM t WHERE c = '{color.value}'")


@app.get("/c")
def c():
    c = request.args["c"]
    if c not in [m.value for m in Color]:
        abort(400)
    db.execute(f"SELECT * FROM t WHERE c = '{c}'")


@app.get("/d")
def d():
    c = request.args["c"]
    if c not in Color.__members__:
        abort(400)
    db.execute(f"SELECT * FROM t WHERE c = '{c}'")


# === threads and async
def work(text):
    os.system("echo " + text)  # finding


@app.get("/a")
def a():
    threading.Thread(target=work, args=(request.args["q"],)).start()
    return ""


def work2(text):
    os.system("echo " + text)


@app.get("/b")
def b():
    threading.Thread(target=work2, args=("x",)).start()
    return ""


async def fetch(text):
    await asyncio.create_subprocess_shell("echo " + text)  # finding
    return text


@app.get("/c")
async def c():
    await asyncio.gather(fetch("a"), fetch(request.args["q"]))
    return ""


# === pass-through
def log_call(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        print("calling", fn.__name__)
        return fn(*args, **kwargs)
    return inner


@log_call
def run(cmd, *, shell=False):
    return subprocess.run(cmd, shell=shell)


@log_call
def run_shell(cmd):
    return subprocess.run(cmd, shell=True)  # finding


@app.get("/a")
def a():
    run(["ls", request.args["q"]])
    run_shell("ls " + request.args["q"])
    return ""


def forward(**kw):
    return query(**kw)


def query(table, name):
    return db.execute(f"SELECT * FROM {table} WHERE n = '{name}'")  # finding


@app.get("/b")
def b():
    forward(table="t", name=request.args["n"])


# === inheritance
class Base:
    table = "t"

    def handle(self, value):
        return self.run(self.clean(value))

    def clean(self, value):
        return value

    def run(self, value):
        raise NotImplementedError


class Loose(Base):
    def run(self, value):
        return db.execute(f"SELECT * FROM {self.table} WHERE q = '{value}'")  # finding


class Strict(Base):
    def clean(self, value):
        return int(value)

    def run(self, value):
        return db.execute(f"SELECT * FROM {self.table} WHERE q = '{value}'")


@app.get("/a")
def a():
    Loose().handle(request.args["q"])
    Strict().handle(request.args["q"])
    return ""


# === global store
cache = {}
last = None


@app.post("/a")
def a():
    cache["q"] = request.form["q"]
    return ""


@app.get("/b")
def b():
    db.execute("SELECT " + cache["q"])  # finding


@app.get("/c")
def c():
    g.q = request.args["q"]
    return d()


def d():
    db.execute("SELECT " + g.q)  # finding


# === before request
@app.before_request
def load():
    g.user = request.headers.get("X-User")


@app.get("/a")
def a():
    db.execute("SELECT * FROM u WHERE n = '" + g.user + "'")  # finding


# === parsing
@app.post("/a")
def a():
    rows = csv.reader(io.StringIO(request.data.decode()))
    for row in rows:
        db.execute("INSERT INTO t VALUES ('" + row[0] + "')")  # finding
    return ""


@app.post("/b")
def b():
    rows = csv.DictReader(io.StringIO(request.data.decode()))
    for row in rows:
        db.execute("INSERT INTO t VALUES (?)", (row["x"],))  # finding: n-plus-one-query
    return ""


@app.post("/c")
def c():
    data = json.loads(request.data)
    for item in data["items"]:
        db.execute("INSERT INTO t VALUES ('%s')" % item["name"])  # finding
    return ""


@app.post("/d")
def d():
    data = request.get_json(force=True, silent=True) or {}
    name = (data.get("user") or {}).get("name", "")
    db.execute("INSERT INTO t VALUES ('%s')" % name)  # finding
    return ""


@app.post("/e")
def e():
    args = request.args.to_dict()
    db.execute("INSERT INTO t VALUES ('%s')" % args.get("x"))  # finding
    return ""


@app.post("/f")
def f():
    db.execute("INSERT INTO t VALUES ('%s')" % request.view_args["x"])  # finding
    return ""


# === dead code and order
@app.get("/a")
def a():
    q = request.args["q"]
    if False:
        db.execute("SELECT " + q)
    q = "x"
    db.execute("SELECT " + q)
    return ""
    db.execute("SELECT " + request.args["q"])


DEBUG = False


@app.get("/b")
def b():
    if DEBUG:
        db.execute("SELECT " + request.args["q"])
    return ""


@app.get("/c")
def c():
    q = ""
    while not q:
        q = request.args.get("q")
    db.execute("SELECT " + q)  # finding


@app.get("/d")
def d():
    try:
        q = int(request.args["q"])
    except ValueError:
        q = request.args["q"]
    db.execute(f"SELECT {q}")  # finding


@app.get("/e")
def e():
    try:
        q = int(request.args["q"])
    except ValueError:
        q = 0
    db.execute(f"SELECT {q}")


@app.get("/f")
def f():
    q = request.args["q"]
    del q
    q = "1"
    db.execute(f"SELECT {q}")


@app.get("/g")
def g2():
    q = request.args["q"]
    q = int(q) if q.isdigit() else 0
    db.execute(f"SELECT {q}")


# === comprehension filters
ALLOWED = {"name", "price"}


@app.get("/a")
def a():
    cols = [c for c in request.args.getlist("c") if c in ALLOWED]
    db.execute(f"SELECT {', '.join(cols)} FROM t")


@app.get("/b")
def b():
    cols = [c for c in request.args.getlist("c") if c]
    db.execute(f"SELECT {', '.join(cols)} FROM t")  # finding


@app.get("/c")
def c():
    cols = set(request.args.getlist("c")) & ALLOWED
    db.execute(f"SELECT {', '.join(cols)} FROM t")


@app.get("/d")
def d():
    cols = request.args.getlist("c")
    if not set(cols) <= ALLOWED:
        abort(400)
    db.execute(f"SELECT {', '.join(cols)} FROM t")


@app.get("/e")
def e():
    cols = list(filter(ALLOWED.__contains__, request.args.getlist("c")))
    db.execute(f"SELECT {', '.join(cols)} FROM t")


@app.get("/f")
def f():
    cols = list(filter(lambda c: c in ALLOWED, request.args.getlist("c")))
    db.execute(f"SELECT {', '.join(cols)} FROM t")


@app.get("/g")
def g3():
    cols = request.args.getlist("c")
    if any(c not in ALLOWED for c in cols):
        abort(400)
    db.execute(f"SELECT {', '.join(cols)} FROM t")


@app.get("/h")
def h():
    col = next((c for c in ALLOWED if c == request.args["c"]), "name")
    db.execute(f"SELECT {col} FROM t")


@app.get("/i")
def i():
    sort = request.args["sort"]
    desc = sort.startswith("-")
    col = sort.lstrip("-")
    if col not in ALLOWED:
        col = "name"
    db.execute(f"SELECT * FROM t ORDER BY {col} {'DESC' if desc else 'ASC'}")


