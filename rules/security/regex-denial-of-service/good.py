import re

import re2
from django import forms
from django.core.validators import RegexValidator
from fastapi import FastAPI, Query
from flask import Flask, abort, jsonify, request

app = Flask(__name__)
api = FastAPI()

TITLE = re.compile(r"^\w+(\s\w+)*\s?$")
SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
ADDRESS = re.compile(r"^(?:\d{1,3}\.){3}\d{1,3}$")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
POSSESSIVE = re.compile(r"^(?:\w++\s?)*$")


@app.get("/books")
def books():
    title = request.args.get("title", "")
    if not TITLE.match(title) or not SLUG.match(request.args["shelf"]):
        abort(400)
    return jsonify(QUOTED.findall(title))


@app.get("/hosts")
def hosts():
    address = request.args["address"]
    if not ADDRESS.match(address) or not POSSESSIVE.match(address):
        abort(400)
    return jsonify(re.split(r"\s*,\s*|;", address))


# Every text that begins like this is welcome: no way of matching ends badly.
@app.get("/prefixes")
def prefixes():
    return jsonify(bool(re.match(r"(a+)+", request.args["text"])))


@app.post("/reviews")
def review():
    text = request.get_json()["text"]
    if len(text) > 200:
        abort(413)
    return jsonify(bool(re.match(r"^(.*),(.*),(.*)$", text)))


@app.post("/comments")
def comment():
    text = request.form["text"][:100]
    return jsonify(bool(re.match(r"^\w+\d+$", text)))


@api.get("/prices")
async def prices(span: str = Query(max_length=40)):
    return {"ok": bool(re.match(r"^(.*)-(.*)$", span))}


@api.get("/copies/{book}")
async def copies(book: int):
    return {"ok": bool(re.match(r"^(.*)-(.*)$", str(book)))}


@app.get("/lines")
def lines():
    wanted = request.args["wanted"]
    return jsonify(bool(re2.match(r"^(\w+\s?)*$", wanted)))


def is_ours():
    return re.match(r"^(\w+\s?)*$", "MIT License") is not None


class OrderForm(forms.Form):
    isbn = forms.CharField(validators=[RegexValidator(r"^\d+(?:-\d+)*$")])


def trim(text):
    return re.sub(r"\s+$", "", text)
