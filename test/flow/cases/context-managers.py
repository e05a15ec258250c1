# What `with` gives, and that its body is run.

import contextlib
import sqlite3
from contextlib import asynccontextmanager, closing, contextmanager, nullcontext, suppress

from flask import request


# === a connection and its cursor
def search():
    with sqlite3.connect("shop.db") as db:
        db.execute("SELECT " + request.args["x"])  # finding
        db.execute("SELECT ?", (request.args["x"],))
    with closing(sqlite3.connect("shop.db")) as db, closing(db.cursor()) as cursor:
        cursor.execute("SELECT " + request.args["x"])  # finding
        cursor.execute("SELECT ?", (request.args["x"],))


# === a context manager made of a generator
@contextmanager
def connected(path):
    db = sqlite3.connect(path)
    try:
        yield db
    finally:
        db.close()


@contextlib.contextmanager
def named():
    yield "book"


def search():
    with connected("shop.db") as db:
        db.execute("SELECT " + request.args["x"])  # finding
        with named() as name:
            db.execute("SELECT * FROM " + name)


# === a context manager that hands text on
@contextmanager
def trimmed(text):
    yield text.strip()


def search():
    db = sqlite3.connect("shop.db")
    with trimmed(request.args["x"]) as text:
        db.execute("SELECT " + text)  # finding
    with trimmed(" id ") as text:
        db.execute("SELECT " + text)


# === a class with __enter__
class Store:
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.db = sqlite3.connect(self.path)
        return self.db

    def __exit__(self, *args):
        self.db.close()


class Session:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def run(self, query):
        sqlite3.connect("shop.db").execute(query)  # finding


def search():
    with Store("shop.db") as db:
        db.execute("SELECT " + request.args["x"])  # finding
        db.execute("SELECT id")
    with Session() as session:
        session.run("SELECT " + request.args["x"])


# === a manager that gives what it was given
def search():
    db = sqlite3.connect("shop.db")
    with nullcontext(request.args["x"]) as text:
        db.execute("SELECT " + text)  # finding
    with nullcontext("id") as text:
        db.execute("SELECT " + text)


# === a stack of managers
def search():
    with contextlib.ExitStack() as stack:
        db = stack.enter_context(sqlite3.connect("shop.db"))
        db.execute("SELECT " + request.args["x"])  # finding
        db.execute("SELECT ?", (request.args["x"],))


# === what the body set is known after it
def search():
    db = sqlite3.connect("shop.db")
    order = request.args["x"]
    with open("log.txt") as log:
        order = "title"
    db.execute("SELECT " + order)
    with suppress(OSError):
        order = request.args["x"]
    db.execute("SELECT " + order)  # finding


# === a target that is a tuple
@contextmanager
def pair():
    yield request.args["x"], "id"


def search():
    db = sqlite3.connect("shop.db")
    with pair() as (sent, ours):
        db.execute("SELECT " + sent)  # finding
        db.execute("SELECT " + ours)


# === a method as a context manager
class Pool:
    def __init__(self):
        self.db = sqlite3.connect("shop.db")

    @contextmanager
    def connection(self):
        yield self.db


pool = Pool()


def search():
    with pool.connection() as db:
        db.execute("SELECT " + request.args["x"])  # finding
        db.execute("SELECT ?", (request.args["x"],))


# === a lock changes nothing
import threading

lock = threading.Lock()


def search():
    db = sqlite3.connect("shop.db")
    with lock:
        order = request.args["x"]
        if order not in ("title", "price"):
            return
    db.execute("SELECT " + order)
    with lock:
        db.execute("SELECT " + request.args["y"])  # finding
