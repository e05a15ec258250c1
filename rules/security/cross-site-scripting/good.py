import html
import json

import jinja2
from aiohttp import web
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template, render_to_string
from django.utils.html import escape as django_escape
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse
from flask import (
    Flask,
    Response,
    abort,
    jsonify,
    make_response,
    render_template,
    render_template_string,
    request,
)
from markupsafe import Markup, escape
from tornado.web import RequestHandler

app = Flask(__name__)
api = FastAPI()
pages = jinja2.Environment(loader=jinja2.FileSystemLoader("pages"), autoescape=True)

COLOURS = {"red": "#f00", "green": "#0f0"}
STAR = Markup("<b>*</b>")


@app.get("/hello")
def hello():
    return f"<h1>Hello, {escape(request.args.get('name', 'you'))}</h1>"


@app.get("/hello/json")
def hello_json():
    return {"name": request.args["name"]}


@app.get("/hello/listed")
def hello_listed():
    return jsonify(request.args["name"])


@app.get("/search")
def search():
    return render_template("search.html", words=request.args["words"], star=STAR)


@app.get("/plain")
def plain():
    return request.args["text"], 200, {"Content-Type": "text/plain"}


@app.get("/export")
def export():
    return Response(request.args["text"], mimetype="text/csv")


@app.get("/export/json")
def export_json():
    return Response(json.dumps({"name": request.args["name"]}), content_type="application/json")


@app.get("/export/own")
def export_own():
    return make_response(request.args["text"], 200, {"Content-Type": "text/plain; charset=utf-8"})


@app.get("/notes")
def note():
    page = "<h2>{{ title | safe }}</h2><p>{{ text }}</p>"
    return render_template_string(page, title="<i>Note</i>", text=request.args["text"])


@app.get("/cards")
def card():
    return render_template("card.html", title=Markup("<b>{}</b>").format(request.args["title"]))


@app.get("/pages/<int:number>")
def page(number):
    size = int(request.args.get("size", "20"))
    return f"<p>Page {number} of {size}</p>"


@app.get("/colours/<name>")
def colour(name):
    if name not in COLOURS:
        abort(404)
    return f"<b style='color: {COLOURS[name]}'>{name}</b>"


@app.get("/names/<name>")
def named(name):
    if not name.isalnum():
        return "no such name", 404
    return "<p>" + name + "</p>"


@app.get("/saved")
def saved():
    text = request.args["text"]
    app.logger.info("saved %r", text)
    text = "saved"
    return f"<p>{text}</p>"


@app.get("/percent")
def percent():
    return Markup("<b>%s</b>") % request.args["title"]


@require_GET
def greet(request: HttpRequest):
    name = request.GET.get("name", "")
    if not name:
        return render(request, "greet.html", {"name": name})
    return HttpResponse(format_html("<p>Hello, {}</p>", name))


@require_GET
def greet_again(request: HttpRequest):
    name = request.GET.get("name", "")
    first = HttpResponse(render_to_string("greet.html", {"name": name}))
    first.write(get_template("greet.html").render({"name": name}))
    second = HttpResponse(get_template("greet.html").render({"name": name}, request))
    return first if name else second


@require_GET
def sent(request: HttpRequest):
    name = request.GET["name"]
    if name == "plain":
        return HttpResponse(name, content_type="text/plain")
    if request.GET.get("as") == "text":
        return HttpResponse(request.GET["text"], "text/plain")
    if request.GET.get("as") == "json":
        return JsonResponse({"text": request.GET["text"]})
    bold = mark_safe("<b>" + django_escape(request.GET["text"]) + "</b>")
    return HttpResponse(bold)


@api.get("/welcome")
def welcome(name: str):
    return HTMLResponse(f"<h1>Welcome, {html.escape(name)}</h1>")


@api.get("/welcome/again")
def welcome_again(name: str):
    return HTMLResponse(pages.get_template("welcome.html").render(name=name))


@api.get("/welcome/plain", response_class=PlainTextResponse)
def welcome_plain(name: str):
    return f"Welcome, {name}"


async def hail(request: web.Request):
    return web.Response(text="Hail, " + request.query["name"])


class Page(RequestHandler):
    def get(self):
        title = self.get_argument("title")
        if self.get_argument("as", "page") == "json":
            self.write({"title": title})
        else:
            self.render("page.html", title=title)


server = web.Application()
server.router.add_get("/hail", hail)
