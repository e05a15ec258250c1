# === one decorator around many functions: each is judged by what it wraps
import functools
import subprocess
from flask import Flask, request

app = Flask(__name__)


def audited(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@audited
def first(text):
    return len(text)


@audited
def second(text):
    return text.upper()


@audited
def third(text):
    return text


@app.route("/a")
def a():
    subprocess.run(f"echo {first(request.args['q'])}", shell=True)
    subprocess.run(f"echo {second(request.args['q'])}", shell=True)  # finding
    subprocess.run(f"echo {third(request.args['q'])}", shell=True)  # finding
    return ""

# === an object is filled by what made it, each time anew
import sqlite3
from flask import Flask, request

app = Flask(__name__)


class Query:
    def __init__(self, table):
        self.table = table
        self.parts = []

    def where(self, text):
        self.parts.append(text)
        return self

    def text(self):
        return f"SELECT * FROM {self.table} WHERE " + " AND ".join(self.parts)


@app.route("/a")
def a():
    one = Query("books").where("author = 'x'")
    two = Query("books").where(f"author = '{request.args['q']}'")
    three = Query("books").where("author = 'x'")
    db = sqlite3.connect("x")
    db.execute(one.text())
    db.execute(two.text())  # finding
    db.execute(three.text())
    return ""

# === a helper gives back the object it was given, not the one of an earlier call
import sqlite3
from flask import Flask, request

app = Flask(__name__)


def named(holder, name):
    holder["name"] = name
    return holder


@app.route("/a")
def a():
    clean = named({}, "x")
    other = named({}, "x")
    other["filter"] = request.args["q"]
    db = sqlite3.connect("x")
    db.execute("SELECT 1 WHERE " + other["name"])
    db.execute("SELECT 1 WHERE " + clean.get("filter", "1"))
    db.execute("SELECT 1 WHERE " + other["filter"])  # finding
    return ""

# === the sixth call is not like those before it
import requests


def options(name):
    if name == "internal":
        return False
    return True


def fetch(name, url):
    return requests.get(url, verify=options(name), timeout=5)


def check(url):
    fetch("a", url)
    fetch("b", url)
    fetch("c", url)
    fetch("d", url)
    fetch("e", url)
    fetch("internal", url)  # finding: tls-verification-disabled

# === a nested function is asked again when what it sees has changed
import sqlite3
from flask import Flask, request

app = Flask(__name__)


@app.route("/a")
def a():
    condition = "1"
    db = sqlite3.connect("x")

    def run():
        return db.execute("SELECT 1 WHERE " + condition)  # finding

    run()
    condition = request.args["q"]
    run()
    return ""


@app.route("/b")
def b():
    condition = "1"
    db = sqlite3.connect("x")

    def run():
        return db.execute("SELECT 1 WHERE " + condition)

    run()
    condition = "2"
    run()
    return ""

# === a log shows a list or dict with its texts in quotes
import logging
from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger(__name__)


def update(name, **kwargs):
    log.debug("update(): %(name)s kwargs=%(kwargs)s", {"name": name, "kwargs": kwargs})


@app.route("/a")
def a():
    data = {"q": request.args["q"]}
    log.info("data %s", data)
    log.info("data %s", [request.args["q"]])
    log.info("data %s", (request.args["q"],))
    log.info(f"data {data}")
    log.info("data {}".format(data))
    log.info("data %s" % data)
    update("a", title=request.args["q"])
    return ""


@app.route("/b")
def b():
    data = {"q": request.args["q"]}
    log.info("data %(q)s", data)  # finding
    log.info("data %s", data["q"])  # finding
    log.info("data %s" % data["q"])  # finding
    log.info(f"data {data['q']}")  # finding
    log.info("data %s" % (data["q"],))  # finding
    log.info("data " + " ".join([request.args["q"]]))  # finding
    return ""
