# Text made of text: what is in it stays in it, and what is only counted or compared does not.

import os
import re
import sqlite3
import string
import textwrap

from flask import request

db = sqlite3.connect("shop.db")


# === a concatenation carries both of its sides
def search():
    db.execute("SELECT * FROM book WHERE title = '" + request.args["title"] + "'")  # finding: sql-injection
    db.execute("SELECT * FROM book WHERE " + "price < 10" + " ORDER BY title")


# === an f-string carries what stands between its braces
def search():
    title = request.args["title"]
    shelf = "A4"
    db.execute(f"SELECT * FROM book WHERE title = '{title}'")  # finding
    db.execute(f"SELECT * FROM book WHERE shelf = '{shelf}'")
    db.execute(f"SELECT * FROM book WHERE title = '{{title}}'")


# === an f-string's conversion and width change nothing, a number's format does
def search():
    title = request.args["title"]
    db.execute(f"SELECT * FROM book WHERE title = {title!r}")  # finding
    db.execute(f"SELECT * FROM book WHERE title = '{title:>20}'")  # finding
    db.execute(f"SELECT * FROM book WHERE id = {title:d}")


# === an f-string's format may itself be from outside
def search():
    width = request.args["width"]
    db.execute(f"SELECT {'*':{width}} FROM book")  # finding
    db.execute(f"SELECT {'*':{10}} FROM book")


# === an f-string within an f-string
def search():
    title = request.args["title"]
    db.execute(f"SELECT * FROM book {f'WHERE title = {title}' if title else ''}")  # finding
    db.execute(f"SELECT * FROM book {'WHERE title IS NOT NULL' if title else ''}")


# === literals that stand side by side are one text
def search():
    title = request.args["title"]
    db.execute(
        "SELECT * FROM book "
        "WHERE title = ?",
        (title,),
    )
    db.execute(  # finding
        "SELECT * FROM book "
        f"WHERE title = '{title}'"
    )


# === percent formatting with one value
def search():
    db.execute("SELECT * FROM book WHERE title = '%s'" % request.args["title"])  # finding
    db.execute("SELECT * FROM book WHERE id = %d" % request.args["id"])


# === percent formatting takes values by position
def search():
    title = request.args["title"]
    db.execute("SELECT * FROM book WHERE shelf = '%s' AND title = '%s'" % ("A4", title))  # finding
    db.execute("SELECT %s FROM book LIMIT %d" % ("title", title))
    db.execute("SELECT * FROM book WHERE shelf = '%s'" % ("A4",))


# === percent formatting takes values by name
def search():
    values = {"title": request.args["title"], "shelf": "A4"}
    db.execute("SELECT * FROM book WHERE title = '%(title)s'" % values)  # finding
    db.execute("SELECT * FROM book WHERE shelf = '%(shelf)s'" % values)


# === percent formatting with an escaped percent sign
def search():
    title = request.args["title"]
    db.execute("SELECT * FROM book WHERE title LIKE '%%%s%%'" % title)  # finding
    db.execute("SELECT * FROM book WHERE title LIKE '%%abc%%' LIMIT %d" % title)


# === format by position, by number and by name
def search():
    title = request.args["title"]
    db.execute("SELECT {} FROM book WHERE title = '{}'".format("id", title))  # finding
    db.execute("SELECT {1} FROM book".format(title, "id"))
    db.execute("SELECT {0} FROM book".format(title, "id"))  # finding
    db.execute("SELECT {column} FROM book".format(column="id", unused=title))
    db.execute("SELECT {column} FROM book".format(column=title))  # finding
    db.execute("SELECT * FROM book WHERE id = {:d}".format(title))


# === format reads items and attributes of what it is given
def search():
    values = {"title": request.args["title"], "shelf": "A4"}
    db.execute("SELECT * FROM book WHERE title = '{v[title]}'".format(v=values))  # finding
    db.execute("SELECT * FROM book WHERE shelf = '{v[shelf]}'".format(v=values))


# === format with the values of a dict
def search():
    values = {"title": request.args["title"], "shelf": "A4"}
    db.execute("SELECT * FROM book WHERE title = '{title}'".format(**values))  # finding
    db.execute("SELECT * FROM book WHERE title = '{title}'".format_map(values))  # finding
    db.execute("SELECT * FROM book WHERE shelf = '{shelf}'".format(**values))
    db.execute("SELECT * FROM book WHERE shelf = '{shelf}'".format_map(values))


# === a template that comes from outside
def search():
    db.execute(request.args["template"].format(shelf="A4"))  # finding
    db.execute(request.args["template"] % ("A4",))  # finding


# === string.Template puts values into text
def search():
    query = string.Template("SELECT * FROM book WHERE title = '$title'")
    db.execute(query.substitute(title=request.args["title"]))  # finding
    db.execute(query.substitute(title="Emma"))


# === join carries the parts and the separator
def search():
    names = request.args.getlist("name")
    db.execute("SELECT * FROM book WHERE title IN (" + ",".join(names) + ")")  # finding
    db.execute("SELECT * FROM book WHERE " + request.args["op"].join(["a = 1", "b = 2"]))  # finding
    db.execute("SELECT " + ", ".join(["id", "title"]) + " FROM book")


# === placeholders are counted, not copied
def search():
    ids = request.args.getlist("id")
    marks = ",".join("?" for _ in ids)
    db.execute(f"SELECT * FROM book WHERE id IN ({marks})", ids)
    marks = ", ".join(["?"] * len(ids))
    db.execute(f"SELECT * FROM book WHERE id IN ({marks})", ids)
    marks = ",".join("?" * len(ids))
    db.execute("SELECT * FROM book WHERE id IN (%s)" % marks, ids)
    marks = ("?, " * len(ids))[:-2]
    db.execute("SELECT * FROM book WHERE id IN (" + marks + ")", ids)
    db.execute("SELECT * FROM book WHERE id IN (" + ",".join(f"'{i}'" for i in ids) + ")")  # finding


# === conditions collected in a list, their values bound
def search():
    conditions = []
    values = []
    if "title" in request.args:
        conditions.append("title = ?")
        values.append(request.args["title"])
    if "shelf" in request.args:
        conditions.append("shelf = ?")
        values.append(request.args["shelf"])
    db.execute("SELECT * FROM book WHERE " + " AND ".join(conditions), values)
    conditions.append("author = '" + request.args["author"] + "'")
    db.execute("SELECT * FROM book WHERE " + " AND ".join(conditions), values)  # finding


# === column names of a literal dict, their values bound
def save():
    changes = {"title": request.form["title"], "shelf": request.form["shelf"]}
    names = ", ".join(f"{name} = ?" for name in changes)
    db.execute(f"UPDATE book SET {names}", list(changes.values()))
    names = ", ".join(f"{name} = '{value}'" for name, value in changes.items())
    db.execute(f"UPDATE book SET {names}")  # finding


# === column names that the visitor sends
def save():
    changes = request.get_json()
    names = ", ".join(f"{name} = ?" for name in changes)
    db.execute(f"UPDATE book SET {names}", list(changes.values()))  # finding


# === text that grows by +=
def search():
    query = "SELECT * FROM book WHERE 1 = 1"
    if request.args.get("cheap"):
        query += " AND price < 10"
    db.execute(query)
    query += " AND title = '" + request.args["title"] + "'"
    db.execute(query)  # finding


# === methods of text keep what is in it
def search():
    title = request.args["title"]
    db.execute("SELECT " + title.strip().lower())  # finding
    db.execute("SELECT " + title.replace(";", ""))  # finding
    db.execute("SELECT " + title.removeprefix("x").title().center(40))  # finding
    db.execute("SELECT " + "price".upper().replace("PRICE", "COST"))


# === pieces of a text
def search():
    title = request.args["title"]
    db.execute("SELECT " + title[1:])  # finding
    db.execute("SELECT " + title.split(",")[0])  # finding
    db.execute("SELECT " + title.partition(":")[2])  # finding
    db.execute("SELECT " + title.splitlines()[-1])  # finding
    first, _, rest = title.partition(":")
    db.execute("SELECT " + rest)  # finding
    db.execute("SELECT " + "id,title".split(",")[0])


# === what is counted or asked of a text is not the text
def search():
    title = request.args["title"]
    db.execute(f"SELECT * FROM book LIMIT {len(title)}")
    db.execute(f"SELECT * FROM book LIMIT {title.count(',')}")
    db.execute(f"SELECT * FROM book LIMIT {title.find(',') + 1}")  # noise: many things have a method of this name
    db.execute(f"SELECT {title.startswith('x')}, {title == 'y'}, {'z' in title}")
    db.execute(f"SELECT * FROM book LIMIT {title or 10}")  # finding


# === text replaced in a constant
def search():
    template = "SELECT * FROM book WHERE title = 'TITLE'"
    db.execute(template.replace("TITLE", request.args["title"]))  # finding
    db.execute(template.replace("TITLE", "Emma"))


# === a pattern that removes all but harmless characters
def search():
    column = re.sub(r"[^A-Za-z0-9_]", "", request.args["column"])
    db.execute(f"SELECT {column} FROM book")
    column = re.sub(r"\W+", "_", request.args["column"])
    db.execute(f"SELECT {column} FROM book")
    column = re.sub(r"[;'\"]", "", request.args["column"])
    db.execute(f"SELECT {column} FROM book")  # finding
    column = re.sub(r"[^A-Za-z0-9_]", request.args["by"], "a b")
    db.execute(f"SELECT {column} FROM book")  # finding


# === what a pattern found is a piece of the text
def search():
    match = re.search(r"title:(.*)", request.args["q"])
    db.execute("SELECT " + match.group(1))  # finding
    match = re.search(r"id:(\d+)", request.args["q"])
    db.execute("SELECT " + match.group(1))
    db.execute("SELECT " + re.findall(r"\w+ .*", request.args["q"])[0])  # finding
    db.execute("SELECT " + re.split(",", request.args["q"])[0])  # finding


# === dedented text
def search():
    title = request.args["title"]
    db.execute(  # finding
        textwrap.dedent(
            f"""
            SELECT * FROM book
            WHERE title = '{title}'
            """
        )
    )
    db.execute(textwrap.dedent("""SELECT * FROM book"""))


# === bytes are text too
def run():
    name = request.args["name"].encode()
    os.system(b"ls " + name)  # finding: command-injection
    os.system(b"ls %s" % name)  # finding: command-injection
    os.system(b"ls " + b"-l")


# === a text that was overwritten is forgotten
def search():
    title = request.args["title"]
    title = "Emma"
    db.execute(f"SELECT * FROM book WHERE title = '{title}'")
    title = request.args["title"]
    db.execute(f"SELECT * FROM book WHERE title = '{title}'")  # finding


# === the table's name is joined, the value is bound
TABLE = "book"


def search():
    db.execute(f"SELECT * FROM {TABLE} WHERE title = ?", (request.args["title"],))
    db.execute("SELECT * FROM {} WHERE title = ?".format(TABLE), [request.args["title"]])
    db.execute(f"SELECT * FROM {request.args['table']} WHERE title = ?", ("x",))  # finding


# === within a beginning that is known, and beyond it
def cut():
    text = "name-" + request.args["q"]
    db.execute("SELECT " + text[:4] + " FROM book LIMIT 5")
    db.execute("SELECT " + text[1:5] + " FROM book LIMIT 5")
    db.execute("SELECT " + text[:6] + " FROM book LIMIT 5")  # finding
    db.execute("SELECT " + text[:-2] + " FROM book LIMIT 5")  # finding
    db.execute("SELECT " + (request.args["q"] + "name")[:4] + " FROM book LIMIT 5")  # finding
