# A guard is often a function: it answers, it raises, it gives back what is allowed.

import functools
import re
import sqlite3

from flask import abort, request

db = sqlite3.connect("shop.db")
ORDERS = ("title", "price")


# === a helper that answers
def is_known(order):
    return order in ("title", "price")


def search():
    order = request.args["order"]
    if is_known(order):
        db.execute("SELECT * FROM book ORDER BY " + order)
    else:
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a helper that answers the other way round
def is_strange(order):
    if order in ("title", "price"):
        return False
    return True


def search():
    order = request.args["order"]
    if is_strange(order):
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding
        return
    db.execute("SELECT * FROM book ORDER BY " + order)


# === a helper that answers with a match
def name_of(text):
    return re.fullmatch("[a-z_]+", text)


def search():
    name = request.args["name"]
    if not name_of(name):
        abort(400)
    db.execute("SELECT " + name)
    other = request.args["other"]
    if name_of(name):
        db.execute("SELECT " + other)  # finding


# === a helper that raises
def check(order):
    if order not in ORDERS:
        raise ValueError(f"no column {order}")


def search():
    order = request.args["order"]
    check(order)
    db.execute("SELECT * FROM book ORDER BY " + order)


def browse():
    order = request.args["order"]
    try:
        check(order)
    except ValueError:
        pass
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a helper that aborts
def check(order):
    if order not in ORDERS:
        abort(400)


def search():
    order = request.args["order"]
    check(order)
    db.execute("SELECT * FROM book ORDER BY " + order)


# === a helper whose answer nobody hears
def is_known(order):
    return order in ORDERS


def search():
    order = request.args["order"]
    is_known(order)
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a helper that only writes down
def check(order):
    if order not in ORDERS:
        print("strange order", order)


def search():
    order = request.args["order"]
    check(order)
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a helper that gives back what is allowed
def known(order):
    return order if order in ORDERS else "id"


def search():
    db.execute("SELECT * FROM book ORDER BY " + known(request.args["order"]))


# === a helper that gives back what is allowed, or nothing
def known(order):
    if order in ORDERS:
        return order
    return None


def search():
    order = known(request.args["order"])
    if order is None:
        abort(400)
    db.execute("SELECT * FROM book ORDER BY " + order)


# === a helper that gives back everything in the end
def known(order):
    if order in ORDERS:
        return order
    return order.strip()


def search():
    db.execute("SELECT * FROM book ORDER BY " + known(request.args["order"]))  # finding


# === a helper of a helper
def is_name(text):
    return text.isidentifier()


def is_column(text):
    return len(text) < 30 and is_name(text)


def search():
    column = request.args["column"]
    if not is_column(column):
        raise ValueError
    db.execute("SELECT " + column)


# === a helper that looks at one of its arguments
def is_allowed(role, order):
    return order in ORDERS and role != ""


def search():
    role, order = request.args["role"], request.args["order"]
    if is_allowed(role, order):
        db.execute("SELECT * FROM book ORDER BY " + order)
        db.execute("SELECT * FROM book WHERE role = " + role)  # finding


# === a helper that is told what is allowed
def is_one_of(text, names):
    return text in names


def search():
    order = request.args["order"]
    if is_one_of(order, ["title", "price"]):
        db.execute("SELECT * FROM book ORDER BY " + order)
    if is_one_of(order, request.args.getlist("names")):
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a helper that is told whether to look
def check(order, strict):
    if strict and order not in ORDERS:
        abort(400)
    return order


def search():
    db.execute("SELECT * FROM book ORDER BY " + check(request.args["order"], True))
    db.execute("SELECT * FROM book ORDER BY " + check(request.args["other"], False))  # finding


# === a method that answers
class Columns:
    names = ("title", "price")

    def __init__(self):
        self.extra = {"shelf"}

    def has(self, name):
        return name in self.names or name in self.extra

    def check(self, name):
        if not self.has(name):
            raise KeyError(name)


def search():
    columns = Columns()
    order = request.args["order"]
    if columns.has(order):
        db.execute("SELECT * FROM book ORDER BY " + order)
    shelf = request.args["shelf"]
    columns.check(shelf)
    db.execute("SELECT " + shelf)
    db.execute("SELECT " + request.args["third"])  # finding


# === a helper with several ways to say no
def is_column(text):
    if not text:
        return False
    if len(text) > 30:
        return False
    for character in text:
        if character not in "abcdefghijklmnopqrstuvwxyz_":
            return False
    return True


def search():
    column = request.args["column"]
    if is_column(column):
        db.execute("SELECT " + column)


# === a helper with one way too many to say yes
def is_column(text):
    if text.startswith("x_"):
        return True
    return text in ORDERS


def search():
    column = request.args["column"]
    if is_column(column):
        db.execute("SELECT " + column)  # finding


# === a helper that looks at a part only
def is_column(text):
    head, _, tail = text.partition(".")
    return head in ORDERS


def search():
    column = request.args["column"]
    if is_column(column):
        db.execute("SELECT " + column)  # finding


# === a helper that answers with a reason
def problem_with(order):
    if order not in ORDERS:
        return "no such column"
    return None


def search():
    order = request.args["order"]
    problem = problem_with(order)
    if problem:
        return problem, 400
    db.execute("SELECT * FROM book ORDER BY " + order)


def browse():
    order = request.args["order"]
    if problem_with(order) is not None:
        abort(400)
    db.execute("SELECT * FROM book ORDER BY " + order)


def list_all():
    order = request.args["order"]
    if problem_with(order):
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a helper that answers with a pair
def parse(order):
    if order not in ORDERS:
        return None, "no such column"
    return order, None


def search():
    order, problem = parse(request.args["order"])
    if problem:
        return problem
    db.execute("SELECT * FROM book ORDER BY " + order)


# === a guard around the function
def checked(function):
    @functools.wraps(function)
    def wrapper(order):
        if order not in ORDERS:
            abort(400)
        return function(order)

    return wrapper


def unchecked(function):
    @functools.wraps(function)
    def wrapper(order):
        print(order)
        return function(order)

    return wrapper


@checked
def find(order):
    db.execute("SELECT * FROM book ORDER BY " + order)


@unchecked
def find_all(order):
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


def search():
    find(request.args["order"])
    find_all(request.args["other"])


# === guards in another file
# --- shop/checks.py
import re

from werkzeug.exceptions import BadRequest

NAME = re.compile(r"\w+")


def require_name(text):
    if not NAME.fullmatch(text):
        raise BadRequest("not a name")
    return text


def looks_fine(text):
    return NAME.search(text)


# --- shop/views.py
import sqlite3

from flask import request

from .checks import looks_fine, require_name

db = sqlite3.connect("shop.db")


def search():
    name = require_name(request.args["name"])
    db.execute("SELECT " + name)
    other = request.args["other"]
    require_name(other)
    db.execute("SELECT " + other)
    third = request.args["third"]
    if looks_fine(third):
        db.execute("SELECT " + third)  # finding


# === a guard handed over as a function
def keep(names, test):
    return [name for name in names if test(name)]


def search():
    names = keep(request.args.getlist("name"), lambda name: name in ORDERS)
    db.execute("SELECT " + ",".join(names))
    names = keep(request.args.getlist("name"), lambda name: name != "")
    db.execute("SELECT " + ",".join(names))  # finding
    names = filter(str.isalnum, request.args.getlist("name"))
    db.execute("SELECT " + ",".join(names))


# === numbers by a helper
def number_of(text):
    try:
        return int(text)
    except ValueError:
        return 0


def number_or_text(text):
    try:
        return int(text)
    except ValueError:
        return text


def search():
    db.execute(f"SELECT * FROM book WHERE id = {number_of(request.args['id'])}")
    db.execute(f"SELECT * FROM book WHERE id = {number_or_text(request.args['id'])}")  # finding
