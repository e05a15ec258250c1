from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect as go
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from flask import Flask, abort, redirect, request, url_for
from tornado.web import RequestHandler

app = Flask(__name__)
api = FastAPI()

PAGES = {"books": "/books", "authors": "/authors"}
PARTNERS = ("https://example.com/", "https://example.org/")


@app.get("/search")
def search():
    return redirect(url_for("found", words=request.args["words"]))


@app.get("/found")
def found():
    return "nothing"


@app.get("/users/<name>")
def user(name):
    return redirect(f"/people/{name}?tab={request.args.get('tab', 'books')}")


@app.get("/books/<int:number>")
def book(number):
    return redirect(f"https://books.example.com/{number}")


@app.get("/shelf")
def shelf():
    return redirect("https://shelf.example.com/?" + urlencode({"name": request.args["name"]}))


@app.post("/upload")
def upload():
    if "file" not in request.files:
        return redirect(request.url)
    return redirect(url_for("found"))


@app.get("/go/<page>")
def go_to(page):
    return redirect(PAGES.get(page, "/"))


@app.get("/partner")
def partner():
    target = request.args.get("to", "")
    if target not in PARTNERS:
        abort(400)
    return redirect(target)


@app.get("/back")
def back():
    target = request.args.get("next", "/")
    if urlsplit(target).netloc != "":
        target = url_for("found")
    return redirect(target)


@app.get("/old")
def old():
    target = request.args.get("next")
    app.logger.info("came with %r", target)
    target = url_for("found")
    return redirect(target)


@require_POST
def sign_in(request: HttpRequest):
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = settings.LOGIN_REDIRECT_URL
    return HttpResponseRedirect(target)


@require_POST
def order(request: HttpRequest):
    number = int(request.POST["number"])
    if number < 1:
        return go("orders", request.POST["number"])
    return HttpResponseRedirect(reverse("order", args=[request.POST["number"]]))


@require_POST
def ask(request: HttpRequest):
    query = urlencode({"next": request.POST["next"]})
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{query}")


@api.get("/read")
def read(title: str):
    return RedirectResponse("/books?" + urlencode({"title": title}))


class LogOut(RequestHandler):
    def get(self):
        self.redirect(self.reverse_url("home", self.get_argument("language", "en")))
