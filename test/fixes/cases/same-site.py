import flask
from django.http import HttpResponse, JsonResponse
from fastapi import FastAPI, Response

api = FastAPI()
app = flask.Flask(__name__)
app.config["SESSION_COOKIE_SAMESITE"] = "None"
app.config["REMEMBER_COOKIE_SAMESITE"] = 'none'  # the widget


class Production:
    SESSION_COOKIE_SAMESITE = "None"
    REMEMBER_COOKIE_SAMESITE = "None"


app.config.from_object(Production)


def in_django(request, token):
    response = HttpResponse("")
    response.set_cookie("session", token, secure=True, httponly=True, samesite="None")
    return response


def in_lower_case(request, token):
    response = JsonResponse({})
    response.set_cookie("sessionid", token, secure=True, httponly=True, samesite='none')
    return response


def with_flags(request, token):
    response = HttpResponse("")
    response.set_cookie("auth_token", token, samesite="None")
    return response


def one_line_each(request, token):
    response = HttpResponse("")
    response.set_cookie(
        "jwt",
        token,
        secure=True,
        httponly=True,
        samesite="None",  # for the widget
    )
    return response


@app.post("/login")
def in_flask():
    response = flask.make_response("welcome")
    response.set_cookie(
        "session_id", flask.request.form["token"], secure=True, httponly=True, samesite="None"
    )
    return response


@api.post("/login")
def in_fastapi(response: Response, token: str):
    response.set_cookie(key="session", value=token, secure=True, httponly=True, samesite="none")
    return {}


def signed(request, user):
    response = HttpResponse("")
    response.set_signed_cookie("remember_me", user.pk, secure=True, httponly=True, samesite="None")
    return response
