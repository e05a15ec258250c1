import aiohttp_session
from aiohttp import web
from django.http import HttpResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI, Request
from flask import Flask, redirect, request, session

app = Flask(__name__)
api = FastAPI()
routes = web.RouteTableDef()


@app.post("/login")
def log_in():
    session["role"] = request.form["role"]  # source # finding: `request.form["role"]` is kept
    name = request.form.get("name", "").strip()  # source
    session["name"] = name  # finding: as it was sent
    return redirect("/")


def remember(key, value):
    session[key] = value  # finding: is kept in the session


@app.get("/themes")
def theme():
    remember("theme", request.args["theme"])  # source
    return redirect("/")


@app.get("/seen")
def seen():
    session[request.args["page"]] = True  # source # finding: write keys of your own
    return "", 204


@app.post("/preferences")
def preferences():
    session.update(request.get_json())  # source # finding: takes it for something
    session.setdefault("account", request.cookies["account"])  # source # finding: `request.cookies["account"]`
    return "", 204


@require_POST
def checkout(request):
    request.session["total"] = request.POST["total"]  # source # finding: keep what the database says
    basket = {"coupon": request.POST.get("coupon"), "free": False}  # source
    request.session["basket"] = basket  # finding: `request.POST.get("coupon")`
    return HttpResponse(status=204)


@api.post("/tenants/{tenant}")
async def choose(request: Request, tenant: str):  # source
    request.session["tenant"] = tenant  # finding: `tenant` is kept


@routes.post("/language")
async def language(request):
    form = await request.post()  # source
    visit = await aiohttp_session.get_session(request)
    visit["language"] = form["language"]  # finding: check it first
    return web.Response(text="")
