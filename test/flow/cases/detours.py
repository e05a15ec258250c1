# Ways a value takes from its source to its sink, and the ones that lose it.

import base64
import configparser
import html
import os
import re
import sqlite3
import subprocess
import urllib.parse
from flask import Flask, request, session, redirect, make_response, render_template_string, send_file, abort

app = Flask(__name__)
db = sqlite3.connect("shop.db")


# === wrapper object around the request
class Wrapper:
    def __init__(self, req):
        self.req = req

    def form_value(self, name):
        return self.req.form.get(name)

    def fixed(self, name):
        return "bar"


@app.post("/a")
def a():
    w = Wrapper(request)
    name = w.form_value("name")
    db.execute("SELECT * FROM u WHERE n = '" + name + "'")  # finding


@app.post("/b")
def b():
    w = Wrapper(request)
    name = w.fixed("name")
    db.execute("SELECT * FROM u WHERE n = '" + name + "'")


# === wrapper with cookies and unquote
class Wrapper:
    def __init__(self, req):
        self._r = req

    def cookie(self, key, default=None):
        raw = self._r.cookies.get(key, default)
        return urllib.parse.unquote_plus(raw) if raw else ""


@app.get("/a")
def a():
    value = Wrapper(request).cookie("pref", "none")
    subprocess.run("ls " + value, shell=True)  # finding


# === query string by hand
@app.get("/a")
def a():
    qs = request.query_string.decode("utf-8")
    marker = "name="
    at = qs.find(marker)
    if at == -1:
        return "missing"
    value = qs[at + len(marker):]
    end = value.find("&")
    if end != -1:
        value = value[:end]
    value = urllib.parse.unquote_plus(value)
    db.execute(f"SELECT * FROM u WHERE n = '{value}'")  # finding
    return "ok"


# === header names
@app.get("/a")
def a():
    value = ""
    for name in request.headers.keys():
        if name in ("Accept", "Host", "User-Agent"):
            continue
        value = name
        break
    db.execute(f"SELECT * FROM u WHERE n = '{value}'")  # finding
    return "ok"


# === names of form fields
@app.post("/a")
def a():
    param = ""
    for key in request.form:
        if request.form[key] == "secret":
            param = key
            break
    db.execute(f"SELECT * FROM u WHERE n = '{param}'")  # finding


# === getlist
@app.post("/a")
def a():
    values = request.form.getlist("name")
    param = values[0] if values else ""
    db.execute(f"SELECT * FROM u WHERE n = '{param}'")  # finding


# === ConfigParser round trip
@app.post("/a")
def a():
    conf = configparser.ConfigParser()
    conf.add_section("s")
    conf.set("s", "keyA", "constant")
    conf.set("s", "keyB", request.form["x"])
    bar = conf.get("s", "keyB")
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")  # finding


@app.post("/b")
def b():
    conf = configparser.ConfigParser()
    conf.add_section("s")
    conf.set("s", "keyA", "constant")
    conf.set("s", "keyB", request.form["x"])
    bar = conf.get("s", "keyA")
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")


@app.post("/c")
def c():
    conf = configparser.ConfigParser()
    conf["s"] = {"a": "x", "b": request.form["x"]}
    db.execute(f"SELECT * FROM u WHERE n = '{conf['s']['a']}'")
    db.execute(f"SELECT * FROM u WHERE n = '{conf['s']['b']}'")  # finding


# === list juggling
@app.post("/a")
def a():
    param = request.form["x"]
    values = ["safe", param, "moresafe"]
    values.pop(0)
    bar = values[0]
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")  # finding


@app.post("/b")
def b():
    param = request.form["x"]
    values = ["safe", param, "moresafe"]
    values.pop(0)
    bar = values[1]
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")


@app.post("/c")
def c():
    param = request.form["x"]
    values = []
    values.append("safe")
    values.append(param)
    values.append("moresafe")
    del values[1]
    db.execute(f"SELECT * FROM u WHERE n = '{values[1]}'")


@app.post("/d")
def d():
    values = []
    values.insert(0, request.form["x"])
    values.insert(0, "a")
    db.execute(f"SELECT * FROM u WHERE n = '{values[0]}'")
    db.execute(f"SELECT * FROM u WHERE n = '{values[-1]}'")  # finding


# === match over a constant
@app.post("/a")
def a():
    param = request.form["x"]
    possible = "ABC"
    guess = possible[1]
    match guess:
        case "A":
            bar = param
        case "B":
            bar = "bob"
        case "C" | "D":
            bar = param
        case _:
            bar = "bob's your uncle"
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")


@app.post("/b")
def b():
    param = request.form["x"]
    possible = "ABC"
    guess = possible[2]
    match guess:
        case "A":
            bar = param
        case "B":
            bar = "bob"
        case "C" | "D":
            bar = param
        case _:
            bar = "bob's your uncle"
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")  # finding


# === arithmetic decides
@app.post("/a")
def a():
    param = request.form["x"]
    num = 106
    bar = "always" if (7 * 18) + num > 200 else param
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")


@app.post("/b")
def b():
    param = request.form["x"]
    num = 86
    if (7 * 42) - num > 200:
        bar = "constant"
    else:
        bar = param
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")


@app.post("/c")
def c():
    param = request.form["x"]
    num = 196
    if (500 // 42) + num > 200:
        bar = param
    else:
        bar = "never"
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")  # finding


# === base64 there and back
@app.post("/a")
def a():
    param = request.form["x"]
    tmp = base64.b64encode(param.encode("utf-8"))
    bar = base64.b64decode(tmp).decode("utf-8")
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")  # finding


# === a factory and an interface
class Thing:
    def do(self, value):
        raise NotImplementedError


class Echo(Thing):
    def do(self, value):
        return value


class Fixed(Thing):
    def do(self, value):
        return "fixed"


def make_thing(kind):
    if kind == "echo":
        return Echo()
    return Fixed()


@app.post("/a")
def a():
    thing = make_thing("echo")
    db.execute(f"SELECT * FROM u WHERE n = '{thing.do(request.form['x'])}'")  # finding


@app.post("/b")
def b():
    thing = make_thing("fixed")
    db.execute(f"SELECT * FROM u WHERE n = '{thing.do(request.form['x'])}'")


# === replaced
@app.post("/a")
def a():
    param = request.form["x"]
    bar = "This should never happen"
    if "should" in bar:
        bar = param
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")  # finding


@app.post("/b")
def b():
    param = request.form["x"]
    bar = "alsosafe"
    if param:
        values = {"keyA": "a-Value", "keyB": param, "keyC": "another-Value"}
        bar = values["keyB"]
        bar = values["keyA"]
    db.execute(f"SELECT * FROM u WHERE n = '{bar}'")


# === nested helper chain
def outer(v):
    return inner(v)


def inner(v):
    parts = [v, "x"]
    return "-".join(parts)


@app.post("/a")
def a():
    db.execute("SELECT " + outer(request.form["x"]))  # finding


# === superfluous string building
@app.post("/a")
def a():
    param = request.form["x"]
    text = ""
    for ch in param:
        text += ch
    db.execute("SELECT " + text)  # finding


@app.post("/b")
def b():
    import io
    out = io.StringIO()
    out.write("SELECT ")
    out.write(request.form["x"])
    db.execute(out.getvalue())  # finding


@app.post("/c")
def c():
    import io
    out = io.StringIO()
    out.write(request.form["x"])
    out.seek(0)
    out.truncate(0)
    out.write("SELECT 1")
    db.execute(out.getvalue())


# === lambda and dispatch tables
ops = {"up": lambda v: v.upper(), "const": lambda v: "x"}


@app.post("/a")
def a():
    db.execute("SELECT " + ops["up"](request.form["x"]))  # finding


@app.post("/b")
def b():
    db.execute("SELECT " + ops["const"](request.form["x"]))


# === lookup table
columns = {"name": "u.name", "age": "u.age"}


@app.get("/a")
def a():
    col = columns.get(request.args["sort"], "u.id")
    db.execute(f"SELECT * FROM u ORDER BY {col}")


@app.get("/b")
def b():
    col = columns.get(request.args["sort"], request.args["sort"])
    db.execute(f"SELECT * FROM u ORDER BY {col}")  # finding


@app.get("/c")
def c():
    try:
        col = columns[request.args["sort"]]
    except KeyError:
        abort(400)
    db.execute(f"SELECT * FROM u ORDER BY {col}")


# === sort direction
@app.get("/a")
def a():
    direction = "DESC" if request.args.get("dir", "").lower() == "desc" else "ASC"
    db.execute(f"SELECT * FROM u ORDER BY id {direction}")


@app.get("/b")
def b():
    direction = request.args.get("dir", "asc").upper()
    if direction not in {"ASC", "DESC"}:
        direction = "ASC"
    db.execute(f"SELECT * FROM u ORDER BY id {direction}")


@app.get("/c")
def c():
    direction = request.args.get("dir", "asc")
    if direction.upper() not in ("ASC", "DESC"):
        direction = "ASC"
    db.execute(f"SELECT * FROM u ORDER BY id {direction}")


@app.get("/d")
def d():
    direction = request.args.get("dir", "asc")
    if direction.upper() not in ("ASC", "DESC"):
        app.logger.warning("odd direction")
    db.execute(f"SELECT * FROM u ORDER BY id {direction}")  # finding


# === placeholders
@app.get("/a")
def a():
    ids = request.args.getlist("id")
    marks = ",".join("?" for _ in ids)
    db.execute(f"SELECT * FROM u WHERE id IN ({marks})", ids)


@app.get("/b")
def b():
    ids = request.args.getlist("id")
    marks = ",".join(["?"] * len(ids))
    db.execute("SELECT * FROM u WHERE id IN (%s)" % marks, ids)


@app.get("/c")
def c():
    ids = request.args.getlist("id")
    db.execute("SELECT * FROM u WHERE id IN (%s)" % ",".join(ids))  # finding


@app.get("/d")
def d():
    ids = [int(i) for i in request.args.getlist("id")]
    db.execute("SELECT * FROM u WHERE id IN (%s)" % ",".join(str(i) for i in ids))


@app.get("/e")
def e():
    ids = list(map(int, request.args["ids"].split(",")))
    db.execute("SELECT * FROM u WHERE id IN (%s)" % ",".join(map(str, ids)))


@app.get("/f")
def f():
    fields = request.get_json()
    sets = ", ".join(f"{k} = ?" for k in fields)
    db.execute(f"UPDATE u SET {sets}", list(fields.values()))  # finding


@app.get("/g")
def g():
    fields = {k: v for k, v in request.get_json().items() if k in ("name", "mail")}
    sets = ", ".join(f"{k} = ?" for k in fields)
    db.execute(f"UPDATE u SET {sets}", list(fields.values()))


@app.get("/h")
def h():
    where, params = [], []
    if "name" in request.args:
        where.append("name = ?")
        params.append(request.args["name"])
    if "age" in request.args:
        where.append("age > ?")
        params.append(request.args["age"])
    sql = "SELECT * FROM u" + (" WHERE " + " AND ".join(where) if where else "")
    db.execute(sql, params)


@app.get("/i")
def i():
    where = []
    for field in ("name", "mail"):
        if request.args.get(field):
            where.append(f"{field} = '{request.args[field]}'")
    db.execute("SELECT * FROM u WHERE " + " AND ".join(where))  # finding
