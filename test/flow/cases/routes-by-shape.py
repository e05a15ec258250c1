# Requests that come by a schema, by a servicer, by a gateway or by the bare protocol; and pages that are written piece by piece.


# === falcon text
import falcon

class Hello:
    def on_get(self, req, resp):
        name = req.get_param("name", default="x")
        resp.content_type = falcon.MEDIA_HTML
        resp.text = "<h1>Hello " + name + "</h1>"  # finding: cross-site-scripting

app = falcon.App()
app.add_route("/", Hello())


# === falcon text json: harmless
import falcon

class Hello:
    def on_get(self, req, resp):
        name = req.get_param("name", default="x")
        resp.text = "Hello " + name
        resp.content_type = "text/plain"

app = falcon.App()
app.add_route("/", Hello())


# === lambda s3 key
import os
import urllib.parse

def lambda_handler(event, context):
    for record in event["Records"]:
        key = urllib.parse.unquote_plus(record["s3"]["object"]["key"])
        os.system(f"convert /tmp/{key} /tmp/out.png")  # finding: command-injection


# === lambda direct event
import os

def handler(event, context):
    os.system("nslookup " + event["host"])  # finding: command-injection
    return {"ok": True}


# === cherrypy
import cherrypy
import sqlite3

class Root:
    @cherrypy.expose
    def search(self, term=""):
        con = sqlite3.connect("x")
        return str(con.execute("SELECT * FROM t WHERE a='" + term + "'").fetchall())  # finding: sql-injection

cherrypy.quickstart(Root())


# === cherrypy
import cherrypy

class Root(object):
    def hello(self, name="x"):
        return "<html><body>Hi %s</body></html>" % name  # finding: cross-site-scripting
    hello.exposed = True

cherrypy.quickstart(Root())


# === grpc servicer
import grpc
import os
from concurrent import futures
import tools_pb2
import tools_pb2_grpc

class Tools(tools_pb2_grpc.ToolsServicer):
    def Ping(self, request, context):
        code = os.system("ping -c 1 " + request.host)  # finding: command-injection
        return tools_pb2.PingReply(code=code)

def serve():
    server = grpc.server(futures.ThreadPoolExecutor())
    tools_pb2_grpc.add_ToolsServicer_to_server(Tools(), server)
    server.add_insecure_port("[::]:50051")  # finding: bind-all-interfaces
    server.start()


# === asgi raw
import sqlite3
from urllib.parse import parse_qs

async def app(scope, receive, send):
    params = parse_qs(scope["query_string"].decode())
    name = params["name"][0]
    rows = sqlite3.connect("x").execute("SELECT * FROM a WHERE n = '" + name + "'").fetchall()  # finding: sql-injection
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(rows).encode()})


# === http.server wfile
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlparse, parse_qs

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlparse(self.path).query)
        name = query.get("name", ["x"])[0]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<html>Hello {name}</html>".encode())  # finding: cross-site-scripting


# === webargs
from flask import Flask, jsonify
from webargs import fields
from webargs.flaskparser import use_args, use_kwargs
import sqlite3

app = Flask(__name__)

@app.route("/s")
@use_args({"name": fields.Str(required=True), "page": fields.Int()}, location="query")
def s(args):
    rows = sqlite3.connect("x").execute("SELECT * FROM a WHERE n = '" + args["name"] + "'").fetchall()  # finding: sql-injection
    return jsonify(rows)


# === webargs: harmless
from flask import Flask, jsonify
from webargs import fields, validate
from webargs.flaskparser import use_kwargs
import sqlite3

app = Flask(__name__)

@app.route("/s")
@use_kwargs({"order": fields.Str(validate=validate.OneOf(["id", "name"])), "page": fields.Int()}, location="query")
def s(order, page):
    rows = sqlite3.connect("x").execute(f"SELECT * FROM a ORDER BY {order} LIMIT 10 OFFSET {page}").fetchall()
    return jsonify(rows)


# === webargs kwargs
from flask import Flask, jsonify
from webargs import fields
from webargs.flaskparser import use_kwargs
import sqlite3

app = Flask(__name__)

@app.route("/s")
@use_kwargs({"order": fields.Str(load_default="id")}, location="query")
def s(order):
    rows = sqlite3.connect("x").execute(f"SELECT * FROM a ORDER BY {order}").fetchall()  # finding: sql-injection
    return jsonify(rows)


# === webargs parser parse
from flask import Flask, request, jsonify
from webargs import fields
from webargs.flaskparser import parser
import sqlite3

app = Flask(__name__)

@app.route("/s")
def s():
    args = parser.parse({"name": fields.Str()}, request, location="query")
    rows = sqlite3.connect("x").execute("SELECT * FROM a WHERE n = '" + args["name"] + "'").fetchall()  # finding: sql-injection
    return jsonify(rows)


# === marshmallow
from flask import Flask, request
from marshmallow import Schema, fields
import sqlite3

app = Flask(__name__)

class Q(Schema):
    name = fields.String(required=True)

@app.post("/x")
def x():
    data = Q().load(request.get_json())
    return str(sqlite3.connect("x").execute("SELECT 1 FROM t WHERE n='" + data["name"] + "'").fetchall())  # finding: sql-injection


# === marshmallow: harmless
from flask import Flask, request
from marshmallow import Schema, fields, validate
import sqlite3

app = Flask(__name__)

class Q(Schema):
    name = fields.String(required=True, validate=validate.Regexp(r"^[a-z]+$"))
    n = fields.Integer()

@app.post("/x")
def x():
    data = Q().load(request.get_json())
    return str(sqlite3.connect("x").execute(f"SELECT 1 FROM t WHERE n='{data['name']}' LIMIT {data['n']}").fetchall())


# === django create
import json
from django.http import JsonResponse
from .models import Account

def create(request):
    data = json.loads(request.body)
    account = Account.objects.create(**data)  # finding: mass-assignment
    return JsonResponse({"id": account.id})


# === django filter update
from django.http import JsonResponse
from .models import Account

def change(request, pk):
    Account.objects.filter(pk=pk).update(**request.POST.dict())  # finding: mass-assignment
    return JsonResponse({})


# === asgi class
import os
class App:
    async def __call__(self, scope, receive, send):
        message = await receive()
        os.system("echo " + message["body"].decode())  # finding: command-injection


# === lambda html
def lambda_handler(event, context):
    name = event["queryStringParameters"]["name"]
    return {"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": "<h1>Hi " + name + "</h1>"}  # finding: cross-site-scripting


# === lambda json: harmless
import json
def lambda_handler(event, context):
    name = event["queryStringParameters"]["name"]
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps({"hi": name})}


# === lambda request context: harmless
import os
def lambda_handler(event, context):
    os.system("echo " + event["requestContext"]["requestId"])


# === grpc stream
import os
import jobs_pb2, jobs_pb2_grpc
class Jobs(jobs_pb2_grpc.JobsServicer):
    def Run(self, request_iterator, context):
        for request in request_iterator:
            os.system("run " + request.name)  # finding: command-injection
            yield jobs_pb2.Reply()


# === stem
import sqlite3
from pathlib import Path
from flask import Flask, request
app = Flask(__name__)
@app.get("/x")
def x():
    name = Path(request.args["n"]).stem
    sqlite3.connect("x").execute("SELECT * FROM f WHERE n = '" + name + "'")  # finding: sql-injection
    return "ok"
