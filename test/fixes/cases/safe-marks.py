from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe


def formatted(request):
    name = request.GET["name"]
    return render(request, "a.html", {"title": mark_safe(f"<b>{name}</b>")})


def percent(request):
    label = mark_safe("<b>%s</b>" % request.GET["name"])
    return render(request, "a.html", {"title": label})


def with_format(request):
    label = mark_safe("<b>{}</b>".format(request.GET["name"]))
    return render(request, "a.html", {"title": label})


def joined(request):
    label = mark_safe("<b>" + request.GET["name"] + "</b>")
    return render(request, "a.html", {"title": label})


def two_values(request):
    first = request.GET["first"]
    last = request.GET["last"]
    label = mark_safe(f"<b>{first}</b> {last}")  # as on paper
    return render(request, "a.html", {"title": label})


def open_end(request):
    label = mark_safe("Hello " + request.GET["name"])
    return render(request, "a.html", {"title": label})


def in_a_variable(request):
    name = request.POST["name"]
    html = f"<i>{name}</i>"
    label = mark_safe(html)
    return render(request, "a.html", {"title": label})


def several_lines(request):
    label = mark_safe(
        f"<td>{request.GET['name']}</td>"
    )
    return render(request, "a.html", {"title": label})


def several_literals(request):
    name = request.GET["name"]
    label = mark_safe(
        f"<tr><td>{name}</td>"
        f"<td>{request.GET['city']}</td></tr>",
    )
    return render(request, "a.html", {"title": label})


def returned(request):
    return HttpResponse(mark_safe(f"<p>{request.GET['q']}</p>"))


def in_a_branch(request):
    if "name" in request.GET:
        return render(request, "a.html", {"title": mark_safe(f"{request.GET['name']}!")})
    return render(request, "a.html", {})


def alone(request):
    return render(request, "a.html", {"title": mark_safe(request.GET["name"])})
