# aiohttp, Starlette, Pyramid, CherryPy and functions in a cloud: what a handler is given of its request.

import sqlite3

db = sqlite3.connect("shop.db")


# === handlers of aiohttp
from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/books/{title}")
async def book(request):
    title = request.match_info["title"]
    eval("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    eval("SELECT " + request.query.get("x"))  # finding
    eval("SELECT " + (await request.json())["x"])  # finding
    return web.Response(text=title)


@routes.get(r"/shelves/{number:\d+}/{word}")
async def shelf(request: web.Request):
    number = request.match_info["number"]
    word = request.match_info.get("word", "")
    eval(f"SELECT * FROM shelf WHERE id = {number}")
    eval(f"SELECT * FROM shelf WHERE word = '{word}'")  # finding
    return web.Response(text=f"<b>{word}</b>", content_type="text/html")  # finding: cross-site-scripting


@routes.view("/authors/{name}")
class Author(web.View):
    async def get(self):
        eval("SELECT " + self.request.match_info["name"])  # finding
        eval("SELECT " + self.request.query["x"])  # finding


class Store:
    def __init__(self):
        self.tables = {"a": "book"}

    async def handle(self, request):
        eval("SELECT " + request.query["x"])  # finding
        eval("SELECT * FROM " + self.tables["a"])


app = web.Application()
store = Store()
app.add_routes(routes)
app.router.add_get("/store", store.handle)
app.router.add_post("/lambda", lambda request: db.execute("SELECT " + request.query["x"]))  # finding


# === endpoints of Starlette
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route, WebSocketRoute


async def book(request):
    title = request.path_params["title"]
    eval("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    return HTMLResponse("<h1>" + title + "</h1>")  # finding: cross-site-scripting


async def numbered(request):
    number = request.path_params["number"]
    eval(f"SELECT * FROM book WHERE id = {number}")
    eval("SELECT " + request.query_params["x"])  # finding


class Shelf(HTTPEndpoint):
    async def get(self, request):
        eval("SELECT " + request.query_params["x"])  # finding


class Talk(WebSocketEndpoint):
    async def on_receive(self, websocket, data):
        eval("SELECT " + data)  # finding


async def listen(websocket):
    eval("SELECT " + await websocket.receive_text())  # finding


app = Starlette(
    routes=[
        Route("/books/{title}", book),
        Mount("/old", routes=[Route("/books/{number:int}", numbered)]),
        Route("/shelf", Shelf),
        WebSocketRoute("/talk", Talk),
        WebSocketRoute("/listen", listen),
    ]
)


# === views of Pyramid
from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.view import view_config


@view_config(route_name="book", renderer="json")
def book(request):
    title = request.matchdict["title"]
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    db.execute("SELECT * FROM book WHERE title = ?", (title,))
    return {"title": title}


@view_config(context=dict)
def shelf(context, request):
    db.execute("SELECT " + request.params["x"])  # finding
    db.execute("SELECT " + context["table"])


class Authors:
    def __init__(self, request):
        self.request = request
        self.table = "author"

    @view_config(route_name="author", request_method="POST")
    def save(self):
        db.execute("SELECT " + self.request.json_body["x"])  # finding
        db.execute("SELECT * FROM " + self.table)


def old(request):
    db.execute("SELECT " + request.POST["x"])  # finding


with Configurator() as config:
    config.add_route("old", "/old")
    config.add_view(old, route_name="old")


# === pages of CherryPy
import cherrypy
from html import escape


class Shop:
    def __init__(self, prefix):
        self.prefix = prefix

    @cherrypy.expose
    def book(self, title="", **rest):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        db.execute("SELECT " + rest["order"])  # finding
        return "<h1>" + title + "</h1>"  # finding: cross-site-scripting

    @cherrypy.expose()
    def shelf(self, number, word):
        number = int(number)
        db.execute(f"SELECT * FROM shelf WHERE id = {number}")
        db.execute("SELECT " + cherrypy.request.params["x"])  # finding
        return "<h1>" + escape(word) + "</h1>"

    def helper(self, title):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")
        return title


cherrypy.quickstart(Shop("/"))


# === a function of AWS behind its gateway
import json
import os


def handler(event, context):
    query = event.get("queryStringParameters") or {}
    body = json.loads(event["body"])
    key = event["pathParameters"]["key"]
    db.execute("SELECT * FROM book WHERE title = '" + query.get("title", "") + "'")  # finding
    db.execute("SELECT * FROM book WHERE title = '" + body["title"] + "'")  # finding
    db.execute("SELECT * FROM book WHERE id = '" + key + "'")  # finding
    db.execute("SELECT " + event["headers"]["X-Order"])  # finding
    db.execute("SELECT %d" % int(query["page"]))
    db.execute("SELECT * FROM " + event["resources"][0])
    db.execute("SELECT * FROM " + os.environ["TABLE"])
    return {"statusCode": 200, "body": json.dumps(read(event))}


def read(event):
    title = event["queryStringParameters"]["title"]
    if title not in ("a", "b"):
        return None
    return db.execute("SELECT * FROM book WHERE title = '" + title + "'").fetchall()


# === functions that take an event but answer no gateway
class Listener:
    def handle(self, event, context):
        db.execute("SELECT " + event["body"])


def on_click(event, widget):
    db.execute("SELECT " + event["body"])


# === functions of other clouds
import azure.functions as func
import functions_framework
from chalice import Chalice

app = Chalice(app_name="shop")


@functions_framework.http
def page(request):
    db.execute("SELECT " + request.args["x"])  # finding
    return "<h1>" + request.args["x"] + "</h1>"  # finding: cross-site-scripting


def main(req: func.HttpRequest) -> func.HttpResponse:
    db.execute("SELECT " + req.params.get("x"))  # finding
    db.execute("SELECT " + req.get_json()["x"])  # finding
    db.execute("SELECT %s" % int(req.params.get("x")))
    return func.HttpResponse(req.params["x"])


@app.route("/books/{title}", methods=["POST"])
def book(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    db.execute("SELECT " + app.current_request.query_params["x"])  # finding
    db.execute("SELECT " + app.current_request.json_body["x"])  # finding
    return {"title": title}


# === a bare WSGI application
def application(environ, start_response):
    db.execute("SELECT " + environ["QUERY_STRING"])  # finding
    db.execute("SELECT " + environ.get("PATH_INFO", ""))  # finding
    db.execute("SELECT " + environ["REQUEST_METHOD"])
    start_response("200 OK", [])
    return [b""]


# === handlers of http.server and socketserver
import http.server
import pickle
import socketserver
from urllib.parse import parse_qs, urlparse


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlparse(self.path).query)
        db.execute("SELECT " + query["x"][0])  # finding
        db.execute("SELECT %d" % int(query["x"][0]))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        pickle.loads(body)  # finding


class Line(socketserver.StreamRequestHandler):
    def handle(self):
        pickle.loads(self.rfile.readline())  # finding
        pickle.loads(b"N.")


class Packet(socketserver.BaseRequestHandler):
    def handle(self):
        pickle.loads(self.request.recv(1024))  # finding


# === a resolver of AWS Powertools, and pages of Pyramid
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from pyramid.response import Response
from pyramid.view import view_config

app = APIGatewayRestResolver()


@app.get("/books/<title>")
def book(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    db.execute("SELECT " + app.current_event.get_query_string_value("x"))  # finding
    db.execute("SELECT " + app.current_event.json_body["x"])  # finding
    return {"title": title}


@view_config(route_name="page")
def page(request):
    return Response("<b>" + request.params["x"] + "</b>")  # finding: cross-site-scripting


@view_config(route_name="text")
def text(request):
    return Response(request.params["x"], content_type="text/plain")


# === a part of a form that aiohttp reads piece by piece
import os

from aiohttp import web


async def keep(request):
    reader = await request.multipart()
    part = await reader.next()
    text = await part.text()
    db.execute("SELECT id FROM book WHERE title = '" + text + "'")  # finding: sql-injection
    os.remove("/srv/" + part.filename)  # finding: path-traversal
    os.remove("/srv/" + os.path.basename(part.filename))
    return web.Response()


app = web.Application()
app.add_routes([web.post("/keep", keep)])
