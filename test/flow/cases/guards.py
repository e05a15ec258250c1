# What a condition teaches about a value, on the path where it held, and only there.

import re
import sqlite3
import uuid
from enum import Enum

from flask import abort, request

db = sqlite3.connect("shop.db")


# === one of a few literals
def search():
    order = request.args["order"]
    if order in ("title", "price"):
        db.execute("SELECT * FROM book ORDER BY " + order)
    else:
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === none of a few literals, and away
def search():
    order = request.args["order"]
    if order not in {"title", "price"}:
        return "no such column", 400
    db.execute("SELECT * FROM book ORDER BY " + order)


# === away by abort, raise, continue
def search():
    for order in request.args.getlist("order"):
        if order not in ["title", "price"]:
            continue
        db.execute("SELECT * FROM book ORDER BY " + order)
    order = request.args["order"]
    if order not in ["title", "price"]:
        abort(400)
    db.execute("SELECT * FROM book ORDER BY " + order)
    table = request.args["table"]
    if table not in ["book"]:
        raise ValueError(table)
    db.execute("SELECT * FROM " + table)


# === a warning is no way out
def search():
    order = request.args["order"]
    if order not in ["title", "price"]:
        print("no such column")
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a name that is replaced when it is not allowed
def search():
    order = request.args["order"]
    if order not in ["title", "price"]:
        order = "title"
    db.execute("SELECT * FROM book ORDER BY " + order)
    shelf = request.args["shelf"]
    if shelf not in ["A1", "A2"]:
        shelf = shelf.strip()
    db.execute("SELECT * FROM book WHERE shelf = " + shelf)  # finding


# === allowed names in a constant of the module
ORDERS = ("title", "price")
TABLES = frozenset({"book", "author"})
COLUMNS = {"title": 1, "price": 2}


def search():
    order, table, column = request.args["o"], request.args["t"], request.args["c"]
    if order in ORDERS and table in TABLES and column in COLUMNS:
        db.execute(f"SELECT {column} FROM {table} ORDER BY {order}")
    if column in COLUMNS.keys():
        db.execute(f"SELECT {column} FROM book")
    if column in COLUMNS.values():
        db.execute(f"SELECT {column} FROM book")


# === names allowed by the visitor himself
def search():
    order = request.args["order"]
    if order in request.args.getlist("allowed"):
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    if order in request.args["allowed"]:
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a part of a text is not one of its names
def search():
    order = request.args["order"]
    if "title" in order:
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    if order.startswith("title"):
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    if order in "title price":
        db.execute("SELECT * FROM book ORDER BY " + order)


# === equal to a literal
def search():
    order = request.args["order"]
    if order == "title":
        db.execute("SELECT * FROM book ORDER BY " + order)
    elif order == "price" or order == "author":
        db.execute("SELECT * FROM book ORDER BY " + order)
    elif order != "shelf":
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    else:
        db.execute("SELECT * FROM book ORDER BY " + order)


# === equal to something else of the visitor's
def search():
    order = request.args["order"]
    if order == request.args["same"]:
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === both sides of an or must be safe
def search():
    order = request.args["order"]
    if order in ORDERS or request.args.get("force"):
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    if order in ORDERS or order == "shelf":
        db.execute("SELECT * FROM book ORDER BY " + order)
    if order in ORDERS and request.args.get("force"):
        db.execute("SELECT * FROM book ORDER BY " + order)


ORDERS = ("title", "price")


# === not, and its laws
def search():
    order, table = request.args["order"], request.args["table"]
    if not order in ("title", "price"):
        return
    db.execute("SELECT * FROM book ORDER BY " + order)
    if not (table == "book" or table == "author"):
        return
    db.execute("SELECT * FROM " + table)
    column = request.args["column"]
    if not (column == "title" and table == "book"):
        db.execute("SELECT " + column)  # finding
        return
    db.execute("SELECT " + column)


# === only digits, only letters
def search():
    number, word = request.args["number"], request.args["word"]
    if number.isdigit():
        db.execute("SELECT * FROM book WHERE id = " + number)
    if not word.isalnum():
        abort(400)
    db.execute("SELECT * FROM book WHERE title = '" + word + "'")
    name = request.args["name"]
    if name.isidentifier():
        db.execute("SELECT " + name)
    if name.isupper() or name.isprintable():
        db.execute("SELECT " + name)  # finding


# === a pattern for the whole of a text
def search():
    name = request.args["name"]
    if re.fullmatch(r"[a-z_]+", name):
        db.execute("SELECT " + name)
    if re.match(r"^[A-Za-z0-9_]{1,30}$", name):
        db.execute("SELECT " + name)
    if re.match(r"[a-z_]+\Z", name) is not None:
        db.execute("SELECT " + name)
    if re.fullmatch(r".+", name):
        db.execute("SELECT " + name)  # finding
    if re.match(r"[a-z]+", name):
        db.execute("SELECT " + name)  # finding
    if re.search(r"[a-z]+$", name):
        db.execute("SELECT " + name)  # finding
    if re.search(r"^[a-z]+$", name):
        db.execute("SELECT " + name)
    if re.match(r"^[a-z]+$|x", name):
        db.execute("SELECT " + name)  # finding
    if re.fullmatch(r"[^;]+", name):
        db.execute("SELECT " + name)  # finding


# === a pattern made beforehand
NAME = re.compile(r"[a-z][a-z0-9_]*")
ANY = re.compile(r"\S+")


def search():
    name = request.args["name"]
    if not NAME.fullmatch(name):
        abort(404)
    db.execute("SELECT " + name)
    other = request.args["other"]
    if not ANY.fullmatch(other):
        abort(404)
    db.execute("SELECT " + other)  # finding
    third = request.args["third"]
    if NAME.match(third):
        db.execute("SELECT " + third)  # finding
    match = NAME.fullmatch(third)
    if match is None:
        abort(404)
    db.execute("SELECT " + third)


# === a character that must not be there
def search():
    name = request.args["name"]
    if ";" in name or " " in name:
        abort(400)
    db.execute("SELECT " + name)  # finding


# === every character is one of ours
def search():
    name, word = request.args["name"], request.args["word"]
    if all(c in "abcdefghijklmnopqrstuvwxyz_" for c in name):
        db.execute("SELECT " + name)
    if all(c.isalnum() or c == "_" for c in word):
        db.execute("SELECT " + word)
    if any(c.isalnum() for c in word):
        db.execute("SELECT " + word)  # finding
    if any(not c.isalnum() for c in word):
        return
    db.execute("SELECT " + word)


# === every column is one of ours
def search():
    columns = request.args.getlist("column")
    if set(columns) <= {"title", "price"}:
        db.execute("SELECT " + ",".join(columns))
    if not all(column in ("title", "price") for column in columns):
        abort(400)
    db.execute("SELECT " + ",".join(columns))
    others = request.args.getlist("other")
    if any(column in ("title", "price") for column in others):
        db.execute("SELECT " + ",".join(others))  # finding


# === the guard is for one value, not for its neighbour
def search():
    order, shelf = request.args["order"], request.args["shelf"]
    if order in ("title", "price"):
        db.execute(f"SELECT * FROM book WHERE shelf = '{shelf}' ORDER BY {order}")  # finding


# === the guard comes too late
def search():
    order = request.args["order"]
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    if order not in ("title", "price"):
        abort(400)


# === the value changed after the guard
def search():
    order = request.args["order"]
    if order not in ("title", "price"):
        abort(400)
    order = request.args["other"]
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === the guard is for another name of the value
def search():
    order = request.args["order"]
    chosen = order
    if chosen not in ("title", "price"):
        abort(400)
    db.execute("SELECT * FROM book ORDER BY " + order)


# === the request is read again
def search():
    if request.args["order"] in ("title", "price"):
        db.execute("SELECT * FROM book ORDER BY " + request.args["order"])
        db.execute("SELECT * FROM book ORDER BY " + request.args["shelf"])  # finding
    if request.args.get("order") in ("title", "price"):
        db.execute("SELECT * FROM book ORDER BY " + request.args.get("order"))


# === the guard looked at the value before it was changed
def search():
    order = request.args["order"]
    if order.lower() in ("title", "price"):
        db.execute("SELECT * FROM book ORDER BY " + order.lower())
        db.execute("SELECT * FROM book ORDER BY " + order)
    if order.strip("'") in ("title", "price"):
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    if order[:5] == "title":
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === text made of what was guarded
def search():
    order = request.args["order"]
    if order not in ("title", "price"):
        abort(400)
    query = "SELECT * FROM book ORDER BY " + order + " LIMIT 10"
    db.execute(query)
    query = "SELECT * FROM book WHERE shelf = '" + request.args["shelf"] + "' ORDER BY " + order
    db.execute(query)  # finding


# === text made before the guard
def search():
    order = request.args["order"]
    query = "SELECT * FROM book ORDER BY " + order
    if order not in ("title", "price"):
        abort(400)
    db.execute(query)


# === an assertion
def search():
    order = request.args["order"]
    assert order in ("title", "price")
    db.execute("SELECT * FROM book ORDER BY " + order)
    shelf = request.args["shelf"]
    assert shelf
    db.execute("SELECT * FROM book WHERE shelf = " + shelf)  # finding


# === a number that was tried
def search():
    book = request.args["book"]
    try:
        int(book)
    except ValueError:
        abort(400)
    db.execute("SELECT * FROM book WHERE id = " + book)
    other = request.args["other"]
    try:
        int(other)
    except ValueError:
        pass
    db.execute("SELECT * FROM book WHERE id = " + other)  # finding
    key = request.args["key"]
    uuid.UUID(key)
    db.execute(f"SELECT * FROM book WHERE key = '{key}'")


# === an instance of a number
def search():
    book = request.get_json()["id"]
    if isinstance(book, int):
        db.execute(f"SELECT * FROM book WHERE id = {book}")
    if isinstance(book, (int, float)):
        db.execute(f"SELECT * FROM book WHERE id = {book}")
    if isinstance(book, str):
        db.execute(f"SELECT * FROM book WHERE id = {book}")  # finding
    if not isinstance(book, int):
        raise TypeError
    db.execute(f"SELECT * FROM book WHERE id = {book}")


# === a number's size says nothing of a text
def search():
    title = request.args["title"]
    if len(title) < 20:
        db.execute("SELECT " + title)  # finding
    if title:
        db.execute("SELECT " + title)  # finding
    if title is not None and title != "":
        db.execute("SELECT " + title)  # finding
    if not title:
        db.execute("SELECT " + title + "1")


# === members of an enumeration
class Order(Enum):
    TITLE = "title"
    PRICE = "price"


def search():
    order = Order(request.args["order"])
    db.execute("SELECT * FROM book ORDER BY " + order.value)
    order = Order[request.args["order"]]
    db.execute("SELECT * FROM book ORDER BY " + order.value)
    sent = request.args["order"]
    if sent in [each.value for each in Order]:
        db.execute("SELECT * FROM book ORDER BY " + sent)
    if sent in Order.__members__:
        db.execute("SELECT * FROM book ORDER BY " + sent)
    db.execute("SELECT * FROM book ORDER BY " + sent)  # finding


# === a conditional expression
def search():
    order = request.args["order"]
    db.execute("SELECT * FROM book ORDER BY " + (order if order in ("title", "price") else "id"))
    db.execute("SELECT * FROM book ORDER BY " + (order if order else "id"))  # finding
    chosen = "id" if order not in ("title", "price") else order
    db.execute("SELECT * FROM book ORDER BY " + chosen)


# === the guard's result has a name
def search():
    order = request.args["order"]
    is_known = order in ("title", "price")
    if is_known:
        db.execute("SELECT * FROM book ORDER BY " + order)
    is_sent = bool(order)
    if is_sent:
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === names of the database's own tables
def search():
    known = [row[0] for row in db.execute("SELECT name FROM sqlite_master").fetchall()]
    table = request.args["table"]
    if table not in known:
        abort(404)
    db.execute("SELECT * FROM " + table)


# === a guard in the condition of a loop
def search():
    name = request.args["name"]
    while not name.isalnum():
        name = name[1:]
    db.execute("SELECT " + name)
    name = request.args["other"]
    while name.startswith("_"):
        name = name[1:]
    db.execute("SELECT " + name)  # finding


# === how many there are
NAMES = ["id", "name"]


def counted():
    text = request.args["q"]
    if NAMES.count(text) == 0:
        abort(400)
    db.execute("SELECT " + text + " FROM book LIMIT 5")


def counted_up():
    text = request.args["q"]
    if NAMES.count(text) > 0:
        db.execute("SELECT " + text + " FROM book LIMIT 5")
    else:
        db.execute("SELECT " + text + " FROM loan LIMIT 5")  # finding


def complaints():
    text = request.args["q"]
    found = []
    if re.search(r"[^a-z]", text):
        found.append("letters")
    if len(found) > 0:
        abort(400)
    db.execute("SELECT " + text + " FROM book LIMIT 5")


# === what a search has not found
def nothing_else():
    text = request.args["q"]
    if re.search(r"[^a-z0-9_]", text):
        abort(400)
    db.execute("SELECT " + text + " FROM book LIMIT 5")


def something_else():
    text = request.args["q"]
    if not re.search(r"[^a-z0-9_]", text):
        abort(400)
    db.execute("SELECT " + text + " FROM book LIMIT 5")  # finding


def not_at_the_start():
    text = request.args["q"]
    if re.match(r"[^a-z0-9_]", text):
        abort(400)
    db.execute("SELECT " + text + " FROM book LIMIT 5")  # finding


def no_quote():
    text = request.args["q"]
    if re.search(r"['\\]", text):
        abort(400)
    db.execute("SELECT * FROM book WHERE name = '" + text + "'")


def no_blank():
    text = request.args["q"]
    if re.search(r"[ \t]", text):
        abort(400)
    db.execute("SELECT * FROM book WHERE name = '" + text + "'")  # finding
