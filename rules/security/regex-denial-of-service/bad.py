import re

from django import forms
from django.core.validators import RegexValidator
from fastapi import FastAPI
from flask import Flask, abort, jsonify, request

app = Flask(__name__)
api = FastAPI()

TITLE = re.compile(r"^(\w+\s?)*$")
TAGS = re.compile(
    r"""
    ^ (?: [a-z]+ ,?   # a word, and perhaps a comma
      )+ $
    """,
    re.VERBOSE,
)


@app.get("/books")
def books():
    title = request.args.get("title", "")  # source
    if not TITLE.match(title):  # finding: doubles with each n
        abort(400)
    return jsonify([])


@app.post("/members")
def join():
    mail = request.form["mail"]  # source
    if not re.fullmatch(r"([a-zA-Z0-9]+[._-]?)+@example\.com", mail):  # finding: `request.form["mail"]` decides
        abort(400)
    return "", 204


def is_tagged(tags):
    return TAGS.search(tags) is not None  # finding: `TAGS.search`


@app.get("/tags")
def tagged():
    return jsonify(is_tagged(request.args["tags"]))  # source


@app.post("/reviews")
def review():
    text = request.get_json()["text"]  # source
    text = re.sub(r"\s+$", "", text)  # finding: square of n
    return jsonify(text)


@api.get("/prices")
async def prices(span: str):  # source
    match = re.match(r"^(.*)-(.*)-(.*)$", span)  # finding: only one part of the pattern
    return {"from": match[1] if match else None}


def is_shelf(name):
    return bool(re.match(r"^([A-Z]|[A-Z][a-z]*)*$", name))  # finding: can make `^([A-Z]|[A-Z][a-z]*)*$` run for years


class OrderForm(forms.Form):
    isbn = forms.CharField(validators=[RegexValidator(r"^(\d+-?)+$")])  # finding: "0" * n


@app.get("/words")
def words():
    pattern = r"^(\w+\s?)*" + "$"
    return jsonify(bool(re.search(pattern, request.args["words"])))  # finding: refuse long texts # source


@app.get("/quotes")
def quotes():
    found = re.match(r"(['\"])(\w+\s?)*\1$", request.args["quote"])  # missed: a reference to a group
    return jsonify(bool(found))
