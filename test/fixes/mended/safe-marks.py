from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.html import format_html


def formatted(request):
    name = request.GET["name"]
    return render(request, "a.html", {"title": format_html("<b>{}</b>", name)})


def percent(request):
    label = format_html("<b>{}</b>", request.GET["name"])
    return render(request, "a.html", {"title": label})


def with_format(request):
    label = format_html("<b>{}</b>", request.GET["name"])
    return render(request, "a.html", {"title": label})


def joined(request):
    label = format_html("<b>{}</b>", request.GET["name"])
    return render(request, "a.html", {"title": label})


def two_values(request):
    first = request.GET["first"]
    last = request.GET["last"]
    label = format_html("<b>{}</b> {}", first, last)  # as on paper
    return render(request, "a.html", {"title": label})


def open_end(request):
    label = format_html("Hello {}", request.GET["name"])
    return render(request, "a.html", {"title": label})


def in_a_variable(request):
    name = request.POST["name"]
    html = "<i>{}</i>"
    label = format_html(html, name)
    return render(request, "a.html", {"title": label})


def several_lines(request):
    label = format_html(
        "<td>{}</td>", request.GET['name']
    )
    return render(request, "a.html", {"title": label})


def several_literals(request):
    name = request.GET["name"]
    label = format_html(
        "<tr><td>{}</td>"
        "<td>{}</td></tr>", name, request.GET['city'],
    )
    return render(request, "a.html", {"title": label})


def returned(request):
    return HttpResponse(format_html("<p>{}</p>", request.GET['q']))


def in_a_branch(request):
    if "name" in request.GET:
        return render(request, "a.html", {"title": format_html("{}!", request.GET['name'])})
    return render(request, "a.html", {})


def alone(request):
    return render(request, "a.html", {"title": mark_safe(request.GET["name"])})
