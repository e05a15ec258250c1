import flask
from django.http import HttpResponse, JsonResponse
from fastapi import FastAPI, Response

api = FastAPI()
app = flask.Flask(__name__)
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
app.config["REMEMBER_COOKIE_SAMESITE"] = 'Lax'  # the widget


class Production:
    SESSION_COOKIE_SAMESITE = "Lax"
    REMEMBER_COOKIE_SAMESITE = "Lax"


app.config.from_object(Production)


def in_django(request, token):
    response = HttpResponse("")
    response.set_cookie("session", token, secure=True, httponly=True, samesite="Lax")
    return response


def in_lower_case(request, token):
    response = JsonResponse({})
    response.set_cookie("sessionid", token, secure=True, httponly=True, samesite='Lax')
    return response


def with_flags(request, token):
    response = HttpResponse("")
    response.set_cookie("auth_token", token, samesite="Lax", secure=True, httponly=True)
    return response


def one_line_each(request, token):
    response = HttpResponse("")
    response.set_cookie(
        "jwt",
        token,
        secure=True,
        httponly=True,
        samesite="Lax",  # for the widget
    )
    return response


@app.post("/login")
def in_flask():
    response = flask.make_response("welcome")
    response.set_cookie(
        "session_id", flask.request.form["token"], secure=True, httponly=True, samesite="Lax"
    )
    return response


@api.post("/login")
def in_fastapi(response: Response, token: str):
    response.set_cookie(key="session", value=token, secure=True, httponly=True, samesite="Lax")
    return {}


def signed(request, user):
    response = HttpResponse("")
    response.set_signed_cookie("remember_me", user.pk, secure=True, httponly=True, samesite="Lax")
    return response
