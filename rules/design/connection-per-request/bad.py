import os

import asyncpg
import psycopg2
import redis
from fastapi import Depends, FastAPI
from pymongo import MongoClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

app = FastAPI()
DSN = os.environ["DATABASE_URL"]


def get_db():
    engine = create_engine(DSN)  # finding: each time `get_db` runs
    with Session(engine) as session:
        yield session


def connect():
    return psycopg2.connect(DSN)  # finding: Take it from a pool


class Ledger:
    def __init__(self, name):
        client = MongoClient(os.environ["MONGO_URL"])  # finding: Make one client for the program
        self.entries = client["shop"][name]


@app.get("/books")
def books(db: Session = Depends(get_db)):
    return db.execute(text("SELECT title FROM book")).scalars().all()


@app.get("/stock")
def stock():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT title, count FROM stock")
        return cursor.fetchall()


@app.get("/ledger/{name}")
def ledger(name: str):
    return Ledger(name).entries.count_documents({})


@app.get("/visits")
def visits():
    return redis.Redis(host="cache").get("visits")  # finding: `redis.Redis`


@app.get("/orders")
async def orders():
    connection = await asyncpg.connect(DSN)  # finding: opens a connection to the database
    return await connection.fetch("SELECT * FROM orders")
