import json
import logging
import re

from django.http import HttpResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI, UploadFile
from flask import Flask, abort, jsonify, request
from loguru import logger as shop_log
from pydantic import BaseModel

app = Flask(__name__)
api = FastAPI()
logger = logging.getLogger(__name__)

KINDS = {"book", "record"}


class Order(BaseModel):
    isbn: str
    count: int


@app.post("/login")
def log_in():
    name = request.form["name"]
    logger.warning("failed login of %r from %s", name, request.headers.get("X-Real-IP"))
    return jsonify({"ok": False}), 403


@app.get("/books")
def books():
    title = request.args.get("title", "")
    page = request.args.get("page", 1, type=int)
    app.logger.info(f"search for {title!r}, page {page}")
    return jsonify([])


@app.get("/<kind>/list")
def list_of(kind):
    if kind not in KINDS:
        abort(404)
    logger.info("list of %s", kind)
    return jsonify([])


@app.post("/reviews")
def review():
    data = request.get_json()
    logger.debug("review: %s", data)
    logger.debug("fields %s, tags %s", sorted(data.keys()), request.args.getlist("tag"))
    logger.info("review of %d by %r", data["book"], data["author"])
    logger.info("review as sent: %s", json.dumps(data["text"]))
    return jsonify({"length": len(data["text"])})


def one_line(text):
    return text.replace("\r", " ").replace("\n", " ")


@app.post("/comments")
def comment():
    text = request.form["text"]
    logger.info("comment: %s", one_line(text))
    short = " ".join(text.split())[:80]
    logger.info("in short: %s", short)
    logger.info("only letters: %s", re.sub(r"[^a-z ]", "", text))
    return "", 204


@app.get("/isbn/<isbn>")
def by_isbn(isbn):
    if not re.fullmatch(r"[0-9-]{10,17}", isbn):
        logger.info("no isbn: %a", isbn)
        abort(404)
    logger.info("looked up %s", isbn)
    return jsonify({"isbn": isbn})


@require_POST
def subscribe(request):
    mail = request.POST["mail"]
    if "\n" in mail or "\r" in mail:
        return HttpResponse(status=400)
    logger.info("subscribed: %s", mail)
    mail = "somebody"
    logger.info("thanked " + mail)
    return HttpResponse(status=204)


@api.post("/orders")
def order(order: Order, coupon: str):
    shop_log.info("order of {} with {!r}", order.count, coupon)
    logger.info("order: %s", order)
    logger.info("order: %(count)d of %(isbn)r", {"count": order.count, "isbn": order.isbn})
    return {"ok": True}


@api.post("/covers")
def cover(picture: UploadFile):
    logger.info("cover %s, %d bytes", picture.filename, picture.size)
    return {"ok": True}


@app.errorhandler(500)
def failed(error):
    logger.error("%s %s failed", request.method, request.url, exc_info=error)
    return "sorry", 500
