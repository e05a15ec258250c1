import re
import sqlite3

import psycopg2.pool
from flask import Flask, abort, jsonify, request
from psycopg2 import sql
from sqlalchemy import create_engine, text

app = Flask(__name__)
warehouse = create_engine("postgresql+psycopg2://shop@localhost/warehouse")
connections = psycopg2.pool.ThreadedConnectionPool(1, 5, "dbname=shop")

COLUMNS = ("isbn", "title", "price")
SORTABLE = {"title", "price"}
DIRECTIONS = {"up": "ASC", "down": "DESC"}


def shop():
    connection = sqlite3.connect("shop.db")
    connection.row_factory = sqlite3.Row
    return connection


@app.get("/books")
def books():
    title = request.args["title"]
    query = f"SELECT {', '.join(COLUMNS)} FROM book WHERE title = ?"
    rows = shop().execute(query, (title,))
    return jsonify([dict(row) for row in rows])


@app.get("/books/sorted")
def sorted_books():
    order = request.args.get("order", "title")
    if order not in SORTABLE:
        abort(400)
    direction = DIRECTIONS.get(request.args.get("direction", "up"), "ASC")
    rows = shop().execute(f"SELECT * FROM book ORDER BY {order} {direction}")
    return jsonify([dict(row) for row in rows])


@app.get("/books/page")
def page():
    number = int(request.args.get("page", "1"))
    size = request.args.get("size", 20, type=int)
    rows = shop().execute(f"SELECT * FROM book LIMIT {size} OFFSET {(number - 1) * size}")
    return jsonify([dict(row) for row in rows])


@app.get("/books/chosen")
def chosen_books():
    chosen = request.args.getlist("isbn")
    marks = ", ".join("?" for _ in chosen)
    rows = shop().execute(f"SELECT * FROM book WHERE isbn IN ({marks})", chosen)
    return jsonify([dict(row) for row in rows])


def author_query(column):
    return "SELECT * FROM author WHERE " + column + " LIKE %s"


@app.post("/authors/search")
def search_authors():
    name = request.form["name"]
    query = author_query("name")
    with connections.getconn() as connection, connection.cursor() as cursor:
        cursor.execute(query, (f"%{name}%",))
        return jsonify(cursor.fetchall())


@app.get("/tables/<table>")
def table_size(table):
    if not re.fullmatch(r"[a-z_]+", table):
        return "no such table", 404
    rows = shop().execute("SELECT count(*) FROM " + table).fetchone()
    return jsonify(rows[0])


@app.get("/years/<year>")
def of_year(year):
    if not year.isdigit():
        return "no such year", 404
    rows = shop().execute("SELECT * FROM book WHERE year = " + year)
    return jsonify([dict(row) for row in rows])


@app.get("/archive")
def archive():
    shelf = request.args.get("shelf")
    app.logger.info("archive asked for %r", shelf)
    shelf = "archive"
    return jsonify(shop().execute(f"SELECT count(*) FROM {shelf}").fetchone()[0])


@app.get("/export/<column>")
def export(column):
    query = sql.SQL("SELECT {} FROM book").format(sql.Identifier(column))
    with connections.getconn() as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return jsonify(cursor.fetchall())


@app.get("/stock")
def stock():
    city = request.headers.get("X-City")
    where = " WHERE city = :city" if city else ""
    statement = text("SELECT * FROM stock" + where)
    with warehouse.connect() as connection:
        rows = connection.execute(statement, {"city": city} if city else {})
        return jsonify([row._asdict() for row in rows])
