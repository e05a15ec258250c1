import os

from django.core.cache import cache
from django.db import models
from django.http import HttpResponse
from django.urls import path

hits = 0
per_page = {}
uploads = "/srv/uploads"


class Product(models.Model):
    name = models.CharField(max_length=80)
    stock = models.IntegerField(default=0)


def buy(request, pk):
    product = Product.objects.get(pk=pk)
    if product.stock > 0:
        product.stock -= 1  # finding: `select_for_update()`
        product.save()
    return HttpResponse("bought")


def restock(request, pk):
    product = Product.objects.filter(pk=pk).first()
    product.stock = product.stock + 10  # finding: of two requests at a time one change is lost
    product.save(update_fields=["stock"])
    return HttpResponse("restocked")


def home(request):
    global hits
    hits += 1  # finding: `hits` belongs to the module
    per_page["home"] += 1  # finding: from several threads
    return HttpResponse("welcome")


def prepare(request):
    if not os.path.exists(uploads):
        os.makedirs(uploads)  # finding: `exist_ok=True`
    return HttpResponse("ready")


class Tag(models.Model):
    name = models.CharField(max_length=40)


def refresh(request):
    if cache.get("refreshing"):
        return HttpResponse("busy", status=409)
    cache.set("refreshing", True, 60)  # finding: Ask and set at once
    return HttpResponse("done")


def visited(request):
    visits = cache.get("visits", 0)
    cache.set("visits", visits + 1)  # finding: Let the cache count
    return HttpResponse("counted")


def add_tag(request):
    if not Tag.objects.filter(name="new").exists():
        Tag.objects.create(name="new")  # finding: the row is there twice
    return HttpResponse("added")


def cover(request):
    path = uploads + "/cover.txt"
    if not os.path.exists(path):
        with open(path, "w") as file:  # finding: writes it twice at a time
            file.write("cover")
    return HttpResponse("written")


urlpatterns = [
    path("", home),
    path("buy/<int:pk>/", buy),
    path("restock/<int:pk>/", restock),
    path("prepare/", prepare),
    path("refresh", refresh),
    path("visited", visited),
    path("tags", add_tag),
    path("cover", cover),
]
