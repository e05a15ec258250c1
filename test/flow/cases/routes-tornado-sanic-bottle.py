# Tornado, Sanic, Bottle and Falcon: what a handler is given of its request.

import sqlite3

db = sqlite3.connect("shop.db")


# === handlers of Tornado in a table of patterns
import tornado.web


class Book(tornado.web.RequestHandler):
    def get(self, title):
        eval("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        eval("1", {"title": title})

    def helper(self, title):
        eval("SELECT * FROM book WHERE title = '" + title + "'")


class Shelf(tornado.web.RequestHandler):
    async def get(self, number, word):
        eval(f"SELECT * FROM shelf WHERE id = {number}")
        eval(f"SELECT * FROM shelf WHERE word = '{word}'")  # finding

    def post(self, number, word):
        word = self.get_body_argument("word")
        eval(f"UPDATE shelf SET word = '{word}' WHERE id = {number}")  # finding
        if word not in ("left", "right"):
            raise tornado.web.HTTPError(400)
        eval(f"UPDATE shelf SET word = '{word}' WHERE id = {number}")


class Author(tornado.web.RequestHandler):
    def delete(self, key=None, name=None):
        eval(f"DELETE FROM author WHERE id = '{key}'")
        eval(f"DELETE FROM author WHERE name = '{name}'")  # finding


application = tornado.web.Application(
    [
        (r"/books/(.*)", Book),
        (r"/shelves/(\d+)/([^/]+)", Shelf),
        tornado.web.url(r"/authors/(?P<key>[0-9a-f]+)/(?P<name>[^/]+)", Author),
    ],
    debug=False,
)


# === handlers of Tornado whose table is elsewhere
from tornado.web import RequestHandler
from tornado.websocket import WebSocketHandler


class Base(RequestHandler):
    def word(self):
        return self.get_argument("word", "")


class Book(Base):
    def get(self, title):
        eval("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        eval("SELECT " + self.word())  # finding
        eval("SELECT " + self.request.headers["X-Order"])  # finding
        eval("SELECT " + self.request.body.decode())  # finding
        eval("SELECT " + self.path_args[0])  # finding
        eval("SELECT " + self.settings["table"])


class Talk(WebSocketHandler):
    def open(self, room):
        eval("SELECT " + room)  # finding

    def on_message(self, message):
        eval("SELECT " + message)  # finding

    def on_close(self):
        eval("SELECT 1")


# === handlers of Sanic
from sanic import Blueprint, Request, Sanic
from sanic.response import html, text

app = Sanic("shop")
shelves = Blueprint("shelves", url_prefix="/shelves")


@app.get("/books/<title:str>")
async def book(request, title):
    eval("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    eval("SELECT " + request.args.get("x"))  # finding
    eval("SELECT " + request.json["x"])  # finding
    return text("")


@app.route("/books/<number:int>/<word:[a-z]+>", methods=["POST"])
async def numbered(request: Request, number: int, word: str):
    eval(f"SELECT * FROM book WHERE id = {number} AND word = '{word}'")
    eval("SELECT " + request.match_info["word"])
    eval("SELECT " + request.form.get("word"))  # finding
    return text("")


@shelves.get("/<name>")
async def shelf(request, name: str):
    return html("<h1>" + name + "</h1>")  # finding: cross-site-scripting


# === views and calls of Sanic
from sanic import Sanic
from sanic.response import text
from sanic.views import HTTPMethodView

app = Sanic("shop")


class Book(HTTPMethodView):
    async def get(self, request, title):
        eval("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        eval("SELECT " + request.args.get("x"))  # finding
        return text("")


class Shelf(HTTPMethodView):
    async def get(self, request, number):
        eval(f"SELECT * FROM shelf WHERE id = {number}")
        return text("")


async def talk(request, socket):
    eval("SELECT " + request.args.get("x"))  # finding


app.add_route(Book.as_view(), "/books/<title>")
app.add_route(Shelf.as_view(), "/shelves/<number:int>")
app.add_websocket_route(talk, "/talk")


# === functions of Bottle
from bottle import Bottle, get, post, request, route
from html import escape

app = Bottle()


@route("/books/<title>")
def book(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    return "<h1>" + title + "</h1>"  # finding: cross-site-scripting


@get("/books/<number:int>/<word:re:[a-z]+>/<rest:path>")
def numbered(number, word, rest):
    db.execute(f"SELECT * FROM book WHERE id = {number} AND word = '{word}'")
    db.execute(f"SELECT * FROM book WHERE path = '{rest}'")  # finding
    return "<h1>" + word + escape(rest) + "</h1>"


@app.post("/search")
def search():
    db.execute("SELECT " + request.forms.get("x"))  # finding
    db.execute("SELECT " + request.query.x)  # finding
    db.execute("SELECT %d" % request.query.get("x", type=int))
    return {"title": request.forms.title}


def later(title):
    return title  # finding: cross-site-scripting


app.route("/later/<title>", "GET", later)


# === resources of Falcon
import falcon


class Book:
    def __init__(self, store):
        self.store = store

    def on_get(self, req, resp, title):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        db.execute("SELECT " + req.get_param("x"))  # finding
        db.execute("SELECT %d" % req.get_param_as_int("x"))
        self.find(title)

    def find(self, title):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding

    def on_post_old(self, req, resp, title):
        db.execute("INSERT " + req.media["x"])  # finding


class Shelf:
    async def on_get(self, request, response, number, key):
        eval(f"SELECT * FROM shelf WHERE id = {number} AND key = '{key}'")
        eval(f"SELECT {request.params['x']}")  # finding

    def on_error(self, request, response, number):
        db.execute(f"SELECT * FROM shelf WHERE id = {number}")


app = falcon.App()
app.add_route("/books/{title}", Book(db))
app.add_route("/books/{title}/old", Book(db), suffix="old")
app.add_route("/shelves/{number:int(min=1)}/{key:uuid}", Shelf())


# === a resource of Falcon that is registered elsewhere
import falcon


class Book:
    def on_get(self, req, resp, title):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        db.execute("SELECT " + req.params["x"])  # finding


# === methods that look like a resource where nobody speaks of Falcon
class Book:
    def on_get(self, req, resp, title):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")
        db.execute("SELECT " + req.params["x"])
