# Sockets, GraphQL, remote calls and forms: who else brings text from outside.

import sqlite3

db = sqlite3.connect("shop.db")


# === consumers of Django Channels
import json

from channels.generic.websocket import AsyncJsonWebsocketConsumer, WebsocketConsumer


class Chat(WebsocketConsumer):
    def connect(self):
        self.room = "a"

    def receive(self, text_data=None, bytes_data=None):
        message = json.loads(text_data)["message"]
        eval(message)  # finding
        eval(self.room)
        self.say(text_data)

    def say(self, text):
        eval("len(" + text + ")")  # finding


class Shop(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
        eval(content["x"])  # finding

    async def shop_message(self, event):
        eval(event["x"])


# === resolvers of Graphene
import graphene


class Query(graphene.ObjectType):
    book = graphene.Field(graphene.String, title=graphene.String(), number=graphene.Int(required=True))

    def resolve_book(root, info, title, number):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        db.execute(f"SELECT * FROM book WHERE id = {number}")
        db.execute(f"SELECT * FROM book WHERE user = {info.context.user.id}")


class Save(graphene.Mutation):
    class Arguments:
        title = graphene.String()
        number = graphene.Int()

    def mutate(self, info, title, number):
        db.execute("INSERT INTO book VALUES ('" + title + "')")  # finding
        db.execute(f"INSERT INTO book VALUES ({number})")


# === resolvers of Strawberry
from enum import Enum

import strawberry
from strawberry.types import Info


class Order(Enum):
    TITLE = "title"


@strawberry.input
class Search:
    word: str
    page: int


@strawberry.type
class Query:
    @strawberry.field
    def book(self, info: Info, title: str, number: int, order: Order) -> str:
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        db.execute(f"SELECT * FROM book WHERE id = {number} ORDER BY {order.value}")
        return ""

    @strawberry.mutation
    def save(self, search: Search) -> str:
        db.execute("SELECT * FROM book WHERE word = '" + search.word + "'")  # finding
        db.execute(f"SELECT * FROM book LIMIT {search.page}")
        return ""


# === operations of Django Ninja
from django.db import connection
from ninja import NinjaAPI, Router, Schema

api = NinjaAPI()
router = Router()


class Book(Schema):
    title: str
    price: int


@api.get("/books/{title}")
def book(request, title: str, page: int = 1):
    connection.cursor().execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    connection.cursor().execute(f"SELECT * FROM book LIMIT {page}")
    connection.cursor().execute("SELECT " + request.GET["x"])  # finding


@router.post("/books")
def save(request, book: Book):
    connection.cursor().execute("INSERT INTO book VALUES ('" + book.title + "')")  # finding
    connection.cursor().execute(f"INSERT INTO book VALUES ({book.price})")


# === handlers of Litestar
from litestar import Litestar, get, post


@get("/books/{title:str}")
async def book(title: str, page: int, order: str | None = None) -> str:
    eval(title)  # finding
    eval(f"{page}")
    eval(order)  # finding
    return title


app = Litestar([book])


# === functions that are called over XML-RPC
from xmlrpc.server import SimpleXMLRPCServer


def book(title, number):
    number = int(number)
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    db.execute(f"SELECT * FROM book WHERE id = {number}")


class Shop:
    def find(self, word):
        db.execute("SELECT * FROM book WHERE word = '" + word + "'")  # finding

    def _find(self, word):
        db.execute("SELECT * FROM book WHERE word = '" + word + "'")


server = SimpleXMLRPCServer(("localhost", 8000))
server.register_function(book, "book")
server.register_instance(Shop())


# === forms of WTForms
from flask import Flask
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField

app = Flask(__name__)


class Search(FlaskForm):
    word = StringField("Word")
    page = IntegerField("Page")
    order = SelectField("Order", choices=["title", "price"])


@app.post("/search")
def search():
    form = Search()
    if form.validate_on_submit():
        db.execute("SELECT * FROM book WHERE word = '" + form.word.data + "'")  # finding
        db.execute(f"SELECT * FROM book LIMIT {form.page.data}")
        db.execute(f"SELECT * FROM book ORDER BY {form.order.data}")
    return ""


# === a schema of Marshmallow
from flask import request
from marshmallow import Schema, fields, validate


class Book(Schema):
    title = fields.Str(required=True)
    price = fields.Int(required=True)
    order = fields.Str(validate=validate.OneOf(["title", "price"]))
    short = fields.Str(validate=validate.Length(max=9))


def save():
    book = Book().load(request.get_json())
    db.execute("INSERT INTO book VALUES ('" + book["title"] + "')")  # finding
    db.execute("INSERT INTO book VALUES ('" + book["short"] + "')")  # finding
    db.execute(f"INSERT INTO book VALUES ({book['price']})")
    db.execute("SELECT * FROM book ORDER BY " + book["order"])
