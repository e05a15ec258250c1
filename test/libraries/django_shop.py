# Django: views of every kind, the ORM and its ways to raw SQL, REST framework, async views.

from django.db import connection, connections
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views import View
from django.views.generic import ListView
from django.views.decorators.http import require_POST
from django.db import models
from django.db.models.expressions import RawSQL
from rest_framework.views import APIView
from rest_framework.decorators import api_view
from django import forms


class Book(models.Model):
    title = models.CharField(max_length=100)


class SearchForm(forms.Form):
    q = forms.CharField()


def one(request):
    with connection.cursor() as c:
        c.execute("SELECT * FROM book WHERE title = '%s'" % request.GET["t"])  # finding: sql-injection
        c.execute("SELECT * FROM book WHERE title = %s", [request.GET["t"]])
        row = c.fetchone()
        c.execute(f"SELECT {row[0]}")
    cur = connections["other"].cursor()
    cur.execute("SELECT " + request.POST.get("x"))  # finding: sql-injection
    return HttpResponse("")


def two(request, pk, name):
    Book.objects.raw("SELECT * FROM book WHERE title = '" + name + "'")  # finding: sql-injection
    Book.objects.raw("SELECT * FROM book WHERE id = %d" % pk)
    Book.objects.extra(where=["title = '" + name + "'"])  # finding: sql-injection
    Book.objects.filter(title=name).extra(where=["title = %s"], params=[name])
    Book.objects.annotate(x=RawSQL("select " + name, []))  # finding: sql-injection
    book = Book.objects.filter(title=name).first()
    Book.objects.raw(f"SELECT * FROM book WHERE title = '{book.title}'")
    b = get_object_or_404(Book, title=name)
    Book.objects.raw(f"SELECT {b.pk}")
    form = SearchForm(request.POST)
    if form.is_valid():
        Book.objects.raw("SELECT " + form.cleaned_data["q"])  # finding: sql-injection
    return HttpResponse("")


class Books(ListView):
    def get_queryset(self):
        return Book.objects.raw("SELECT " + self.request.GET["o"])  # finding: sql-injection

    def get(self, request, *args, **kwargs):
        return Book.objects.raw("SELECT " + request.GET["o"] + self.kwargs["x"])  # finding: sql-injection


class Api(APIView):
    def post(self, request, pk):
        eval(request.data["x"])  # finding: code-injection
        return JsonResponse({})


@api_view(["GET"])
def api(request):
    eval(request.query_params.get("x"))  # finding: code-injection


@require_POST
def hook(request):
    exec(request.body)  # finding: code-injection


async def av(request):
    b = Book.objects.get(pk=1)  # finding: sync-database-in-async
    q = Book.objects.filter(title="x")
    async for x in q:
        pass
    return HttpResponse(b.title)


async def av2(request):
    for b in Book.objects.all():  # finding: sync-database-in-async
        print(b)


async def av3(request):
    b = await Book.objects.aget(pk=1)
    await b.asave()


urlpatterns = [path("1", one), path("two/<int:pk>/<str:name>", two), path("b", Books.as_view())]
