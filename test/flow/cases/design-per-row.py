# Rows and what is asked for each of them, as web projects write it: serializers, properties, helpers, repositories.


# === drf serializers through a source path and nested
# --- shop/models.py
from django.contrib.auth.models import User
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    title = models.CharField(max_length=50)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    tags = models.ManyToManyField("Tag")

    @property
    def author_name(self):
        return self.author.name


class Tag(models.Model):
    name = models.CharField(max_length=50)


# --- shop/serializers.py
from rest_framework import serializers
from shop.models import Book


class BookSerializer(serializers.ModelSerializer):
    writer = serializers.CharField(source="author.name")

    class Meta:
        model = Book
        fields = ["id", "title", "writer"]


class BookCountSerializer(serializers.ModelSerializer):
    tag_count = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["id", "tag_count"]

    def get_tag_count(self, obj):
        return obj.tags.count()  # finding: n-plus-one-query


# --- shop/views.py
from rest_framework import viewsets
from rest_framework.pagination import PageNumberPagination
from shop.models import Book
from shop.serializers import BookCountSerializer, BookSerializer


class BookViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()  # finding: n-plus-one-query
    serializer_class = BookSerializer
    pagination_class = PageNumberPagination


class GoodBookViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.select_related("author")
    serializer_class = BookSerializer
    pagination_class = PageNumberPagination


class CountViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Book.objects.all()
    serializer_class = BookCountSerializer
    pagination_class = PageNumberPagination


class PrefetchedViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = BookCountSerializer
    pagination_class = PageNumberPagination

    def get_queryset(self):
        return Book.objects.prefetch_related("tags").order_by("id")


# === django loops
# --- shop/models.py
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=50)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    reviewer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="+")

    @property
    def customer_name(self):
        return self.customer.name

    def to_dict(self):
        return {"id": self.pk, "customer": self.customer.name}


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    qty = models.IntegerField()


# --- shop/views.py
from django.db.models import Count, Prefetch
from django.http import JsonResponse
from django.shortcuts import render
from shop.models import Customer, Line, Order


def one(request):
    return JsonResponse({"o": [o.customer.name for o in Order.objects.all()[:200]]})  # finding: n-plus-one-query


def two(request):
    orders = Order.objects.filter(customer__name="x")
    data = []
    for order in orders:
        data.append({"id": order.id, "lines": order.lines.count()})  # finding: n-plus-one-query
    return JsonResponse({"o": data})


def three(request):
    orders = Order.objects.select_related("customer").annotate(n=Count("lines"))
    return JsonResponse({"o": [(o.customer.name, o.customer_id, o.n) for o in orders[:50]]})


def four(request):
    out = []
    for order in Order.objects.all()[:100]:
        out.append(order.to_dict())  # finding: n-plus-one-query
    return JsonResponse({"o": out})


def five(request):
    out = []
    for order in Order.objects.all()[:100]:
        out.append(order.customer_name)  # finding: n-plus-one-query
    return JsonResponse({"o": out})


def six(request):
    ids = [int(x) for x in request.GET.getlist("id")]
    out = []
    for pk in ids:
        out.append(Order.objects.get(pk=pk).pk)  # finding: n-plus-one-query
    return JsonResponse({"o": out})


def seven(request):
    orders = Order.objects.prefetch_related(Prefetch("lines", queryset=Line.objects.order_by("qty")))[:50]
    return JsonResponse({"o": [[line.qty for line in o.lines.all()] for o in orders]})


def eight(request):
    orders = {o.pk: o for o in Order.objects.in_bulk([1, 2, 3]).values()}
    return JsonResponse({"o": [orders[k].pk for k in orders]})


def nine(request):
    for order in Order.objects.all()[:5]:
        print(order.customer.name)
    return JsonResponse({})


def ten(request):
    customer = Customer.objects.get(pk=1)
    return JsonResponse({"o": [o.pk for o in customer.order_set.all()[:20]], "ids": [o.customer_id for o in Order.objects.all()[:90]]})


def eleven(request):
    page = request.GET.get("p")
    for name in ("a", "b"):
        found = Customer.objects.filter(name=name).first()
        if found:
            break
    return JsonResponse({"p": page})


def total(order):
    return sum(line.qty for line in order.lines.all())


def twelve(request):
    return JsonResponse({"t": [total(o) for o in Order.objects.filter(reviewer=None)[:100]]})  # finding: n-plus-one-query


# === sqlalchemy lazy relationship in response
# --- app/models.py
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "teams"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String)
    members: Mapped[list["Member"]] = relationship(back_populates="team")
    labels: Mapped[list["Label"]] = relationship(lazy="selectin")


class Member(Base):
    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    team: Mapped[Team] = relationship(back_populates="members")


class Label(Base):
    __tablename__ = "labels"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)


# --- app/api.py
from fastapi import APIRouter, Depends
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload
from app.db import get_db
from app.models import Label, Member, Team
router = APIRouter()


@router.get("/a")
def a(db: Session = Depends(get_db)):
    members = db.query(Member).limit(100).all()
    return [{"id": m.id, "team": m.team.name} for m in members]  # finding: n-plus-one-query


@router.get("/b")
def b(db: Session = Depends(get_db)):
    members = db.query(Member).options(joinedload(Member.team)).limit(100).all()
    return [{"id": m.id, "team": m.team.name} for m in members]


@router.get("/c")
def c(db: Session = Depends(get_db)):
    teams = db.scalars(select(Team).limit(100)).all()
    result = []
    for team in teams:
        count = db.query(func.count(Member.id)).filter(Member.team_id == team.id).scalar()  # finding: n-plus-one-query
        result.append({"team": team.name, "count": count})
    return result


@router.get("/d")
def d(db: Session = Depends(get_db)):
    teams = db.scalars(select(Team).options(selectinload(Team.members)).limit(100)).all()
    return [{"n": len(t.members), "l": [x.id for x in t.labels]} for t in teams]


@router.get("/e")
def e(db: Session = Depends(get_db)):
    rows = db.execute(select(Team.name, func.count(Member.id)).join(Member).group_by(Team.name).limit(50)).all()
    return [{"n": name, "c": count} for name, count in rows]


@router.post("/f")
def f(ids: list[int], db: Session = Depends(get_db)):
    out = []
    for id in ids:
        team = db.query(Team).filter(Team.id == id).first()  # finding: n-plus-one-query
        out.append(team.name)
    return out


@router.post("/g")
def g(ids: list[int], db: Session = Depends(get_db)):
    teams = {t.id: t for t in db.query(Team).filter(Team.id.in_(ids))}
    return [teams[id].name for id in ids]


# === repository call in a loop
# --- app/repo.py
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from app.models import Member


async def members_of(db: AsyncSession, team_id: int):
    return (await db.scalars(select(Member).where(Member.team_id == team_id))).all()


async def members_of_all(db: AsyncSession, team_ids: list[int]):
    return (await db.scalars(select(Member).where(Member.team_id.in_(team_ids)))).all()


# --- app/models.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "teams"
    id: Mapped[int] = mapped_column(primary_key=True)


class Member(Base):
    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)


# --- app/api.py
from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from app import repo
from app.db import get_db
from app.models import Team
router = APIRouter()


@router.get("/a")
async def a(db: AsyncSession = Depends(get_db)):
    teams = (await db.scalars(select(Team).limit(100))).all()
    out = {}
    for team in teams:
        out[team.id] = await repo.members_of(db, team.id)  # finding: n-plus-one-query
    return out


@router.get("/b")
async def b(db: AsyncSession = Depends(get_db)):
    teams = (await db.scalars(select(Team).limit(100))).all()
    members = await repo.members_of_all(db, [t.id for t in teams])
    return {m.team_id: m.id for m in members}


# === template context
# --- blog/models.py
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


class Post(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    title = models.CharField(max_length=50)


# --- blog/admin.py
from django.contrib import admin
from blog.models import Post


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = ["title", "author_name"]

    def author_name(self, obj):
        return obj.author.name


# --- blog/management/commands/fix.py
from django.core.management.base import BaseCommand
from blog.models import Post


class Command(BaseCommand):
    def handle(self, *args, **options):
        for post in Post.objects.all().iterator():
            post.title = post.title.strip()
            post.save()


# === save in loop in a view vs bulk
# --- app/models.py
from django.db import models


class Task(models.Model):
    title = models.CharField(max_length=50)
    position = models.IntegerField()


# --- app/views.py
import json
from django.http import JsonResponse
from app.models import Task


def reorder(request):
    for index, pk in enumerate(json.loads(request.body)["ids"]):
        Task.objects.filter(pk=pk).update(position=index)  # missed: a write for each row
    return JsonResponse({})


def bulk(request):
    tasks = list(Task.objects.filter(pk__in=json.loads(request.body)["ids"]))
    for index, task in enumerate(tasks):
        task.position = index
    Task.objects.bulk_update(tasks, ["position"])
    return JsonResponse({})


# === graphql dataloaders
# --- app/loaders.py
from promise import Promise
from promise.dataloader import DataLoader
from shop.models import Variant


class VariantsByProduct(DataLoader):
    def batch_load_fn(self, keys):
        rows = Variant.objects.filter(product_id__in=keys)
        by = {}
        for row in rows:
            by.setdefault(row.product_id, []).append(row)
        return Promise.resolve([by.get(k, []) for k in keys])


# --- shop/models.py
from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=20)


class Variant(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
