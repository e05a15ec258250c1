# Flask with its SQLAlchemy extension and SQLModel; ways to leave the event loop.

import flask
import sqlite3
import sqlalchemy as sa
from flask import Flask, jsonify, g, current_app
from flask.views import MethodView
from flask_sqlalchemy import SQLAlchemy
from sqlmodel import Session, SQLModel, Field, select, create_engine
from sqlmodel.ext.asyncio.session import AsyncSession as SMAsync
from fastapi import FastAPI, Depends, APIRouter, WebSocket, BackgroundTasks, UploadFile, File
from fastapi.concurrency import run_in_threadpool
from asgiref.sync import sync_to_async
from contextlib import closing
import asyncio, anyio, functools, threading
from concurrent.futures import ThreadPoolExecutor

app = Flask(__name__)
db = SQLAlchemy(app)
api = FastAPI()
router = APIRouter(prefix="/x")
engine = create_engine("sqlite://")


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


def get_conn():
    if "db" not in g:
        g.db = sqlite3.connect(current_app.config["DATABASE"])
    return g.db


class Users(MethodView):
    def get(self, name):
        return db.session.execute(sa.text("SELECT " + flask.request.args["x"]))  # finding: sql-injection

    def post(self):
        User.query.filter_by(name=flask.request.form["n"]).first_or_404()
        User.query.filter(sa.text("name = '" + flask.request.form["n"] + "'")).all()  # finding: sql-injection
        db.session.execute(db.text("SELECT " + flask.request.json["q"]))  # finding: sql-injection
        return ""


def view(name):
    get_conn().execute("SELECT " + name)  # finding: sql-injection
    with closing(sqlite3.connect("x")) as c:
        c.execute("SELECT " + name)  # finding: sql-injection
    return ""


app.add_url_rule("/u/<name>", view_func=Users.as_view("users"))
app.add_url_rule("/v/<name>", view_func=view)


class Repo:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)

    def find(self, where):
        return self.conn.execute(f"SELECT * FROM t WHERE {where}").fetchall()  # finding: sql-injection

    def find_safe(self, name):
        return self.conn.execute("SELECT * FROM t WHERE n = ?", (name,)).fetchall()


repo = Repo("x")


@app.route("/r")
def r():
    repo.find_safe(flask.request.args["n"])
    return jsonify(repo.find(flask.request.args["w"]))


def get_session():
    with Session(engine) as s:
        yield s


@api.get("/a")
async def a(s: Session = Depends(get_session)):
    return s.exec(select(User)).all()  # finding: sync-database-in-async


@router.post("/b")
def b(q: str, s: Session = Depends(get_session)):
    return s.exec(sa.text("SELECT " + q)).all()  # finding: sql-injection


@api.websocket("/ws")
async def ws(w: WebSocket):
    await w.accept()
    q = await w.receive_text()
    eval(q)  # finding: code-injection
    d = await w.receive_json()
    eval(d["x"])  # finding: code-injection


def load():
    return sqlite3.connect("x").execute("select 1").fetchone()


@api.get("/c")
async def c(bg: BackgroundTasks):
    await run_in_threadpool(load)
    await sync_to_async(load)()
    await asyncio.to_thread(load)
    await anyio.to_thread.run_sync(load)
    await asyncio.get_running_loop().run_in_executor(None, functools.partial(load))
    bg.add_task(load)
    threading.Thread(target=load).start()
    with ThreadPoolExecutor() as ex:
        ex.submit(load)


@api.get("/d")
async def d():
    return load()  # finding: sync-database-in-async


@sync_to_async
def wrapped():
    return load()


@api.get("/e")
async def e():
    return await wrapped()


@api.on_event("startup")
async def startup():
    SQLModel.metadata.create_all(engine)


@api.post("/f")
async def f(file: UploadFile = File(...), raw: bytes = File()):
    data = await file.read()
    exec(data)  # finding: code-injection
    exec(raw)  # finding: code-injection
    import asyncio
    await asyncio.create_subprocess_shell("x " + file.filename)  # finding: command-injection


async def main():
    load()

if __name__ == "__main__":
    asyncio.run(main())
