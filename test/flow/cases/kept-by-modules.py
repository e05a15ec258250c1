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


# === what one request leaves in a name is read by the next, also by a view that stands above
LAST = None


@app.get("/last")
def last():
    return str(db.execute("SELECT * FROM book WHERE title = '" + (LAST or "") + "'").fetchall())  # finding: sql-injection


@app.post("/last")
def set_last():
    global LAST
    LAST = request.form["title"]
    return ""


# === what one request leaves in a name after a check
LAST = None


@app.post("/last")
def set_last():
    global LAST
    title = request.form["title"]
    if title.isalnum():
        LAST = title
    return ""


@app.get("/last")
def last():
    return str(db.execute("SELECT * FROM book WHERE title = '" + (LAST or "") + "'").fetchall())


# === what one request leaves in a list is on the page of the next
NOTES = []


@app.post("/notes")
def add_note():
    NOTES.append(request.form["note"])
    return ""


@app.get("/notes")
def notes():
    return "".join("<li>" + note + "</li>" for note in NOTES)  # finding: cross-site-scripting


# === what one request leaves in a dict of dicts; a number beside it is harmless
READERS = {}


@app.post("/readers/<name>")
def add_reader(name):
    READERS[name] = {"title": request.form["title"], "books": int(request.form["books"])}
    return ""


@app.get("/readers/<name>")
def reader(name):
    db.execute("SELECT * FROM loan WHERE books > %d" % READERS[name]["books"])
    return "<h1>" + READERS[name]["title"] + "</h1>"  # finding: cross-site-scripting
