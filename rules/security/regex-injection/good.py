import fnmatch
import re
from pathlib import Path

import re2
import regex
from django.http import JsonResponse
from django.views import View
from fastapi import FastAPI
from flask import Flask, abort, jsonify, request

app = Flask(__name__)
api = FastAPI()

TITLES = ["The Trial", "The Castle", "Amerika"]
SEPARATORS = {"comma": ",", "semicolon": ";"}
WORD = re.compile(r"\w+")
SHAPES = {"isbn": re.compile(r"\d{13}"), "year": re.compile(r"\d{4}")}


@app.get("/titles")
def titles():
    word = re.escape(request.args["word"])
    return jsonify([title for title in TITLES if re.search(word, title, re.IGNORECASE)])


def any_of(words):
    return re.compile("|".join(re.escape(word) for word in words))


@app.post("/highlight")
def highlight():
    pattern = any_of(request.form.getlist("word"))
    return jsonify({"text": pattern.sub(r"*\g<0>*", request.form["text"])})


@app.post("/words")
def words():
    text = request.form["text"]
    return jsonify({"words": WORD.findall(text), "first": re.split(r"\s+", text)[0]})


@app.post("/clean")
def clean():
    with_what = request.form.get("with", " ")
    return jsonify({"text": re.sub(r"[\r\n]+", with_what, request.form["text"])})


@app.get("/check/<shape>/<text>")
def check(shape, text):
    if shape not in SHAPES:
        abort(404)
    return jsonify({"fits": SHAPES[shape].fullmatch(text) is not None})


@app.get("/names")
def names():
    wanted = request.args.get("like", "*")
    return jsonify([title for title in TITLES if fnmatch.fnmatch(title, wanted)])


@app.get("/names/sorted")
def sorted_names():
    wanted = re.compile(fnmatch.translate(request.args.get("like", "*")))
    return jsonify(sorted(filter(wanted.match, TITLES)))


@api.get("/lines")
def lines(pattern: str, limit: int = 10):
    text = Path("shop.log").read_text()
    found = regex.findall(f"^.*{pattern}.*$", text, regex.MULTILINE, timeout=0.5)
    return {"lines": found[:limit], "long": len(re.findall(f"^.{{{limit},}}$", text, re.MULTILINE))}


@api.get("/search")
def search(pattern: str):
    return {"found": [title for title in TITLES if re2.search(pattern, title)]}


class Words(View):
    def post(self, request):
        separator = SEPARATORS.get(request.POST.get("separator"), ",")
        words = re.split("\\s*%s\\s*" % separator, request.POST["text"])
        return JsonResponse({"words": len(words)})
