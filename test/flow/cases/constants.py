# What is known before the program runs: folded, trusted, and the ways that are never taken.

import sqlite3

from flask import request

db = sqlite3.connect("shop.db")


# === a way that is never taken
def search():
    if False:
        db.execute("SELECT " + request.args["x"])
    if True:
        db.execute("SELECT " + request.args["x"])  # finding
    else:
        db.execute("SELECT " + request.args["x"])


# === a switch of the module
DEBUG = False
VERBOSE = True


def search():
    if DEBUG:
        db.execute("SELECT " + request.args["x"])
    if not VERBOSE:
        db.execute("SELECT " + request.args["x"])
    if VERBOSE:
        db.execute("SELECT " + request.args["x"])  # finding


# === a switch that somebody may turn
DEBUG = False


def turn_on():
    global DEBUG
    DEBUG = True


def search():
    if DEBUG:
        db.execute("SELECT " + request.args["x"])  # finding


# === arithmetic and comparisons
def search():
    size = 7 * 6 - 2
    if size > 50:
        query = "SELECT " + request.args["x"]
    else:
        query = "SELECT id"
    db.execute(query)
    if size // 4 == 10 and size % 3 == 1 and -size < 0 <= size:
        query = "SELECT " + request.args["x"]
    db.execute(query)  # finding


# === comparisons of texts
def search():
    mode = "read"
    if mode == "write":
        db.execute("SELECT " + request.args["x"])
    if mode in ("write", "append"):
        db.execute("SELECT " + request.args["x"])
    if "rea" in mode:
        db.execute("SELECT " + request.args["x"])  # finding
    if mode.upper() == "WRITE" or mode.startswith("w") or len(mode) > 9:
        db.execute("SELECT " + request.args["x"])


# === a choice that is made
def search():
    word = request.args["x"] if 1 > 2 else "id"
    db.execute("SELECT " + word)
    word = request.args["x"] if 2 > 1 else "id"
    db.execute("SELECT " + word)  # finding


# === a value looked up in a table of ours
NAMES = {"a": "id", "b": "title"}


def search():
    key = "a"
    values = {"a": "id", "b": request.args["x"]}
    db.execute("SELECT " + values[key])
    key = "b"
    db.execute("SELECT " + values[key])  # finding
    db.execute("SELECT " + NAMES["b"])


# === a character of a text
def search():
    letters = "abc"
    if letters[1] == "b":
        word = "id"
    else:
        word = request.args["x"]
    db.execute("SELECT " + word)
    if letters[0] == "a":
        word = request.args["x"]
    db.execute("SELECT " + word)  # finding


# === match on a constant
def search():
    mode = "read"
    match mode:
        case "write":
            db.execute("SELECT " + request.args["x"])
        case "read" | "scan":
            db.execute("SELECT " + request.args["x"])  # finding
        case _:
            db.execute("SELECT " + request.args["x"])


# === a helper that always says the same
def is_enabled():
    return False


def is_ready():
    return len("abc") == 3


def search():
    if is_enabled():
        db.execute("SELECT " + request.args["x"])
    if is_ready():
        db.execute("SELECT " + request.args["x"])  # finding


# === a loop that never runs
def search():
    while False:
        db.execute("SELECT " + request.args["x"])
    for _ in []:
        db.execute("SELECT " + request.args["x"])
    for _ in range(3):
        db.execute("SELECT " + request.args["x"])  # finding


# === a constant of the class
class Shop:
    debug = False
    table = "book"

    def search(self):
        if self.debug:
            db.execute("SELECT " + request.args["x"])
        db.execute(f"SELECT * FROM {self.table}")
        db.execute(f"SELECT * FROM {request.args['x']}")  # finding


# === what depends on where the program runs
import os
import sys


def search():
    if sys.platform == "win32":
        db.execute("SELECT " + request.args["x"])  # finding
    if os.name == "nt" or sys.version_info >= (3, 9):
        db.execute("SELECT " + request.args["x"])  # finding
    if os.environ.get("DEBUG"):
        db.execute("SELECT " + request.args["x"])  # finding


# === a call of a shell with words of ours
import subprocess


def run():
    subprocess.run("ls -l", shell=True)
    subprocess.run(["ls", request.args["x"]])
    subprocess.run(["ls", request.args["x"]], shell=False)
    subprocess.run("ls " + request.args["x"], shell=True)  # finding
    subprocess.run([request.args["x"]])  # finding
    options = {"shell": True}
    subprocess.run("ls " + request.args["x"], **options)  # finding
    is_shell = not False
    subprocess.run("ls " + request.args["x"], shell=is_shell)  # finding


# === nothing from outside is nothing to tell
def search(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")
    eval("1 + 1")
    exec("x = 1")


# === a default that is None
def search(order=None):
    if order is None:
        order = "title"
    db.execute("SELECT " + order)


def browse(order=None):
    if order is None:
        order = request.args["order"]
    db.execute("SELECT " + order)  # finding


# === numbers count
def search():
    count = 0
    count += 1
    if count > 1:
        db.execute("SELECT " + request.args["x"])
    total = 0
    for word in request.args.getlist("w"):
        total += 1
    if total > 1:
        db.execute("SELECT " + request.args["x"])  # finding
