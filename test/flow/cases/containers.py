# Lists, dicts, tuples and sets: one element is read, not its neighbours.

import collections
import copy
import itertools
import os
import sqlite3

from flask import request

db = sqlite3.connect("shop.db")


# === one key of a dict is not another
def search():
    form = {"title": request.args["title"], "shelf": "A4"}
    db.execute("SELECT " + form["title"])  # finding
    db.execute("SELECT " + form["shelf"])


# === a dict is filled key by key
def search():
    form = {}
    form["title"] = request.args["title"]
    form["shelf"] = "A4"
    db.execute("SELECT " + form["title"])  # finding
    db.execute("SELECT " + form["shelf"])
    form["title"] = "Emma"
    db.execute("SELECT " + form["title"])


# === a key that is not known may be any
def search(key):
    form = {"title": request.args["title"], "shelf": "A4"}
    db.execute("SELECT " + form[key])  # finding
    shelves = {"title": "A1", "shelf": "A4"}
    db.execute("SELECT " + shelves[key])
    shelves[key] = request.args["title"]
    db.execute("SELECT " + shelves["shelf"])  # finding


# === the visitor chooses among values of ours
COLUMNS = {"title": "b.title", "price": "b.price"}


def search():
    order = COLUMNS[request.args["order"]]
    db.execute(f"SELECT * FROM book b ORDER BY {order}")
    order = COLUMNS.get(request.args["order"], "b.id")
    db.execute(f"SELECT * FROM book b ORDER BY {order}")
    order = COLUMNS.get(request.args["order"])
    db.execute(f"SELECT * FROM book b ORDER BY {order}")
    order = COLUMNS.get(request.args["order"], request.args["order"])
    db.execute(f"SELECT * FROM book b ORDER BY {order}")  # finding


# === the default of get may be from outside
def search():
    form = {"shelf": "A4"}
    db.execute("SELECT " + form.get("title", request.args["title"]))  # finding
    db.execute("SELECT " + form.get("shelf", request.args["title"]))
    db.execute("SELECT " + form.get("title", "Emma"))


# === dicts merged with stars, with a bar and with update
def search():
    sent = {"title": request.args["title"]}
    merged = {"shelf": "A4", **sent}
    db.execute("SELECT " + merged["title"])  # finding
    db.execute("SELECT " + merged["shelf"])
    merged = {**sent, "title": "Emma"}
    db.execute("SELECT " + merged["title"])
    merged = {"shelf": "A4"} | sent
    db.execute("SELECT " + merged["title"])  # finding
    db.execute("SELECT " + merged["shelf"])
    merged = {"shelf": "A4"}
    merged.update(sent)
    db.execute("SELECT " + merged["title"])  # finding
    db.execute("SELECT " + merged["shelf"])
    merged = {"shelf": "A4"}
    merged |= sent
    db.execute("SELECT " + merged["title"])  # finding
    db.execute("SELECT " + merged["shelf"])


# === setdefault keeps what is there
def search():
    form = {"shelf": "A4"}
    db.execute("SELECT " + form.setdefault("shelf", request.args["shelf"]))
    db.execute("SELECT " + form.setdefault("title", request.args["title"]))  # finding
    db.execute("SELECT " + form["title"])  # finding


# === a key that was taken out is gone
def search():
    form = {"title": request.args["title"], "shelf": "A4"}
    taken = form.pop("title")
    db.execute("SELECT " + taken)  # finding
    db.execute("SELECT " + ",".join(form.values()))
    form = {"title": request.args["title"], "shelf": "A4"}
    del form["title"]
    db.execute("SELECT " + ",".join(form.values()))


# === keys and values of a dict
def search():
    form = {"title": request.args["title"], "shelf": "A4"}
    db.execute("SELECT " + ",".join(form))
    db.execute("SELECT " + ",".join(form.keys()))
    db.execute("SELECT " + ",".join(form.values()))  # finding
    for key, value in form.items():
        db.execute("SELECT " + key)
        db.execute("SELECT " + value)  # finding


# === keys that come from outside
def search():
    counts = {}
    for word in request.args["q"].split():
        counts[word] = counts.get(word, 0) + 1
    for word, count in counts.items():
        db.execute(f"SELECT {word}")  # finding
        db.execute(f"SELECT {count}")


# === positions of a list
def search():
    words = ["Emma", request.args["title"], "A4"]
    db.execute("SELECT " + words[0])
    db.execute("SELECT " + words[1])  # finding
    db.execute("SELECT " + words[-1])
    db.execute("SELECT " + words[-2])  # finding
    db.execute("SELECT " + "".join(words))  # finding


# === a list that grows
def search():
    words = []
    words.append("Emma")
    db.execute("SELECT " + ",".join(words))
    words.append(request.args["title"])
    db.execute("SELECT " + ",".join(words))  # finding
    db.execute("SELECT " + words[0])
    words.insert(0, "A4")
    db.execute("SELECT " + ",".join(words))  # finding
    words.clear()
    db.execute("SELECT " + ",".join(words))


# === lists are added, extended and repeated
def search():
    sent = [request.args["title"]]
    words = ["id"] + sent
    db.execute("SELECT " + words[1])  # finding
    db.execute("SELECT " + words[0])
    words = ["id"]
    words += sent
    db.execute("SELECT " + words[1])  # finding
    words = ["id"]
    words.extend(sent)
    db.execute("SELECT " + ",".join(words))  # finding
    words = ["id"]
    words.extend(["title", "price"])
    db.execute("SELECT " + ",".join(words))
    words = sent * 2
    db.execute("SELECT " + ",".join(words))  # finding


# === slices of a list
def search():
    words = ["Emma", "A4", request.args["title"]]
    db.execute("SELECT " + ",".join(words[:2]))
    db.execute("SELECT " + ",".join(words[1:]))  # finding
    db.execute("SELECT " + ",".join(words[::-1]))  # finding


# === what pop takes
def search():
    words = ["Emma", request.args["title"]]
    db.execute("SELECT " + words.pop())  # finding
    db.execute("SELECT " + words.pop())
    words = [request.args["title"], "Emma"]
    db.execute("SELECT " + words.pop(0))  # finding
    db.execute("SELECT " + ",".join(words))


# === tuples are unpacked by position
def search():
    title, shelf = request.args["title"], "A4"
    db.execute("SELECT " + title)  # finding
    db.execute("SELECT " + shelf)
    title, shelf = shelf, title
    db.execute("SELECT " + title)
    db.execute("SELECT " + shelf)  # finding


# === a star takes the rest
def search():
    first, *rest = ["id", "title", request.args["title"]]
    db.execute("SELECT " + first)
    db.execute("SELECT " + ",".join(rest))  # finding
    *front, last = [request.args["title"], "title", "id"]
    db.execute("SELECT " + last)
    db.execute("SELECT " + front[0])  # finding
    db.execute("SELECT " + front[1])


# === nested targets
def search():
    (title, (shelf, price)), name = (request.args["title"], ("A4", "12")), "x"
    db.execute("SELECT " + title)  # finding
    db.execute("SELECT " + shelf + price + name)


# === containers in containers
def search():
    data = {"books": [{"title": request.args["title"], "shelf": "A4"}]}
    db.execute("SELECT " + data["books"][0]["title"])  # finding
    db.execute("SELECT " + data["books"][0]["shelf"])
    for book in data["books"]:
        db.execute("SELECT " + book["title"])  # finding
        db.execute("SELECT " + book["shelf"])


# === two names of one list
def search():
    words = ["id"]
    other = words
    other.append(request.args["title"])
    db.execute("SELECT " + words[1])  # finding
    db.execute("SELECT " + words[0])


# === a copy is a list of its own
def search():
    words = ["id"]
    for other in (words.copy(), list(words), words[:], copy.copy(words)):
        other.append(request.args["title"])
        db.execute("SELECT " + ",".join(other))  # finding
    db.execute("SELECT " + ",".join(words))


# === sets
def search():
    words = {"id", "title"}
    db.execute("SELECT " + ",".join(words))
    words.add(request.args["title"])
    db.execute("SELECT " + ",".join(words))  # finding
    db.execute("SELECT " + ",".join(sorted({"a"} | {request.args["title"]})))  # finding
    db.execute("SELECT " + ",".join({"a"} | {"b"}))


# === only what is in both sets
ALLOWED = {"id", "title", "price"}


def search():
    sent = set(request.args.getlist("column"))
    db.execute("SELECT " + ",".join(sent & ALLOWED))
    db.execute("SELECT " + ",".join(ALLOWED & sent))
    db.execute("SELECT " + ",".join(ALLOWED.intersection(sent)))
    db.execute("SELECT " + ",".join(sent - ALLOWED))  # finding
    db.execute("SELECT " + ",".join(sent | ALLOWED))  # finding
    db.execute("SELECT " + ",".join(ALLOWED - sent))


# === zip and enumerate keep the sides apart
def search():
    for index, word in enumerate(request.args.getlist("w")):
        db.execute(f"SELECT {index}")
        db.execute(f"SELECT {word}")  # finding
    for name, word in zip(["a", "b"], request.args.getlist("w")):
        db.execute(f"SELECT {name}")
        db.execute(f"SELECT {word}")  # finding


# === functions over containers
def search():
    words = request.args.getlist("w")
    db.execute("SELECT " + sorted(words)[0])  # finding
    db.execute("SELECT " + max(words))  # finding
    db.execute("SELECT " + next(iter(words)))  # finding
    db.execute("SELECT " + list(reversed(words))[0])  # finding
    db.execute("SELECT " + ",".join(map(str.strip, words)))  # finding
    db.execute("SELECT " + ",".join(filter(None, words)))  # finding
    db.execute("SELECT " + ",".join(itertools.chain(["a"], words)))  # finding
    db.execute(f"SELECT {len(words)}, {sum(map(int, words))}, {any(words)}")
    db.execute("SELECT " + max(["id", "title"]))


# === defaultdict, deque and namedtuple
Book = collections.namedtuple("Book", ["title", "shelf"])


def search():
    groups = collections.defaultdict(list)
    groups["sent"].append(request.args["title"])
    db.execute("SELECT " + groups["sent"][0])  # finding
    queue = collections.deque(["id"])
    db.execute("SELECT " + queue.popleft())
    queue.append(request.args["title"])
    db.execute("SELECT " + queue.pop())  # finding
    book = Book(title=request.args["title"], shelf="A4")
    db.execute("SELECT " + book.title)  # finding
    db.execute("SELECT " + book.shelf)


# === a dict made of the arguments
def search():
    form = dict(request.args)
    db.execute("SELECT " + form["title"])  # finding
    form = request.args.to_dict()
    db.execute("SELECT " + form["title"])  # finding
    form = dict(title="Emma", shelf=request.args["shelf"])
    db.execute("SELECT " + form["title"])
    db.execute("SELECT " + form["shelf"])  # finding
    form = dict([("title", request.args["title"])])
    db.execute("SELECT " + form["title"])  # finding


# === a whole container in a text
def search():
    form = {"title": request.args["title"]}
    db.execute(f"SELECT {form}")  # finding
    db.execute("SELECT " + str([request.args["title"]]))  # finding
    db.execute(f"SELECT {[1, 2, 3]}")
    db.execute("SELECT " + str(tuple(["a", "b"])))


# === a list filled in a loop
def search():
    names = []
    for name in request.args.getlist("name"):
        names.append(name)
    db.execute("SELECT " + ",".join(names))  # finding
    numbers = []
    for name in request.args.getlist("name"):
        numbers.append(str(int(name)))
    db.execute("SELECT " + ",".join(numbers))


# === an object of the request is read by key, by get and by getlist
def search():
    db.execute("SELECT " + request.form["title"])  # finding
    db.execute("SELECT " + request.form.get("title"))  # finding
    db.execute("SELECT " + request.form.getlist("title")[0])  # finding
    db.execute("SELECT " + request.args.get("title", "Emma"))  # finding
    db.execute("SELECT %s" % request.args.get("id", type=int))


# === the environment is not the visitor
def run():
    os.environ["SHOP_TITLE"] = request.args["title"]
    os.system("print " + os.environ["SHOP_SHELF"])
    os.system("print " + request.environ["HTTP_HOST"])  # finding: command-injection


# === what a visitor sent, or else an empty dict
from flask import request


def save():
    data = request.get_json(silent=True) or {}
    db.execute("SELECT " + data.get("x", ""))  # finding
    db.execute("SELECT " + data.setdefault("y", "a"))  # finding
    for key, value in data.items():
        db.execute("SELECT " + key)  # finding
        db.execute("SELECT " + value)  # finding
    for value in data.values():
        db.execute("SELECT " + value)  # finding


def load():
    data = {}
    if request.method == "POST":
        data = request.form
    db.execute("SELECT " + data.get("x"))  # finding
    own = {} or {"a": "b"}
    db.execute("SELECT " + own.get("a"))
    db.execute("SELECT %s" % len(own.get("x", "")))


# === the names of a dict are looked at apart from what stands under them
import peewee
from flask import request


class Book(peewee.Model):
    title = peewee.TextField()


def search():
    Book.create(**{"title": request.args["x"]})
    Book.create(**{name: 1 for name in ("title", "shelf") if name in request.args})
    Book.create(**{request.args["x"]: 1})  # finding
    Book.create(**{**request.args, "title": "x"})  # finding
