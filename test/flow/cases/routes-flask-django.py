# Flask, Django and REST framework: what routes say of their parameters, and who else answers.

import sqlite3

db = sqlite3.connect("shop.db")


# === a fixed route's own path is no text of the visitor's
from flask import Flask, request

app = Flask(__name__)


@app.route("/books")
def books():
    db.execute("SELECT * FROM page WHERE path = '" + request.path + "'")
    db.execute("SELECT * FROM page WHERE url = '" + request.full_path + "'")  # finding
    return ""


@app.route("/books/<title>")
def book(title):
    db.execute("SELECT * FROM page WHERE path = '" + request.path + "'")  # finding
    return ""


# === one function under several addresses
from flask import Flask

app = Flask(__name__)


@app.route("/books")
@app.route("/books/<title>")
def books(title=None):
    db.execute(f"SELECT * FROM book WHERE title = '{title}'")  # finding


@app.route("/shelves", defaults={"number": 1})
@app.route("/shelves/<int:number>")
def shelf(number):
    db.execute(f"SELECT * FROM shelf WHERE id = {number}")


# === a parameter that no address brings
from functools import wraps

from flask import Flask

from shop.auth import with_user

app = Flask(__name__)


@app.route("/books/<title>")
@with_user
def books(user, title):
    db.execute(f"SELECT * FROM book WHERE owner = {user.id}")
    db.execute(f"SELECT * FROM book WHERE title = '{title}'")  # finding


@app.route("/pages/<hex:key>/<any(left, right):side>")
def page(key, side):
    db.execute(f"SELECT * FROM page WHERE id = '{key}' AND side = '{side}'")


# === addresses as keyword arguments
from flask import Flask

app = Flask(__name__)


@app.route("/books/<title>/<int:page>")
def book(**given):
    db.execute("SELECT * FROM book WHERE title = '" + given["title"] + "'")  # finding
    db.execute(f"SELECT * FROM book LIMIT {given['page']}")


# === a registration further down than what it registers
from flask import Blueprint, Flask

shop = Blueprint("shop", __name__)


def book(title):
    db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding


def create_app():
    app = Flask(__name__)
    shop.add_url_rule("/books/<title>", view_func=book)
    outer = Blueprint("outer", __name__, url_prefix="/outer")
    outer.register_blueprint(shop)
    app.register_blueprint(outer)
    return app


# === pages that answer errors, and what comes before a request
from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.errorhandler(404)
def missing(error):
    return "<p>No page " + request.path + "</p>", 404  # finding: cross-site-scripting


@app.errorhandler(500)
def failed(error):
    return "<p>" + escape(request.path) + "</p>"


@app.before_request
def look():
    db.execute("INSERT INTO visit VALUES ('" + request.headers["X-Name"] + "')")  # finding
    if request.args.get("stop"):
        return "<p>" + request.args["stop"] + "</p>"  # finding: cross-site-scripting


# === resources of Flask-RESTful and RESTX
from flask import Flask, request
from flask_restful import Api, Resource, reqparse
from flask_restx import Namespace
from flask_restx import Resource as Other

app = Flask(__name__)
api = Api(app)
books = Namespace("books")
parser = reqparse.RequestParser()


class Book(Resource):
    def get(self, title):
        db.execute("SELECT * FROM book WHERE title = '" + title + "'")  # finding
        given = parser.parse_args()
        db.execute("SELECT " + given["order"])  # finding
        return "<b>" + title + "</b>"


class Shelf(Resource):
    def get(self, number):
        db.execute(f"SELECT * FROM shelf WHERE id = {number}")


api.add_resource(Book, "/books/<title>", "/old/<string:title>")
api.add_resource(Shelf, "/shelves/<int:number>")


@books.route("/<title>/<int:page>")
class Page(Other):
    def get(self, title, page):
        db.execute(f"SELECT * FROM page LIMIT {page}")
        db.execute("SELECT * FROM page WHERE title = '" + title + "'")  # finding


# === a view of Quart
from quart import Quart, request

app = Quart(__name__)


@app.route("/books/<title>/<int:page>")
async def book(title, page):
    eval("SELECT * FROM book WHERE title = '" + title + "'")  # finding
    eval(f"SELECT * FROM book LIMIT {page}")
    form = await request.form
    eval("SELECT " + form["x"])  # finding
    return f"<b>{title}</b>"  # finding: cross-site-scripting


# === groups of Django's patterns
# --- shop/urls.py
from django.urls import re_path

from . import views

urlpatterns = [
    re_path(r"^books/(?P<number>\d+)/(?P<title>[^/]+)/$", views.book),
    re_path(r"^shelves/(\w+)/(.*)$", views.shelf),
]

# --- shop/views.py
from django.db import connection


def book(request, number, title):
    connection.cursor().execute(f"SELECT * FROM book WHERE id = {number}")
    connection.cursor().execute(f"SELECT * FROM book WHERE title = '{title}'")  # finding


def shelf(request, name, rest):
    connection.cursor().execute(f"SELECT * FROM shelf WHERE name = '{name}'")
    connection.cursor().execute(f"SELECT * FROM shelf WHERE rest = '{rest}'")  # finding


# === what a view class of Django is told by its address
# --- shop/urls.py
from django.urls import path

from .views import Book, Books

urlpatterns = [
    path("books/<int:pk>/<str:title>/", Book.as_view()),
    path("books/<uuid:key>/", Books.as_view()),
]

# --- shop/views.py
from django.db import connection
from django.views.generic import ListView, View


class Book(View):
    def get(self, request, *args, **kwargs):
        connection.cursor().execute(f"SELECT * FROM book WHERE id = {self.kwargs['pk']}")
        connection.cursor().execute(f"SELECT * FROM book WHERE id = {kwargs['pk']}")
        connection.cursor().execute(f"SELECT * FROM book WHERE title = '{kwargs['title']}'")  # finding


class Books(ListView):
    def get_queryset(self):
        key = self.kwargs["key"]
        connection.cursor().execute(f"SELECT * FROM shelf WHERE id = '{key}'")
        connection.cursor().execute("SELECT " + self.request.GET["x"])  # finding

    def get_context_data(self, **kwargs):
        order = self.request.GET.get("order")
        connection.cursor().execute(f"SELECT * FROM book ORDER BY {order}")  # finding


# === generic views and view sets of REST framework
# --- shop/urls.py
from rest_framework.routers import DefaultRouter

from .views import Shelves

router = DefaultRouter()
router.register(r"shelves", Shelves)
urlpatterns = router.urls

# --- shop/views.py
from django.db import connection
from rest_framework import generics, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response


class Search(serializers.Serializer):
    word = serializers.CharField()
    page = serializers.IntegerField()


class Books(generics.ListAPIView):
    def get_queryset(self):
        order = self.request.query_params.get("order")
        connection.cursor().execute("SELECT * FROM book ORDER BY " + order)  # finding
        if order in ("title", "price"):
            connection.cursor().execute("SELECT * FROM book ORDER BY " + order)

    def list(self, request, *args, **kwargs):
        return Response(request.query_params)


class Shelves(viewsets.ModelViewSet):
    def create(self, request):
        search = Search(data=request.data)
        search.is_valid(raise_exception=True)
        connection.cursor().execute("SELECT " + search.validated_data["word"])  # finding
        connection.cursor().execute(f"SELECT {search.validated_data['page']}")

    @action(detail=False, methods=["post"])
    def sell(self, request):
        connection.cursor().execute("SELECT " + request.data["x"])  # finding
