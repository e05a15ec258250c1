import ast
import importlib
import json
import operator

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.urls import path
from django.views import View

OPERATIONS = {"add": operator.add, "multiply": operator.mul}
REPORTS = {"sales": "reports.sales", "stock": "reports.stock"}
SQUARE = "lambda x: x * x"


def calculate(request):
    operation = OPERATIONS[request.GET["operation"]]
    left, right = float(request.GET["left"]), float(request.GET["right"])
    return HttpResponse(operation(left, right))


class Discounts(View):
    def post(self, request):
        condition = json.loads(request.body)
        limit = ast.literal_eval(condition["limit"])
        return JsonResponse({"applies": limit < 100})


def report(request, kind):
    if kind not in REPORTS:
        return HttpResponseBadRequest("no such report")
    module = importlib.import_module(REPORTS[kind])
    return HttpResponse(module.render())


def detail(request, kind):
    if kind not in ("sales", "stock"):
        return HttpResponseBadRequest("no such report")
    module = importlib.import_module(f"reports.{kind}")
    return HttpResponse(module.render_detail())


def plot(request):
    points = int(request.POST.get("points", "10"))
    function = eval(SQUARE)
    values = eval(f"[n * n for n in range({points})]")
    return JsonResponse({"name": function.__name__, "values": values})


def evaluate(request):
    formula = request.GET.get("formula", "")
    formula = "1 + 1"
    return HttpResponse(eval(formula))


urlpatterns = [
    path("calculate", calculate),
    path("discounts", Discounts.as_view()),
    path("reports/<str:kind>", report),
    path("reports/<str:kind>/detail", detail),
    path("plot", plot),
    path("evaluate", evaluate),
]
