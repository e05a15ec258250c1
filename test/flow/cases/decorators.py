# What stands above a function may change what it is.

import functools
import sqlite3

from flask import Flask, abort, request

app = Flask(__name__)
db = sqlite3.connect("shop.db")


# === a decorator that hands everything on
def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("called")
        return function(*args, **kwargs)

    return wrapper


@logged
def quoted(text):
    return "'" + text + "'"


@logged
def fixed(text):
    return "id"


def search():
    db.execute("SELECT " + quoted(request.args["x"]))  # finding
    db.execute("SELECT " + fixed(request.args["x"]))


# === a decorator that nobody knows
from shoplib import traced


@traced
def quoted(text):
    return "'" + text + "'"


@traced(level=2)
def run(query):
    db.execute(query)  # finding


def search():
    db.execute("SELECT " + quoted(request.args["x"]))  # finding
    db.execute("SELECT " + quoted("id"))
    run("SELECT " + request.args["x"])


# === a decorator that changes the result
def numbered(function):
    def wrapper(*args):
        return int(function(*args))

    return wrapper


@numbered
def page():
    return request.args["page"]


def search():
    db.execute(f"SELECT * FROM book LIMIT {page()}")


# === a decorator that replaces the function
def disabled(function):
    def nothing(*args, **kwargs):
        return "id"

    return nothing


@disabled
def column():
    return request.args["column"]


def search():
    db.execute("SELECT " + column())


# === a decorator that gives an argument
def with_order(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(request.args["order"], *args, **kwargs)

    return wrapper


def with_title(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function("title", *args, **kwargs)

    return wrapper


@with_order
def search(order):
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


@with_title
def browse(order):
    db.execute("SELECT * FROM book ORDER BY " + order)


def both():
    search()
    browse()


# === a decorator with options
def limited(names):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(name):
            if name not in names:
                abort(400)
            return function(name)

        return wrapper

    return decorate


@limited(["title", "price"])
def find(name):
    db.execute("SELECT " + name)


def search():
    find(request.args["name"])


# === a remembered function
@functools.lru_cache(maxsize=100)
def quoted(text):
    return "'" + text + "'"


@functools.cache
def fixed(text):
    return "id"


def search():
    db.execute("SELECT " + quoted(request.args["x"]))  # finding
    db.execute("SELECT " + fixed(request.args["x"]))


# === a class that is decorated
def registered(cls):
    return cls


@registered
class Books:
    def find(self, order):
        return "SELECT * FROM book ORDER BY " + order

    def count(self, order):
        return "SELECT count(*) FROM book"


def search():
    db.execute(Books().find(request.args["order"]))  # finding
    db.execute(Books().count(request.args["order"]))


# === a route below other decorators
def login_required(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        if not request.headers.get("Authorization"):
            abort(401)
        return function(*args, **kwargs)

    return wrapper


@app.route("/books/<title>")
@login_required
def book(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    db.execute("SELECT * FROM book WHERE title = ?", (title,))


@app.route("/shelves/<int:number>")
@login_required
def shelf(number):
    db.execute(f"SELECT * FROM shelf WHERE number = {number}")


# === a decorated method
def logged(function):
    @functools.wraps(function)
    def wrapper(self, *args):
        return function(self, *args)

    return wrapper


class Store:
    def __init__(self, table):
        self.table = table

    @logged
    def find(self, where):
        db.execute(f"SELECT * FROM {self.table} WHERE {where}")  # finding

    @logged
    def count(self, where):
        db.execute(f"SELECT count(*) FROM {self.table}")


def search():
    Store("book").find(request.args["where"])
    Store("book").count(request.args["where"])


# === a decorator that looks at the request itself
import re


def named(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        if not re.fullmatch(r"[a-z]+", request.args["name"]):
            abort(400)
        return function(*args, **kwargs)

    return wrapper


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@app.get("/a")
@named
def a():
    return str(db.execute("SELECT * FROM book WHERE name = '" + request.args["name"] + "'").fetchall())


@app.get("/b")
@counted
def b():
    return str(db.execute("SELECT * FROM book WHERE name = '" + request.args["name"] + "'").fetchall())  # finding: sql-injection
