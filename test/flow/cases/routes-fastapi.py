# FastAPI: what types, patterns and classes leave of a request.

import sqlite3

db = sqlite3.connect("shop.db")


# === text that must match a pattern
from typing import Annotated

from fastapi import FastAPI, Path, Query
from pydantic import BaseModel, Field, StringConstraints, constr

api = FastAPI()
Word = Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]


class Search(BaseModel):
    word: str = Field(pattern=r"^\w+$")
    loose: str = Field(pattern=r"\w+")
    short: str = Field(max_length=20)
    table: constr(pattern=r"^[a-z_]+$")
    named: Word


@api.post("/books/{key}")
def books(
    search: Search,
    key: Annotated[str, Path(pattern="^[0-9a-f]{32}$")],
    order: str = Query("title", regex="^(title|price)$"),
    text: str = Query("", min_length=3),
    loose: str = Query("", pattern="[a-z]+"),
    named: Word = "a",
    count: Annotated[int | None, Query()] = None,
):
    db.execute(f"SELECT * FROM book WHERE id = '{key}' ORDER BY {order}")
    db.execute(f"SELECT * FROM book WHERE word = '{named}' LIMIT {count}")
    db.execute(f"SELECT * FROM book WHERE word = '{text}'")  # finding
    db.execute(f"SELECT * FROM book WHERE word = '{loose}'")  # finding
    db.execute(f"SELECT * FROM book WHERE word = '{search.word}'")
    db.execute(f"SELECT * FROM book WHERE word = '{search.loose}'")  # finding
    db.execute(f"SELECT * FROM book WHERE word = '{search.short}'")  # finding
    db.execute(f"SELECT * FROM {search.table} WHERE word = '{search.named}'")


# === types that let no text through
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import List, Literal, Optional, Union
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, EmailStr, PositiveInt

router = APIRouter(prefix="/books")


class Side(str, Enum):
    LEFT = "left"


class Book(BaseModel):
    key: UUID
    price: Decimal
    day: date
    side: Side
    order: Literal["title", "price"]
    count: PositiveInt
    number: Optional[int]
    pages: List[int]
    mixed: Union[int, str]
    title: Optional[str] = None


@router.put("/{key}")
async def save(key: UUID, book: Book, day: date, side: Optional[Side] = None):
    eval(f"UPDATE book SET price = {book.price}, day = '{book.day}' WHERE id = '{key}'")
    eval(f"SELECT '{book.key}', {book.side}, {book.order}, {book.count}, {book.number}")
    eval(f"SELECT {book.pages}, '{day}', '{side}'")
    eval(f"SELECT '{book.title}'")  # finding
    eval(f"SELECT '{book.mixed}'")  # finding


# === parts of a request by what stands in the signature
from typing import Annotated

from fastapi import APIRouter, Body, Cookie, Depends, File, Form, Header, Request, UploadFile

router = APIRouter()


class Paging:
    def __init__(self, order: str = "title", page: int = 1):
        self.order = order
        self.page = page


def word_of(request: Request):
    return request.query_params["word"]


class Check:
    def __call__(self, token: str = Header()):
        return token


check = Check()


@router.post("/x/{name}")
async def save(
    request: Request,
    name: str,
    payload: dict,
    items: list[str] = Body(),
    title: str = Form(),
    crumb: str | None = Cookie(None),
    file: UploadFile = File(...),
    paging: Annotated[Paging, Depends()] = None,
    word: str = Depends(word_of),
    token: str = Depends(check),
):
    eval("SELECT " + payload["x"])  # finding
    eval("SELECT " + items[0])  # finding
    eval("SELECT " + title)  # finding
    eval(f"SELECT {crumb}")  # finding
    eval("SELECT " + file.filename)  # finding
    eval("SELECT " + paging.order)  # finding
    eval(f"SELECT {paging.page}")
    eval("SELECT " + word)  # finding
    eval("SELECT " + token)  # finding
    eval("SELECT " + (await request.json())["x"])  # finding
    eval("SELECT " + name)  # finding


# === a page that is sent as HTML
from html import escape

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

api = FastAPI()


@api.get("/page", response_class=HTMLResponse)
def page(title: str):
    return f"<h1>{title}</h1>"  # finding: cross-site-scripting


@api.get("/safe", response_class=HTMLResponse)
def safe(title: str):
    return f"<h1>{escape(title)}</h1>"


@api.get("/json")
def data(title: str):
    return f"<h1>{title}</h1>"


# === a route that is added by a call
from fastapi import APIRouter

router = APIRouter()


def book(title: str, number: int):
    eval("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    eval(f"SELECT * FROM book WHERE id = {number}")


def other(title: str, number: int):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")


router.add_api_route("/books/{title}", book, methods=["GET"])


# === functions that look at a value before a route gets it
from typing import Annotated

from fastapi import FastAPI
from pydantic import AfterValidator, BaseModel

api = FastAPI()


def known(order: str) -> str:
    if order not in ("title", "price"):
        raise ValueError("no such column")
    return order


def shown(order: str) -> str:
    print(order)
    return order


Order = Annotated[str, AfterValidator(known)]


class Search(BaseModel):
    order: Order
    word: str
    shown: Annotated[str, AfterValidator(shown)]


@api.post("/books")
def books(search: Search, order: Order, other: Annotated[str, AfterValidator(shown)]):
    db.execute(f"SELECT * FROM book ORDER BY {search.order}, {order}")
    db.execute("SELECT * FROM book WHERE word = '" + search.word + "'")  # finding
    db.execute("SELECT * FROM book WHERE word = '" + search.shown + "'")  # finding
    db.execute("SELECT * FROM book WHERE word = '" + other + "'")  # finding


# === bodies of other libraries
from dataclasses import dataclass

import msgspec
from fastapi import FastAPI
from flask import request

api = FastAPI()


@dataclass
class Book:
    title: str
    price: int


class Shelf(msgspec.Struct):
    word: str
    number: int


@api.post("/books")
def save(book: Book):
    db.execute("INSERT INTO book VALUES ('" + book.title + "')")  # finding
    db.execute(f"INSERT INTO book VALUES ({book.price})")


def put():
    shelf = msgspec.json.decode(request.get_data(), type=Shelf)
    db.execute("INSERT INTO shelf VALUES ('" + shelf.word + "')")  # finding
    db.execute(f"INSERT INTO shelf VALUES ({shelf.number})")

# === a model that a route depends on is read from the query, defaults or not
import os
from dataclasses import dataclass
from typing import Annotated, Literal
from fastapi import Depends, FastAPI
from pydantic import BaseModel, Field
app = FastAPI()
class Page(BaseModel):
    name: str = "name"
    size: int = Field(10, le=100)
    order: Literal["up", "down"] = "up"
@dataclass
class Filter:
    name: str = "name"
    size: int = 1
@app.get("/a")
def a(page: Page = Depends()):
    os.system(f"list {page.size} {page.order}")
    os.system(page.name)  # finding
@app.get("/b")
def b(page: Annotated[Page, Depends()]):
    os.system(f"list {page.size} {page.order}")
    os.system(page.name)  # finding
@app.get("/c")
def c(wanted: Filter = Depends(Filter)):
    os.system(f"list {wanted.size}")
    os.system(wanted.name)  # finding
