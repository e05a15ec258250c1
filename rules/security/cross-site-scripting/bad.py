from aiohttp import web
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from flask import Flask, make_response, render_template, render_template_string, request
from markupsafe import Markup
from tornado.web import RequestHandler

app = Flask(__name__)
api = FastAPI()


@app.get("/hello")
def hello():
    name = request.args.get("name", "you")  # source
    return f"<h1>Hello, {name}</h1>"  # finding: the page that is returned


def headline(text):
    return "<h1>" + text + "</h1>"


@app.get("/search")
def search():
    words = request.args["words"]  # source
    page = headline("Found for " + words)
    return page, 200  # finding: `markupsafe.escape`


@app.get("/comments/<text>")
def comment(text):  # source
    return make_response("<p>%s</p>" % text)  # finding: the HTML that `make_response` makes


@app.get("/cards")
def card():
    title = request.args["title"]  # source
    return render_template("card.html", title=Markup("<b>" + title + "</b>"))  # finding: `Markup`


@app.get("/notes")
def note():
    text = request.args["text"]  # source
    page = "<h2>{{ title }}</h2><p>{{ text | safe }}</p>"
    return render_template_string(page, title="Note", text=text)  # finding: `render_template_string`


@require_GET
def greet(request: HttpRequest):
    name = request.GET.get("name", "")  # source
    return HttpResponse("<p>Hello, " + name + "</p>")  # finding: Build it with `format_html`


@require_GET
def label(request: HttpRequest):
    colour = request.GET["colour"]  # source
    style = mark_safe(f"color: {colour}")  # finding: `mark_safe`
    return HttpResponse(format_html("<b style='{}'>sold</b>", style))


@require_GET
def badge(request: HttpRequest):
    text = request.GET["text"]  # source
    return HttpResponse(format_html(f"<b>{text}</b>"))  # finding: `format_html` makes


@api.get("/welcome")
def welcome(name: str):  # source
    return HTMLResponse(f"<h1>Welcome, {name}</h1>")  # finding: `html.escape`


async def hail(request: web.Request):
    name = request.query["name"]  # source
    return web.Response(text=f"<h1>Hail, {name}</h1>", content_type="text/html")  # finding: `web.Response`


class Page(RequestHandler):
    def get(self):
        title = self.get_argument("title")  # source
        self.write("<title>" + title + "</title>")  # finding: `self.render`


server = web.Application()
server.router.add_get("/hail", hail)
