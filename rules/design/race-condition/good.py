import os
import threading

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F
from django.http import HttpResponse
from django.urls import path

hits = 0
lock = threading.Lock()
uploads = "/srv/uploads"


class Product(models.Model):
    name = models.CharField(max_length=80)
    stock = models.IntegerField(default=0)


class Basket:
    """Not a row: each visitor has one."""

    def __init__(self):
        self.count = 0

    def save(self):
        return self.count


def buy(request, pk):
    with transaction.atomic():
        product = Product.objects.select_for_update().get(pk=pk)
        product.stock -= 1
        product.save()
    return HttpResponse("bought")


def restock(request, pk):
    product = Product.objects.get(pk=pk)
    product.stock = F("stock") + 10
    product.save()
    return HttpResponse("restocked")


def rename(request, pk):
    product = Product.objects.get(pk=pk)
    product.name += " (used)"
    product.save()
    return HttpResponse("renamed")


def fill(request):
    basket = Basket()
    basket.count += 1
    basket.save()
    totals = {"lines": 0}
    totals["lines"] += 1
    return HttpResponse(str(totals["lines"]))


def home(request):
    global hits
    with lock:
        hits += 1
    return HttpResponse("welcome")


async def live(request):
    global hits
    hits += 1
    return HttpResponse("live")


def prepare(request):
    os.makedirs(uploads, exist_ok=True)
    return HttpResponse("ready")


class Tag(models.Model):
    name = models.CharField(max_length=40, unique=True)


def refresh(request):
    if not cache.add("refreshing", True, 60):
        return HttpResponse("busy", status=409)
    return HttpResponse("done")


def visited(request):
    cache.incr("visits")
    return HttpResponse("counted")


def add_tag(request):
    # The database says no to the second one.
    if not Tag.objects.filter(name="new").exists():
        Tag.objects.create(name="new")
    return HttpResponse("added")


def stats(request):
    count = cache.get("stock")
    if count is None:
        count = Product.objects.count()
        cache.set("stock", count, 60)
    return HttpResponse(str(count))


def cover(request):
    try:
        with open(uploads + "/cover.txt", "x") as file:
            file.write("cover")
    except FileExistsError:
        pass
    return HttpResponse("written")


urlpatterns = [
    path("", home),
    path("live/", live),
    path("buy/<int:pk>/", buy),
    path("restock/<int:pk>/", restock),
    path("rename/<int:pk>/", rename),
    path("fill/", fill),
    path("prepare/", prepare),
    path("refresh/", refresh),
    path("visited/", visited),
    path("tags/", add_tag),
    path("stats/", stats),
    path("cover/", cover),
]
