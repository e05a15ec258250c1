# Programs whose event loop waits for a database that is kept somewhere else: in the application, in a registry, in
# a field that another method fills.


# === sqlite in an aiohttp application
# --- app/store.py
import sqlite3


async def open_store(app):
    app["store"] = sqlite3.connect("shop.db")
    yield
    app["store"].close()


# --- app/main.py
from aiohttp import ClientSession, web
from app.store import open_store

sessions = web.AppKey("sessions", ClientSession)


async def open_session(app):
    app[sessions] = ClientSession()


async def order(request):
    cursor = request.app["store"].cursor()
    cursor.execute("SELECT * FROM orders WHERE id = ?", (request.match_info["id"],))  # finding: sync-database-in-async
    return web.json_response(cursor.fetchone())


async def price(request):
    async with request.app[sessions].get("http://prices") as answer:
        return web.json_response(await answer.json())


async def unknown(request):
    request.app["elsewhere"].execute("SELECT 1")
    return web.json_response({})


application = web.Application()
application.cleanup_ctx.append(open_store)
application.on_startup.append(open_session)
application.router.add_get("/orders/{id}", order)
application.router.add_get("/price", price)


# === an asynchronous pool in an aiohttp application
import asyncpg
from aiohttp import web


async def open_pool(app):
    app["pool"] = await asyncpg.create_pool("postgresql://shop")


async def order(request):
    async with request.app["pool"].acquire() as connection:
        return web.json_response(await connection.fetchval("SELECT 1"))


application = web.Application()
application.on_startup.append(open_pool)
application.router.add_get("/", order)


# === settings of a tornado application
# --- web/handlers.py
from tornado.web import RequestHandler
from web.models import User


class BaseHandler(RequestHandler):
    @property
    def db(self):
        return self.settings["db"]


class UserHandler(BaseHandler):
    async def get(self):
        self.write(str(self.db.query(User).count()))  # finding: sync-database-in-async


# --- web/main.py
import tornado.web
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from web.handlers import UserHandler


def make_application():
    session = sessionmaker(bind=create_engine("postgresql://users"))()
    settings = {"db": session, "debug": False}
    return tornado.web.Application([(r"/users", UserHandler)], **settings)


# --- web/models.py
from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)


# === a connection that a tornado application keeps
import psycopg2
import tornado.web


class Application(tornado.web.Application):
    def __init__(self):
        super().__init__([(r"/users", UserHandler)])
        self.db = psycopg2.connect("dbname=users")


class UserHandler(tornado.web.RequestHandler):
    def get(self):
        cursor = self.application.db.cursor()
        cursor.execute("SELECT count(*) FROM users")  # finding: sync-database-in-async
        self.write(str(cursor.fetchone()))


# === the contexts of sanic
from sanic import Sanic
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

app = Sanic("shop")
engine = create_engine("postgresql://shop")
make_session = sessionmaker(engine)


@app.before_server_start
async def set_up(app, loop):
    app.ctx.engine = engine


@app.middleware("request")
async def open_session(request):
    request.ctx.session = make_session()


@app.get("/orders")
async def orders(request):
    request.ctx.session.execute(text("SELECT 1"))  # finding: sync-database-in-async


@app.get("/count")
async def count(request):
    with request.app.ctx.engine.connect() as connection:  # finding: sync-database-in-async
        connection.execute(text("SELECT count(*) FROM orders"))


# === a connection on a quart application
import psycopg2
from quart import Quart, current_app

app = Quart("shop")
app.db = psycopg2.connect("dbname=shop")


@app.get("/")
async def index():
    cursor = current_app.db.cursor()
    cursor.execute("SELECT 1")  # finding: sync-database-in-async
    return {}


# === the state of an application, filled by a lifespan without annotations
import redis
from contextlib import asynccontextmanager
from fastapi import FastAPI, Request


@asynccontextmanager
async def lifespan(app):
    app.state.redis = redis.Redis()
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/")
async def index(request: Request):
    return request.app.state.redis.get("x")  # finding: sync-database-in-async


# === the session of fastapi-sqlalchemy
from fastapi import FastAPI
from fastapi_async_sqlalchemy import db as async_db
from fastapi_sqlalchemy import DBSessionMiddleware, db
from sqlalchemy import text

app = FastAPI()
app.add_middleware(DBSessionMiddleware, db_url="postgresql://shop")


@app.get("/users")
async def users():
    return db.session.execute(text("SELECT 1")).scalar()  # finding: sync-database-in-async


@app.get("/async")
async def async_users():
    return await async_db.session.execute(text("SELECT 1"))


# === a service that a container provides
from dependency_injector.wiring import Provide, inject
from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

app = FastAPI()


class UserService:
    def __init__(self, session: Session):
        self.session = session

    def count(self):
        return self.session.execute(text("SELECT count(*) FROM users")).scalar()


class AsyncUserService:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def count(self):
        return await self.session.scalar(text("SELECT count(*) FROM users"))


@app.get("/")
@inject
async def index(service: UserService = Depends(Provide["service"])):
    return service.count()  # finding: sync-database-in-async


@app.get("/async")
@inject
async def async_index(service: AsyncUserService = Depends(Provide["async_service"])):
    return await service.count()


# === a registry that is filled when the program starts
# --- db/registry.py
from contextlib import contextmanager
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker


class Registry:
    def __init__(self):
        self._factories: dict[str, sessionmaker] = {}

    def initialize(self, name="default"):
        self._factories[name] = sessionmaker(bind=create_engine("postgresql://agents"))

    @contextmanager
    def session(self, name="default"):
        session = self._factories[name]()
        try:
            yield session
        finally:
            session.close()


registry = Registry()


# --- agents/manager.py
from sqlalchemy import text
from db.registry import registry


class AgentManager:
    def get(self, id):
        with registry.session() as session:
            return session.execute(text("SELECT 1")).scalar_one()


class Server:
    def __init__(self):
        self.agents = AgentManager()


server = Server()


def get_server() -> Server:
    return server


# --- agents/api.py
from fastapi import APIRouter, Depends
from agents.manager import Server, get_server

router = APIRouter()


@router.get("/{id}")
async def agent(id: str, server: Server = Depends(get_server)):
    return server.agents.get(id)  # finding: sync-database-in-async


# === a connection that is made by another method
# --- db.py
import psycopg2
import asyncpg


class Database:
    def __init__(self):
        self.connection = None
        self.pool = None
        self.client = None

    def connect(self):
        self.connection = psycopg2.connect("dbname=shop")

    async def connect_pool(self):
        self.pool = await asyncpg.create_pool("postgresql://shop")

    def names(self):
        cursor = self.connection.cursor()
        cursor.execute("SELECT name FROM items")
        return cursor.fetchall()

    async def count(self):
        return await self.pool.fetchval("SELECT count(*) FROM items")


database = Database()


# --- api.py
from fastapi import FastAPI
from db import database

app = FastAPI()


@app.on_event("startup")
def start():
    database.connect()


@app.get("/names")
async def names():
    return database.names()  # finding: sync-database-in-async


@app.get("/count")
async def count():
    return await database.count()


# === a field into which methods put different things
import redis
import redis.asyncio
from fastapi import FastAPI


class Cache:
    def __init__(self):
        self.client = None

    def connect(self):
        self.client = redis.Redis()

    async def aconnect(self):
        self.client = redis.asyncio.Redis()

    def get(self, key):
        return self.client.get(key)


cache = Cache()
app = FastAPI()


@app.get("/")
async def index():
    return cache.get("x")


# === flask runs each asynchronous view on a loop of its own
import time
import requests
from flask import Flask
from quart import Quart

app = Flask(__name__)
busy = Quart(__name__)


async def slow():
    time.sleep(1)


async def shared_by_both():
    time.sleep(1)  # finding: blocking-call-in-async


@app.get("/ping")
async def ping():
    requests.get("https://example.com/ping", timeout=3)
    await slow()
    await shared_by_both()
    return {}


@busy.get("/ping")
async def busy_ping():
    requests.get("https://example.com/ping", timeout=3)  # finding: blocking-call-in-async
    await shared_by_both()
    return {}


# === documents of firebase
from fastapi import APIRouter
from firebase_admin import firestore

db = firestore.client()
router = APIRouter()


@router.get("/profiles/{uid}")
async def profile(uid: str):
    return db.collection("profiles").document(uid).get().to_dict()  # finding: sync-database-in-async


# === a program that runs its own start on a loop
import time
from tornado.ioloop import IOLoop
from traitlets.config import Application


class Hub(Application):
    async def set_up(self):
        time.sleep(1)

    async def launch(self):
        await self.set_up()

    async def serve_somebody(self):
        time.sleep(1)  # finding: blocking-call-in-async

    @classmethod
    def launch_instance(cls, argv=None):
        self = cls.instance()
        IOLoop().run_sync(self.launch, argv)


main = Hub.launch_instance
