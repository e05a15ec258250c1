import os
import sqlite3
from contextlib import asynccontextmanager
from functools import lru_cache

import asyncpg
import click
import psycopg2
import redis
from fastapi import Depends, FastAPI, Request
from pymongo import MongoClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

DSN = os.environ["DATABASE_URL"]
engine = create_engine(DSN)
SessionLocal = sessionmaker(engine)
pool = redis.ConnectionPool(host="cache")
tenants = {}
_mongo = None


@asynccontextmanager
async def lifespan(app):
    app.state.pool = await asyncpg.create_pool(DSN)
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan)


def get_db():
    with SessionLocal() as session:
        yield session


@lru_cache
def reporting_engine():
    return create_engine(os.environ["REPORTING_URL"])


def mongo():
    global _mongo
    if _mongo is None:
        _mongo = make_mongo()
    return _mongo


def make_mongo():
    return MongoClient(os.environ["MONGO_URL"])


def tenant_engine(name):
    if name not in tenants:
        tenants[name] = create_engine(f"{DSN}_{name}")
    return tenants[name]


class Search:
    def __init__(self):
        self.connection = psycopg2.connect(DSN)


search = Search()


@app.get("/books")
def books(db: Session = Depends(get_db)):
    return db.execute(text("SELECT title FROM book")).scalars().all()


@app.get("/report")
def report():
    with reporting_engine().connect() as connection:
        return connection.execute(text("SELECT 1")).scalar()


@app.get("/ledger")
def ledger():
    return mongo()["shop"]["ledger"].count_documents({})


@app.get("/tenants/{name}")
def tenant(name: str):
    with tenant_engine(name).connect() as connection:
        return connection.execute(text("SELECT 1")).scalar()


@app.get("/visits")
def visits():
    return redis.Redis(connection_pool=pool).get("visits")


@app.get("/orders")
async def orders(request: Request):
    return await request.app.state.pool.fetch("SELECT * FROM orders")


@app.get("/archive")
def archive():
    with sqlite3.connect("archive.db") as connection:
        return connection.execute("SELECT title FROM book").fetchall()


@app.get("/once")
def once():
    with create_engine(DSN, poolclass=NullPool).connect() as connection:
        return connection.execute(text("SELECT 1")).scalar()


@click.command()
def migrate():
    create_engine(DSN).connect().execute(text("SELECT 1"))
