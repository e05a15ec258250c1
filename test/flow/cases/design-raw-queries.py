# SQL that is written out, in loops: as web projects without an ORM write it.


# === psycopg2 and a pool
import psycopg2
from flask import Flask, jsonify
from psycopg2.extras import RealDictCursor
from psycopg2.pool import ThreadedConnectionPool

app = Flask(__name__)
pool = ThreadedConnectionPool(1, 10, "dbname=shop")


@app.get("/orders")
def orders():
    cur = pool.getconn().cursor()
    cur.execute("SELECT id, customer_id FROM orders LIMIT 100")
    out = []
    for order_id, customer_id in cur.fetchall():
        cur.execute("SELECT name FROM customers WHERE id = %s", (customer_id,))  # finding: n-plus-one-query
        out.append({"id": order_id, "customer": cur.fetchone()[0]})
    return jsonify(out)


@app.get("/orders/joined")
def joined():
    cur = pool.getconn().cursor()
    cur.execute("SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id LIMIT 100")
    return jsonify([{"id": id, "customer": name} for id, name in cur.fetchall()])


@app.get("/orders/found")
def found():
    cur = pool.getconn().cursor()
    ids = [1, 2, 3]
    cur.execute("SELECT id, name FROM customers WHERE id = ANY(%s)", (ids,))
    return jsonify(dict(cur.fetchall()))


@app.get("/orders/tables")
def tables():
    cur = pool.getconn().cursor()
    sizes = {}
    for table in ("orders", "customers"):
        cur.execute("SELECT relpages FROM pg_class WHERE relname = %s", (table,))
        sizes[table] = cur.fetchone()[0]
    return jsonify(sizes)


# === sqlite3 and a helper of the project
# --- app/store.py
import sqlite3


def connect():
    return sqlite3.connect("shop.db")


def name_of(connection, customer_id):
    row = connection.execute("SELECT name FROM customer WHERE id = ?", (customer_id,)).fetchone()
    return row[0]


def names_of(connection, ids):
    marks = ",".join("?" * len(ids))
    return connection.execute("SELECT id, name FROM customer WHERE id IN (" + marks + ")", ids).fetchall()


# --- app/views.py
from bottle import route

from app.store import connect, name_of, names_of


@route("/orders")
def orders():
    connection = connect()
    rows = connection.execute("SELECT id, customer_id FROM orders LIMIT 100").fetchall()
    return {"orders": [{"id": id, "customer": name_of(connection, customer)} for id, customer in rows]}  # finding: n-plus-one-query


@route("/orders/named")
def named():
    connection = connect()
    rows = connection.execute("SELECT id, customer_id FROM orders LIMIT 100").fetchall()
    names = dict(names_of(connection, [customer for _, customer in rows]))
    return {"orders": [{"id": id, "customer": names[customer]} for id, customer in rows]}


@route("/orders/one")
def one():
    return {"customer": name_of(connect(), 3)}


# === asyncpg
import asyncpg
from fastapi import FastAPI, Request

app = FastAPI()


async def pool_of(request: Request) -> asyncpg.Pool:
    return request.app.state.pool


@app.get("/teams")
async def teams(request: Request):
    pool = await pool_of(request)
    teams = await pool.fetch("SELECT id, name FROM team LIMIT 50")
    result = []
    for team in teams:
        members = await pool.fetch("SELECT name FROM member WHERE team_id = $1", team["id"])  # finding: n-plus-one-query
        result.append({"name": team["name"], "members": [m["name"] for m in members]})
    return result


@app.get("/first")
async def first(request: Request, names: list[str]):
    pool = await pool_of(request)
    for name in names:
        row = await pool.fetchrow("SELECT id FROM team WHERE name = $1", name)
        if row:
            return row["id"]
    return None


@app.get("/chunks")
async def chunks(request: Request):
    pool = await pool_of(request)
    rows = []
    for chunk in [[1, 2], [3]]:
        rows += await pool.fetch("SELECT * FROM team WHERE id = ANY($1)", chunk)
    return rows


cache = {}


@app.get("/cached")
async def cached(request: Request, ids: list[int]):
    pool = await pool_of(request)
    for id in ids:
        if id not in cache:
            cache[id] = await pool.fetchrow("SELECT * FROM team WHERE id = $1", id)
    return [cache[id] for id in ids]


# === text of SQLAlchemy
from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, sessionmaker

SessionLocal = sessionmaker(create_engine("postgresql://shop"))
app = FastAPI()


def get_db():
    with SessionLocal() as session:
        yield session


@app.get("/stock")
def stock(db: Session = Depends(get_db)):
    counts = {}
    for id, title in db.execute(text("SELECT id, title FROM book LIMIT 100")):
        counts[title] = db.execute(text("SELECT count(*) FROM copy WHERE book_id = :id"), {"id": id}).scalar()  # finding: n-plus-one-query
    return counts


@app.post("/import")
def imported(rows: list[dict], db: Session = Depends(get_db)):
    for row in rows:
        known = db.execute(text("SELECT id FROM book WHERE isbn = :isbn"), {"isbn": row["isbn"]}).scalar()
        if known is None:
            db.execute(text("INSERT INTO book (isbn) VALUES (:isbn)"), {"isbn": row["isbn"]})
    db.commit()


# === what nobody waits for, and what only looks like SQL
# --- shop/management/commands/fill.py
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            for pk in range(int(options["count"])):
                cursor.execute("SELECT name FROM shop_book WHERE id = %s", [pk])


# --- shop/search.py
from flask import Flask

app = Flask(__name__)


class Index:
    def execute(self, query, values):
        return [value for value in values if query]


index = Index()


@app.get("/search")
def search():
    return {str(name): index.execute("SELECT * WHERE name = ?", (name,)) for name in open("names.txt")}
