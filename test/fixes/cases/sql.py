import sqlite3

import aiosqlite
import asyncpg
import MySQLdb
import psycopg
import psycopg2
import pymysql
from django.db import connection
from flask import Flask, request
from sqlalchemy import create_engine, text

app = Flask(__name__)
engine = create_engine("postgresql://db/shop")


@app.get("/a")
def formatted():
    title = request.args["title"]
    cursor = sqlite3.connect("shop.db").cursor()
    cursor.execute(f"SELECT * FROM book WHERE title = '{title}'")  # exact
    return {"rows": cursor.fetchall()}


@app.get("/b")
def joined():
    title = request.args["title"]
    query = "SELECT * FROM book WHERE title LIKE '%" + title + "%' ORDER BY id"
    rows = sqlite3.connect("shop.db").execute(query)
    return {"rows": rows.fetchall()}


@app.get("/c")
def percent(conn: psycopg2.extensions.connection):
    author = request.args["author"]
    cursor = conn.cursor()
    cursor.execute(
        "SELECT * FROM book WHERE author = '%s' AND year > %s" % (author, request.args["year"])
    )
    return {"rows": cursor.fetchall()}


@app.get("/d")
def django_cursor():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM book WHERE author = '{}'".format(request.args["author"])
        )
        return {"rows": cursor.fetchall()}


@app.get("/e")
def sqlalchemy_text():
    name = request.args["name"]
    with engine.connect() as conn:
        rows = conn.execute(text(f"SELECT * FROM users WHERE name = '{name}'"))
        return {"rows": [tuple(row) for row in rows]}


@app.post("/f")
def several_literals():
    name = request.form["name"]
    mail = request.form["mail"]
    con = sqlite3.connect("shop.db")
    con.execute(
        f"INSERT INTO users (name, mail) "
        f"VALUES ('{name}', '{mail}')"
    )
    con.commit()
    return {}


@app.post("/g")
def open_end():
    name, mail = request.form["name"], request.form["mail"]
    con = sqlite3.connect("shop.db")
    con.execute("UPDATE users SET mail = '" + mail + "' WHERE name = " + name)
    return {}


@app.get("/h")
def triple_quotes(conn: psycopg.Connection):
    city = request.args["city"]
    rows = conn.execute(
        f"""
        SELECT name, price
        FROM flat
        WHERE city = '{city}'
        ORDER BY price
        """
    )
    return {"rows": rows.fetchall()}


@app.get("/i")
def with_mysql():
    db = pymysql.connect(host="db", database="shop")
    with db.cursor() as cursor:
        cursor.execute("SELECT id FROM users WHERE mail = '%s'" % request.args["mail"])
        return {"row": cursor.fetchone()}


@app.get("/j")
def older_mysql():
    word = request.args["word"]
    db = MySQLdb.connect(host="db")
    cursor = db.cursor()
    query = "SELECT id FROM page WHERE title = '{0}' OR body = '{0}'".format(word)
    cursor.execute(query)
    return {"rows": cursor.fetchall()}


@app.get("/k")
async def postgres_protocol():
    conn = await asyncpg.connect("postgresql://db/shop")
    name = request.args["name"]
    return {"rows": await conn.fetch(f"SELECT * FROM users WHERE name = '{name}'")}


@app.get("/l")
async def sqlite_async():
    name = request.args["name"]
    async with aiosqlite.connect("shop.db") as db:
        await db.execute(f"DELETE FROM users WHERE name = '{name}'")
    return {}


@app.get("/m")
def named_format():
    con = sqlite3.connect("shop.db")
    rows = con.execute("SELECT * FROM t WHERE a = '{a}'".format(a=request.args["a"]))
    return {"rows": rows.fetchall()}


@app.get("/n")
def two_names():
    q = request.args["q"]
    with engine.begin() as conn:
        conn.execute(
            text("UPDATE page SET hits = hits + 1 WHERE title = '%s' OR slug = '%s'" % (q, q))
        )
    return {}


# What follows has no value that could be bound, or is not sure: it stays as it is.


@app.get("/w")
def table_name():
    table = request.args["table"]
    return {"rows": sqlite3.connect("shop.db").execute(f"SELECT * FROM {table}").fetchall()}


@app.get("/x")
def order():
    by = request.args["by"]
    rows = sqlite3.connect("shop.db").execute(f"SELECT * FROM book ORDER BY {by} LIMIT 5")
    return {"rows": rows.fetchall()}


@app.get("/y")
def used_twice():
    name = request.args["name"]
    query = f"SELECT * FROM users WHERE name = '{name}'"
    print(query)
    return {"rows": sqlite3.connect("shop.db").execute(query).fetchall()}


@app.get("/z")
def changed_since():
    name = request.args["name"]
    query = f"SELECT * FROM users WHERE name = '{name}'"
    name = name.upper()
    rows = sqlite3.connect("shop.db").execute(query).fetchall()
    return {"rows": rows, "name": name}
