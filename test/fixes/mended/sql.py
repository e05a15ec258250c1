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
    cursor.execute("SELECT * FROM book WHERE title = ?", (title,))  # exact
    return {"rows": cursor.fetchall()}


@app.get("/b")
def joined():
    title = request.args["title"]
    query = "SELECT * FROM book WHERE title LIKE ? ORDER BY id"
    rows = sqlite3.connect("shop.db").execute(query, (f"%{title}%",))
    return {"rows": rows.fetchall()}


@app.get("/c")
def percent(conn: psycopg2.extensions.connection):
    author = request.args["author"]
    cursor = conn.cursor()
    cursor.execute(
        "SELECT * FROM book WHERE author = %s AND year > %s",
        (author, request.args["year"])
    )
    return {"rows": cursor.fetchall()}


@app.get("/d")
def django_cursor():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM book WHERE author = %s",
            (request.args["author"],)
        )
        return {"rows": cursor.fetchall()}


@app.get("/e")
def sqlalchemy_text():
    name = request.args["name"]
    with engine.connect() as conn:
        rows = conn.execute(text("SELECT * FROM users WHERE name = :name").bindparams(name=name))
        return {"rows": [tuple(row) for row in rows]}


@app.post("/f")
def several_literals():
    name = request.form["name"]
    mail = request.form["mail"]
    con = sqlite3.connect("shop.db")
    con.execute(
        "INSERT INTO users (name, mail) "
        "VALUES (?, ?)",
        (name, mail)
    )
    con.commit()
    return {}


@app.post("/g")
def open_end():
    name, mail = request.form["name"], request.form["mail"]
    con = sqlite3.connect("shop.db")
    con.execute("UPDATE users SET mail = ? WHERE name = ?", (mail, name))
    return {}


@app.get("/h")
def triple_quotes(conn: psycopg.Connection):
    city = request.args["city"]
    rows = conn.execute(
        """
        SELECT name, price
        FROM flat
        WHERE city = %s
        ORDER BY price
        """,
        (city,)
    )
    return {"rows": rows.fetchall()}


@app.get("/i")
def with_mysql():
    db = pymysql.connect(host="db", database="shop")
    with db.cursor() as cursor:
        cursor.execute("SELECT id FROM users WHERE mail = %s", (request.args["mail"],))
        return {"row": cursor.fetchone()}


@app.get("/j")
def older_mysql():
    word = request.args["word"]
    db = MySQLdb.connect(host="db")
    cursor = db.cursor()
    query = "SELECT id FROM page WHERE title = %s OR body = %s"
    cursor.execute(query, (word, word))
    return {"rows": cursor.fetchall()}


@app.get("/k")
async def postgres_protocol():
    conn = await asyncpg.connect("postgresql://db/shop")
    name = request.args["name"]
    return {"rows": await conn.fetch("SELECT * FROM users WHERE name = $1", name)}


@app.get("/l")
async def sqlite_async():
    name = request.args["name"]
    async with aiosqlite.connect("shop.db") as db:
        await db.execute("DELETE FROM users WHERE name = ?", (name,))
    return {}


@app.get("/m")
def named_format():
    con = sqlite3.connect("shop.db")
    rows = con.execute("SELECT * FROM t WHERE a = ?", (request.args["a"],))
    return {"rows": rows.fetchall()}


@app.get("/n")
def two_names():
    q = request.args["q"]
    with engine.begin() as conn:
        conn.execute(
            text("UPDATE page SET hits = hits + 1 WHERE title = :q OR slug = :q_2").bindparams(q=q, q_2=q)
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
