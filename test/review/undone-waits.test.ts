// Changes that undo what teams did about a blocked event loop or a missing time limit, in the shapes in which they
// did it.

import { testUndone, type Undone } from "./undone.ts";

const store = `from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker


class Store:
    def __init__(self):
        self._sessions = sessionmaker(create_engine("postgresql://shop"))

    @contextmanager
    def begin(self):
        session = self._sessions()
        try:
            yield session
            session.commit()
        finally:
            session.close()

    def add_export(self, export):
        with self.begin() as session:
            session.add(export)
`;

const undone: readonly Undone[] = [
  {
    title: "a store's method, called at once instead of in a thread",
    around: { "shop/store.py": store },
    path: "shop/api.py",
    mended: `import asyncio

from fastapi import APIRouter

from shop.store import Store

router = APIRouter()
store = Store()


@router.post("/exports")
async def add_export(name: str):
    await asyncio.to_thread(store.add_export, name)
    return {"ok": True}
`,
    broken: `from fastapi import APIRouter

from shop.store import Store

router = APIRouter()
store = Store()


@router.post("/exports")
async def add_export(name: str):
    store.add_export(name)
    return {"ok": True}
`,
    told: "sync-database-in-async shop/api.py:11",
  },
  {
    title: "an endpoint that asks another host with requests instead of aiohttp",
    path: "server.py",
    mended: `import aiohttp
from fastapi import FastAPI

app = FastAPI()


@app.get("/info")
async def info(rank: int):
    limit = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(timeout=limit) as session:
        async with session.get("http://engine/info", params={"rank": rank}) as answer:
            return await answer.json()
`,
    broken: `import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/info")
async def info(rank: int):
    answer = requests.get("http://engine/info", params={"rank": rank}, timeout=5)
    return answer.json()
`,
    told: "blocking-call-in-async server.py:9",
  },
  {
    title: "a helper two files away that asks a host, in a chat program",
    around: {
      "agent/metadata.py": `import requests

_known = {}


def _ask(url):
    answer = requests.get(url + "/models", timeout=10)
    return answer.json()


def context_length(model, url):
    if model not in _known:
        _known[model] = _ask(url)["length"]
    return _known[model]
`,
      "agent/sizes.py": `from agent.metadata import context_length


def room_for(model, url, text):
    return context_length(model, url) - len(text)
`,
    },
    path: "gateway/run.py",
    mended: `import asyncio

from agent.sizes import room_for


class Gateway:
    def __init__(self, model, url):
        self.model = model
        self.url = url

    async def on_message(self, message):
        room = await asyncio.to_thread(room_for, self.model, self.url, message.content)
        if room < 0:
            await message.reply("Too long.")
`,
    broken: `from agent.sizes import room_for


class Gateway:
    def __init__(self, model, url):
        self.model = model
        self.url = url

    async def on_message(self, message):
        room = room_for(self.model, self.url, message.content)
        if room < 0:
            await message.reply("Too long.")
`,
    told: "blocking-call-in-async gateway/run.py:10",
  },
  {
    title: "a program that is run and waited for",
    around: {
      "execute.py": `import subprocess


def run_executable(name, arguments):
    done = subprocess.run([name, *arguments], capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode()
`,
    },
    path: "routes.py",
    mended: `import asyncio

from fastapi import APIRouter

from execute import run_executable

router = APIRouter()


@router.post("/run")
async def run(name: str, arguments: list[str]):
    code, out = await asyncio.to_thread(run_executable, name, arguments)
    return {"code": code, "out": out}
`,
    broken: `from fastapi import APIRouter

from execute import run_executable

router = APIRouter()


@router.post("/run")
async def run(name: str, arguments: list[str]):
    code, out = run_executable(name, arguments)
    return {"code": code, "out": out}
`,
    told: "blocking-call-in-async routes.py:10",
  },
  {
    title: "a session that is not async any more, in the file that makes it",
    around: {
      "app/routes.py": `from fastapi import APIRouter, Depends
from sqlmodel import select

from app.db import Session, get_session
from app.models import Token

router = APIRouter()


@router.get("/callback")
async def callback(state: str, session: Session = Depends(get_session)):
    found = session.exec(select(Token).where(Token.state == state)).first()
    return {"found": found is not None}
`,
      "app/models.py": `from sqlmodel import Field, SQLModel


class Token(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    state: str = Field(index=True)
`,
    },
    path: "app/db.py",
    mended: `from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession as Session

engine = create_async_engine("postgresql+asyncpg://shop")


async def get_session():
    async with Session(engine) as session:
        yield session
`,
    broken: `from sqlmodel import Session, create_engine

engine = create_engine("postgresql://shop")


def get_session():
    with Session(engine) as session:
        yield session
`,
    told: "sync-database-in-async app/routes.py:12",
  },
  {
    title: "a model's client that is not the async one",
    around: {
      "judge.py": `def ask(client, question, tries=3):
    for _ in range(tries):
        try:
            return client.messages.create(model="m", max_tokens=9, messages=[question])
        except TimeoutError:
            continue
    return None
`,
    },
    path: "tools.py",
    mended: `import asyncio

import anthropic

from judge import ask

client = anthropic.Anthropic()


async def judge(question):
    return await asyncio.to_thread(ask, client, question)
`,
    broken: `import anthropic

from judge import ask

client = anthropic.Anthropic()


async def judge(question):
    return ask(client, question)
`,
    told: "blocking-call-in-async tools.py:9",
  },
  {
    title: "a route that became async",
    around: { "shop/store.py": store },
    path: "shop/api.py",
    mended: `from fastapi import APIRouter

from shop.store import Store

router = APIRouter()
store = Store()


@router.post("/exports")
def add_export(name: str):
    store.add_export(name)
`,
    broken: `from fastapi import APIRouter

from shop.store import Store

router = APIRouter()
store = Store()


@router.post("/exports")
async def add_export(name: str):
    store.add_export(name)
`,
    told: "sync-database-in-async shop/api.py:11",
  },
  {
    title: "a task of the server that sleeps in the loop's own thread",
    around: {
      "main.py": `import asyncio
from contextlib import asynccontextmanager

from fastapi import FastAPI

from cleaner import keep_clean


@asynccontextmanager
async def lifespan(app):
    task = asyncio.create_task(keep_clean())
    yield
    task.cancel()


app = FastAPI(lifespan=lifespan)
`,
    },
    path: "cleaner.py",
    mended: `import asyncio


async def keep_clean():
    while True:
        await asyncio.sleep(60)
`,
    broken: `import time


async def keep_clean():
    while True:
        time.sleep(60)
`,
    told: "blocking-call-in-async cleaner.py:6",
  },
  {
    title: "a notice to a chat without a time limit",
    path: "notice/chat.py",
    mended: `import requests


def send(url, text):
    answer = requests.post(url, json={"text": text}, timeout=30)
    answer.raise_for_status()
`,
    broken: `import requests


def send(url, text):
    answer = requests.post(url, json={"text": text})
    answer.raise_for_status()
`,
    told: "missing-timeout notice/chat.py:5",
  },
  {
    title: "a client's session without a time limit",
    path: "web.py",
    mended: `import requests


class Reader:
    def __init__(self, token):
        self.session = requests.Session()
        self.session.headers["Authorization"] = token

    def page(self, url):
        return self.session.get(url, timeout=(10, 30)).text
`,
    broken: `import requests


class Reader:
    def __init__(self, token):
        self.session = requests.Session()
        self.session.headers["Authorization"] = token

    def page(self, url):
        return self.session.get(url).text
`,
    told: "missing-timeout web.py:10",
  },
  {
    title: "a limit that is switched off",
    path: "proxy.py",
    mended: `import httpx

client = None


async def start():
    global client
    client = httpx.AsyncClient(timeout=httpx.Timeout(30, connect=5))
`,
    broken: `import httpx

client = None


async def start():
    global client
    client = httpx.AsyncClient(timeout=None)
`,
    told: "missing-timeout proxy.py:8",
  },
  {
    title: "mail that is sent from an async view",
    path: "views.py",
    mended: `from asgiref.sync import sync_to_async
from django.core.mail import send_mail
from django.http import JsonResponse


async def invite(request):
    await sync_to_async(send_mail)("Hello", "...", "shop@example.com", ["a@example.com"])
    return JsonResponse({})
`,
    broken: `from django.core.mail import send_mail
from django.http import JsonResponse


async def invite(request):
    send_mail("Hello", "...", "shop@example.com", ["a@example.com"])
    return JsonResponse({})
`,
    told: "blocking-call-in-async views.py:6",
  },
  {
    title: "the dependency of a synchronous session in the place of the asynchronous one",
    around: {
      "app/db.py": `from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import Session, create_engine
from sqlmodel.ext.asyncio.session import AsyncSession

engine = create_engine("postgresql+psycopg2://shop")
async_engine = create_async_engine("postgresql+asyncpg://shop")


def get_session():
    with Session(engine) as session:
        yield session


async def get_async_session():
    async with AsyncSession(async_engine) as session:
        yield session
`,
      "app/models.py": `from sqlmodel import Field, SQLModel


class User(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
`,
    },
    path: "app/users.py",
    mended: `from fastapi import APIRouter, Depends
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.db import get_async_session
from app.models import User

router = APIRouter()


@router.get("/users/{name}")
async def user(name: str, session: AsyncSession = Depends(get_async_session)):
    result = await session.exec(select(User).where(User.name == name))
    return result.first()
`,
    broken: `from fastapi import APIRouter, Depends
from sqlmodel import Session, select

from app.db import get_session
from app.models import User

router = APIRouter()


@router.get("/users/{name}")
async def user(name: str, session: Session = Depends(get_session)):
    result = session.exec(select(User).where(User.name == name))
    return result.first()
`,
    told: "sync-database-in-async app/users.py:12",
  },
  {
    title: "a cache of a module that is asked without waiting for it",
    path: "app/cache.py",
    mended: `from fastapi import APIRouter
from redis.asyncio import Redis

router = APIRouter()
_redis = None


def get_redis() -> Redis:
    global _redis
    if _redis is None:
        _redis = Redis.from_url("redis://cache")
    return _redis


@router.delete("/contracts/{address}")
async def forget(address: str):
    await get_redis().unlink(address)
`,
    broken: `from fastapi import APIRouter
from redis import Redis

router = APIRouter()
_redis = None


def get_redis() -> Redis:
    global _redis
    if _redis is None:
        _redis = Redis.from_url("redis://cache")
    return _redis


@router.delete("/contracts/{address}")
async def forget(address: str):
    get_redis().unlink(address)
`,
    told: "sync-database-in-async app/cache.py:17",
  },
];

testUndone(undone, /^design\/(?:sync-database-in-async|blocking-call-in-async|missing-timeout)$/u);
