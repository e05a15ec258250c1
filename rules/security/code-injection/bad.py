import importlib
import json
import urllib.request

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views import View


def calculate(request):
    formula = request.GET["formula"]  # source
    return HttpResponse(eval(formula))  # finding: `ast.literal_eval`


def rule_source(condition):
    return "def applies(order):\n    return " + condition + "\n"


class Discounts(View):
    def post(self, request):
        body = json.loads(request.body)  # source
        scope = {}
        exec(rule_source(body["condition"]), scope)  # finding: runs as Python
        return JsonResponse({"applies": scope["applies"]({"total": 100})})


def report(request, kind):  # source
    module = importlib.import_module("reports." + kind)  # finding: names you wrote
    return HttpResponse(module.render())


def plot(request):
    function = "lambda x: {}".format(request.POST.get("function", "x"))  # source
    code = compile(function, "<plot>", "eval")  # finding: part of the code
    return JsonResponse({"name": code.co_filename})


def refresh_prices():
    with urllib.request.urlopen("https://prices.example.com/rules.py") as answer:  # source
        exec(answer.read())  # finding: `exec`


urlpatterns = [
    path("calculate", calculate),
    path("discounts", Discounts.as_view()),
    path("reports/<str:kind>", report),
    path("plot", plot),
]
