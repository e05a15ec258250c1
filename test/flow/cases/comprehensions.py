# Comprehensions and generators: elements pass one by one, conditions hold for each.

import sqlite3

from flask import request

db = sqlite3.connect("shop.db")
ORDERS = ("title", "price")


# === a list comprehension carries its elements
def search():
    words = [word.strip() for word in request.args.getlist("w")]
    db.execute("SELECT " + ",".join(words))  # finding
    words = ["?" for word in request.args.getlist("w")]
    db.execute("SELECT " + ",".join(words))


# === a condition in a comprehension
def search():
    words = [word for word in request.args.getlist("w") if word in ORDERS]
    db.execute("SELECT " + ",".join(words))
    words = [word for word in request.args.getlist("w") if word]
    db.execute("SELECT " + ",".join(words))  # finding
    words = [word for word in request.args.getlist("w") if word.isdigit() and len(word) < 9]
    db.execute("SELECT " + ",".join(words))
    words = [word for word in ORDERS if word in request.args.getlist("w")]
    db.execute("SELECT " + ",".join(words))


# === a choice in a comprehension
def search():
    words = [word if word in ORDERS else "id" for word in request.args.getlist("w")]
    db.execute("SELECT " + ",".join(words))
    words = [word if word else "id" for word in request.args.getlist("w")]
    db.execute("SELECT " + ",".join(words))  # finding


# === a dict comprehension
def search():
    form = {name: request.args[name] for name in ("title", "shelf")}
    db.execute("SELECT " + form["title"])  # finding
    db.execute("SELECT " + ",".join(form))
    form = {name: "?" for name in ("title", "shelf")}
    db.execute("SELECT " + ",".join(form.values()))
    form = {name: 1 for name in request.args.getlist("n")}
    db.execute("SELECT " + ",".join(form))  # finding
    form = {name: value for name, value in request.args.items() if name in ORDERS}
    db.execute("SELECT " + ",".join(form.keys()))
    db.execute("SELECT " + ",".join(form.values()))  # finding


# === a set comprehension
def search():
    db.execute("SELECT " + ",".join({word.lower() for word in request.args.getlist("w")}))  # finding
    db.execute("SELECT " + ",".join({str(len(word)) for word in request.args.getlist("w")}))


# === two loops in a comprehension
def search():
    pairs = [name + word for name in ("a", "b") for word in request.args.getlist("w")]
    db.execute("SELECT " + ",".join(pairs))  # finding
    names = [name for name in ("a", "b") for word in request.args.getlist("w")]
    db.execute("SELECT " + ",".join(names))
    flat = [word for row in request.get_json() for word in row]
    db.execute("SELECT " + ",".join(flat))  # finding


# === a comprehension's name ends with it
def search():
    name = "id"
    words = [name for name in request.args.getlist("w")]
    db.execute("SELECT " + name)
    db.execute("SELECT " + words[0])  # finding


# === a walrus in a comprehension outlives it
def search():
    words = [last := word for word in request.args.getlist("w")]
    db.execute("SELECT " + last)  # finding
    db.execute(f"SELECT {len(words)}")
    clean = [short for word in request.args.getlist("w") if (short := word.strip()) in ORDERS]
    db.execute("SELECT " + ",".join(clean))


# === a generator function gives its elements
def words():
    yield "id"
    yield request.args["w"]


def marks():
    yield "id"
    yield "title"


def search():
    for word in words():
        db.execute("SELECT " + word)  # finding
    for mark in marks():
        db.execute("SELECT " + mark)
    db.execute("SELECT " + next(words()))  # finding
    db.execute("SELECT " + ",".join(marks()))
    db.execute("SELECT " + list(words())[1])  # finding


# === a generator of what it was given
def upper(words):
    for word in words:
        yield word.upper()


def known(words):
    for word in words:
        if word not in ORDERS:
            continue
        yield word


def search():
    db.execute("SELECT " + ",".join(upper(request.args.getlist("w"))))  # finding
    db.execute("SELECT " + ",".join(known(request.args.getlist("w"))))
    db.execute("SELECT " + ",".join(upper(["id"])))


# === yield from
def inner():
    yield request.args["w"]


def outer():
    yield "id"
    yield from inner()


def fixed():
    yield from ["id", "title"]


def search():
    db.execute("SELECT " + ",".join(outer()))  # finding
    db.execute("SELECT " + ",".join(fixed()))


# === a generator that is a sink
def deleted(ids):
    for id in ids:
        yield db.execute("DELETE FROM book WHERE id = " + id)  # finding


def counted(ids):
    for id in ids:
        yield db.execute("DELETE FROM book WHERE id = ?", (id,))


def remove():
    list(deleted(request.args.getlist("id")))
    list(counted(request.args.getlist("id")))


# === a generator expression as the only argument
def search():
    db.execute("SELECT " + "".join(word + "," for word in request.args.getlist("w")))  # finding
    db.execute("SELECT " + ",".join(str(int(word)) for word in request.args.getlist("w")))
    first = next((word for word in request.args.getlist("w") if word in ORDERS), "id")
    db.execute("SELECT " + first)
    first = next((word for word in request.args.getlist("w") if word), "id")
    db.execute("SELECT " + first)  # finding


# === pairs in a comprehension
def search():
    parts = [f"{name} = '{value}'" for name, value in request.form.items()]
    db.execute("SELECT * FROM book WHERE " + " AND ".join(parts))  # finding
    parts = [f"{name} = ?" for name, value in {"title": request.form["t"]}.items()]
    db.execute("SELECT * FROM book WHERE " + " AND ".join(parts), [request.form["t"]])
    parts = [f"c{index} = ?" for index, value in enumerate(request.form.values())]
    db.execute("SELECT * FROM book WHERE " + " AND ".join(parts))
