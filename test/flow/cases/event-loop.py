# Programs as people write them, whose event loop waits for a database: services, repositories, factories, proxies.


# === a repository that a dependency makes
# --- app/database.py
from sqlalchemy import create_engine
from sqlalchemy.orm import declarative_base, scoped_session, sessionmaker

from app.config import settings

engine = create_engine(settings.DATABASE_URI, pool_pre_ping=True)
SessionLocal = sessionmaker(autocommit=False, autoflush=False, bind=engine)
ScopedSession = scoped_session(SessionLocal)
Base = declarative_base()


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


# --- app/models.py
from sqlalchemy import Column, Integer, String

from app.database import Base


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String, unique=True)


# --- app/repositories/base.py
from typing import Any, Generic, Optional, Type, TypeVar

from sqlalchemy.orm import Session

from app.database import Base

ModelType = TypeVar("ModelType", bound=Base)


class BaseRepository(Generic[ModelType]):
    def __init__(self, model: Type[ModelType], db: Session):
        self.model = model
        self.db = db

    def get(self, id: Any) -> Optional[ModelType]:
        return self.db.query(self.model).filter(self.model.id == id).first()

    def create(self, values: dict) -> ModelType:
        row = self.model(**values)
        self.db.add(row)
        self.db.commit()
        self.db.refresh(row)
        return row

    def statement(self):
        return self.db.query(self.model).order_by(self.model.id)


# --- app/repositories/users.py
from sqlalchemy.orm import Session

from app.models import User
from app.repositories.base import BaseRepository


class UserRepository(BaseRepository[User]):
    def __init__(self, db: Session):
        super().__init__(User, db)

    def by_email(self, email: str):
        return self.db.query(User).filter(User.email == email).one_or_none()


# --- app/services/users.py
from app.repositories.users import UserRepository


class UserService:
    def __init__(self, repository: UserRepository):
        self.repository = repository

    def find(self, email):
        return self.repository.by_email(email)

    async def register(self, email):
        if self.repository.by_email(email):  # finding: sync-database-in-async
            raise ValueError("known")
        return self.repository.create({"email": email})


# --- app/api/deps.py
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from app.database import get_db
from app.repositories.users import UserRepository
from app.services.users import UserService


def get_user_repository(db: Session = Depends(get_db)) -> UserRepository:
    return UserRepository(db)


def get_user_service(repository: Annotated[UserRepository, Depends(get_user_repository)]):
    return UserService(repository)


async def get_current_user(token: str, db: Session = Depends(get_db)):
    user = db.query(User).filter(User.email == token).first()  # finding
    return user


# --- app/api/users.py
from fastapi import APIRouter, Depends

from app.api.deps import get_current_user, get_user_repository, get_user_service
from app.database import ScopedSession, SessionLocal
from app.models import User
from app.services.users import UserService

router = APIRouter(prefix="/users")


@router.get("/{id}")
async def read_user(id: int, repository=Depends(get_user_repository)):
    user = repository.get(id)  # finding
    return user


@router.get("/mail/{email}")
async def find_user(email: str, service: UserService = Depends(get_user_service)):
    return service.find(email)  # finding


@router.post("/")
async def add_user(email: str, service: UserService = Depends(get_user_service)):
    return await service.register(email)


@router.get("/me")
async def me(user=Depends(get_current_user)):
    return user


@router.get("/plain/{id}")
def read_plainly(id: int, repository=Depends(get_user_repository)):
    return repository.get(id)


@router.get("/names")
async def statement(repository=Depends(get_user_repository)):
    return str(repository.statement())


@router.delete("/{id}")
async def remove(id: int):
    ScopedSession.query(User).filter_by(id=id).delete()  # finding
    ScopedSession.commit()


@router.put("/{id}")
async def rename(id: int, email: str):
    session = SessionLocal()
    try:
        user = session.query(User).get(id)  # finding
        user.email = email
        session.commit()
    finally:
        session.close()


@router.post("/batch")
async def batch(emails: list[str]):
    with SessionLocal.begin() as session:
        session.add_all([User(email=email) for email in emails])
        session.flush()  # finding


# === a session behind a context manager of the project
# --- app/db.py
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("postgresql://shop")
Maker = sessionmaker(bind=engine)


@contextmanager
def session_scope():
    session = Maker()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


class Database:
    def __init__(self, url):
        self.engine = create_engine(url)
        self.factory = sessionmaker(bind=self.engine)

    def get_session(self):
        return self.factory()

    @contextmanager
    def session(self):
        session = self.factory()
        try:
            yield session
        finally:
            session.close()


database = Database("postgresql://shop")


# --- app/api.py
from fastapi import FastAPI

from app.db import database, session_scope
from app.models import Book

app = FastAPI()


@app.get("/books")
async def books():
    with session_scope() as session:  # finding
        return [book.title for book in session.query(Book)]


@app.get("/shelves")
async def shelves():
    with database.session() as session:
        return session.query(Book).all()  # finding


@app.get("/authors")
async def authors():
    session = database.get_session()
    return session.execute("SELECT 1").fetchall()  # finding


# === an extension's session outside of its framework
# --- app/extensions.py
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()

# --- app/models.py
from app.extensions import db


class Job(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    state = db.Column(db.String(20))


# --- app/events.py
from app.extensions import db
from app.models import Job


async def finish(id):
    job = Job.query.get(id)  # finding
    job.state = "done"
    db.session.commit()


async def save(job):
    db.session.add(job)
    db.session.commit()  # finding


async def waiting():
    return db.session.execute(db.select(Job)).scalars().all()  # finding


# === models of SQLModel
# --- app/models.py
from sqlmodel import Field, SQLModel


class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str


# --- app/main.py
from fastapi import Depends, FastAPI, HTTPException
from sqlmodel import Session, SQLModel, create_engine, select

from app.models import Hero

engine = create_engine("sqlite:///heroes.db", connect_args={"check_same_thread": False})
app = FastAPI()


def get_session():
    with Session(engine) as session:
        yield session


@app.on_event("startup")
async def on_startup():
    SQLModel.metadata.create_all(engine)


@app.post("/heroes/")
async def create_hero(*, session: Session = Depends(get_session), hero: Hero):
    session.add(hero)
    session.commit()  # finding
    session.refresh(hero)
    return hero


@app.get("/heroes/")
async def read_heroes(*, session: Session = Depends(get_session), offset: int = 0):
    heroes = session.exec(select(Hero).offset(offset)).all()  # finding
    return heroes


@app.get("/heroes/{hero_id}")
def read_hero(*, session: Session = Depends(get_session), hero_id: int):
    hero = session.get(Hero, hero_id)
    if not hero:
        raise HTTPException(status_code=404)
    return hero


# === views and consumers of Django
# --- shop/models.py
from django.db import models


class BookQuerySet(models.QuerySet):
    def cheap(self):
        return self.filter(price__lt=10)


class Book(models.Model):
    title = models.CharField(max_length=100)
    price = models.IntegerField()
    objects = BookQuerySet.as_manager()


class Order(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)


# --- shop/views.py
from asgiref.sync import sync_to_async
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View

from shop.models import Book, Order


async def book(request, pk):
    found = get_object_or_404(Book, pk=pk)  # finding
    return JsonResponse({"title": found.title})


async def orders(request):
    return JsonResponse({"orders": [order.pk for order in Order.objects.all()]})  # finding


async def listed(request):
    return JsonResponse({"orders": list(Order.objects.values("pk"))})  # finding


async def later(request):
    return JsonResponse({"orders": [order.pk async for order in Order.objects.all()]})


async def counted(request):
    count = await sync_to_async(Order.objects.count)()
    return JsonResponse({"count": count, "other": await Order.objects.acount()})


@sync_to_async
def titles():
    return list(Book.objects.values_list("title", flat=True))


async def titled(request):
    return JsonResponse({"titles": await titles()})


class BookView(View):
    async def get(self, request, pk):
        found = Order.objects.filter(book_id=pk).first()  # finding
        return JsonResponse({"order": found.pk})

    async def post(self, request, pk):
        await Order.objects.acreate(book_id=pk)
        return JsonResponse({})


# --- shop/consumers.py
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer, WebsocketConsumer

from shop.models import Order


class OrderConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.orders = await self.load()
        await self.accept()

    async def receive(self, text_data=None, bytes_data=None):
        Order.objects.create(book_id=int(text_data))  # finding

    @database_sync_to_async
    def load(self):
        return list(Order.objects.all())


class PlainConsumer(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        Order.objects.create(book_id=int(text_data))


# === services with class methods over peewee
# --- api/db/models.py
from peewee import CharField, Model, MySQLDatabase

database = MySQLDatabase("shop")


class BaseModel(Model):
    class Meta:
        database = database


class File(BaseModel):
    name = CharField()


# --- api/db/services.py
from api.db.models import File


class CommonService:
    model = None

    @classmethod
    def get_by_id(cls, pid):
        return cls.model.get_or_none(cls.model.id == pid)


class FileService(CommonService):
    model = File

    @classmethod
    def get_by_ids(cls, ids):
        files = cls.model.select().where(cls.model.id.in_(ids))
        return list(files)

    @classmethod
    def query(cls, **conditions):
        return [file for file in cls.model.select().where(cls.model.name == conditions["name"])]


# --- api/apps.py
import asyncio

from quart import Blueprint, jsonify, request

from api.db.services import FileService
from api.threads import thread_pool_exec

manager = Blueprint("files", __name__)


@manager.route("/files", methods=["POST"])
async def files():
    body = await request.get_json()
    return jsonify(FileService.get_by_ids(body["ids"]))  # finding


@manager.route("/file/<id>")
async def file(id):
    return jsonify(FileService.get_by_id(id))  # finding


@manager.route("/named/<name>")
async def named(name):
    return jsonify(await thread_pool_exec(FileService.query, name=name))


# === a cursor of the driver itself
# --- bot/storage.py
import os

import psycopg2
from psycopg2.extras import RealDictCursor


def get_connection():
    return psycopg2.connect(os.environ["DATABASE_URL"], cursor_factory=RealDictCursor)  # finding


class Storage:
    def __init__(self):
        self.connection = get_connection()

    def warnings(self, user):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT * FROM warning WHERE user_id = %s", (user,))
            return cursor.fetchall()


# --- bot/cog.py
import sqlite3

from discord.ext import commands

from bot.storage import Storage, get_connection

storage = Storage()


class Warnings(commands.Cog):
    def __init__(self, bot):
        self.bot = bot
        self.db = sqlite3.connect("bot.db")
        self.cursor = self.db.cursor()

    @commands.command()
    async def warns(self, ctx, user):
        rows = storage.warnings(user)  # finding
        await ctx.send(str(len(rows)))

    @commands.command()
    async def warn(self, ctx, user):
        self.cursor.execute("INSERT INTO warning VALUES (?)", (user,))  # finding
        self.db.commit()

    @commands.Cog.listener()
    async def on_message(self, message):
        connection = get_connection()  # finding
        connection.close()

    async def cog_load(self):
        self.cursor.execute("CREATE TABLE IF NOT EXISTS warning (user_id)")


async def setup(bot):
    sqlite3.connect("bot.db").execute("VACUUM")
    await bot.add_cog(Warnings(bot))


# === documents and keys
# --- app/stores.py
import os

import redis
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import MongoClient
from redis import Redis, StrictRedis, from_url

client = MongoClient(os.environ["MONGO_URL"])
db = client["shop"]
books = db.books
shelves = client.shop["shelves"]
cache = StrictRedis(host="localhost", decode_responses=True)
other = from_url("redis://localhost")
third = Redis.from_url("redis://localhost")
motor = AsyncIOMotorClient()["shop"]


def get_redis():
    return Redis(connection_pool=redis.ConnectionPool(host="localhost"))


# --- app/api.py
from fastapi import Depends, FastAPI

from app.stores import books, cache, db, get_redis, motor, other, shelves, third

app = FastAPI()


@app.get("/a")
async def a():
    return books.find_one({"id": 1})  # finding


@app.get("/b")
async def b():
    return list(db["orders"].find({}).limit(10))  # finding


@app.get("/c")
async def c():
    shelves.insert_one({"id": 1})  # finding


@app.get("/d")
async def d():
    return [order["id"] for order in db.orders.find()]  # finding


@app.get("/e")
async def e():
    return cache.get("x")  # finding


@app.get("/f")
async def f():
    return other.get("x")  # finding


@app.get("/g")
async def g():
    return third.hgetall("x")  # finding


@app.get("/h")
async def h(redis=Depends(get_redis)):
    with redis.pipeline() as pipe:
        pipe.get("x")
        return pipe.execute()  # finding


@app.get("/i")
async def i():
    return await motor.books.find_one({"id": 1})


@app.get("/j")
async def j():
    cursor = motor.books.find({})
    return [book async for book in cursor]


# === handlers of aiohttp, tornado, starlette
# --- app/aio.py
import sqlite3

from aiohttp import web

routes = web.RouteTableDef()


async def connect(app):
    app["db"] = sqlite3.connect("shop.db")


@routes.get("/books")
async def books(request):
    db = sqlite3.connect("shop.db")  # finding
    return web.json_response(db.execute("SELECT 1").fetchall())


@web.middleware
async def log(request, handler):
    with sqlite3.connect("log.db") as db:  # finding
        db.execute("INSERT INTO log VALUES (?)", (request.path,))
    return await handler(request)


app = web.Application(middlewares=[log])
app.on_startup.append(connect)
app.add_routes(routes)

# --- app/star.py
import sqlite3

from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.websockets import WebSocket


class Counting(BaseHTTPMiddleware):
    def __init__(self, app):
        super().__init__(app)
        self.db = sqlite3.connect("count.db")

    async def dispatch(self, request, call_next):
        self.db.execute("UPDATE count SET n = n + 1")  # finding
        return await call_next(request)


async def ws(websocket: WebSocket):
    await websocket.accept()
    sqlite3.connect("count.db")  # finding


def plain(request):
    return JSONResponse(sqlite3.connect("count.db").execute("SELECT n FROM count").fetchall())


app = Starlette(routes=[Route("/", plain)])


# === coroutines that nobody else waits for
import asyncio
import sqlite3

import typer
from asgiref.sync import async_to_sync
from celery import shared_task

cli = typer.Typer()


async def load():
    return sqlite3.connect("shop.db").execute("SELECT 1").fetchall()


async def import_books():
    db = sqlite3.connect("shop.db")
    for row in await load():
        db.execute("INSERT INTO book VALUES (?)", row)


@shared_task
def nightly():
    asyncio.run(import_books())


@cli.command()
def run():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(import_books())


@cli.command()
async def show():
    sqlite3.connect("shop.db")


def view(request):
    return async_to_sync(load)()


async def served():
    sqlite3.connect("shop.db")  # finding


# === threads of every kind
import asyncio
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

executor = ThreadPoolExecutor()


def load(name="x"):
    return sqlite3.connect("shop.db").execute("SELECT ?", (name,)).fetchall()


def in_thread(function, *args):
    return asyncio.get_running_loop().run_in_executor(None, function, *args)


def offload(function):
    async def wrapper(*args):
        return await asyncio.to_thread(function, *args)

    return wrapper


@offload
def stored():
    return load()


async def books():
    future = executor.submit(load, "y")
    thread = threading.Thread(target=load, daemon=True)
    thread.start()
    await in_thread(load, "z")
    await asyncio.get_event_loop().run_in_executor(executor, partial(load, "w"))
    await asyncio.to_thread(partial(load, "v"))
    await stored()
    return await asyncio.wrap_future(future)


def blocking(function, *args):
    return function(*args)


async def shelves():
    return blocking(load, "x")  # finding


# === streams that a thread goes through
import sqlite3

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


def rows():
    for row in sqlite3.connect("shop.db").execute("SELECT 1"):
        yield str(row)


@app.get("/export")
async def export():
    return StreamingResponse(rows(), media_type="text/csv")


@app.get("/joined")
async def joined():
    return "".join(rows())  # finding


# === a program whose threads are green
# --- app/wsgi.py
from gevent import monkey

monkey.patch_all()

# --- app/api.py
import sqlite3


async def books():
    return sqlite3.connect("shop.db")


async def shelves():
    return sqlite3.connect("shop.db").execute("SELECT 1")
# === unit of work and abstract classes
# --- src/core/uow.py
from __future__ import annotations

import abc
from types import TracebackType
from typing import Callable, Optional

from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy import create_engine

from src.core.repo import ProductRepo

DEFAULT = sessionmaker(bind=create_engine("postgresql://x"))


class AbstractUnitOfWork(abc.ABC):
    products: ProductRepo

    def __enter__(self) -> AbstractUnitOfWork:
        return self

    def __exit__(self, *args):
        self.rollback()

    def commit(self):
        self._commit()

    @abc.abstractmethod
    def _commit(self):
        raise NotImplementedError

    @abc.abstractmethod
    def rollback(self):
        raise NotImplementedError


class SqlUnitOfWork(AbstractUnitOfWork):
    def __init__(self, factory: Callable[[], Session] = DEFAULT):
        self.factory = factory

    def __enter__(self):
        self.session = self.factory()
        self.products = ProductRepo(self.session)
        return super().__enter__()

    def __exit__(self, *args):
        super().__exit__(*args)
        self.session.close()

    def _commit(self):
        self.session.commit()

    def rollback(self):
        self.session.rollback()


# --- src/core/repo.py
class ProductRepo:
    def __init__(self, session):
        self.session = session

    def get(self, sku):
        return self.session.query(dict).filter_by(sku=sku).first()


# --- src/api.py
from fastapi import FastAPI

from src.core.uow import SqlUnitOfWork

app = FastAPI()


@app.get("/p/{sku}")
async def product(sku: str):
    with SqlUnitOfWork() as uow:
        p = uow.products.get(sku)  # finding
        uow.commit()
    return p


@app.get("/q/{sku}")
async def q(sku: str):
    uow = SqlUnitOfWork()
    with uow:
        uow.commit()  # finding


# === crud objects
# --- app/crud/base.py
from typing import Any, Dict, Generic, List, Optional, Type, TypeVar, Union
from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel
from sqlalchemy.orm import Session
from app.db.base_class import Base

ModelType = TypeVar("ModelType", bound=Base)
CreateSchemaType = TypeVar("CreateSchemaType", bound=BaseModel)
UpdateSchemaType = TypeVar("UpdateSchemaType", bound=BaseModel)


class CRUDBase(Generic[ModelType, CreateSchemaType, UpdateSchemaType]):
    def __init__(self, model: Type[ModelType]):
        self.model = model

    def get(self, db: Session, id: Any) -> Optional[ModelType]:
        return db.query(self.model).filter(self.model.id == id).first()

    def get_multi(self, db: Session, *, skip: int = 0, limit: int = 100) -> List[ModelType]:
        return db.query(self.model).offset(skip).limit(limit).all()

    def create(self, db: Session, *, obj_in: CreateSchemaType) -> ModelType:
        obj_in_data = jsonable_encoder(obj_in)
        db_obj = self.model(**obj_in_data)
        db.add(db_obj)
        db.commit()
        db.refresh(db_obj)
        return db_obj


# --- app/crud/crud_item.py
from sqlalchemy.orm import Session
from app.crud.base import CRUDBase
from app.models.item import Item
from app.schemas.item import ItemCreate, ItemUpdate


class CRUDItem(CRUDBase[Item, ItemCreate, ItemUpdate]):
    def create_with_owner(self, db: Session, *, obj_in: ItemCreate, owner_id: int) -> Item:
        db_obj = self.model(**obj_in.dict(), owner_id=owner_id)
        db.add(db_obj)
        db.commit()
        return db_obj


item = CRUDItem(Item)

# --- app/crud/__init__.py
from .crud_item import item

# --- app/api/deps.py
from typing import Generator

from app.db.session import SessionLocal


def get_db() -> Generator:
    try:
        db = SessionLocal()
        yield db
    finally:
        db.close()


# --- app/db/session.py
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from app.core.config import settings

engine = create_engine(settings.SQLALCHEMY_DATABASE_URI, pool_pre_ping=True)
SessionLocal = sessionmaker(autocommit=False, autoflush=False, bind=engine)

# --- app/api/items.py
from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session
from app import crud, schemas
from app.api import deps

router = APIRouter()


@router.get("/")
async def read_items(db: Session = Depends(deps.get_db), skip: int = 0):
    items = crud.item.get_multi(db, skip=skip)  # finding
    return items


@router.post("/")
async def create_item(*, db: Session = Depends(deps.get_db), item_in: schemas.ItemCreate):
    return crud.item.create_with_owner(db=db, obj_in=item_in, owner_id=1)  # finding


@router.get("/{id}")
async def read_item(*, db=Depends(deps.get_db), id: int):
    item = crud.item.get(db=db, id=id)  # finding
    return item


# === app state, request state, contextvars
# --- app/main.py
from contextvars import ContextVar
from fastapi import FastAPI, Request, WebSocket, BackgroundTasks, Depends
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, sessionmaker, scoped_session

engine: Engine = create_engine("postgresql://x")
app = FastAPI()
app.state.engine = engine
SessionFactory = sessionmaker(engine)
db_session: ContextVar[Session] = ContextVar("db_session")


def get_engine() -> Engine:
    return engine


def get_db(request: Request) -> Session:
    return request.state.db


@app.middleware("http")
async def db_session_middleware(request: Request, call_next):
    try:
        request.state.db = SessionFactory()
        response = await call_next(request)
    finally:
        request.state.db.close()
    return response


@app.get("/a")
async def a():
    with engine.connect() as connection:  # finding
        return connection.execute(text("select 1")).scalar()


@app.get("/b")
async def b(e: Engine = Depends(get_engine)):
    with e.begin() as c:  # finding
        c.execute(text("select 1"))


@app.get("/c")
async def c(db: Session = Depends(get_db)):
    return db.query(dict).all()  # finding


@app.websocket("/ws")
async def ws(websocket: WebSocket, db: Session = Depends(get_db)):
    await websocket.accept()
    while True:
        data = await websocket.receive_text()
        db.execute(text("insert"))  # finding
        db.commit()


async def notify(db: Session, user_id: int):
    db.query(dict).get(user_id)  # finding


@app.post("/d")
async def d(tasks: BackgroundTasks, db: Session = Depends(get_db)):
    tasks.add_task(notify, db, 1)
    return {}


def plain_notify(db: Session):
    db.commit()


@app.post("/e")
async def e(tasks: BackgroundTasks, db: Session = Depends(get_db)):
    tasks.add_task(plain_notify, db)
    return {}


# === class based views with dependency attributes
# --- app/views.py
from fastapi import APIRouter, Depends
from fastapi_utils.cbv import cbv
from sqlalchemy.orm import Session
from app.db import get_db

router = APIRouter()


@cbv(router)
class Items:
    db: Session = Depends(get_db)

    @router.get("/items")
    async def items(self):
        return self.db.query(dict).all()  # finding

    @router.get("/items2")
    def items2(self):
        return self.db.query(dict).all()


class Pager:
    def __init__(self, db: Session = Depends(get_db)):
        self.db = db

    def page(self):
        return self.db.query(dict).limit(10).all()


@router.get("/paged")
async def paged(pager: Pager = Depends()):
    return pager.page()  # finding


@router.get("/paged2")
async def paged2(pager: Pager = Depends(Pager)):
    return pager.page()  # finding

# --- app/db.py
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
S = sessionmaker(bind=create_engine("x"))


def get_db():
    with S() as s:
        yield s


# === authentication helpers
# --- app/auth.py
from fastapi import Depends, HTTPException, Security
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy.orm import Session
from app.db import get_db
from app import models

oauth2_scheme = OAuth2PasswordBearer(tokenUrl="token")


def get_user(db: Session, username: str):
    return db.query(models.User).filter(models.User.username == username).first()


def authenticate_user(db: Session, username: str, password: str):
    user = get_user(db, username)
    if not user:
        return False
    return user


async def get_current_user(token: str = Depends(oauth2_scheme), db: Session = Depends(get_db)):
    user = get_user(db, token)  # finding
    if user is None:
        raise HTTPException(401)
    return user


async def get_active(user=Depends(get_current_user)):
    if user.disabled:
        raise HTTPException(400)
    return user

# --- app/db.py
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
S = sessionmaker(bind=create_engine("x"))


def get_db():
    with S() as s:
        yield s

# --- app/token.py
from fastapi import APIRouter, Depends, HTTPException
from fastapi.security import OAuth2PasswordRequestForm
from app.auth import authenticate_user
from app.db import get_db

router = APIRouter()


@router.post("/token")
async def login(form: OAuth2PasswordRequestForm = Depends(), db=Depends(get_db)):
    user = authenticate_user(db, form.username, form.password)  # finding
    if not user:
        raise HTTPException(401)
    return {}


# === imports of type checking, quoted types
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


async def h(db: Session):
    db.commit()  # finding


async def g(db: "Session"):
    db.commit()  # finding


# === graphql and telegram
import strawberry
from strawberry.types import Info
from sqlalchemy.orm import Session
from aiogram import Router, types
from telegram import Update
from telegram.ext import ContextTypes
import sqlite3

conn = sqlite3.connect("bot.db", check_same_thread=False)
cursor = conn.cursor()
router = Router()


@router.message()
async def start(message: types.Message):
    cursor.execute("INSERT INTO u VALUES (?)", (message.from_user.id,))  # finding
    conn.commit()


async def cmd(update: Update, context: ContextTypes.DEFAULT_TYPE):
    def inner():
        return cursor.execute("select 1").fetchone()

    row = inner()  # finding
    await update.message.reply_text(str(row))


@strawberry.type
class Query:
    @strawberry.field
    async def books(self, info: Info) -> list[str]:
        db: Session = info.context["db"]
        return db.query(str).all()  # finding


# === lambda, property and generator effects
import sqlite3


class Shop:
    def __init__(self):
        self._db = None

    @property
    def db(self):
        if self._db is None:
            self._db = sqlite3.connect("x")
        return self._db

    @property
    def books(self):
        return self.db.execute("select 1").fetchall()

    def rows(self):
        yield from self.db.execute("select 1")

    def each(self, function):
        return [function(row) for row in (1, 2)]


shop = Shop()


async def a():
    return shop.books  # finding


async def b():
    for row in shop.rows():  # finding
        print(row)


async def c():
    return shop.each(lambda row: shop.books)  # finding


async def d():
    return shop.rows()


async def e():
    return shop.each(str)


# === names only
import asyncio
from dataclasses import dataclass


@dataclass
class Session:
    token: str

    def execute(self, q):
        return q

    def commit(self):
        return None


class requests:
    @staticmethod
    def get(url):
        return url


async def h(session: Session, db, cache, client):
    session.execute("select")
    session.commit()
    db.execute("select")
    db.commit()
    cache.get("k")
    client.get("u")
    requests.get("x")
    return db.query(h).all()


# === async session under another name
from sqlalchemy.ext.asyncio import AsyncSession as Session, async_sessionmaker, create_async_engine
from sqlalchemy import select
from fastapi import Depends, FastAPI

app = FastAPI()
engine = create_async_engine("postgresql+asyncpg://x")
SessionLocal = async_sessionmaker(engine, expire_on_commit=False)


async def get_db():
    async with SessionLocal() as s:
        yield s


@app.get("/a")
async def a(db: Session = Depends(get_db)):
    rows = await db.execute(select(1))
    await db.commit()
    for row in rows.scalars():
        print(row)
    return [r for r in rows]


# === old sessionmaker with class_
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine, AsyncEngine
from sqlalchemy.orm import sessionmaker
from sqlmodel import SQLModel, create_engine
from sqlmodel.ext.asyncio.session import AsyncSession as SMAsync

engine = create_async_engine("postgresql+asyncpg://x")
async_session = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
factory = sessionmaker(bind=engine, class_=SMAsync)


async def a():
    async with async_session() as s:
        await s.execute("x")
        await s.commit()


async def b():
    s = async_session()
    try:
        await s.execute("x")
    finally:
        await s.close()


async def c():
    async with factory() as s:
        return (await s.exec("x")).all()


async def d():
    async with async_session.begin() as s:
        await s.execute("x")


# === redis under the old import
import aioredis
from redis import asyncio as aioredis2
from redis.asyncio import Redis, ConnectionPool
import redis.asyncio as redis


r = redis.from_url("redis://x")
s = Redis.from_url("redis://x")
t = aioredis2.from_url("x")


async def a():
    await r.get("x")
    await s.set("a", 1)
    await t.get("x")
    async with r.pipeline() as pipe:
        await pipe.set("a", 1).execute()
    p = r.pubsub()
    await p.subscribe("x")


# === executors
import asyncio
import functools
import requests
import concurrent.futures


class Svc:
    def __init__(self):
        self.pool = concurrent.futures.ThreadPoolExecutor(2)
        self.loop = asyncio.get_event_loop()

    def _fetch(self, url):
        return requests.get(url, timeout=3).json()

    async def fetch(self, url):
        return await self.loop.run_in_executor(self.pool, self._fetch, url)

    async def fetch2(self, url):
        return await asyncio.get_running_loop().run_in_executor(None, functools.partial(self._fetch, url))

    async def fetch3(self, url):
        with concurrent.futures.ThreadPoolExecutor() as pool:
            return await asyncio.wrap_future(pool.submit(self._fetch, url))

    async def fetch4(self, urls):
        tasks = [asyncio.to_thread(self._fetch, u) for u in urls]
        return await asyncio.gather(*tasks)


# === django sync_to_async forms
from asgiref.sync import sync_to_async
from django.db import models, transaction


class Book(models.Model):
    pass


async def a(request):
    get = sync_to_async(Book.objects.get, thread_sensitive=True)
    await get(pk=1)
    await sync_to_async(lambda: Book.objects.filter(pk=1).first())()
    return await sync_to_async(list)(Book.objects.all())


@sync_to_async
@transaction.atomic
def save(book):
    book.save()
    Book.objects.create()


async def b(request):
    await save(Book())
    qs = Book.objects.filter(pk=1).order_by("pk")
    async for x in qs:
        print(x)
    return await qs.aexists()


# === future result of done tasks
import asyncio


async def a(f):
    task = asyncio.create_task(f())
    done, pending = await asyncio.wait([task])
    for t in done:
        print(t.result())
    print(task.result())
    fut = asyncio.get_running_loop().create_future()
    await fut
    return fut.result()


async def q():
    queue = asyncio.Queue()
    await queue.put(1)
    event = asyncio.Event()
    await event.wait()
    return await queue.get()


async def nowait():
    queue = asyncio.Queue()
    lock = asyncio.Lock()
    async with lock:
        return queue.get_nowait()


# === tortoise, beanie, databases
from tortoise.models import Model
from tortoise import fields
import databases

database = databases.Database("x")


class U(Model):
    id = fields.IntField(pk=True)


async def a():
    await U.get(id=1)
    await U.all()
    u = U(id=2)
    await u.save()
    await database.fetch_all("x")
    return await U.filter(id=1).first()


# === pytest-style and demo files
# --- tests/test_x.py
import time
import requests


async def test_x():
    time.sleep(1)
    requests.get("x")

# --- examples/demo.py
import time


async def demo():
    time.sleep(1)

# --- app/cli/main.py
import time
import sqlite3


async def run():
    time.sleep(1)
    sqlite3.connect("x")

# --- scripts/seed.py
import sqlite3


async def seed():
    sqlite3.connect("x")


# === lifespan helpers
import sqlite3
import time
from contextlib import asynccontextmanager
from fastapi import FastAPI


async def init_db():
    sqlite3.connect("x")


async def wait_for_db():
    time.sleep(1)


@asynccontextmanager
async def lifespan(_: FastAPI):
    await init_db()
    await wait_for_db()
    yield
    sqlite3.connect("x")


app = FastAPI(lifespan=lifespan)


# === sync session built lazily, no io
from sqlalchemy.orm import Session


async def a(db: Session):
    db.add(object())
    db.expunge_all()
    q = db.query(int).filter(True).options().limit(3)
    return str(q)


# === run_sync
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy import MetaData

engine = create_async_engine("x")
meta = MetaData()


def sync_work(conn):
    conn.execute("x")
    meta.create_all(conn)


async def a():
    async with engine.begin() as conn:
        await conn.run_sync(meta.create_all)
        await conn.run_sync(sync_work)
        await conn.run_sync(lambda c: c.execute("x"))
        await conn.execute("x")


# === starlette sync endpoints, quart
from quart import Quart, request
import sqlite3

app = Quart(__name__)


@app.route("/x")
def x():
    return str(sqlite3.connect("x").execute("select 1").fetchall())


@app.before_serving
async def start():
    sqlite3.connect("x")


# === prefect or arq workers, celery
from celery import Celery
import asyncio
import sqlite3
import requests

celery = Celery("x")


async def _work():
    requests.get("http://x", timeout=3)
    sqlite3.connect("x")


@celery.task
def work():
    asyncio.run(_work())


@celery.task(bind=True)
def work2(self):
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    coro = _work()
    return loop.run_until_complete(coro)


# === a store that the start-up leaves on the application
# --- app/store.py
import sqlite3
import threading


class Store:
    def __init__(self, path):
        self.connection = sqlite3.connect(path, check_same_thread=False)
        self.lock = threading.Lock()
        self.titles = {}

    def user(self, id):
        with self.lock:
            return self.connection.execute("SELECT * FROM user WHERE id = ?", (id,)).fetchone()

    def title(self, id):
        return self.titles.get(id)


# --- app/main.py
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request

from app.store import Store


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.store = Store("users.db")
    yield


app = FastAPI(lifespan=lifespan)


# --- app/aaa_routes.py
from app.main import app
from fastapi import Request


@app.get("/users/{id}")
async def user(request: Request, id: int):
    return request.app.state.store.user(id)  # finding: sync-database-in-async


@app.get("/titles/{id}")
async def title(request: Request, id: int):
    return request.app.state.store.title(id)


@app.get("/plain/{id}")
def plain(request: Request, id: int):
    return request.app.state.store.user(id)


# === a session that a middleware leaves on the request
# --- app/main.py
from fastapi import FastAPI, Request
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from app.models import Item

SessionLocal = sessionmaker(bind=create_engine("postgresql://shop"))
app = FastAPI()


@app.middleware("http")
async def add_session(request: Request, call_next):
    request.state.db = SessionLocal()
    request.state.started = 0
    try:
        return await call_next(request)
    finally:
        request.state.db.close()


@app.get("/items")
async def items(request: Request):
    return request.state.db.query(Item).all()  # finding: sync-database-in-async


@app.get("/items/plain")
def plain_items(request: Request):
    return request.state.db.query(Item).all()


@app.get("/started")
async def started(request: Request):
    return request.state.started.get("all")


# === a generator that is made a context manager by a call
# --- app/db.py
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker(bind=create_engine("postgresql://shop"))


def get_session():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


get_db = contextmanager(get_session)

# --- app/users.py
from app.db import get_db
from app.models import User


class UsersTable:
    def get_user_by_id(self, id):
        with get_db() as db:
            return db.query(User).filter_by(id=id).first()

    def label(self, user):
        return f"{user.name} ({user.id})"


Users = UsersTable()

# --- app/api.py
from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from app.users import Users

router = APIRouter()


@router.get("/{id}")
async def user(id: str):
    return Users.get_user_by_id(id)  # finding: sync-database-in-async


@router.get("/pool/{id}")
async def user_in_pool(id: str):
    return Users.label(await run_in_threadpool(Users.get_user_by_id, id))
