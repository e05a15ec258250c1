# Clients and connections as web projects make them, and calls to other hosts: once or each time, with a limit or without.


# === redis client made by a helper per request
# --- app/cache.py
import redis
from app.config import settings


def get_client():
    return redis.Redis(host=settings.REDIS_HOST)  # finding: connection-per-request


# --- app/api.py
from flask import Flask, jsonify
from app.cache import get_client
app = Flask(__name__)


@app.get("/n")
def n():
    return jsonify(n=get_client().incr("n"))


# === psycopg2 connect helper with flask g
# --- app/db.py
import psycopg2
from flask import current_app, g


def get_db():
    if "db" not in g:
        g.db = psycopg2.connect(current_app.config["DSN"])  # finding: connection-per-request
    return g.db


# --- app/views.py
from flask import Blueprint, jsonify
from app.db import get_db
bp = Blueprint("v", __name__)


@bp.get("/users")
def users():
    cur = get_db().cursor()
    cur.execute("SELECT 1")
    return jsonify(cur.fetchall())


# === engine in a dependency
# --- app/deps.py
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from app.config import settings


def get_db():
    engine = create_engine(settings.URL)  # finding: connection-per-request
    session = sessionmaker(bind=engine)()
    try:
        yield session
    finally:
        session.close()


# --- app/api.py
from fastapi import APIRouter, Depends
from app.deps import get_db
router = APIRouter()


@router.get("/x")
def x(db=Depends(get_db)):
    return db.execute("select 1").scalar()


# === asyncpg connect and mongo in handlers
import asyncpg
from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import MongoClient
from app.config import settings
app = FastAPI()


@app.get("/a")
async def a():
    conn = await asyncpg.connect(settings.DSN)  # finding: connection-per-request
    try:
        return await conn.fetchval("SELECT 1")
    finally:
        await conn.close()


@app.get("/b")
def b():
    client = MongoClient(settings.MONGO)  # finding: connection-per-request
    return client.shop.items.count_documents({})


# === cached factories
# --- app/clients.py
from functools import cache, lru_cache
import redis
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from pymongo import MongoClient
from app.config import settings
_engine = None
_engines = {}
_pool = None


@lru_cache(maxsize=1)
def get_redis():
    return redis.Redis.from_url(settings.REDIS)


@cache
def get_mongo():
    return MongoClient(settings.MONGO)


def get_engine():
    global _engine
    if _engine is None:
        _engine = create_engine(settings.DB)
    return _engine


def get_tenant_engine(tenant):
    engine = _engines.get(tenant)
    if engine is None:
        engine = create_engine(settings.DB + tenant)
        _engines[tenant] = engine
    return engine


class Service:
    def __init__(self):
        self.client = redis.Redis(host=settings.HOST)

    def ping(self):
        return self.client.ping()


service = Service()

# --- app/api.py
from fastapi import FastAPI, Depends
from app.clients import get_engine, get_mongo, get_redis, get_tenant_engine, service
app = FastAPI()


@app.get("/a")
def a(r=Depends(get_redis), m=Depends(get_mongo), e=Depends(get_engine)):
    with e.connect() as c:
        return c.exec_driver_sql("SELECT 1").scalar(), r.ping(), m.x.y.count_documents({})


@app.get("/b/{tenant}")
def b(tenant: str):
    with get_tenant_engine(tenant).connect() as c:
        return c.exec_driver_sql("SELECT 1").scalar()


@app.get("/c")
def c():
    return service.ping()


# === service instance made per request holds a client
# --- app/clients.py
import psycopg2
import redis
from app.config import settings


class Repo:
    def __init__(self):
        self.conn = psycopg2.connect(settings.DSN)  # finding: connection-per-request

    def count(self):
        cur = self.conn.cursor()
        cur.execute("SELECT 1")
        return cur.fetchone()


# --- app/api.py
from flask import Flask, jsonify
from app.clients import Repo
app = Flask(__name__)


@app.get("/n")
def n():
    return jsonify(Repo().count())


# === startup, worker, cli, tests
# --- app/main.py
import asyncpg
import redis
import click
from contextlib import asynccontextmanager
from fastapi import FastAPI
from celery import Celery
from celery.signals import worker_process_init
celery = Celery("x")
conn = None


@asynccontextmanager
async def lifespan(app):
    app.state.pool = await asyncpg.create_pool("postgresql://x")
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan)


@worker_process_init.connect
def setup(**kwargs):
    global conn
    conn = redis.Redis(host="redis")


@click.command()
def migrate():
    r = redis.Redis(host="redis")
    r.flushdb()


def create_app():
    app = FastAPI()
    app.state.redis = redis.Redis(host="redis")
    return app


# --- tests/test_x.py
import redis
from flask import Flask
app = Flask(__name__)


@app.get("/x")
def x():
    return redis.Redis(host="x").get("a")


# === timeouts wrapper class
# --- app/http.py
import requests


class ApiClient:
    def __init__(self, base):
        self.base = base
        self.session = requests.Session()

    def get(self, path):
        return self.session.get(f"{self.base}/{path}")  # finding: missing-timeout

    def post(self, path, body):
        return self.session.post(f"{self.base}/{path}", json=body, timeout=10)

    def _request(self, method, path, **kwargs):
        kwargs.setdefault("timeout", 10)
        return self.session.request(method, f"{self.base}/{path}", **kwargs)


client = ApiClient("https://api.example.com")

# --- app/views.py
import requests
import smtplib
import urllib.request
import httpx
from flask import Flask, jsonify
from app.http import client
app = Flask(__name__)


@app.get("/a")
def a():
    return jsonify(client.get("x").json())


@app.get("/b")
def b():
    r = requests.get("https://api.example.com", headers={"a": "b"})  # finding: missing-timeout
    return jsonify(r.json())


@app.get("/c")
def c():
    return jsonify(httpx.get("https://api.example.com").json())


@app.get("/d")
def d():
    return jsonify(httpx.get("https://api.example.com", timeout=None).json())  # finding: missing-timeout


@app.get("/e")
def e():
    with urllib.request.urlopen("https://api.example.com") as f:  # finding: missing-timeout
        return f.read()


@app.get("/f")
def f():
    with smtplib.SMTP("mail.example.com", 25) as s:  # finding: missing-timeout
        s.noop()
    return ""


TIMEOUT = 5


@app.get("/g")
def g():
    return requests.get("https://api.example.com", timeout=TIMEOUT).text


# === adapter and partial and subclass
# --- app/http.py
from functools import partial
import requests
from requests.adapters import HTTPAdapter


class TimeoutAdapter(HTTPAdapter):
    def send(self, request, **kwargs):
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = 5
        return super().send(request, **kwargs)


def make():
    s = requests.Session()  # finding: connection-per-request
    s.mount("https://", TimeoutAdapter())
    return s


class TimeoutSession(requests.Session):
    def request(self, *args, **kwargs):
        kwargs.setdefault("timeout", 5)
        return super().request(*args, **kwargs)


get = partial(requests.get, timeout=5)

# --- app/views.py
from flask import Flask
from app.http import TimeoutSession, get, make
app = Flask(__name__)


@app.get("/a")
def a():
    return make().get("https://x.example").text + get("https://y.example").text


@app.get("/b")
def b():
    with TimeoutSession() as s:
        return s.get("https://x.example").text


# === helper called from a view, two hops
# --- app/geo.py
import requests


def fetch(url):
    response = requests.get(url)  # finding: missing-timeout
    response.raise_for_status()
    return response.json()


def locate(ip):
    return fetch("https://geo.example/" + ip)["city"]


# --- app/views.py
from django.http import JsonResponse
from app.geo import locate


def where(request):
    return JsonResponse({"city": locate("1.2.3.4")})


# --- scripts/download.py
import requests


def main():
    open("x", "wb").write(requests.get("https://x.example/big.bin").content)


if __name__ == "__main__":
    main()


# === kwargs dictionary
import requests
from django.http import JsonResponse
OPTIONS = {"timeout": 3, "verify": True}


def a(request):
    return JsonResponse(requests.get("https://a.example", **OPTIONS).json())


def b(request, timeout=4):
    return JsonResponse(requests.get("https://a.example", timeout=timeout).json())


def c(request):
    return JsonResponse(requests.post("https://a.example", data={}, timeout=None).json())  # finding: missing-timeout


# === aiohttp
import aiohttp
from aiohttp import ClientTimeout
from fastapi import FastAPI
app = FastAPI()


@app.get("/a")
async def a():
    async with aiohttp.ClientSession() as s:
        async with s.get("https://a.example") as r:
            return await r.json()


@app.get("/b")
async def b():
    async with aiohttp.ClientSession(timeout=ClientTimeout(total=None)) as s:  # finding: missing-timeout
        async with s.get("https://a.example") as r:
            return await r.json()


# === d4 class-based resource, boto, django connection
# --- shop/views.py
import redis
from django.conf import settings
from django.db import connection
from django.views import View
from django.http import JsonResponse


class Stats(View):
    def get(self, request):
        r = redis.StrictRedis(host=settings.REDIS_HOST, port=6379)  # finding: connection-per-request
        return JsonResponse({"n": int(r.get("n") or 0)})


class Pooled(View):
    pool = redis.ConnectionPool(host="redis")

    def get(self, request):
        r = redis.Redis(connection_pool=self.pool)
        with connection.cursor() as c:
            c.execute("SELECT 1")
        return JsonResponse({"n": int(r.get("n") or 0)})


# === a connection of a module that a helper of a request asks
# --- shop/db.py
import psycopg2

connection = psycopg2.connect("dbname=shop")  # finding: connection-per-request
other = psycopg2.connect("dbname=shop")
mine = psycopg2.connect("dbname=shop")


# --- shop/queries.py
from shop.db import connection as conn
from shop.db import mine


def names():
    cursor = conn.cursor()
    cursor.execute("SELECT name FROM item LIMIT 10")
    return cursor.fetchall()


def of(mine):
    return mine.cursor()


# --- shop/nightly.py
from shop.db import other


def main():
    other.cursor().execute("VACUUM")


if __name__ == "__main__":
    main()


# --- shop/web.py
from flask import Flask
from shop.queries import names, of

app = Flask(__name__)


@app.get("/names")
def list_names():
    return {"names": names()}


# === pools of one connection
from flask import Flask
from sqlalchemy import create_engine

app = Flask(__name__)
one = create_engine("postgresql://shop", pool_size=1, max_overflow=0)  # finding: connection-per-request
few = create_engine("postgresql://shop", pool_size=1)
file = create_engine("sqlite:///shop.db", pool_size=1, max_overflow=0)
size = int("5")
some = create_engine("postgresql://shop", pool_size=size, max_overflow=0)


@app.get("/")
def index():
    return {}


# === connections that Django closes each time
# --- shop/settings.py
SECRET = "x"
INSTALLED_APPS = ["shop"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "CONN_MAX_AGE": 0,  # finding: connection-per-request
    },
    "reports": {"ENGINE": "django.db.backends.postgresql", "NAME": "r", "CONN_MAX_AGE": 60},
    "pooled": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": True},
    },
    "file": {"ENGINE": "django.db.backends.sqlite3", "CONN_MAX_AGE": 0},
}
ROOT_URLCONF = "shop.urls"


# === connections that a pooler keeps
# --- shop/settings.py
INSTALLED_APPS = ["shop"]
ROOT_URLCONF = "shop.urls"
# Behind PgBouncer.
DATABASES = {
    "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "CONN_MAX_AGE": 0},
}
