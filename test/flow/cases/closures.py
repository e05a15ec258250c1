# Functions within functions see the names around them.

import sqlite3

from flask import request

db = sqlite3.connect("shop.db")


# === an inner function reads a name of the outer one
def search():
    order = request.args["order"]
    table = "book"

    def run():
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding
        db.execute("SELECT * FROM " + table)

    run()


# === an inner function has names of its own
def search():
    order = request.args["order"]

    def run(order):
        db.execute("SELECT * FROM book ORDER BY " + order)

    run("title")
    print(order)


# === an inner function that nobody calls is looked at too
def search():
    order = request.args["order"]

    def run():
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding

    return run


# === an inner function guards for the outer one
def search():
    order = request.args["order"]

    def is_known():
        return order in ("title", "price")

    if is_known():
        db.execute("SELECT * FROM book ORDER BY " + order)
    else:
        db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === nonlocal changes the outer name
def search():
    order = "title"

    def read():
        nonlocal order
        order = request.args["order"]

    db.execute("SELECT * FROM book ORDER BY " + order)
    read()
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === nonlocal makes the outer name harmless
def search():
    order = request.args["order"]

    def forget():
        nonlocal order
        order = "title"

    db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    forget()
    db.execute("SELECT * FROM book ORDER BY " + order)


# === an inner function fills a list of the outer one
def search():
    words = []

    def add(word):
        words.append(word)

    add("id")
    db.execute("SELECT " + ",".join(words))
    add(request.args["word"])
    db.execute("SELECT " + ",".join(words))  # finding


# === a function that makes functions
def make(prefix):
    def quoted(text):
        return prefix + text

    return quoted


def search():
    ours = make("SELECT ")
    theirs = make(request.args["prefix"])
    db.execute(ours("id"))
    db.execute(ours(request.args["x"]))  # finding
    db.execute(theirs("id"))  # finding


# === two closures of one function
def make(order):
    def query():
        return "SELECT * FROM book ORDER BY " + order

    return query


def search():
    ours = make("title")
    theirs = make(request.args["order"])
    db.execute(theirs())  # finding
    db.execute(ours())


# === a lambda sees the names around it
def search():
    order = request.args["order"]
    query = lambda: "SELECT * FROM book ORDER BY " + order
    db.execute(query())  # finding
    fixed = lambda: "SELECT * FROM book ORDER BY " + "title"
    db.execute(fixed())


# === a lambda with arguments and defaults
def search():
    query = lambda order="title", *, limit=10: f"SELECT * FROM book ORDER BY {order} LIMIT {limit}"
    db.execute(query())
    db.execute(query(request.args["order"]))  # finding
    db.execute(query(limit=request.args["limit"]))  # finding
    db.execute(query("price", limit=5))


# === a lambda as a key does not change the elements
def search():
    names = sorted(request.args.getlist("n"), key=lambda name: len(name))
    db.execute("SELECT " + names[0])  # finding
    names = sorted(["id", "title"], key=lambda name: request.args[name])
    db.execute("SELECT " + names[0])


# === the name is looked up when the function runs
def search():
    order = "title"

    def query():
        return "SELECT * FROM book ORDER BY " + order

    db.execute(query())
    order = request.args["order"]
    db.execute(query())  # finding
    order = "price"
    db.execute(query())


# === a default is looked up when the function is made
def search():
    order = "title"

    def query(chosen=order):
        return "SELECT * FROM book ORDER BY " + chosen

    order = request.args["order"]
    db.execute(query())
    db.execute(query(order))  # finding


# === functions three deep
def search():
    order = request.args["order"]

    def outer():
        def inner():
            return order

        return inner()

    db.execute("SELECT " + outer())  # finding


# === a class within a function
def search():
    order = request.args["order"]

    class Query:
        table = "book"

        def text(self):
            return "SELECT * FROM book ORDER BY " + order

    db.execute(Query().text())  # finding
    db.execute("SELECT * FROM " + Query.table)


# === functions made in a loop
def search():
    makers = []
    for name in request.args.getlist("n"):
        makers.append(lambda name=name: "SELECT " + name)
    for make in makers:
        db.execute(make())  # finding
    makers = [lambda: "SELECT id", lambda: "SELECT title"]
    for make in makers:
        db.execute(make())
