# More programs whose event loop waits: units of work, generic repositories, providers, services.


# === get_db written as an async generator with a sync session
# --- app/db.py
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
engine = create_engine("postgresql://x")
SessionLocal = sessionmaker(bind=engine)


async def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


# --- app/api.py
from fastapi import APIRouter, Depends
from app.db import get_db
from app.models import User
router = APIRouter()


@router.get("/a")
async def a(db=Depends(get_db)):
    return db.query(User).count()  # finding: sync-database-in-async


@router.get("/b")
def b(db=Depends(get_db)):
    return db.query(User).count()


# === unit of work with __enter__ and __aenter__
# --- app/uow.py
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from app.repositories import OrderRepository


class UnitOfWork:
    def __init__(self, factory=sessionmaker(bind=create_engine("postgresql://x"))):
        self.factory = factory

    def __enter__(self):
        self.session: Session = self.factory()
        self.orders = OrderRepository(self.session)
        return self

    def __exit__(self, *args):
        self.session.close()

    def commit(self):
        self.session.commit()


# --- app/repositories.py
from abc import ABC, abstractmethod
from sqlalchemy.orm import Session
from app.models import Order


class AbstractRepository(ABC):
    @abstractmethod
    def get(self, id): ...


class OrderRepository(AbstractRepository):
    def __init__(self, session: Session):
        self.session = session

    def get(self, id):
        return self.session.query(Order).filter_by(id=id).one()


# --- app/api.py
from fastapi import APIRouter
from app.uow import UnitOfWork
router = APIRouter()


@router.get("/o/{id}")
async def order(id: int):
    with UnitOfWork() as uow:
        return uow.orders.get(id)  # finding: sync-database-in-async


@router.get("/p/{id}")
def order2(id: int):
    with UnitOfWork() as uow:
        return uow.orders.get(id)


# === generic crud object instances
# --- app/crud/base.py
from typing import Any, Generic, TypeVar
from fastapi.encoders import jsonable_encoder
from sqlalchemy.orm import Session
ModelType = TypeVar("ModelType")


class CRUDBase(Generic[ModelType]):
    def __init__(self, model: type[ModelType]):
        self.model = model

    def get(self, db: Session, id: Any):
        return db.query(self.model).filter(self.model.id == id).first()

    def get_multi(self, db: Session, *, skip: int = 0, limit: int = 100):
        return db.query(self.model).offset(skip).limit(limit).all()

    def remove(self, db: Session, *, id: int):
        obj = db.query(self.model).get(id)
        db.delete(obj)
        db.commit()
        return obj


# --- app/crud/item.py
from app.crud.base import CRUDBase
from app.models import Item


class CRUDItem(CRUDBase[Item]):
    def describe(self, obj):
        return f"{obj.id}"


item = CRUDItem(Item)

# --- app/crud/__init__.py
from .item import item

# --- app/api/items.py
from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy.orm import Session
from app import crud
from app.api import deps
router = APIRouter()


@router.get("/")
async def read_items(db: Session = Depends(deps.get_db), skip: int = 0):
    items = crud.item.get_multi(db, skip=skip)  # finding: sync-database-in-async
    return items


@router.delete("/{id}")
async def delete(*, db: Session = Depends(deps.get_db), id: int):
    item = crud.item.remove(db=db, id=id)  # finding: sync-database-in-async
    return crud.item.describe(item)


@router.get("/{id}")
def read(*, db: Session = Depends(deps.get_db), id: int):
    return crud.item.get(db=db, id=id)


# === service singletons with factory functions, dataclass
# --- app/services/mailer.py
import smtplib
from dataclasses import dataclass


@dataclass
class Mailer:
    host: str
    port: int = 25

    def send(self, to: str, body: str):
        with smtplib.SMTP(self.host, self.port, timeout=5) as smtp:
            smtp.sendmail("a@b.example", to, body)

    async def send_async(self, to, body):
        import asyncio
        await asyncio.to_thread(self.send, to, body)


mailer = Mailer(host="mail.internal")


def get_mailer() -> Mailer:
    return mailer


# --- app/api.py
from fastapi import APIRouter, BackgroundTasks, Depends
from app.services.mailer import Mailer, get_mailer
router = APIRouter()


@router.post("/a")
async def a(mailer: Mailer = Depends(get_mailer)):
    mailer.send("x@y.example", "hi")  # finding: blocking-call-in-async


@router.post("/b")
async def b(tasks: BackgroundTasks, mailer: Mailer = Depends(get_mailer)):
    tasks.add_task(mailer.send, "x@y.example", "hi")


@router.post("/c")
async def c(mailer: Mailer = Depends(get_mailer)):
    await mailer.send_async("x@y.example", "hi")


# === llm providers with a base class
# --- app/providers/base.py
from abc import ABC, abstractmethod


class Provider(ABC):
    @abstractmethod
    def complete(self, prompt: str) -> str: ...

    async def acomplete(self, prompt: str) -> str:
        return self.complete(prompt)


# --- app/providers/anthropic_provider.py
import anthropic
from app.providers.base import Provider


class AnthropicProvider(Provider):
    def __init__(self, key):
        self.client = anthropic.Anthropic(api_key=key)
        self.async_client = anthropic.AsyncAnthropic(api_key=key)

    def complete(self, prompt):
        message = self.client.messages.create(model="claude", max_tokens=10, messages=[{"role": "user", "content": prompt}])
        return message.content

    async def stream(self, prompt):
        with self.client.messages.stream(model="claude", max_tokens=10, messages=[]) as stream:  # finding: blocking-call-in-async
            for text in stream.text_stream:
                yield text

    async def complete_async(self, prompt):
        return await self.async_client.messages.create(model="claude", max_tokens=10, messages=[])


# --- app/api.py
from fastapi import APIRouter
from app.providers.anthropic_provider import AnthropicProvider
from app.config import settings
router = APIRouter()
provider = AnthropicProvider(settings.KEY)


@router.post("/a")
async def a(prompt: str):
    return provider.complete(prompt)  # finding: blocking-call-in-async


# === decorators that offload
# --- app/offload.py
import asyncio
import functools


def run_in_thread(func):
    @functools.wraps(func)
    async def wrapper(*args, **kwargs):
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, functools.partial(func, *args, **kwargs))
    return wrapper


# --- app/files.py
import boto3
from app.offload import run_in_thread
s3 = boto3.resource("s3")


@run_in_thread
def upload(key, body):
    s3.Bucket("b").put_object(Key=key, Body=body)


def upload_now(key, body):
    s3.Bucket("b").put_object(Key=key, Body=body)


# --- app/api.py
from fastapi import APIRouter
from app.files import upload, upload_now
router = APIRouter()


@router.post("/a")
async def a(key: str, body: str):
    await upload(key, body)


@router.post("/b")
async def b(key: str, body: str):
    upload_now(key, body)  # finding: blocking-call-in-async


# === aiohttp, starlette endpoints and quart with sync clients
import requests
from aiohttp import web
from quart import Quart
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.responses import JSONResponse
from starlette.routing import Route


async def hello(request):
    data = requests.get("https://a.example", timeout=3).json()  # finding: blocking-call-in-async
    return web.json_response(data)


app = web.Application()
app.router.add_get("/", hello)


class Home(HTTPEndpoint):
    async def get(self, request):
        return JSONResponse(requests.get("https://a.example", timeout=3).json())  # finding: blocking-call-in-async


def plain(request):
    return JSONResponse(requests.get("https://a.example", timeout=3).json())


star = Starlette(routes=[Route("/", Home), Route("/p", plain)])
q = Quart(__name__)


@q.get("/q")
async def quart_view():
    return requests.get("https://a.example", timeout=3).text  # finding: blocking-call-in-async


# === elasticsearch, psycopg, sqlite contextmanager in async
# --- app/search.py
from contextlib import closing, contextmanager
import sqlite3
import psycopg
from elasticsearch import AsyncElasticsearch, Elasticsearch
es = Elasticsearch("http://es:9200")
aes = AsyncElasticsearch("http://es:9200")


@contextmanager
def cursor():
    with closing(sqlite3.connect("x.db")) as connection:
        yield connection.cursor()


# --- app/api.py
from fastapi import APIRouter
import psycopg
from app.search import aes, cursor, es
router = APIRouter()


@router.get("/a")
async def a(q: str):
    return es.search(index="x", query={"match": {"a": q}})  # finding: sync-database-in-async


@router.get("/b")
async def b(q: str):
    return await aes.search(index="x", query={"match": {"a": q}})


@router.get("/c")
async def c(q: int):
    with cursor() as cur:  # finding: sync-database-in-async
        cur.execute("SELECT 1")
        return cur.fetchone()


@router.get("/d")
async def d():
    async with await psycopg.AsyncConnection.connect("dbname=x") as conn:  # finding: connection-per-request
        cur = await conn.execute("SELECT 1")
        return await cur.fetchone()


# === langchain-like library unknown, queue get with await, event wait
import asyncio
from fastapi import FastAPI
from somelib import Client
app = FastAPI()
client = Client()
queue: asyncio.Queue = asyncio.Queue()
event = asyncio.Event()
lock = asyncio.Lock()


@app.get("/a")
async def a():
    client.execute("x")
    item = await queue.get()
    await event.wait()
    async with lock:
        await asyncio.sleep(1)
    return item, client.session.query("x").all()


# === dependency injected settings client via lru_cache, and self-typed class dependency
# --- app/deps.py
from functools import lru_cache
import redis
from fastapi import Depends
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker


@lru_cache
def get_redis():
    return redis.Redis(host="r")


@lru_cache(maxsize=1)
def session_factory():
    return sessionmaker(bind=create_engine("postgresql://x"))


def get_session():
    with session_factory()() as session:
        yield session


class Auth:
    def __init__(self, session: Session = Depends(get_session)):
        self.session = session

    def user(self, id):
        return self.session.get(dict, id)


class Pagination:
    def __init__(self, limit: int = 10):
        self.limit = limit

    def get(self):
        return self.limit


# --- app/api.py
from fastapi import APIRouter, Depends
from app.deps import Auth, Pagination, get_redis
router = APIRouter()


@router.get("/a")
async def a(r=Depends(get_redis)):
    return r.get("x")  # finding: sync-database-in-async


@router.get("/b")
async def b(auth: Auth = Depends()):
    return auth.user(1)  # finding: sync-database-in-async


@router.get("/c")
async def c(page: Pagination = Depends()):
    return page.get()


@router.get("/d")
async def d(auth: Auth = Depends(Auth)):
    return auth.user(1)  # finding: sync-database-in-async
