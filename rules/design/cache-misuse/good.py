import functools
from functools import cached_property, lru_cache

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_page
from django.views.decorators.vary import vary_on_cookie


class Report:
    def __init__(self, rows):
        self.rows = rows

    @cached_property
    def total(self):
        return sum(row.amount for row in self.rows)

    @staticmethod
    @lru_cache
    def days_of(year):
        return 366 if year % 4 == 0 else 365


@functools.cache
def settings():
    return {"currency": "EUR"}


@lru_cache(maxsize=1024)
def spelling(word: str):
    return word.title()


def search(request, word: str):
    return HttpResponse(spelling(word), content_type="text/plain")


@cache_page(60)
@vary_on_cookie
def account(request):
    return HttpResponse(f"{request.user.pk} is at home", content_type="text/plain")


@cache_page(600)
def about(request):
    return HttpResponse("we sell parcels")


@method_decorator([vary_on_cookie, cache_page(60)], name="dispatch")
class Dashboard(LoginRequiredMixin, View):
    def get(self, request):
        return HttpResponse(f"{request.user.pk} looks around", content_type="text/plain")


@method_decorator(cache_page(600), name="dispatch")
class Imprint(View):
    def get(self, request):
        return HttpResponse("a shop in a town")


def basket(request):
    lines = list(request.user.lines.all()[:20])
    cache.set(f"basket:{request.user.pk}", lines, 60)
    cache.set("currency", settings()["currency"], 60)
    return HttpResponse(str(len(lines)))


urlpatterns = [
    path("search/<str:word>/", search),
    path("account/", account),
    path("about/", about),
    path("basket/", basket),
]
