import secrets
from enum import Enum

import aiohttp_session
from aiohttp import web
from django import forms
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI, Request
from flask import Flask, abort, redirect, request, session
from flask_sqlalchemy import SQLAlchemy

from shop.accounts import find_account

app = Flask(__name__)
api = FastAPI()
db = SQLAlchemy(app)
routes = web.RouteTableDef()

THEMES = {"light", "dark"}
LANGUAGES = {"de": "Deutsch", "en": "English"}


class Plan(Enum):
    FREE = "free"
    PAID = "paid"


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String, index=True)
    role = db.Column(db.String)


class Contact(forms.Form):
    mail = forms.EmailField()


@app.post("/login")
def log_in():
    user = User.query.filter_by(name=request.form["name"]).first()
    if user is None:
        abort(403)
    session["user"] = user.id
    session["role"] = user.role
    session["csrf"] = secrets.token_urlsafe()
    return redirect("/")


def checked_theme(text):
    return text if text in THEMES else "light"


@app.get("/themes")
def theme():
    session["theme"] = checked_theme(request.args["theme"])
    session["page"] = int(request.args["page"])
    session["plan"] = Plan(request.args["plan"])
    session["language"] = LANGUAGES.get(request.args["language"], "English")
    session["dark"] = request.args.get("dark") == "yes"
    return redirect("/")


@app.get("/accounts")
def account():
    session["account"] = find_account(request.args["account"])
    settings = dict(session)
    settings["shown"] = request.args["account"]
    return settings


@require_POST
def subscribe(request):
    form = Contact(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    request.session["mail"] = form.cleaned_data["mail"]
    return HttpResponse(status=204)


@require_POST
def sign_in(request):
    name = request.POST["name"]
    user = authenticate(request, username=name, password=request.POST["password"])
    if user is None:
        return HttpResponse(status=403)
    request.session["name"] = name
    return HttpResponse(status=204)


@api.post("/tenants/{tenant}")
async def choose(request: Request, tenant: int):
    request.session["tenant"] = tenant


@routes.post("/language")
async def language(request):
    form = await request.post()
    visit = await aiohttp_session.get_session(request)
    if form["language"] not in LANGUAGES:
        raise web.HTTPBadRequest()
    visit["language"] = form["language"]
    return web.Response(text="")
