# Programs of several frameworks and libraries.

# === drf
# --- api/urls.py
from rest_framework.routers import DefaultRouter
from django.urls import path, include
from .views import BookViewSet, run_query, Report

router = DefaultRouter()
router.register("books", BookViewSet)
urlpatterns = [path("", include(router.urls)), path("q", run_query), path("r", Report.as_view())]
# --- api/views.py
import subprocess
import pickle
import base64
from django.db import connection
from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from rest_framework import serializers, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.response import Response
from rest_framework.views import APIView
from .models import Book


class RunSerializer(serializers.Serializer):
    name = serializers.CharField()
    limit = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=["a", "b"])


class BookViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()

    def get_queryset(self):
        order = self.request.query_params.get("order", "id")
        return Book.objects.annotate(x=RawSQL("SELECT " + order, []))  # finding

    @action(detail=True, methods=["post"])
    def run(self, request, pk=None):
        s = RunSerializer(data=request.data)
        s.is_valid(raise_exception=True)
        d = s.validated_data
        subprocess.run(f"job {d['limit']} {d['kind']}", shell=True)
        subprocess.run(f"job {d['name']}", shell=True)  # finding
        return Response({})


@api_view(["POST"])
def run_query(request):
    with connection.cursor() as c:
        c.execute("SELECT * FROM api_book WHERE t = '%s'" % request.data["t"])  # finding
        c.execute("SELECT * FROM api_book WHERE t = %s", [request.data["t"]])
        c.callproc("find", [request.data["t"]])
    return Response({})


class Report(APIView):
    def post(self, request):
        blob = base64.b64decode(request.data["blob"])
        return Response(pickle.loads(blob))  # finding

    def get(self, request):
        return HttpResponse("<b>" + request.query_params["n"] + "</b>")  # finding
# --- api/models.py
from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=10)

# === aiohttp
import asyncio
import aiohttp
from aiohttp import web
import asyncpg
import yaml
from pathlib import Path

routes = web.RouteTableDef()
ROOT = Path("/srv")


@routes.get("/a/{name}")
async def a(request):
    name = request.match_info["name"]
    pool = request.app["pool"]
    async with pool.acquire() as conn:
        await conn.fetch(f"SELECT * FROM t WHERE n = '{name}'")  # finding
        await conn.fetch("SELECT * FROM t WHERE n = $1", name)
    return web.json_response({})


@routes.post("/b")
async def b(request):
    data = await request.post()
    doc = yaml.load(data["doc"], Loader=yaml.UnsafeLoader)  # finding
    return web.json_response(doc)


@routes.get("/c")
async def c(request):
    async with aiohttp.ClientSession() as s:
        async with s.get(request.query["url"]) as r:  # finding
            return web.Response(text=await r.text())


@routes.get("/d")
async def d(request):
    return web.Response(text=f"<p>{request.query['n']}</p>", content_type="text/html")  # finding


@routes.get("/e")
async def e(request):
    raise web.HTTPFound(request.query["next"])  # finding


@routes.get("/f")
async def f(request):
    return web.FileResponse(ROOT / request.match_info["x"])  # finding


@routes.get("/g")
async def g(request):
    proc = await asyncio.create_subprocess_shell("ls " + request.query["d"])  # finding
    proc2 = await asyncio.create_subprocess_exec("ls", request.query["d"])
    return web.Response(text="ok")


async def main():
    conn = await asyncpg.connect()
    await conn.execute("SELECT 1")

# === tornado
import tornado.web
import tornado.ioloop
import tornado.template
import tornado.escape
import psycopg2
from tornado.httpclient import AsyncHTTPClient


connection = psycopg2.connect("")


class Main(tornado.web.RequestHandler):
    def initialize(self, db):
        self.db = db

    def get(self):
        name = self.get_argument("name")
        self.write("<h1>" + name + "</h1>")  # finding
        self.write(tornado.escape.xhtml_escape(name))
        self.write({"name": name})
        self.redirect(self.get_query_argument("next", "/"))  # finding

    def post(self):
        body = tornado.escape.json_decode(self.request.body)
        cur = connection.cursor()
        cur.execute("SELECT * FROM t WHERE n = '%s'" % body["n"])  # finding
        t = tornado.template.Template(body["t"])  # finding
        self.finish(t.generate())


class Item(tornado.web.RequestHandler):
    async def get(self, item_id, name):
        client = AsyncHTTPClient()
        await client.fetch("http://" + name + "/x")  # finding
        self.set_header("Location", self.get_argument("u"))
        eval(self.get_body_argument("x"))  # finding


app = tornado.web.Application([(r"/", Main), (r"/item/(\d+)/(.*)", Item)])

# === template engines and xml
import jinja2
import mako.template
from lxml import etree
from xml.sax import make_parser, handler
import xml.dom.pulldom
from flask import Flask, request

app = Flask(__name__)
env = jinja2.Environment(autoescape=True)


@app.post("/a")
def a():
    return env.from_string(request.form["t"]).render()  # finding


@app.post("/b")
def b():
    return mako.template.Template(request.form["t"]).render()  # finding


@app.post("/c")
def c():
    return env.get_template("x.html").render(t=request.form["t"])


@app.post("/d")
def d():
    etree.fromstring(request.data)  # finding
    return ""


@app.post("/e")
def e():
    parser = etree.XMLParser(resolve_entities=False)
    etree.fromstring(request.data, parser=parser)
    return ""


SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@app.post("/f")
def f():
    tree = etree.XML(request.data, SAFE)
    return ""


def make():
    return etree.XMLParser(load_dtd=True, no_network=False, resolve_entities=True)


@app.post("/g")
def g():
    etree.fromstring(request.data, make())  # finding
    return ""


# === pandas, numpy, torch, joblib, shelve
import numpy as np
import pandas as pd
import torch
import joblib
import jsonpickle
import dill
import shelve
import marshal
import ruamel.yaml
from flask import Flask, request

app = Flask(__name__)


@app.post("/a")
def a():
    pd.read_pickle(request.files["f"])  # finding
    pd.read_csv(request.files["f"])
    np.load(request.files["f"], allow_pickle=True)  # finding
    np.load(request.files["f"])
    torch.load(request.files["f"], weights_only=False)  # finding
    torch.load(request.files["f"], weights_only=True)
    joblib.load(request.files["f"])  # finding
    jsonpickle.decode(request.data)  # finding
    dill.loads(request.data)  # finding
    marshal.loads(request.data)  # finding
    ruamel.yaml.YAML(typ="unsafe").load(request.data)  # finding
    ruamel.yaml.YAML(typ="safe").load(request.data)
    return ""
