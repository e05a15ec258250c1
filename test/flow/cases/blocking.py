# A database that makes the event loop wait, found through every way its client is known.

import asyncio
import sqlite3

from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

app = FastAPI()
engine = create_engine("postgresql://shop")
SessionLocal = sessionmaker(engine)


# === a call in the function itself
async def books():
    db = sqlite3.connect("shop.db")  # finding: sync-database-in-async
    return db.execute("SELECT 1").fetchall()


def shelves():
    db = sqlite3.connect("shop.db")
    return db.execute("SELECT 1").fetchall()


# === a session by its annotation
@app.get("/books")
async def books(session: Session):
    return session.execute(select(1)).all()  # finding


@app.get("/shelves")
async def shelves(session: AsyncSession):
    return (await session.execute(select(1))).all()


@app.get("/authors")
def authors(session: Session):
    return session.execute(select(1)).all()


# === an annotation of several parts
from typing import Optional


async def books(session: Optional[Session]):
    session.commit()  # finding


async def shelves(session: "Session"):
    session.commit()  # finding


async def authors(session: Session | None = None):
    session.commit()  # finding


async def pages(session: "AsyncSession | None"):
    await session.commit()


# === a session from a dependency
def get_session():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


async def get_async_session():
    async with AsyncSession(engine) as session:
        yield session


@app.get("/books")
async def books(session=Depends(get_session)):
    return session.query(1).all()  # finding


@app.get("/shelves")
async def shelves(session=Depends(get_async_session)):
    return await session.execute(select(1))


@app.get("/authors")
def authors(session=Depends(get_session)):
    return session.query(1).all()


# === a dependency that has a name of its own
# --- shop/deps.py
from typing import Annotated

from fastapi import Depends
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine("postgresql://shop")


def get_session():
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]

# --- shop/api.py
from fastapi import APIRouter
from sqlalchemy import select

from shop.deps import SessionDep

router = APIRouter()


@router.get("/books")
async def books(session: SessionDep):
    return session.execute(select(1)).all()  # finding


@router.get("/shelves")
def shelves(session: SessionDep):
    return session.execute(select(1)).all()


# === the query is in another file
# --- shop/crud.py
from sqlalchemy import select
from sqlalchemy.orm import Session


def all_books(session: Session):
    return session.execute(select(1)).all()


def statement():
    return select(1)


# --- shop/api.py
from fastapi import APIRouter
from sqlalchemy.orm import Session

from . import crud

router = APIRouter()


@router.get("/books")
async def books(session: Session):
    return crud.all_books(session)  # finding


@router.get("/shelves")
async def shelves(session: Session):
    return crud.statement()


# === two helpers away
def connection():
    return sqlite3.connect("shop.db")


def load(name):
    return connection().execute("SELECT ?", (name,))


async def book(name):
    return load(name)  # finding


async def shelf(name):
    return load


# === a client of the module
import redis
import redis.asyncio

cache = redis.Redis()
later = redis.asyncio.Redis()


async def book():
    return cache.get("book")  # finding


async def shelf():
    return await later.get("shelf")


# === a client in a field
class Store:
    def __init__(self):
        self.db = sqlite3.connect("shop.db")

    async def find(self):
        return self.db.execute("SELECT 1")  # finding

    async def name(self):
        return self.path


# === a client that was handed over
class Store:
    def __init__(self, session: Session):
        self.session = session

    async def find(self):
        self.session.commit()  # finding


class Later:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def find(self):
        await self.session.commit()


# === a client in an attribute of the class
class Store:
    db = sqlite3.connect("shop.db")
    session: Session

    async def find(self):
        return self.db.execute("SELECT 1")  # finding

    async def save(self):
        self.session.commit()  # finding

    def count(self):
        return self.db.execute("SELECT 1")


# === with gives the client
async def books():
    with SessionLocal() as session:
        session.commit()  # finding


async def shelves():
    with Session(engine) as session, session.begin():
        session.flush()  # finding


async def pages():
    async with AsyncSession(engine) as session:
        await session.commit()


# === run in a thread
import anyio
from asgiref.sync import sync_to_async
from fastapi.concurrency import run_in_threadpool


def load(name="x"):
    return sqlite3.connect("shop.db").execute("SELECT ?", (name,))


async def books():
    await asyncio.to_thread(load, "x")
    await anyio.to_thread.run_sync(load)
    await run_in_threadpool(load, name="x")
    await asyncio.get_running_loop().run_in_executor(None, load)
    await sync_to_async(load)("x")
    await asyncio.to_thread(lambda: load("x"))
    await asyncio.to_thread(sqlite3.connect, "shop.db")


async def shelves():
    await asyncio.to_thread(load("x"))  # finding


# === a function made to run in a thread
from asgiref.sync import sync_to_async


@sync_to_async
def load():
    return sqlite3.connect("shop.db")


saved = sync_to_async(lambda: sqlite3.connect("shop.db"))


async def books():
    await load()
    await saved()


# === an inner function, referenced and called
import threading


async def books():
    def work():
        sqlite3.connect("shop.db")

    threading.Thread(target=work).start()


async def shelves():
    def work():
        sqlite3.connect("shop.db")

    work()  # finding


# === an offloader of the project
# --- shop/threads.py
import asyncio
from functools import partial


async def run(function, *args, **kwargs):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, partial(function, *args, **kwargs))


# --- shop/api.py
import sqlite3

from shop.threads import run


def load(name):
    return sqlite3.connect("shop.db").execute("SELECT ?", (name,))


async def books():
    return await run(load, "x")


async def shelves():
    return load("x")  # finding


# === coroutines that call coroutines are told once
async def load():
    return sqlite3.connect("shop.db")  # finding


async def books():
    return await load()


# === a query that is only made
from shop.models import Book


async def books(session: Session):
    session.add(Book())
    statement = select(Book).where(Book.title == "x").order_by(Book.title)
    query = session.query(Book).filter(Book.title == "x")
    return statement, query


async def shelves(session: Session):
    return session.query(Book).filter(Book.title == "x").first()  # finding


# === models of Django
from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=100)


async def book(title):
    return Book.objects.get(title=title)  # finding


async def save(title):
    Book(title=title).save()  # finding


async def later(title):
    return await Book.objects.aget(title=title)


async def lazy(title):
    return Book.objects.filter(title=title)


async def each():
    async for book in Book.objects.all():
        print(book)


# === a method of the same name on something else
class Index:
    def execute(self, text):
        return text.upper()

    def commit(self):
        pass


async def books(index: Index, anything):
    index.execute("SELECT 1")
    index.commit()
    anything.execute("SELECT 1")
    anything.commit()


async def shelves():
    sqlite3.connect("shop.db")  # finding


# === a subclass of a library's session
class ShopSession(Session):
    def books(self):
        return self.execute(select(1)).all()


async def books(session: ShopSession):
    return session.books()  # finding


async def shelves(session: ShopSession):
    return session.rollback()  # finding


# === a lazily made client
_client = None


def client():
    global _client
    if _client is None:
        _client = sqlite3.connect("shop.db")
    return _client


async def books():
    return client().execute("SELECT 1")  # finding


# === the start of the program
from contextlib import asynccontextmanager


@asynccontextmanager
async def lifespan(app):
    sqlite3.connect("shop.db")
    yield


@app.on_event("startup")
async def start():
    sqlite3.connect("shop.db")


async def books():
    sqlite3.connect("shop.db")  # finding


# === a class method of a service
class Service:
    engine = engine

    @classmethod
    def find(cls, name):
        with Session(cls.engine) as session:
            return session.execute(select(1)).all()

    @staticmethod
    def title(name):
        return name.title()


async def books():
    return Service.find("x")  # finding


async def shelves():
    return Service.title("x")


# === in a comprehension and in a lambda
async def books(session: Session):
    return [session.get(dict, id) for id in (1, 2)]  # finding


async def shelves(session: Session):
    return lambda: session.commit()


async def pages(session: Session):
    run = lambda: session.commit()
    run()  # finding


# === where nobody waits
async def main():
    sqlite3.connect("shop.db")


if __name__ == "__main__":
    asyncio.run(main())


async def books():
    sqlite3.connect("shop.db")  # finding
