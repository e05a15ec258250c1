from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect as go
from django.views.decorators.http import require_POST
from fastapi import FastAPI, Form
from fastapi.responses import RedirectResponse
from flask import Flask, redirect, request, session, url_for
from tornado.web import RequestHandler

app = Flask(__name__)
api = FastAPI()


@app.post("/login")
def log_in():
    session["user"] = request.form["user"]
    return redirect(request.args.get("next") or url_for("home"))  # finding: accept only paths # source


@app.get("/")
def home():
    return "welcome"


def landing_page(form):
    target = form.get("target", "")
    if target:
        return target
    return "/"


@app.post("/language")
def choose_language():
    target = landing_page(request.form)  # source
    answer = redirect(target, code=303)  # finding: `redirect` sends the browser
    answer.set_cookie("language", "en")
    return answer


@app.get("/out")
def out():
    host = request.args["host"]  # source
    return redirect(f"https://{host}/welcome")  # finding: hosts from a list


@require_POST
def sign_in(request: HttpRequest):
    user = authenticate(request, username=request.POST["name"], password=request.POST["password"])
    if user is None:
        return go("sign-in")
    login(request, user)
    return HttpResponseRedirect(request.POST["next"])  # finding: `request.POST["next"]` # source


@api.post("/subscribe")
def subscribe(address: str = Form(), back: str = Form("/")):  # source
    return RedirectResponse(back, status_code=303)  # finding: `back` decides


class LogOut(RequestHandler):
    def get(self):
        self.clear_cookie("user")
        self.redirect(self.get_argument("next", "/"))  # finding: `self.redirect` # source
