import flask
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from starlette.middleware.sessions import SessionMiddleware

api = FastAPI()
api.add_middleware(SessionMiddleware, secret_key=api.title, https_only=False)
app = flask.Flask(__name__)
app.config["SESSION_COOKIE_HTTPONLY"] = False
app.config["REMEMBER_COOKIE_SECURE"] = False
app.config["SESSION_COOKIE_SAMESITE"] = "None"


def both(request, token):
    response = HttpResponse("welcome")
    response.set_cookie("session", token)
    return response


def one_is_there(request, token):
    response = HttpResponseRedirect("/")
    response.set_cookie("auth_token", token, httponly=True)
    return response


def one_is_off(request, token):
    response = JsonResponse({})
    response.set_cookie("sessionid", token, secure=False, httponly=True)
    return response


def both_are_off(request, token):
    response = JsonResponse({})
    response.set_cookie("sid", token, httponly=False, secure=False, samesite="Lax")
    return response


def several_lines(request, token):
    response = HttpResponse("")
    response.set_cookie(
        "session_id",
        token,
        max_age=3600,
    )
    return response


@app.post("/login")
def in_flask():
    response = flask.make_response("welcome")
    response.set_cookie("jwt", flask.request.form["token"], max_age=60)
    return response


@api.post("/login")
def in_fastapi(response: Response, token: str):
    response.set_cookie(key="session", value=token)  # for a day
    return {}


@api.post("/again")
def returned(token: str):
    response = JSONResponse({})
    response.set_cookie(
        key="auth",
        value=token,
        samesite="lax"
    )
    return response


def signed(request, user):
    response = HttpResponse("")
    response.set_signed_cookie("remember_me", user.pk)
    return response


def for_other_sites(request, token):
    response = HttpResponse("")
    response.set_cookie("session", token, secure=True, httponly=True, samesite="None")
    return response


def off_and_for_other_sites(request, token):
    response = HttpResponse("")
    response.set_cookie("auth_token", token, samesite='none')  # embedded
    return response
