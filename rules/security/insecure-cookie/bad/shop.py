import secrets

import jwt
import tornado.web
from aiohttp import web
from django.core.signing import TimestampSigner
from django.http import JsonResponse
from django.shortcuts import redirect, render
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from flask import Flask, make_response, request
from flask import redirect as go_to

shop = Flask(__name__)
api = FastAPI()
COOKIE = "session_id"


@shop.post("/login")
def log_in():
    answer = make_response("welcome")
    answer.set_cookie(COOKIE, new_session(request.form["name"]))  # finding: `session_id`
    return answer


@shop.post("/login/remember")
def remember():
    answer = go_to("/")
    answer.set_cookie("remember_token", secrets.token_urlsafe(), httponly=True)  # finding: over plain HTTP
    return answer


def log_in_view(request):
    answer = redirect("home")
    answer.set_cookie("auth_token", token_of(request.user), 3600, secure=True)  # finding: any script on the page can read it
    return answer


def profile_view(request):
    answer = render(request, "profile.html")
    answer.set_signed_cookie("sid", request.session.session_key, httponly=True)  # finding: `secure=True`
    return answer


def token_view(request):
    answer = JsonResponse({"ok": True})
    answer.set_cookie("shop.jwt", make_jwt(request.user), secure=False, httponly=False)  # finding: `secure=True, httponly=True`
    return answer


def make_jwt(user):
    return jwt.encode({"sub": user.id}, load_key(), algorithm="HS256")


@api.post("/login")
async def api_log_in(response: Response, name: str):
    response.set_cookie("access_token", await issue(name), samesite="strict")  # finding: says who somebody is
    return {"ok": True}


@api.post("/refresh")
async def refresh(name: str):
    response = JSONResponse({"ok": True})
    response.set_cookie(key="refresh_token", value=await issue(name), httponly=True)  # finding: `refresh_token`
    return response


async def chat_log_in(request):
    answer = web.json_response({"ok": True})
    answer.set_cookie("session", await issue(request.query["name"]), httponly=True)  # finding: `secure=True`
    return answer


class LogIn(tornado.web.RequestHandler):
    def post(self):
        self.set_cookie("session", new_session(self.get_argument("name")))  # finding: `session`
        self.redirect("/")


def welcome_view(request):
    answer = redirect("home")
    signed = TimestampSigner().sign(str(request.user.pk))
    answer.set_cookie("who", signed, max_age=86400)  # finding: says who somebody is
    return answer
