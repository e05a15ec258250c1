# The ways through a function: what holds where they part, and where they meet.

import contextlib
import sqlite3
import sys

from flask import abort, request

db = sqlite3.connect("shop.db")


# === overwritten on both ways
def search():
    order = request.args["order"]
    if request.args.get("cheap"):
        order = "price"
    else:
        order = "title"
    db.execute("SELECT * FROM book ORDER BY " + order)


# === overwritten on one way
def search():
    order = request.args["order"]
    if request.args.get("cheap"):
        order = "price"
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === set on one way
def search():
    order = "title"
    if request.args.get("order"):
        order = request.args["order"]
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === a chain of elif
def search():
    kind = request.args["kind"]
    if kind == "t":
        order = "title"
    elif kind == "p":
        order = "price"
    elif kind == "x":
        order = request.args["order"]
    else:
        order = "id"
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding
    if kind == "t":
        order = "title"
    elif kind == "p":
        order = "price"
    else:
        order = "id"
    db.execute("SELECT * FROM book ORDER BY " + order)


# === after return, raise, exit and abort nothing runs
def search():
    order = request.args["order"]
    if not order:
        return
        db.execute("SELECT " + order)
    if order == "x":
        sys.exit(1)
        db.execute("SELECT " + order)
    if order == "y":
        abort(404)
        db.execute("SELECT " + order)
    raise ValueError
    db.execute("SELECT " + order)


# === a loop carries from one round to the next
def search():
    last = ""
    for word in request.args.getlist("w"):
        db.execute("SELECT '" + last + "'")  # finding
        last = word


# === a loop carries over several rounds
def search():
    a = b = c = d = "id"
    for word in request.args.getlist("w"):
        db.execute("SELECT " + d)  # finding
        d = c
        c = b
        b = a
        a = word


# === a loop that cleans each round
def search():
    for word in request.args.getlist("w"):
        word = "id"
        db.execute("SELECT " + word)
    for word in ("id", "title"):
        db.execute("SELECT " + word)


# === a loop may not run at all
def search():
    order = request.args["order"]
    for word in request.args.getlist("w"):
        order = "title"
    db.execute("SELECT " + order)  # finding


# === for and else
def search():
    wanted = request.args["order"]
    for order in ("title", "price"):
        if order == wanted:
            break
    else:
        order = "id"
    db.execute("SELECT * FROM book ORDER BY " + order)
    for order in request.args.getlist("o"):
        if order:
            break
    else:
        order = "id"
    db.execute("SELECT * FROM book ORDER BY " + order)  # finding


# === while, break and else
def search():
    word = request.args["w"]
    while True:
        if word in ("id", "title"):
            break
        word = word[1:]
    db.execute("SELECT " + word)
    word = request.args["w"]
    while len(word) > 3:
        word = word[1:]
    else:
        db.execute("SELECT " + word)  # finding


# === while True ends by return only
def search():
    while True:
        word = request.args["w"]
        if word not in ("id", "title"):
            return
        db.execute("SELECT " + word)
    db.execute("SELECT " + request.args["never"])


# === an exception is caught
def search():
    order = "id"
    try:
        order = request.args["order"]
        print(int(order))
    except ValueError:
        db.execute("SELECT " + order)  # finding
        order = "title"
    else:
        order = "price"
    db.execute("SELECT " + order)


# === the value from before the exception
def search():
    order = request.args["order"]
    try:
        order = {"t": "title"}[order]
    except KeyError:
        pass
    db.execute("SELECT " + order)  # finding


# === the fallback after an exception
def search():
    try:
        order = {"t": "title"}[request.args["order"]]
    except KeyError:
        order = "id"
    db.execute("SELECT " + order)


# === finally runs on every way
def search():
    order = request.args["order"]
    try:
        if order == "x":
            return
        print(order)
    finally:
        db.execute("SELECT " + order)  # finding


# === finally that cleans
def search():
    order = request.args["order"]
    try:
        print(order)
    finally:
        order = "title"
    db.execute("SELECT " + order)


# === a return in try, and code after it
def search():
    try:
        order = request.args["order"]
        return order
    except KeyError:
        order = "id"
    db.execute("SELECT " + order)


# === what an exception says
def search():
    try:
        raise ValueError(request.args["x"])
    except ValueError as error:
        db.execute("SELECT " + str(error))  # finding
    try:
        raise ValueError("no such book")
    except ValueError as error:
        db.execute("SELECT " + str(error))


# === exceptions in groups
def search():
    order = request.args["order"]
    try:
        order = "title"
    except* ValueError:
        order = "id"
    db.execute("SELECT " + order)
    db.execute("SELECT " + request.args["order"])  # finding


# === match on literals
def search():
    match request.args["order"]:
        case "t":
            order = "title"
        case "p" | "x":
            order = "price"
        case _:
            order = "id"
    db.execute("SELECT " + order)
    sent = request.args["order"]
    match sent:
        case "title" | "price":
            db.execute("SELECT " + sent)
        case other:
            db.execute("SELECT " + other)  # finding


# === match takes a value apart
def search():
    match request.get_json():
        case {"title": title, "shelf": "A4" as shelf}:
            db.execute("SELECT " + title)  # finding
            db.execute("SELECT " + shelf)
        case [first, *rest]:
            db.execute("SELECT " + first)  # finding
            db.execute("SELECT " + ",".join(rest))  # finding
        case str(text):
            db.execute("SELECT " + text)  # finding
        case int(number):
            db.execute(f"SELECT {number}")


# === match takes a tuple apart
def search():
    match (request.args["kind"], request.args["order"]):
        case ("book", order):
            db.execute("SELECT " + order)  # finding
        case (kind, "title" as order):
            db.execute("SELECT " + order)
            db.execute("SELECT " + kind)  # finding


# === match with a condition
def search():
    match request.args["order"]:
        case order if order in ("title", "price"):
            db.execute("SELECT " + order)
        case order if len(order) < 4:
            db.execute("SELECT " + order)  # finding


# === match on classes
class Book:
    __match_args__ = ("title", "shelf")

    def __init__(self, title, shelf):
        self.title = title
        self.shelf = shelf


def search():
    match Book(request.args["title"], "A4"):
        case Book(title=title, shelf=shelf):
            db.execute("SELECT " + title)  # finding
            db.execute("SELECT " + shelf)


# === a walrus keeps what it gives
def search():
    if order := request.args.get("order"):
        db.execute("SELECT " + order)  # finding
    if (table := request.args["table"]) in ("book", "author"):
        db.execute("SELECT * FROM " + table)
    while (word := request.args["w"]) != "end":
        db.execute("SELECT " + word)  # finding


# === or takes the first that is true
def search():
    db.execute("SELECT " + (request.args.get("order") or "title"))  # finding
    db.execute("SELECT " + ("title" or request.args["order"]))
    db.execute("SELECT " + ("" or "title"))
    db.execute("SELECT " + (None or request.args["order"]))  # finding


# === and takes the last
def search():
    db.execute("SELECT " + (request.args["order"] and "title"))
    db.execute("SELECT " + ("title" and request.args["order"]))  # finding
    db.execute("SELECT " + str("" and request.args["order"]))


# === a choice of two
def search():
    cheap = request.args.get("cheap")
    db.execute("SELECT * FROM book ORDER BY " + ("price" if cheap else "title"))
    db.execute("SELECT * FROM book ORDER BY " + ("price" if cheap else request.args["o"]))  # finding
    db.execute("SELECT * FROM book ORDER BY " + {True: "price", False: "title"}[bool(cheap)])
    db.execute("SELECT * FROM book ORDER BY " + ("title", "price")[bool(cheap)])
    db.execute(f"SELECT * FROM book {'WHERE price < 10' if cheap else ''}")


# === a name is deleted and made again
def search():
    order = request.args["order"]
    del order
    order = "title"
    db.execute("SELECT " + order)
    order = request.args["order"]
    db.execute("SELECT " + order)  # finding


# === an exception that is swallowed
def search():
    order = request.args["order"]
    with contextlib.suppress(KeyError):
        order = {"t": "title"}[order]
    db.execute("SELECT " + order)  # finding


# === several targets of one value
def search():
    a = b = request.args["x"]
    db.execute("SELECT " + a)  # finding
    db.execute("SELECT " + b)  # finding
    a = b = "id"
    db.execute("SELECT " + a + b)


# === exits in the middle of a helper
def order_of(text):
    try:
        return {"t": "title", "p": "price"}[text]
    except KeyError:
        return "id"
    finally:
        print("looked up")


def search():
    db.execute("SELECT " + order_of(request.args["order"]))


# === code that does not parse costs itself only
def search():
    order = request.args["order"]
    db.execute("SELECT " + order)  # finding
    for in order:
    db.execute("SELECT " + order)  # finding
    db.execute("SELECT " + "id")


# === chained comparisons
def search():
    page = request.args["page"]
    if "0" <= page <= "9":
        db.execute("SELECT " + page)  # finding
    if "a" == page == "a":
        db.execute("SELECT " + page)


# === nested loops and a flag
def search():
    found = None
    for shelf in ("A1", "A2"):
        for word in request.args.getlist("w"):
            if word == shelf:
                found = word
                break
        if found:
            break
    db.execute(f"SELECT * FROM book WHERE shelf = '{found}'")


# === loops that surely run, may run, and never run
def sure():
    text = request.args["q"]
    for _ in ("a", "b"):
        text = "name"
    db.execute("SELECT " + text + " FROM book LIMIT 5")


def counted():
    text = request.args["q"]
    for _ in range(3):
        text = "name"
    db.execute("SELECT " + text + " FROM book LIMIT 5")


def maybe():
    text = request.args["q"]
    for _ in range(int(request.args["n"])):
        text = "name"
    db.execute("SELECT " + text + " FROM book LIMIT 5")  # finding


def left():
    text = request.args["q"]
    for letter in ["a", "b"]:
        if letter == request.args["stop"]:
            break
        text = "name"
    db.execute("SELECT " + text + " FROM book LIMIT 5")  # finding


def never():
    text = "name"
    for _ in range(0):
        text = request.args["q"]
    db.execute("SELECT " + text + " FROM book LIMIT 5")


def added_up():
    text = "name"
    for _ in range(1, 3):
        text += request.args["q"]
    db.execute("SELECT " + text + " FROM book LIMIT 5")  # finding
