import sqlite3

import psycopg2
from flask import Flask, jsonify, request
from sqlalchemy import create_engine, text

app = Flask(__name__)
warehouse = create_engine("postgresql+psycopg2://shop@localhost/warehouse")


def shop():
    connection = sqlite3.connect("shop.db")
    connection.row_factory = sqlite3.Row
    return connection


@app.get("/books")
def books():
    title = request.args["title"]  # source
    query = f"SELECT * FROM book WHERE title = '{title}'"
    rows = shop().execute(query)  # finding: bind it as a parameter
    return jsonify([dict(row) for row in rows])


@app.get("/books/sorted")
def sorted_books():
    order = request.args.get("order", "title")  # source
    cursor = shop().cursor()
    cursor.execute("SELECT * FROM book ORDER BY " + order)  # finding: becomes part of the SQL
    return jsonify([dict(row) for row in cursor.fetchall()])


def author_query(name):
    return "SELECT * FROM author WHERE name LIKE '%{}%'".format(name)


@app.post("/authors/search")
def search_authors():
    query = author_query(request.form["name"])  # source
    with psycopg2.connect("dbname=shop") as connection, connection.cursor() as cursor:
        cursor.execute(query)  # finding: `request.form["name"]`
        return jsonify(cursor.fetchall())


@app.delete("/books/<isbn>")
def remove_book(isbn):  # source
    with psycopg2.connect("dbname=shop") as connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM book WHERE isbn = '%s'" % isbn)  # finding: bind it as a parameter
    return "", 204


@app.get("/stock")
def stock():
    city = request.headers.get("X-City")  # source
    where = " WHERE city = '" + city + "'" if city else ""
    with warehouse.connect() as connection:
        rows = connection.execute(text("SELECT * FROM stock" + where))  # finding: becomes part of the SQL
        return jsonify([row._asdict() for row in rows])
