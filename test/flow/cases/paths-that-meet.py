# What only one of two paths has put into a list or a dict keeps what that path knew of it, and no more.
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("books.db")


# === conditions collected where there is something to ask for
@app.get("/a")
def a():
    title = request.args.get("title")
    clauses = ["1 = 1"]
    if title:
        clauses.append("title = '" + title + "'")
    return str(db.execute("SELECT * FROM book WHERE " + " AND ".join(clauses)).fetchall())  # finding: sql-injection


@app.get("/b")
def b():
    title = request.args.get("title")
    clauses, values = ["1 = 1"], []
    if title:
        clauses.append("title = ?")
        values.append(title)
    return str(db.execute("SELECT * FROM book WHERE " + " AND ".join(clauses), values).fetchall())


# === what was checked before it was put in stays checked
@app.get("/a")
def a():
    title = request.args.get("title")
    found = {}
    if title in ("id", "title"):
        found["order"] = title
    return str(db.execute("SELECT * FROM book ORDER BY " + found.get("order", "id")).fetchall())


@app.get("/b")
def b():
    title = request.args.get("title")
    found = {}
    if title not in ("id", "title"):
        found["order"] = title
    return str(db.execute("SELECT * FROM book ORDER BY " + found.get("order", "id")).fetchall())  # finding: sql-injection


# === a flag that another way sets too tells nothing
@app.get("/a")
def a():
    title = request.args["title"]
    is_fine = False
    if title in ("id", "title"):
        is_fine = True
    if request.args.get("force"):
        is_fine = True
    if not is_fine:
        return "no", 400
    return str(db.execute("SELECT * FROM book ORDER BY " + title).fetchall())  # finding: sql-injection


@app.get("/b")
def b():
    title = request.args["title"]
    is_fine = False
    if title in ("id", "title"):
        is_fine = True
    title = request.args["other"]
    if not is_fine:
        return "no", 400
    return str(db.execute("SELECT * FROM book ORDER BY " + title).fetchall())  # finding: sql-injection


# === a list of errors that is emptied, or that holds others' errors, tells nothing
@app.get("/a")
def a():
    title = request.args["title"]
    errors = []
    if not title.isalnum():
        errors.append("title")
    errors.clear()
    if errors:
        return "no", 400
    return str(db.execute("SELECT * FROM book ORDER BY " + title).fetchall())  # finding: sql-injection


@app.get("/b")
def b():
    title = request.args["title"]
    errors = []
    if len(title) > 90:
        errors.append("title")
    if errors:
        return "no", 400
    return str(db.execute("SELECT * FROM book ORDER BY " + title).fetchall())  # finding: sql-injection


@app.get("/c")
def c():
    title = request.args["title"]
    shelf = request.args["shelf"]
    errors = []
    if not title.isalnum():
        errors.append("title")
    if not shelf.isalnum():
        errors.append("shelf")
    if errors:
        return {"errors": errors}, 400
    return str(db.execute("SELECT * FROM " + shelf + " ORDER BY " + title).fetchall())


@app.get("/d")
def d():
    title = request.args["title"]
    errors = []
    if not title.isalnum():
        errors.append("title")
        errors.pop()
    if errors:
        return "no", 400
    return str(db.execute("SELECT * FROM book ORDER BY " + title).fetchall())  # finding: sql-injection
