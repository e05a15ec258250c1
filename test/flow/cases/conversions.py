# What a conversion leaves of a value: some make it harmless, most only look like it.

import ast
import base64
import datetime
import decimal
import hashlib
import html
import json
import os
import pickle
import shlex
import sqlite3
import urllib.parse
import uuid

from flask import request

db = sqlite3.connect("shop.db")


# === numbers
def search():
    sent = request.args["n"]
    db.execute(f"SELECT * FROM book WHERE id = {int(sent)}")
    db.execute(f"SELECT * FROM book WHERE price < {float(sent)}")
    db.execute("SELECT * FROM book WHERE price < " + str(decimal.Decimal(sent)))
    db.execute(f"SELECT * FROM book LIMIT {int(sent) * 10 + 5} OFFSET {max(int(sent), 0)}")
    db.execute(f"SELECT * FROM book LIMIT {min(request.args['m'], '9')}")  # finding
    db.execute(f"SELECT {round(float(sent), 2)}, {abs(int(sent))}, {int(sent, 16):x}")


# === a number or something else
def search():
    sent = request.args["n"]
    number = int(sent) if sent.isdigit() else 0
    db.execute(f"SELECT * FROM book WHERE id = {number}")
    number = int(sent) if sent else sent
    db.execute(f"SELECT * FROM book WHERE id = {number}")
    other = request.args["m"]
    number = int(other) if other.isdigit() else other
    db.execute(f"SELECT * FROM book WHERE id = {number}")  # finding


# === text of a text
def search():
    sent = request.args["x"]
    db.execute("SELECT " + str(sent))  # finding
    db.execute("SELECT " + repr(sent))  # finding
    db.execute("SELECT " + str(len(sent)))
    db.execute("SELECT " + str(sent == "x"))


# === truth
def search():
    sent = request.args["x"]
    db.execute(f"SELECT {bool(sent)}, {not sent}, {sent is None}, {sent > 'x'}")
    db.execute(f"SELECT {sent and True}")
    db.execute(f"SELECT {sent or True}")  # finding


# === encoded and decoded
def search():
    sent = request.args["x"]
    db.execute("SELECT " + sent.encode("utf-8").decode("latin-1"))  # finding
    db.execute("SELECT " + base64.b64decode(sent).decode())  # finding
    db.execute("SELECT " + base64.b64encode(b"abc").decode())
    db.execute("SELECT " + bytes.fromhex(sent).decode())  # finding
    db.execute("SELECT " + sent.encode().hex())


# === quoting for URLs and for HTML is not quoting for SQL
def search():
    sent = request.args["x"]
    db.execute("SELECT " + urllib.parse.unquote(sent))  # finding
    db.execute("SELECT " + html.escape(sent, quote=False))  # finding
    db.execute("SELECT " + urllib.parse.urlparse(sent).netloc)  # finding
    db.execute("SELECT " + urllib.parse.parse_qs(sent)["a"][0])  # finding
    db.execute("SELECT " + urllib.parse.quote("a b"))


# === quoting for the shell is for the shell only
def run():
    sent = request.args["x"]
    os.system("ls " + shlex.quote(sent))
    os.system("ls " + shlex.join(["-l", sent]))
    os.system("ls " + sent)  # finding: command-injection
    db.execute("SELECT " + shlex.quote(sent))  # finding: sql-injection


# === JSON
def search():
    data = json.loads(request.args["x"])
    db.execute("SELECT " + data["title"])  # finding
    db.execute("SELECT " + json.dumps(data))  # finding
    db.execute("SELECT " + json.dumps({"a": 1}))
    db.execute(f"SELECT {int(data['id'])}")
    data = json.loads('{"title": "id"}')
    db.execute("SELECT " + data["title"])


# === checksums and random names
def search():
    sent = request.args["x"]
    db.execute("SELECT '" + hashlib.sha256(sent.encode()).hexdigest() + "'")
    db.execute(f"SELECT '{uuid.uuid4()}'")
    db.execute(f"SELECT '{uuid.UUID(sent)}'")
    db.execute(f"SELECT '{uuid.uuid5(uuid.NAMESPACE_URL, sent)}'")
    db.execute(f"SELECT '{hash(sent)}'")
    db.execute(f"SELECT '{request.args['y']}'")  # finding


# === dates
def search():
    sent = request.args["day"]
    day = datetime.date.fromisoformat(sent)
    db.execute(f"SELECT * FROM sale WHERE day = '{day}'")
    db.execute(f"SELECT * FROM sale WHERE day = '{day.isoformat()}'")
    day = datetime.datetime.strptime(sent, "%Y-%m-%d")
    db.execute(f"SELECT * FROM sale WHERE day = '{day:%Y}'")
    db.execute("SELECT * FROM sale WHERE day = '" + day.strftime("%Y-%m-%d") + "'")
    db.execute(f"SELECT * FROM sale WHERE day = '{request.args['other']}'")  # finding


# === literals are no code, but still text
def search():
    value = ast.literal_eval(request.args["x"])
    eval(repr(value))
    db.execute("SELECT " + value)  # finding


# === characters and codes
def search():
    sent = request.args["x"]
    db.execute(f"SELECT {ord(sent[0])}")
    db.execute(f"SELECT '{chr(int(sent))}'")
    text = request.args["y"]
    db.execute("SELECT " + "".join(c for c in text))  # finding
    db.execute("SELECT " + "".join(c for c in text if c.isalnum()))


# === what is unpickled from outside
def load():
    pickle.loads(request.data)  # finding: unsafe-deserialization
    pickle.loads(base64.b64decode(request.cookies["cart"]))  # finding: unsafe-deserialization
    pickle.loads(pickle.dumps({"a": 1}))
    with open("cache.bin", "rb") as file:
        pickle.load(file)


# === what is evaluated
def calculate():
    eval(request.args["x"])  # finding: code-injection
    eval(f"{int(request.args['x'])} + 1")
    exec(compile(request.args["y"], "x", "exec"))  # finding: code-injection
    eval("price * 2", {"price": request.args["y"]})


# === a module named from outside
import importlib


def plug():
    importlib.import_module("shop." + request.args["x"])  # finding: code-injection
    name = request.args["x"]
    if name in ("csv", "json"):
        importlib.import_module("shop." + name)
