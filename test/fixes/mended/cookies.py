import flask
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from starlette.middleware.sessions import SessionMiddleware

api = FastAPI()
api.add_middleware(SessionMiddleware, secret_key=api.title, https_only=True)
app = flask.Flask(__name__)
app.config["SESSION_COOKIE_HTTPONLY"] = True
app.config["REMEMBER_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"


def both(request, token):
    response = HttpResponse("welcome")
    response.set_cookie("session", token, secure=True, httponly=True)
    return response


def one_is_there(request, token):
    response = HttpResponseRedirect("/")
    response.set_cookie("auth_token", token, httponly=True, secure=True)
    return response


def one_is_off(request, token):
    response = JsonResponse({})
    response.set_cookie("sessionid", token, secure=True, httponly=True)
    return response


def both_are_off(request, token):
    response = JsonResponse({})
    response.set_cookie("sid", token, httponly=True, secure=True, samesite="Lax")
    return response


def several_lines(request, token):
    response = HttpResponse("")
    response.set_cookie(
        "session_id",
        token,
        max_age=3600,
        secure=True,
        httponly=True,
    )
    return response


@app.post("/login")
def in_flask():
    response = flask.make_response("welcome")
    response.set_cookie("jwt", flask.request.form["token"], max_age=60, secure=True, httponly=True)
    return response


@api.post("/login")
def in_fastapi(response: Response, token: str):
    response.set_cookie(key="session", value=token, secure=True, httponly=True)  # for a day
    return {}


@api.post("/again")
def returned(token: str):
    response = JSONResponse({})
    response.set_cookie(
        key="auth",
        value=token,
        samesite="lax",
        secure=True,
        httponly=True
    )
    return response


def signed(request, user):
    response = HttpResponse("")
    response.set_signed_cookie("remember_me", user.pk, secure=True, httponly=True)
    return response


def for_other_sites(request, token):
    response = HttpResponse("")
    response.set_cookie("session", token, secure=True, httponly=True, samesite="Lax")
    return response


def off_and_for_other_sites(request, token):
    response = HttpResponse("")
    response.set_cookie("auth_token", token, samesite='Lax', secure=True, httponly=True)  # embedded
    return response
