import re
from pathlib import Path

import regex
from aiohttp import web
from django.http import JsonResponse
from django.views import View
from fastapi import FastAPI
from flask import Flask, jsonify, request

app = Flask(__name__)
api = FastAPI()
routes = web.RouteTableDef()

TITLES = ["The Trial", "The Castle", "Amerika"]


@app.get("/titles")
def titles():
    word = request.args["word"]  # source
    return jsonify([title for title in TITLES if re.search(word, title, re.IGNORECASE)])  # finding: `re.escape`


def highlighter(word):
    return re.compile(r"\b(" + word + r")\b")  # finding: one bad pattern


@app.post("/highlight")
def highlight():
    pattern = highlighter(request.form["word"])  # source
    return jsonify({"text": pattern.sub(r"*\1*", request.form["text"])})


@api.get("/lines")
def lines(pattern: str):  # source
    text = Path("shop.log").read_text()
    return {"lines": regex.findall(f"^.*{pattern}.*$", text, regex.MULTILINE)}  # finding: decides what matches


class Words(View):
    def post(self, request):
        separator = request.POST.get("separator", ",")  # source
        words = re.split("\\s*%s\\s*" % separator, request.POST["text"])  # finding: becomes part of the pattern
        return JsonResponse({"words": len(words)})


@routes.get("/check/{text}")
async def check(request):
    pattern = request.query["pattern"]  # source
    return web.json_response({"matches": bool(re.fullmatch(pattern, "The Trial"))})  # finding: keeps a process busy
