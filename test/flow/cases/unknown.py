# What is not known says nothing, unless the text speaks for itself.

import sqlite3

from flask import request


# === an unknown object is told by the SQL it is given
def search(store):
    store.execute("SELECT * FROM book WHERE title = '" + request.args["title"] + "'")  # finding
    store.execute(f"DELETE FROM book WHERE title = '{request.args['title']}'")  # finding
    store.execute("SELECT * FROM book WHERE title = ?", [request.args["title"]])
    store.execute("reindex " + request.args["title"])
    store.execute(request.args["title"])
    store.update("SELECT * FROM book WHERE title = '" + request.args["title"] + "'")


# === a cursor from a library that nobody described
import shopdb


def search():
    cursor = shopdb.connect("shop").cursor()
    cursor.execute("SELECT * FROM book WHERE title = '%s'" % request.args["title"])  # finding
    cursor.execute("SELECT * FROM book WHERE title = %s", (request.args["title"],))
    shopdb.execute("SELECT * FROM book WHERE title = " + request.args["title"])  # finding
    shopdb.execute("book", request.args["title"])


# === a prefix of SQL that a helper makes
def query(title):
    return "SELECT * FROM book WHERE title = '" + title + "'"


def search(store):
    store.execute(query(request.args["title"]))  # finding
    store.execute(query("Emma"))


# === an object of the project with a method of that name is known
class Index:
    def execute(self, text):
        return text.upper()


def search(index: Index, other):
    index.execute("SELECT " + request.args["title"])
    other.execute("SELECT " + request.args["title"])  # finding


# === an object of a known library whose method runs no SQL
import requests


def search():
    session = requests.Session()
    session.fetch("SELECT " + request.args["title"])
    runner = sqlite3.connect("shop.db")
    runner.fetch("SELECT " + request.args["title"])
    runner.execute("SELECT " + request.args["title"])  # finding


# === an unknown callable carries what goes in
def search(convert, store):
    store.execute("SELECT " + convert(request.args["title"]))  # finding
    store.execute("SELECT " + convert("title"))


# === an unknown attribute of something from outside
def search():
    db = sqlite3.connect("shop.db")
    db.execute("SELECT " + request.args.whatever)  # finding
    db.execute("SELECT " + request.args["x"].anything.more)  # finding
    db.execute("SELECT " + request.blueprint)


# === eval is known by its name only where it is Python's
def search(tool):
    tool.eval(request.args["title"])
    tool.system(request.args["title"])
    eval(request.args["title"])  # finding


# === a request of Django is known by its name, in files that speak of Django
from django.db import connection


def search(request):
    connection.cursor().execute("SELECT " + request.GET["title"])  # finding
    connection.cursor().execute("SELECT %s", [request.GET["title"]])


def other(req, name):
    connection.cursor().execute("SELECT " + req.GET["title"])
    connection.cursor().execute("SELECT " + name)


# === a request in a file that does not
def search(request):
    sqlite3.connect("shop.db").execute("SELECT " + request.GET["title"])


def browse():
    sqlite3.connect("shop.db").execute("SELECT " + request.args["title"])  # finding


# === a star import hides nothing that is used by its full name
from shop.everything import *


def search():
    sqlite3.connect("shop.db").execute("SELECT " + request.args["title"])  # finding
    sqlite3.connect("shop.db").execute("SELECT " + make(request.args["title"]))  # finding
    sqlite3.connect("shop.db").execute("SELECT " + make("title"))


# === a file that is not at hand
from .missing import clean, table


def search():
    db = sqlite3.connect("shop.db")
    db.execute("SELECT * FROM " + table)
    db.execute("SELECT " + clean(request.args["title"]))  # finding


# === code that does not parse beside code that does
def broken(:
    pass


def search():
    sqlite3.connect("shop.db").execute("SELECT " + request.args["title"])  # finding
    sqlite3.connect("shop.db").execute("SELECT ?", (request.args["title"],))
