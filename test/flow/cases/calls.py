# Arguments find their parameters, and results come back, whichever way a call is written.

import functools
import sqlite3

from flask import request

db = sqlite3.connect("shop.db")


# === by position and by keyword
def run(table, title):
    db.execute(f"SELECT * FROM {table}")  # finding
    db.execute(f"SELECT * FROM book WHERE title = ?", (title,))


def find(table, title):
    db.execute(f"SELECT * FROM {table}")


def search():
    run(request.args["table"], "Emma")
    find("book", request.args["title"])
    find(title=request.args["title"], table="book")


# === one call is not another
def quote(text):
    return "'" + text + "'"


def search():
    db.execute("SELECT " + quote("Emma"))
    db.execute("SELECT " + quote(request.args["title"]))  # finding


# === a function that forgets what it was given
def label(text):
    return "book"


def length(text):
    return len(text)


def search():
    db.execute("SELECT * FROM " + label(request.args["title"]))
    db.execute(f"SELECT {length(request.args['title'])}")


# === a default, and what replaces it
def find(order="title"):
    return "SELECT * FROM book ORDER BY " + order


def search():
    db.execute(find())
    db.execute(find(order="price"))
    db.execute(find(request.args["order"]))  # finding


# === a default that keeps what it was given
def remember(word, words=[]):
    words.append(word)
    return words


def search():
    db.execute("SELECT " + ",".join(remember("id")))
    db.execute("SELECT " + ",".join(remember(request.args["word"])))  # finding


# === keyword-only and positional-only parameters
def find(table, /, *, order):
    return f"SELECT * FROM {table} ORDER BY {order}"


def count(table, /, *, order):
    return f"SELECT count(*) FROM {table}"


def search():
    db.execute(find("book", order=request.args["order"]))  # finding
    db.execute(count("book", order=request.args["order"]))


# === arguments collected by a star
def joined(*words):
    return ",".join(words)


def first(*words):
    return words[0]


def search():
    db.execute("SELECT " + joined("id", request.args["column"]))  # finding
    db.execute("SELECT " + joined("id", "title"))
    db.execute("SELECT " + first("id", request.args["column"]))
    db.execute("SELECT " + first(request.args["column"], "id"))  # finding


# === arguments collected by two stars
def where(**values):
    return " AND ".join(f"{name} = '{value}'" for name, value in values.items())


def marks(**values):
    return " AND ".join(f"{name} = ?" for name in values)


def shelf(**values):
    return values["shelf"]


def search():
    db.execute("SELECT * FROM book WHERE " + where(title=request.args["title"]))  # finding
    db.execute("SELECT * FROM book WHERE " + marks(title=request.args["title"]))
    db.execute("SELECT * FROM book WHERE " + shelf(title=request.args["title"], shelf="1"))
    db.execute("SELECT * FROM book WHERE " + where(title="Emma"))


# === arguments spread by a star
def find(table, title):
    return f"SELECT * FROM {table}"


def search():
    sent = ["book", request.args["title"]]
    db.execute(find(*sent))
    sent = [request.args["table"], "Emma"]
    db.execute(find(*sent))  # finding
    pair = (request.args["table"], "Emma")
    db.execute(find(*pair))  # finding
    db.execute(find(*request.args.getlist("x")))  # finding
    db.execute(find("book", *request.args.getlist("x")))


# === arguments spread by two stars
def find(table="book", title=""):
    return f"SELECT * FROM {table}"


def search():
    options = {"title": request.args["title"]}
    db.execute(find(**options))
    options = {"table": request.args["table"]}
    db.execute(find(**options))  # finding
    db.execute(find(**request.args))  # finding
    db.execute(find(table="author", **{"title": request.args["title"]}))


# === everything handed on
def find(table, order="id"):
    return f"SELECT * FROM {table} ORDER BY {order}"


def logged(*args, **kwargs):
    print("searching")
    return find(*args, **kwargs)


def search():
    db.execute(logged("book", order=request.args["order"]))  # finding
    db.execute(logged(request.args["table"]))  # finding
    db.execute(logged("book", order="title"))
    db.execute(logged("book"))


# === a partial call
def find(table, order, limit=10):
    return f"SELECT * FROM {table} ORDER BY {order}"


def search():
    books = functools.partial(find, "book")
    db.execute(books("title"))
    db.execute(books(request.args["order"]))  # finding
    by_order = functools.partial(find, order=request.args["order"])
    db.execute(by_order("book"))  # finding
    limited = functools.partial(find, "book", "title", limit=request.args["limit"])
    db.execute(limited())


# === several results
def parse(text):
    return text, "book"


def search():
    order, table = parse(request.args["order"])
    db.execute("SELECT * FROM " + table)
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a dict as result
def parse(text):
    return {"order": text, "table": "book"}


def search():
    options = parse(request.args["order"])
    db.execute("SELECT * FROM " + options["table"])
    db.execute("SELECT * FROM book ORDER BY " + options["order"])  # finding


# === one of several returns
def column(name):
    if name == "t":
        return "title"
    if name == "p":
        return "price"
    return name


def known_column(name):
    if name == "t":
        return "title"
    if name == "p":
        return "price"
    return "id"


def search():
    db.execute("SELECT " + column(request.args["c"]))  # finding
    db.execute("SELECT " + known_column(request.args["c"]))


# === a function that calls itself
def nested(text, depth):
    if depth == 0:
        return text
    return "(" + nested(text, depth - 1) + ")"


def countdown(text, depth):
    if depth == 0:
        return "done"
    return countdown(text, depth - 1)


def search():
    db.execute("SELECT " + nested(request.args["x"], 3))  # finding
    db.execute("SELECT " + nested("id", 3))
    db.execute("SELECT " + countdown(request.args["x"], 3))


# === functions that call each other
def even(words):
    if not words:
        return ""
    return words[0] + odd(words[1:])


def odd(words):
    if not words:
        return ""
    return even(words[1:])


def search():
    db.execute("SELECT " + even(request.args.getlist("w")))  # finding
    db.execute("SELECT " + even(["id"]))


# === a sink that a recursion reaches
def walk(node):
    db.execute("DELETE FROM book WHERE parent = " + node["id"])  # finding
    for child in node["children"]:
        walk(child)


def remove():
    walk(request.get_json())


# === a function by another name
def quote(text):
    return "'" + text + "'"


def unit(text):
    return "book"


def search():
    make = quote
    db.execute("SELECT " + make(request.args["x"]))  # finding
    make = unit
    db.execute("SELECT " + make(request.args["x"]))
    make = quote if request.args.get("y") else unit
    db.execute("SELECT " + make(request.args["x"]))  # finding


# === functions in a table
def by_title(text):
    return "title = '" + text + "'"


def by_mark(text):
    return "title = ?"


MAKERS = {"title": by_title, "mark": by_mark}


def search():
    db.execute("SELECT * FROM book WHERE " + MAKERS["title"](request.args["x"]))  # finding
    db.execute("SELECT * FROM book WHERE " + MAKERS["mark"](request.args["x"]))
    db.execute("SELECT * FROM book WHERE " + MAKERS[request.args["m"]](request.args["x"]))  # finding


# === a function handed over
def twice(make, text):
    return make(make(text))


def search():
    db.execute("SELECT " + twice(str.strip, request.args["x"]))  # finding
    db.execute("SELECT " + twice(lambda text: text + "!", request.args["x"]))  # finding
    db.execute("SELECT " + twice(lambda text: "id", request.args["x"]))


# === a parameter that is overwritten
def find(order):
    order = "title"
    return "SELECT * FROM book ORDER BY " + order


def search():
    db.execute(find(request.args["order"]))


# === a list that a function fills
def add_words(words):
    words.append(request.args["word"])


def add_marks(words):
    words.append("?")


def search():
    words = []
    add_marks(words)
    db.execute("SELECT " + ",".join(words))
    add_words(words)
    db.execute("SELECT " + ",".join(words))  # finding


# === a dict that a function changes
def clean(form):
    form["order"] = "title"


def search():
    form = {"order": request.args["order"]}
    db.execute("SELECT " + form["order"])  # finding
    clean(form)
    db.execute("SELECT " + form["order"])


# === the sink is in the function, the source too
def order_of():
    return request.args["order"]


def run(query):
    db.execute(query)  # finding


def search():
    run("SELECT * FROM book ORDER BY " + order_of())


# === a sink in a function that is called well
def run(query, values=()):
    return db.execute(query, values)


def search():
    run("SELECT * FROM book WHERE title = ?", (request.args["title"],))
    run("SELECT * FROM book WHERE title = ?", values=[request.args["title"]])


# === a sink by another name
def search():
    run = db.execute
    run("SELECT " + request.args["x"])  # finding
    run("SELECT ?", (request.args["x"],))


# === a library that nobody described
import shoplib


def search():
    db.execute("SELECT " + shoplib.decorate(request.args["x"]))  # finding
    db.execute("SELECT " + shoplib.decorate("id"))
    db.execute("SELECT " + shoplib.column_of(kind="book"))


# === reduce
def search():
    words = request.args.getlist("w")
    db.execute("SELECT " + functools.reduce(lambda a, b: a + b, words))  # finding
    db.execute("SELECT " + functools.reduce(lambda a, b: a + b, ["i", "d"]))


# === a long chain of helpers
def a(text):
    return b(text)


def b(text):
    return c(text)


def c(text):
    return d(text)


def d(text):
    return "x" + e(text)


def e(text):
    return text


def search():
    db.execute("SELECT " + a(request.args["x"]))  # finding
    db.execute("SELECT " + a("id"))


# === arguments of the wrong number do no harm
def find(table):
    return "SELECT * FROM " + table


def search():
    db.execute(find("book", request.args["x"]))
    db.execute(find(request.args["x"], "book"))  # finding
