# Writing into an object of a library is a call of it: sinks may stand there.

# === the place a response leads to
from flask import Flask, make_response, redirect, request, url_for

app = Flask(__name__)


@app.get("/a")
def by_header():
    response = make_response("", 302)
    response.headers["Location"] = request.args["next"]  # finding
    return response


@app.get("/b")
def by_attribute():
    response = redirect("/")
    response.location = request.args["next"]  # finding
    return response


@app.get("/c")
def elsewhere():
    response = make_response("", 200)
    response.headers["X-Title"] = request.args["next"].replace("\n", "")
    response.headers["Location"] = url_for("by_header", title=request.args["next"])
    note = {}
    note["Location"] = request.args["next"]
    return response


# === the place a response of Django leads to
from django.http import HttpResponse
from django.urls import path


def leave(request):
    response = HttpResponse(status=302)
    response["Location"] = request.GET["next"]  # finding
    return response


def stay(request):
    response = HttpResponse(status=302)
    response["Location"] = "/home/" + request.GET["next"]
    return response


urlpatterns = [path("leave", leave), path("stay", stay)]


# === a password that is kept as it is, and one that was sealed before
from sqlalchemy import Column, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Login(Base):
    __tablename__ = "login"
    password = Column(String)


def keep_sealed(user, values, vault):
    method, password = vault.seal(values["password"])
    user.password = password
    return method


def keep_plain(user, password):
    user.password = password  # finding: weak-password-hash
    user.save()
