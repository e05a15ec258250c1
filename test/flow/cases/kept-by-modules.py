# What one function puts into an object of its module is read by another that is called in the same request.
import sqlite3
import threading

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("books.db")
local = threading.local()
STATE = {}


def keep(text):
    STATE["title"] = text


def kept():
    return STATE["title"]


def name_of_reader():
    return local.name


# === in a function that the route calls
def answer(title):
    keep(title)
    return str(db.execute("SELECT * FROM book WHERE title = '" + kept() + "'").fetchall())  # finding: sql-injection


@app.get("/a")
def a():
    return answer(request.args["title"])


# === in a method, by way of the thread
class Shelf:
    def answer(self, reader):
        local.name = reader
        return str(db.execute("SELECT * FROM loan WHERE reader = '" + name_of_reader() + "'").fetchall())  # finding: sql-injection


@app.get("/b")
def b():
    return Shelf().answer(request.args["reader"])


# === nothing of the visitor's is kept: harmless
@app.get("/c")
def c():
    keep("fixed")
    return str(db.execute("SELECT * FROM book WHERE title = '" + kept() + "'").fetchall())
