import functools
from functools import lru_cache

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_page


class Report:
    def __init__(self, rows):
        self.rows = rows

    @lru_cache(maxsize=32)  # finding: every `self` that `Report.total`
    def total(self, year):
        return sum(row.amount for row in self.rows if row.year == year)


@functools.cache  # finding: its cache never forgets
def spelling(word: str):
    return word.title()


@lru_cache(maxsize=64)  # finding: is another object in every request
def language(request: HttpRequest):
    return request.headers.get("Accept-Language", "en")


def search(request, word: str):
    return HttpResponse(spelling(word), content_type="text/plain")


@cache_page(60)  # finding: gives the first one to all
@login_required
def account(request):
    return HttpResponse(f"{request.user.pk} is at home", content_type="text/plain")


@method_decorator(cache_page(60), name="dispatch")  # finding: Let it vary
class Dashboard(LoginRequiredMixin, View):
    def get(self, request):
        return HttpResponse(f"{request.user.pk} looks around", content_type="text/plain")


def basket(request):
    lines = list(request.user.lines.all()[:20])
    cache.set("basket", lines, 60)  # finding: every user reads it there
    return HttpResponse(str(len(lines)))


urlpatterns = [
    path("search/<str:word>/", search),
    path("account/", account),
    path("basket/", basket),
]
