from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.utils.translation import gettext


def in_django(request):
    name = request.GET["name"]
    return HttpResponse(f"<h1>{name}</h1>")


def in_django_joined(request):
    return HttpResponse("<h1>" + request.GET.get("name", "") + "</h1>", status=404)


def percent(request):
    return HttpResponse("<p>%s</p>" % request.GET["q"])


def with_format(request):
    return HttpResponseNotFound("<p>no {}</p>".format(request.GET["q"]))


def refused(request):
    word = request.GET["word"]
    return HttpResponseBadRequest(f"<p>{word} is no number</p>")  # shown as it is


def two_values(request):
    first = request.POST["first"]
    last = request.POST["last"]
    return HttpResponse(f"<b>{first}</b> <i>{last}</i>")


def with_others(request):
    title = gettext("Search")
    q = request.GET["q"]
    return HttpResponse(f"<h1>{title}</h1><p>{q}</p>")


def several_lines(request):
    q = request.GET.get("q", "")
    return HttpResponse(
        f"<html><body>{q}</body></html>",
        status=201,
    )


def several_literals(request):
    return HttpResponse(
        f"<html><body>"
        f"{request.GET['q']}"
        f"</body></html>"
    )


def keyword(request):
    return HttpResponse(content=f"<p>{request.GET['q']}</p>")
