# Small projects of several files.

# === django views
# --- shop/urls.py
from django.urls import path, re_path
from . import views

urlpatterns = [
    path("search/", views.search),
    path("raw/<slug:name>/", views.raw),
    path("item/<int:pk>/", views.item),
    path("export/", views.ExportView.as_view()),
    path("order/", views.order),
    path("go/", views.go),
    path("card/", views.card),
    path("safe/", views.safe_card),
    path("tool/", views.tool),
    path("upload/", views.upload),
    path("form/", views.form),
    path("dl/<path:name>", views.download),
    re_path(r"^legacy/(?P<code>[0-9]+)/$", views.legacy),
]
# --- shop/views.py
import os
import subprocess
from django.conf import settings
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views import View
from .forms import SearchForm
from .models import Book
from .services import run_report, column_for


def search(request):
    q = request.GET.get("q", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM shop_book WHERE title LIKE '%" + q + "%'")  # finding
        cursor.execute("SELECT * FROM shop_book WHERE title LIKE %s", ["%" + q + "%"])
    Book.objects.raw(f"SELECT * FROM shop_book WHERE title = '{q}'")  # finding
    Book.objects.raw("SELECT * FROM shop_book WHERE title = %s", [q])
    Book.objects.extra(where=["title = '%s'" % q])  # finding
    Book.objects.filter(title__icontains=q)
    return HttpResponse("ok")


def raw(request, name):
    Book.objects.raw(f"SELECT * FROM shop_book WHERE slug = '{name}'")
    return HttpResponse("ok")


def item(request, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM shop_book WHERE id = {pk}")
    return HttpResponse("ok")


class ExportView(View):
    def get(self, request):
        name = request.GET["name"]
        return FileResponse(open(os.path.join(settings.MEDIA_ROOT, name), "rb"))  # finding

    def post(self, request):
        name = os.path.basename(request.POST["name"])
        return FileResponse(open(os.path.join(settings.MEDIA_ROOT, name), "rb"))


def order(request):
    column = column_for(request.GET.get("sort"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM shop_book ORDER BY {column}")
    return HttpResponse("ok")


def go(request):
    target = request.GET.get("next", "/")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return HttpResponseRedirect(target)
    return redirect(request.GET["next"])  # finding


def card(request):
    name = request.GET["name"]
    return HttpResponse("<h1>%s</h1>" % name)  # finding


def safe_card(request):
    name = request.GET["name"]
    body = format_html("<h1>{}</h1>", name)
    other = mark_safe("<h1>" + escape(name) + "</h1>")
    return HttpResponse(body + other)


def tool(request):
    return HttpResponse(run_report(request.POST["kind"], request.POST["title"]))


def upload(request):
    f = request.FILES["file"]
    with open("/srv/uploads/" + f.name, "wb") as out:  # finding: unsafe-upload
        for chunk in f.chunks():
            out.write(chunk)
    return HttpResponse("ok")


def form(request):
    f = SearchForm(request.POST)
    if not f.is_valid():
        return HttpResponse("bad", status=400)
    n = f.cleaned_data["limit"]
    kind = f.cleaned_data["kind"]
    text = f.cleaned_data["text"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM shop_book LIMIT {n}")
        cursor.execute(f"SELECT * FROM shop_book WHERE kind = '{kind}'")
        cursor.execute(f"SELECT * FROM shop_book WHERE text = '{text}'")  # finding
    return HttpResponse("ok")


def download(request, name):
    return FileResponse(open("/srv/files/" + name, "rb"))  # finding


def legacy(request, code):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM shop_book WHERE code = {code}")
    return HttpResponse("ok")
# --- shop/forms.py
from django import forms


class SearchForm(forms.Form):
    limit = forms.IntegerField()
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    text = forms.CharField()
# --- shop/models.py
from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=100)
# --- shop/services.py
import subprocess

KINDS = {"daily": "daily.sh", "weekly": "weekly.sh"}
COLUMNS = ["title", "price"]


def run_report(kind, title):
    script = KINDS.get(kind, "daily.sh")
    subprocess.run(f"/opt/{script}", shell=True)
    return subprocess.check_output(f"/opt/{script} --title '{title}'", shell=True)  # finding


def column_for(name):
    if name in COLUMNS:
        return name
    return "id"

# === fastapi project
# --- app/main.py
from fastapi import FastAPI
from .routers import items, files

app = FastAPI()
app.include_router(items.router, prefix="/items")
app.include_router(files.router, prefix="/files")
# --- app/deps.py
from typing import Annotated
from fastapi import Depends, Query, Header
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("sqlite:///x")
SessionLocal = sessionmaker(bind=engine)


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


DB = Annotated[Session, Depends(get_db)]


class Paging:
    def __init__(self, order: str = Query("id"), limit: int = 10):
        self.order = order
        self.limit = limit
# --- app/routers/items.py
from enum import Enum
from typing import Literal, Annotated
from fastapi import APIRouter, Depends, HTTPException, Query, Body, Request
from pydantic import BaseModel, Field, constr
from sqlalchemy import text, select
from ..deps import DB, Paging
from ..repo import ItemRepo

router = APIRouter()


class Order(str, Enum):
    asc = "asc"
    desc = "desc"


class Filter(BaseModel):
    name: str
    kind: Literal["a", "b"]
    size: int
    code: str = Field(pattern=r"^[A-Z]{3}$")


@router.get("/")
def list_items(db: DB, q: str, order: Order = Order.asc, n: int = 5, paging: Paging = Depends()):
    db.execute(text(f"SELECT * FROM item WHERE name = '{q}'"))  # finding
    db.execute(text(f"SELECT * FROM item ORDER BY id {order.value} LIMIT {n}"))
    db.execute(text(f"SELECT * FROM item LIMIT {paging.limit}"))
    db.execute(text(f"SELECT * FROM item ORDER BY {paging.order}"))  # finding
    db.execute(text("SELECT * FROM item WHERE name = :q"), {"q": q})


@router.post("/search")
def search(f: Filter, db: DB):
    db.execute(text(f"SELECT * FROM item WHERE kind = '{f.kind}' AND size = {f.size}"))
    db.execute(text(f"SELECT * FROM item WHERE code = '{f.code}'"))
    db.execute(text(f"SELECT * FROM item WHERE name = '{f.name}'"))  # finding


@router.get("/repo")
def by_repo(db: DB, name: str, sort: str = "name"):
    repo = ItemRepo(db)
    repo.by_name(name)
    return repo.sorted(sort)


@router.get("/r2")
def r2(db: DB, sort: Annotated[str, Query(pattern="^(name|price)$")] = "name"):
    db.execute(text(f"SELECT * FROM item ORDER BY {sort}"))


@router.post("/raw")
def raw(db: DB, data: dict = Body()):
    db.execute(text("SELECT * FROM item WHERE id = " + data["id"]))  # finding
# --- app/repo.py
from sqlalchemy import text
from sqlalchemy.orm import Session


class ItemRepo:
    sortable = frozenset({"name", "price"})

    def __init__(self, session: Session):
        self.session = session

    def by_name(self, name):
        query = "SELECT * FROM item WHERE name = '{}'".format(name)
        return self.session.execute(text(query)).all()  # finding

    def sorted(self, column):
        if column not in self.sortable:
            raise ValueError(column)
        return self.session.execute(text(f"SELECT * FROM item ORDER BY {column}")).all()
# --- app/routers/files.py
import httpx
from pathlib import Path
from fastapi import APIRouter, UploadFile, HTTPException
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

router = APIRouter()
ROOT = Path("/srv/files")


@router.get("/{name:path}")
def read(name: str):
    return FileResponse(ROOT / name)  # finding


@router.get("/safe/{name}")
def read_safe(name: str):
    path = (ROOT / name).resolve()
    if not path.is_relative_to(ROOT):
        raise HTTPException(404)
    return FileResponse(path)


@router.post("/upload")
def upload(file: UploadFile):
    (ROOT / file.filename).write_bytes(file.file.read())  # finding


@router.get("/fetch")
async def fetch(url: str):
    async with httpx.AsyncClient() as client:
        r = await client.get(url)  # finding
    return r.text


@router.get("/hello", response_class=HTMLResponse)
def hello(name: str):
    return f"<h1>{name}</h1>"  # finding


@router.get("/hello2")
def hello2(name: str):
    return HTMLResponse(f"<h1>{name}</h1>")  # finding


@router.get("/go")
def go(next: str = "/"):
    return RedirectResponse(next)  # finding


@router.get("/plain")
def plain(name: str):
    return f"<h1>{name}</h1>"

# === class service with validation
# --- svc.py
import re
import subprocess


class Validator:
    NAME = re.compile(r"^[a-z][a-z0-9-]*$")

    def validate(self, name):
        if not self.NAME.match(name):
            raise ValueError("bad name")
        return name

    def is_valid(self, name):
        return self.NAME.match(name) is not None


class Deployer:
    def __init__(self):
        self.validator = Validator()

    def deploy(self, name):
        name = self.validator.validate(name)
        subprocess.run(f"deploy {name}", shell=True)

    def deploy2(self, name):
        if not self.validator.is_valid(name):
            return None
        subprocess.run(f"deploy {name}", shell=True)

    def deploy3(self, name):
        self.validator.is_valid(name)
        subprocess.run(f"deploy {name}", shell=True)  # finding
# --- web.py
from flask import Flask, request
from svc import Deployer

app = Flask(__name__)
deployer = Deployer()


@app.post("/d")
def d():
    deployer.deploy(request.form["n"])
    deployer.deploy2(request.form["m"])
    deployer.deploy3(request.form["o"])
    return ""

# === marshmallow and wtforms
from flask import Flask, request
from flask_wtf import FlaskForm
from wtforms import StringField, IntegerField, SelectField
from wtforms.validators import Regexp
import sqlite3

app = Flask(__name__)
db = sqlite3.connect("x")


class F(FlaskForm):
    name = StringField()
    age = IntegerField()
    kind = SelectField(choices=[("a", "A")])


@app.post("/f")
def f():
    form = F()
    if form.validate_on_submit():
        db.execute(f"SELECT * FROM u WHERE age = {form.age.data}")
        db.execute(f"SELECT * FROM u WHERE kind = '{form.kind.data}'")
        db.execute(f"SELECT * FROM u WHERE name = '{form.name.data}'")  # finding
    return ""

# === sqlalchemy flask
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text, func

app = Flask(__name__)
db = SQLAlchemy(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


@app.get("/a")
def a():
    name = request.args["name"]
    db.session.execute(text(f"SELECT * FROM user WHERE name = '{name}'"))  # finding
    db.session.execute(text("SELECT * FROM user WHERE name = :n"), {"n": name})
    User.query.filter(text("name = '%s'" % name)).all()  # finding
    User.query.filter(User.name == name).all()
    User.query.filter_by(name=name).all()
    User.query.order_by(text(request.args["sort"])).all()  # finding
    db.engine.execute("SELECT * FROM user WHERE name = '" + name + "'")  # finding
    with db.engine.connect() as c:
        c.exec_driver_sql("SELECT * FROM user WHERE name = '" + name + "'")  # finding
    return ""
