# Names that come from other files, by every way of importing them.

# === a function of another file
# --- helpers.py
def quoted(text):
    return "'" + text + "'"


def fixed(text):
    return "id"


# --- views.py
import sqlite3

import helpers
from flask import request
from helpers import fixed

db = sqlite3.connect("shop.db")


def search():
    db.execute("SELECT " + helpers.quoted(request.args["x"]))  # finding
    db.execute("SELECT " + fixed(request.args["x"]))


# === the sink is in another file
# --- shop/store.py
import sqlite3

connection = sqlite3.connect("shop.db")


def find(where):
    return connection.execute("SELECT * FROM book WHERE " + where)  # finding


def find_by_title(title):
    return connection.execute("SELECT * FROM book WHERE title = ?", (title,))


# --- shop/views.py
from flask import request

from shop import store


def search():
    store.find(request.args["where"])
    store.find_by_title(request.args["title"])


# === the source is in another file
# --- shop/forms.py
from flask import request


def order():
    return request.args["order"]


def table():
    return "book"


# --- shop/views.py
import sqlite3

from .forms import order, table

db = sqlite3.connect("shop.db")


def search():
    db.execute("SELECT * FROM " + table())
    db.execute("SELECT * FROM book ORDER BY " + order())  # finding


# === names that are changed on import
# --- app.py
import sqlite3 as sql
from os import system as run
from flask import request as r

db = sql.connect("shop.db")


def search():
    db.execute("SELECT " + r.args["x"])  # finding: sql-injection
    run("ls " + r.args["x"])  # finding: command-injection
    run("ls")


# === a name of our own that looks like a library's
# --- app.py
from flask import request


def system(command):
    return command


def eval(text):
    return text


def search():
    system("ls " + request.args["x"])
    eval(request.args["x"])


# === a name that another file hands on
# --- shop/__init__.py
from .store import find, find_by_title

__all__ = ["find", "find_by_title"]

# --- shop/store.py
import sqlite3

db = sqlite3.connect("shop.db")


def find(where):
    return db.execute("SELECT * FROM book WHERE " + where)  # finding


def find_by_title(title):
    return db.execute("SELECT * FROM book WHERE title = ?", (title,))


# --- views.py
import shop
from flask import request
from shop import find_by_title


def search():
    shop.find(request.args["where"])
    find_by_title(request.args["title"])


# === everything of another file
# --- shop/common.py
import os
import sqlite3

db = sqlite3.connect("shop.db")
_hidden = "x"


def quoted(text):
    return "'" + text + "'"


# --- shop/views.py
from flask import request

from .common import *


def search():
    db.execute("SELECT " + quoted(request.args["x"]))  # finding: sql-injection
    os.system("ls " + request.args["x"])  # finding: command-injection
    db.execute("SELECT " + quoted("id"))


# === relative imports, one and two levels up
# --- shop/db.py
import sqlite3

db = sqlite3.connect("shop.db")

# --- shop/web/names.py
TABLE = "book"

# --- shop/web/views.py
from flask import request

from . import names
from .. import db as storage
from ..db import db


def search():
    db.execute(f"SELECT * FROM {names.TABLE}")
    db.execute("SELECT " + request.args["x"])  # finding
    storage.db.execute("SELECT " + request.args["x"])  # finding


# === two files that import each other
# --- a.py
import sqlite3

import b

db = sqlite3.connect("shop.db")


def run(query):
    db.execute(query)  # finding


def title():
    return "title"


# --- b.py
from flask import request

import a


def search():
    a.run("SELECT " + request.args["x"])
    a.run("SELECT " + a.title())


# === names from each other, inside the functions
# --- a.py
import sqlite3

from b import search

db = sqlite3.connect("shop.db")


def run(query):
    db.execute(query)  # finding


# --- b.py
from flask import request


def search():
    from a import run

    run("SELECT " + request.args["x"])


# === constants of another file
# --- settings.py
TABLE = "book"
ORDERS = ["title", "price"]
LIMITS = {"small": 10, "large": 100}

# --- views.py
import sqlite3

import settings
from flask import request
from settings import ORDERS

db = sqlite3.connect("shop.db")


def search():
    order = request.args["order"]
    if order in ORDERS:
        db.execute(f"SELECT * FROM {settings.TABLE} ORDER BY {order}")
    if order in settings.LIMITS:
        db.execute(f"SELECT {order}")
    db.execute(f"SELECT * FROM {settings.TABLE} ORDER BY {order}")  # finding


# === a package without __init__
# --- shop/deep/store.py
import sqlite3

db = sqlite3.connect("shop.db")


def find(where):
    return db.execute("SELECT * FROM book WHERE " + where)  # finding


# --- views.py
import shop.deep.store
import shop.deep.store as store
from flask import request


def search():
    shop.deep.store.find(request.args["where"])
    store.find("price < 10")


# === the source folder is not the repository's root
# --- backend/src/shop/store.py
import sqlite3

db = sqlite3.connect("shop.db")


def find(where):
    return db.execute("SELECT * FROM book WHERE " + where)  # finding


def all_books():
    return db.execute("SELECT * FROM book")


# --- backend/src/shop/views.py
from flask import request
from shop.store import all_books, find


def search():
    find(request.args["where"])
    all_books()


# === two files of the same name
# --- one/store.py
def text(order):
    return "SELECT id"


# --- two/store.py
def text(order):
    return "SELECT " + order


# --- views.py
import sqlite3

from flask import request
from one.store import text as one
from two.store import text as two

db = sqlite3.connect("shop.db")


def search():
    db.execute(one(request.args["x"]))
    db.execute(two(request.args["x"]))  # finding


# === one library or another
# --- app.py
try:
    import psycopg2 as driver
except ImportError:
    import sqlite3 as driver

from flask import request


def search():
    connection = driver.connect("shop")
    connection.cursor().execute("SELECT " + request.args["x"])  # finding
    connection.cursor().execute("SELECT 1")


# === imported for type checking only
# --- app.py
from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from sqlite3 import Connection


def run(connection: Connection, text):
    connection.execute("SELECT " + text)  # finding
    connection.execute("SELECT ?", (text,))


def search():
    run(connect_somehow(), request.args["x"])


# === an object of another file
# --- shop/store.py
import sqlite3


class Store:
    def __init__(self, path):
        self.db = sqlite3.connect(path)

    def find(self, where):
        return self.db.execute("SELECT * FROM book WHERE " + where)  # finding

    def find_by_title(self, title):
        return self.db.execute("SELECT * FROM book WHERE title = ?", (title,))


store = Store("shop.db")

# --- shop/views.py
from flask import request

from shop.store import store


def search():
    store.find(request.args["where"])
    store.find_by_title(request.args["title"])


# === a class of another file is a base
# --- shop/base.py
import sqlite3

db = sqlite3.connect("shop.db")


class Report:
    def run(self, order):
        return db.execute("SELECT * FROM book ORDER BY " + self.column(order))  # finding

    def column(self, order):
        return "title"


# --- shop/reports.py
from flask import request

from .base import Report


class SentReport(Report):
    def column(self, order):
        return order


class FixedReport(Report):
    pass


def search():
    SentReport().run(request.args["order"])
    FixedReport().run(request.args["order"])


# === a name changed by global
# --- app.py
import sqlite3

from flask import request

db = sqlite3.connect("shop.db")
order = "title"
limit = 10


def remember():
    global order
    order = request.args["order"]


def search():
    db.execute("SELECT * FROM book ORDER BY " + order)  # missed: what another function put there
    db.execute(f"SELECT * FROM book LIMIT {limit}")


# === a connection made when it is needed
# --- app.py
import sqlite3

from flask import request

connection = None


def get_connection():
    global connection
    if connection is None:
        connection = sqlite3.connect("shop.db")
    return connection


def search():
    get_connection().execute("SELECT " + request.args["x"])  # finding
    get_connection().execute("SELECT ?", (request.args["x"],))


# === a list of the module that is filled in a function
# --- app.py
import sqlite3

from flask import request

db = sqlite3.connect("shop.db")
history = []
columns = ["id", "title"]


def remember():
    history.append(request.args["q"])


def search():
    db.execute("SELECT " + ",".join(columns))
    db.execute("SELECT " + ",".join(history))  # missed: what another function put there


# === a file of our own that is called like a library
# --- shop/json.py
def loads(text):
    return "id"


# --- shop/views.py
import sqlite3

from flask import request

from . import json

db = sqlite3.connect("shop.db")


def search():
    db.execute("SELECT " + json.loads(request.args["x"]))


# --- other.py
import json
import sqlite3

from flask import request

db = sqlite3.connect("shop.db")


def search():
    db.execute("SELECT " + json.loads(request.args["x"]))  # finding


# === a file that may be imported and may be started
import sqlite3
import sys

if __name__ == "__main__":
    sqlite3.connect("shop.db").execute("SELECT * FROM book WHERE title = '" + sys.argv[1] + "'")  # finding: sql-injection
else:
    sqlite3.connect("shop.db").execute("SELECT * FROM book WHERE id = '" + sys.argv[2] + "'")  # finding: sql-injection
