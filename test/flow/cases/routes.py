# Functions that answer requests: what their parameters bring.

import sqlite3

db = sqlite3.connect("shop.db")


# === a path of Flask
from flask import Blueprint, Flask, request

app = Flask(__name__)
shop = Blueprint("shop", __name__)


@app.route("/books/<title>")
def book(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding


@app.get("/books/<int:id>/<path:rest>")
def page(id, rest):
    db.execute(f"SELECT * FROM book WHERE id = {id}")
    db.execute(f"SELECT * FROM book WHERE path = '{rest}'")  # finding


@shop.route("/shelves/<uuid:key>/<float:width>/<string:name>")
def shelf(key, width, name):
    db.execute(f"SELECT * FROM shelf WHERE id = '{key}' AND width = {width}")
    db.execute(f"SELECT * FROM shelf WHERE name = '{name}'")  # finding


# === a function that is no route
from flask import Flask

app = Flask(__name__)


def book(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")


@app.cli.command("find")
def find(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")


# === a route added by a call
from flask import Flask

app = Flask(__name__)


def book(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding


def shelf(number):
    db.execute(f"SELECT * FROM shelf WHERE number = {number}")


app.add_url_rule("/books/<title>", view_func=book)
app.add_url_rule("/shelves/<int:number>", "shelf", shelf)


# === a view class of Flask
from flask import Flask, request
from flask.views import MethodView

app = Flask(__name__)


class Books(MethodView):
    def get(self, title):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        db.execute("SELECT " + request.args["x"])  # finding

    def helper(self, title):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")


class Shelves(MethodView):
    def get(self, number):
        db.execute(f"SELECT * FROM shelf WHERE number = {number}")


app.add_url_rule("/books/<title>", view_func=Books.as_view("books"))
app.add_url_rule("/shelves/<int:number>", view_func=Shelves.as_view("shelves"))


# === an application made in a function
from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.route("/books/<title>")
    def book(title):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        db.execute("SELECT * FROM book WHERE title = ?", (title,))

    return app


# === parameters of FastAPI
from typing import Annotated, Literal, Optional

from fastapi import Cookie, FastAPI, Header, Path, Query

api = FastAPI()


@api.get("/books/{title}")
def book(title: str, page: int, q: str = "", sort: Optional[str] = None):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    db.execute(f"SELECT * FROM book LIMIT {page}")
    db.execute("SELECT " + q)  # finding
    db.execute(f"SELECT {sort}")  # finding


@api.get("/shelves")
def shelf(
    name: str = Query(..., max_length=30),
    token: Annotated[str, Header()] = "",
    crumb: Annotated[Optional[str], Cookie()] = None,
    number: Annotated[int, Path(ge=1)] = 1,
    order: Literal["title", "price"] = "title",
):
    db.execute("SELECT " + name)  # finding
    db.execute("SELECT " + token)  # finding
    db.execute(f"SELECT {crumb}")  # finding
    db.execute(f"SELECT {number}")
    db.execute("SELECT * FROM book ORDER BY " + order)


# === an enumeration as a parameter of FastAPI
from enum import Enum

from fastapi import FastAPI

api = FastAPI()


class Order(str, Enum):
    TITLE = "title"
    PRICE = "price"


@api.get("/books/{order}")
def books(order: Order, shelf: str):
    db.execute("SELECT * FROM book ORDER BY " + order)
    db.execute("SELECT * FROM book ORDER BY " + order.value)
    db.execute("SELECT * FROM book WHERE shelf = " + shelf)  # finding


# === a body of FastAPI
from typing import List

from fastapi import Body, FastAPI, Form
from pydantic import BaseModel, Field

api = FastAPI()


class Tag(BaseModel):
    name: str
    weight: float


class Book(BaseModel):
    title: str
    price: int = Field(gt=0)
    tag: Tag
    tags: List[Tag] = []
    words: list[str] = []
    pages: list[int] = []


@api.post("/books")
def save(book: Book, note: str = Body(""), shelf: str = Form("")):
    db.execute("INSERT INTO book VALUES ('" + book.title + "')")  # finding
    db.execute(f"INSERT INTO book VALUES ({book.price})")
    db.execute("INSERT INTO tag VALUES ('" + book.tag.name + "')")  # finding
    db.execute(f"INSERT INTO tag VALUES ({book.tag.weight})")
    for tag in book.tags:
        db.execute("INSERT INTO tag VALUES ('" + tag.name + "')")  # finding
        db.execute(f"INSERT INTO tag VALUES ({tag.weight})")
    db.execute("SELECT " + ",".join(book.words))  # finding
    db.execute("SELECT " + ",".join(str(page) for page in book.pages))
    db.execute("SELECT " + note)  # finding
    db.execute("SELECT " + shelf)  # finding
    db.execute(f"SELECT {book.model_dump()}")  # finding


# === a body whose base has fields
from fastapi import FastAPI
from pydantic import BaseModel

api = FastAPI()


class Base(BaseModel):
    title: str
    year: int


class Book(Base):
    shelf: int


@api.put("/books")
def save(book: Book):
    db.execute("SELECT " + book.title)  # finding
    db.execute(f"SELECT {book.year}, {book.shelf}")


# === a body that is validated
from fastapi import FastAPI
from pydantic import BaseModel, field_validator

api = FastAPI()


class Query(BaseModel):
    order: str
    shelf: str

    @field_validator("order")
    @classmethod
    def known(cls, value):
        if value not in ("title", "price"):
            raise ValueError("no such column")
        return value


@api.post("/search")
def search(query: Query):
    db.execute("SELECT * FROM book ORDER BY " + query.order)
    db.execute("SELECT * FROM book WHERE shelf = " + query.shelf)  # finding


# === dependencies of FastAPI
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException

router = APIRouter()


def connection():
    connection = sqlite3.connect("shop.db")
    try:
        yield connection
    finally:
        connection.close()


def order_of(order: str = "title"):
    return order


def known_order(order: str = "title"):
    if order not in ("title", "price"):
        raise HTTPException(400)
    return order


class Page:
    def __init__(self, number: int, word: str):
        self.number = number
        self.word = word


@router.get("/books")
def books(
    order: str = Depends(order_of),
    known: str = Depends(known_order),
    page: Page = Depends(),
    store: Annotated[sqlite3.Connection, Depends(connection)] = None,
):
    store.execute("SELECT * FROM book ORDER BY " + order)  # finding
    store.execute("SELECT * FROM book ORDER BY " + known)
    store.execute(f"SELECT * FROM book LIMIT {page.number}")
    store.execute(f"SELECT * FROM book WHERE title = '{page.word}'")  # finding


# === a socket of FastAPI
from fastapi import FastAPI, WebSocket

api = FastAPI()


@api.websocket("/ws/{room}")
async def talk(socket: WebSocket, room: str):
    await socket.accept()
    text = await socket.receive_text()
    eval(text)  # finding
    eval(room)  # finding
    eval("1")


# === views and their addresses in Django
# --- shop/urls.py
from django.urls import path, re_path

from . import views
from .views import Authors, old

urlpatterns = [
    path("books/<str:title>/", views.book),
    path("books/<int:number>/", views.numbered),
    path("authors/<slug:name>/", Authors.as_view()),
    path("shelves/<int:pk>/", views.Shelves.as_view(), name="shelf"),
    re_path(r"^old/(?P<name>.+)/$", old),
]

# --- shop/views.py
from django.db import connection
from django.http import HttpResponse
from django.views import View


def book(request, title):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        cursor.execute("SELECT * FROM book WHERE title = %s", [title])
        cursor.execute("SELECT " + request.GET["x"])  # finding
        cursor.execute("SELECT " + request.POST.get("x"))  # finding
    return HttpResponse("")


def numbered(request, number):
    connection.cursor().execute(f"SELECT * FROM book WHERE id = {number}")


def old(request, name):
    connection.cursor().execute("SELECT " + name)  # finding


def helper(request, name):
    connection.cursor().execute("SELECT " + name)


class Authors(View):
    def get(self, request, name):
        connection.cursor().execute("SELECT " + request.GET["x"])  # finding
        connection.cursor().execute(f"SELECT * FROM author WHERE slug = '{name}'")

    def post(self, request, name):
        self.save(request.POST["text"])

    def save(self, text):
        connection.cursor().execute("INSERT " + text)  # finding


class Shelves(View):
    def get(self, request, pk):
        connection.cursor().execute(f"SELECT * FROM shelf WHERE id = {pk}")
        connection.cursor().execute(f"SELECT {self.kwargs['name']}")  # finding
        connection.cursor().execute("SELECT " + self.request.GET["x"])  # finding


# === a generic view of Django
from django.views.generic import ListView

from shop.models import Book


class Books(ListView):
    model = Book

    def get_queryset(self):
        order = self.request.GET.get("order", "title")
        Book.objects.raw("SELECT * FROM book ORDER BY " + order)  # finding
        return Book.objects.filter(title=self.request.GET["title"]).order_by(order)


# === a form of Django
from django import forms
from django.db import connection
from django.shortcuts import render


class Search(forms.Form):
    title = forms.CharField()
    page = forms.IntegerField()


def search(request):
    form = Search(request.GET)
    if form.is_valid():
        connection.cursor().execute("SELECT " + form.cleaned_data["title"])  # finding
        connection.cursor().execute(f"SELECT {form.cleaned_data['page']}")
    return render(request, "search.html", {"form": form})


# === models of Django bind what they are given
from django.db import models
from django.http import HttpRequest


class Book(models.Model):
    title = models.CharField(max_length=100)


def search(request: HttpRequest):
    Book.objects.filter(title=request.GET["title"]).first()
    Book.objects.create(title=request.POST["title"])
    Book.objects.raw("SELECT * FROM book WHERE title = %s", [request.GET["title"]])
    Book.objects.raw("SELECT * FROM book WHERE title = '%s'" % request.GET["title"])  # finding
    Book.objects.extra(where=["title = '" + request.GET["title"] + "'"])  # finding
    Book.objects.extra(where=["title = %s"], params=[request.GET["title"]])


# === REST framework
from django.db import connection
from rest_framework import viewsets
from rest_framework.decorators import action, api_view
from rest_framework.views import APIView


@api_view(["GET"])
def books(request):
    connection.cursor().execute("SELECT " + request.query_params["x"])  # finding
    connection.cursor().execute("SELECT %s", [request.query_params["x"]])


class Book(APIView):
    def post(self, request):
        connection.cursor().execute("SELECT " + request.data["x"])  # finding
        connection.cursor().execute("SELECT %s", [request.data["x"]])


class Books(viewsets.ViewSet):
    def list(self, request):
        connection.cursor().execute("SELECT " + request.query_params["x"])  # finding

    def retrieve(self, request, pk=None):
        connection.cursor().execute("SELECT " + request.data["x"])  # finding

    @action(detail=True)
    def sell(self, request, pk=None):
        connection.cursor().execute("SELECT " + request.data["x"])  # finding

    def helper(self, request):
        return None


# === a program started by hand
import argparse
import os
import sys


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--title")
    parser.add_argument("--count", type=int)
    args = parser.parse_args()
    os.system("ls " + args.title)  # finding
    os.system(f"head -n {args.count}")
    os.system("ls " + sys.argv[1])  # finding
    os.system("ls " + input())  # finding


# === requests of other frameworks
import aiohttp.web
import bottle
import tornado.web
from starlette.requests import Request


async def handle(request: aiohttp.web.Request):
    eval(request.query["x"])  # finding
    eval("1")


async def answer(request: Request):
    eval(request.query_params["x"])  # finding
    eval(request.path_params["x"])  # finding


class Page(tornado.web.RequestHandler):
    def get(self, name):
        eval(self.get_argument("x"))  # finding
        eval("1")


@bottle.get("/x")
def page():
    eval(bottle.request.query.x)  # finding
