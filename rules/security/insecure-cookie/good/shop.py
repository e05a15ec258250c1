import secrets

from django.conf import settings
from django.core.signing import TimestampSigner
from django.http import JsonResponse
from django.shortcuts import redirect, render
from fastapi import FastAPI, Response
from flask import Flask, make_response, request

shop = Flask(__name__)
api = FastAPI()
FLAGS = {"secure": True, "httponly": True, "samesite": "Lax"}


@shop.post("/login")
def log_in():
    answer = make_response("welcome")
    answer.set_cookie("session_id", new_session(request.form["name"]), **FLAGS)
    answer.set_cookie("language", request.form["language"])
    answer.set_cookie("session_theme", request.form["theme"])
    return answer


@shop.post("/login/remember")
def remember():
    answer = make_response("welcome back")
    is_local = request.host.startswith("localhost")
    answer.set_cookie("token", secrets.token_urlsafe(), secure=not is_local, httponly=True)
    return answer


@shop.post("/logout")
def log_out():
    answer = make_response("bye")
    answer.set_cookie("session_id", "", expires=0)
    answer.set_cookie("remember_token", request.cookies["remember_token"], max_age=0)
    answer.delete_cookie("token")
    return answer


def log_in_view(request):
    answer = redirect("home")
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie("auth_token", token_of(request.user), secure=secure, httponly=True)
    return answer


def form_view(request):
    answer = render(request, "form.html")
    answer.set_cookie("csrf_token", secrets.token_hex(), secure=True)
    return answer


def token_view(request):
    answer = JsonResponse({"ok": True})
    answer.set_cookie("jwt", token_of(request.user), 3600, None, "/", None, True, True)
    answer.set_cookie("has_token", "yes")
    return answer


@api.post("/login")
async def api_log_in(response: Response, name: str):
    response.set_cookie("access_token", await issue(name), secure=True, httponly=True)
    response.set_cookie("auth", "guest")
    return {"ok": True}


class Cart:
    def set_cookie(self, key, value):
        self.cookies = {key: value}


def fill(cart, token):
    Cart().set_cookie("session", token)
    cart.set_cookie("token", token)


def kept_view(request):
    answer = redirect("home")
    signed = TimestampSigner().sign(str(request.user.pk))
    answer.set_cookie("who", signed, max_age=86400, secure=True, httponly=True)
    answer.set_cookie("theme", TimestampSigner().sign(request.GET["theme"]))
    return answer
