# What goes through an encoder, a queue, a thread or a variable of its own comes out again; and what a list of
# complaints, a flag or an exception says of it.
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("books.db")


# === base64 round trip
import base64


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    tmp = base64.b64encode(value.encode("utf-8"))
    bar = base64.b64decode(tmp).decode("utf-8")
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === thread pool
from concurrent.futures import ThreadPoolExecutor


def work(text):
    return text.strip()


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    with ThreadPoolExecutor(max_workers=2) as pool:
        future = pool.submit(work, value)
        bar = future.result()
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === json round trip
import json


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = json.loads(json.dumps({"v": value}))["v"]
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === json round trip other: harmless
import json


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = json.loads(json.dumps({"v": value, "w": "x"}))["w"]
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")
    return {"books": rows.fetchall()}


# === queue
import queue


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    box = queue.Queue()
    box.put(value)
    bar = box.get()
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === getattr dunder
class Lazy:
    def __init__(self, data):
        self.__dict__["data"] = data
    def __getattr__(self, name):
        return self.data[name]


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = Lazy({"q": value}).q
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === urlunquote
from urllib.parse import quote, unquote


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = unquote(quote(value))
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === hex round trip
@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = bytes.fromhex(value.encode().hex()).decode()
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === template string
from string import Template


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = Template("$x-y").substitute(x=value)
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === operator itemgetter
from operator import itemgetter


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = itemgetter("k")({"k": value})
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === chainmap defaultdict
from collections import defaultdict, ChainMap


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    groups = defaultdict(list)
    groups["g"].append(value)
    bar = ChainMap({}, groups)["g"][0]
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === zlib
import zlib


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = zlib.decompress(zlib.compress(value.encode())).decode()
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === contextvar
from contextvars import ContextVar
current = ContextVar("current", default="")


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    current.set(value)
    bar = current.get()
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === thread local
import threading
local = threading.local()


def use():
    return local.name


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    local.name = value
    bar = use()
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === regex findall digits: harmless
import re


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = "".join(re.findall(r"[0-9]+", value))
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")
    return {"books": rows.fetchall()}


# === simplenamespace
from types import SimpleNamespace


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    ns = SimpleNamespace(a=value, b="x")
    bar = ns.a
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === simplenamespace: harmless
from types import SimpleNamespace


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    ns = SimpleNamespace(a=value, b="x")
    bar = ns.b
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")
    return {"books": rows.fetchall()}


# === flag variable: harmless
@app.get("/shelf")
def shelf():
    value = request.args["q"]
    valid = False
    if value in {"a", "b"}:
        valid = True
    if not valid:
        return "no", 400
    bar = value
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")
    return {"books": rows.fetchall()}


# === try index: harmless
ORDER = ["a", "b"]


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    try:
        ORDER.index(value)
    except ValueError:
        return "no", 400
    bar = value
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")
    return {"books": rows.fetchall()}


# === loop flag break: harmless
ALLOWED = "abcdef"


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    ok = True
    for c in value:
        if c not in ALLOWED:
            ok = False
            break
    if not ok:
        return "no", 400
    bar = value
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")
    return {"books": rows.fetchall()}


# === error list: harmless
@app.get("/shelf")
def shelf():
    value = request.args["q"]
    errors = []
    if not value.isalnum():
        errors.append("bad")
    if errors:
        return "no", 400
    bar = value
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")
    return {"books": rows.fetchall()}


# === error dict from helper: harmless
def problems(text):
    found = {}
    if not text.isalnum():
        found["q"] = "bad"
    return found


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    if problems(value):
        return "no", 400
    bar = value
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")
    return {"books": rows.fetchall()}


# === class constants lookup: harmless
class Columns:
    NAME = "name"
    AGE = "age"


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = getattr(Columns, value.upper(), Columns.NAME)
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")
    return {"books": rows.fetchall()}


# === dunder getitem
class Bag:
    def __init__(self, d):
        self.d = d
    def __getitem__(self, k):
        return self.d[k]


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = Bag({"x": value})["x"]
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === list remove
@app.get("/shelf")
def shelf():
    value = request.args["q"]
    l = ["a", value]
    l.remove("a")
    bar = l[0]
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === pickle roundtrip
import pickle


@app.get("/shelf")
def shelf():
    value = request.args["q"]
    bar = pickle.loads(pickle.dumps(value))
    rows = db.execute("SELECT * FROM book WHERE title = '" + bar + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}


# === by way of the environment, under this name and under another
import os


@app.get("/shelf")
def shelf():
    os.environ["SHELF_TITLE"] = request.args["q"]
    os.environ["SHELF_ORDER"] = "id"
    db.execute("SELECT * FROM book ORDER BY " + os.environ["SHELF_ORDER"] + " LIMIT 5")
    db.execute("SELECT * FROM book ORDER BY " + os.environ["SHELF_GROUP"] + " LIMIT 5")
    db.execute("SELECT * FROM book WHERE title = '" + os.getenv("SHELF_TITLE") + "'")  # finding: sql-injection
    rows = db.execute("SELECT * FROM book WHERE title = '" + os.environ["SHELF_TITLE"] + "'")  # finding: sql-injection
    return {"books": rows.fetchall()}
