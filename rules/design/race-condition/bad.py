import os

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


urlpatterns = [
    path("", home),
    path("buy/<int:pk>/", buy),
    path("restock/<int:pk>/", restock),
    path("prepare/", prepare),
]
