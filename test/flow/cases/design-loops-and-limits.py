# Relations in properties, services and serializers of four ORMs, and time limits in wrappers of the project.

# === django list view, template and property on model
# --- shop/models.py
from django.db import models
from django.utils.functional import cached_property


class Category(models.Model):
    name = models.CharField(max_length=20)


class Product(models.Model):
    category = models.ForeignKey(Category, on_delete=models.CASCADE)
    name = models.CharField(max_length=20)

    def __str__(self):
        return self.name

    @property
    def reviews_count(self):
        return self.review_set.count()

    @cached_property
    def best(self):
        return self.review_set.order_by("-stars").first()

    @property
    def label(self):
        return f"{self.name}"


class Review(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    stars = models.IntegerField()


# --- shop/api.py
from ninja import NinjaAPI, Schema
from shop.models import Product, Review
api = NinjaAPI()


@api.get("/products")
def products(request):
    return [{"name": p.name, "n": p.reviews_count} for p in Product.objects.all()[:100]]  # finding: n-plus-one-query


@api.get("/labels")
def labels(request):
    return [p.label for p in Product.objects.all()[:100]]


@api.get("/ids")
def ids(request):
    return [p.category_id for p in Product.objects.only("category")[:100]]


@api.get("/grouped")
def grouped(request):
    products = {p.pk: p for p in Product.objects.all()[:100]}
    out = {}
    for review in Review.objects.filter(product_id__in=products):
        out.setdefault(products[review.product_id].name, []).append(review.stars)
    return out


@api.get("/names")
def names(request):
    return {r.product.category.name for r in Review.objects.select_related("product")[:100]}  # finding: n-plus-one-query


@api.get("/names2")
def names2(request):
    return {r.product.category.name for r in Review.objects.select_related("product__category")[:100]}


# === sqlalchemy async repository with pydantic conversion, selectinload default
# --- app/models.py
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    books: Mapped[list["Book"]] = relationship("Book", back_populates="author")


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
    author: Mapped[Author] = relationship("Author", back_populates="books", lazy="joined")
    pages: Mapped[list["Page"]] = relationship("Page", cascade="all, delete-orphan")


class Page(Base):
    __tablename__ = "pages"
    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"), index=True)


# --- app/service.py
from sqlalchemy import select
from sqlalchemy.orm import Session
from app.models import Author, Book, Page


class BookService:
    def __init__(self, session: Session):
        self.session = session

    def all(self):
        return self.session.scalars(select(Book).limit(100)).all()

    def page_count(self, book_id: int) -> int:
        return len(self.session.scalars(select(Page).where(Page.book_id == book_id)).all())

    def summaries(self):
        return [{"id": b.id, "author": b.author.id, "pages": self.page_count(b.id)} for b in self.all()]  # finding: n-plus-one-query

    def authors(self):
        return [{"id": b.id, "author": b.author.id} for b in self.all()]

    def pages(self):
        out = []
        for book in self.all():
            for page in book.pages:  # finding: n-plus-one-query
                out.append(page.id)
        return out


# --- app/api.py
from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session
from app.db import get_db
from app.service import BookService
router = APIRouter()


@router.get("/s")
def s(db: Session = Depends(get_db)):
    return BookService(db).summaries()


@router.get("/a")
def a(db: Session = Depends(get_db)):
    return BookService(db).authors()


@router.get("/p")
def p(db: Session = Depends(get_db)):
    return BookService(db).pages()


# === flask-sqlalchemy, to_dict and Model.query.get in loop
# --- app/models.py
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(20))
    posts = db.relationship("Post", backref="user", lazy="dynamic")


class Post(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer, db.ForeignKey("user.id"), index=True)

    def to_dict(self):
        return {"id": self.id, "user": self.user.name}


# --- app/views.py
from flask import Blueprint, jsonify
from app.models import Post, User, db
bp = Blueprint("x", __name__)


@bp.route("/posts")
def posts():
    return jsonify([p.to_dict() for p in Post.query.limit(100)])  # finding: n-plus-one-query


@bp.route("/users")
def users():
    out = []
    for post in Post.query.limit(100).all():
        user = User.query.get(post.user_id)  # finding: n-plus-one-query
        out.append(user.name)
    return jsonify(out)


@bp.route("/counts")
def counts():
    return jsonify([{"n": u.posts.count()} for u in User.query.limit(100)])  # finding: n-plus-one-query


@bp.route("/joined")
def joined():
    rows = db.session.query(Post, User).join(User).limit(100).all()
    return jsonify([{"id": p.id, "user": u.name} for p, u in rows])


@bp.route("/eager")
def eager():
    rows = Post.query.options(db.joinedload(Post.user)).limit(100)
    return jsonify([p.to_dict() for p in rows])


# === peewee
# --- app/models.py
from peewee import CharField, ForeignKeyField, Model, PostgresqlDatabase
db = PostgresqlDatabase("x")


class Base(Model):
    class Meta:
        database = db


class User(Base):
    name = CharField()


class Tweet(Base):
    user = ForeignKeyField(User, backref="tweets")


# --- app/views.py
from flask import Flask, jsonify
from app.models import Tweet, User
app = Flask(__name__)


@app.get("/t")
def t():
    return jsonify([tw.user.name for tw in Tweet.select().limit(100)])  # finding: n-plus-one-query


@app.get("/u")
def u():
    return jsonify([tw.user.name for tw in Tweet.select(Tweet, User).join(User).limit(100)])


# === drf nested serializer
# --- api/models.py
from django.db import models


class Site(models.Model):
    name = models.CharField(max_length=10)


class Rack(models.Model):
    site = models.ForeignKey(Site, on_delete=models.CASCADE)
    tags = models.ManyToManyField("Tag")


class Tag(models.Model):
    name = models.CharField(max_length=10)


# --- api/serializers.py
from rest_framework import serializers
from api.models import Rack, Site, Tag


class SiteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Site
        fields = ["id", "name"]


class TagSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tag
        fields = ["id", "name"]


class RackSerializer(serializers.ModelSerializer):
    site = SiteSerializer()
    tags = TagSerializer(many=True)

    class Meta:
        model = Rack
        fields = ["id", "site", "tags"]


class RackIdSerializer(serializers.ModelSerializer):
    class Meta:
        model = Rack
        fields = ["id", "site"]


# --- api/views.py
from rest_framework import generics, viewsets
from rest_framework.decorators import api_view
from rest_framework.response import Response
from api.models import Rack
from api.serializers import RackIdSerializer, RackSerializer


class RackViewSet(viewsets.ModelViewSet):
    queryset = Rack.objects.all()  # finding: n-plus-one-query
    serializer_class = RackSerializer


class GoodRackViewSet(viewsets.ModelViewSet):
    queryset = Rack.objects.select_related("site").prefetch_related("tags")
    serializer_class = RackSerializer


class IdRackViewSet(viewsets.ModelViewSet):
    queryset = Rack.objects.all()
    serializer_class = RackIdSerializer


class Detail(generics.RetrieveAPIView):
    queryset = Rack.objects.all()
    serializer_class = RackSerializer


@api_view(["GET"])
def racks(request):
    return Response(RackSerializer(Rack.objects.all()[:50], many=True).data)  # finding: n-plus-one-query


# === timeouts in classes with httpx and openai, and session mounted in another module
# --- app/http.py
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


def session_with_retries():
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=Retry(total=3)))
    return session


class Api:
    def __init__(self):
        self.session = session_with_retries()

    def fetch(self, path):
        return self.session.get("https://a.example" + path)  # finding: missing-timeout


# --- app/views.py
from django.http import JsonResponse
from app.http import Api


def show(request):
    return JsonResponse(Api().fetch("/x").json())


# === requests wrapper with default argument timeout
# --- app/http.py
import requests
DEFAULT_TIMEOUT = 10


def get(url, timeout=DEFAULT_TIMEOUT, **kwargs):
    return requests.get(url, timeout=timeout, **kwargs)


def send(method, url, **kwargs):
    return requests.request(method, url, **{"timeout": 5, **kwargs})


# --- app/views.py
from django.http import JsonResponse
from app import http


def show(request):
    return JsonResponse(http.get("https://a.example").json())


def show2(request):
    return JsonResponse(http.send("GET", "https://a.example").json())


# === celery task without timeout, cli without
# --- app/tasks.py
import requests
from celery import shared_task


@shared_task
def ping(url):
    requests.post(url, json={})  # finding: missing-timeout


# --- tools/cli.py
import click
import requests


@click.command()
def fetch():
    print(requests.get("https://a.example").text)
