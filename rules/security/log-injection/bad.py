import logging

from django.http import HttpResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI
from flask import Flask, jsonify, request
from loguru import logger as shop_log
from pydantic import BaseModel

app = Flask(__name__)
api = FastAPI()
logger = logging.getLogger(__name__)


class Order(BaseModel):
    isbn: str
    count: int


@app.post("/login")
def log_in():
    name = request.form["name"]  # source
    logger.warning("failed login of %s", name)  # finding: `%r`
    return jsonify({"ok": False}), 403


@app.get("/books")
def books():
    title = request.args.get("title", "")  # source
    app.logger.info(f"search for {title}")  # finding: with its line breaks
    return jsonify([])


@app.post("/reviews")
def review():
    data = request.get_json()  # source
    logger.info("review of %d by %s", data["book"], data["author"])  # finding: write log entries of their own
    return jsonify({"ok": True})


def note(what, who):
    logging.log(logging.INFO, what + " by " + who)  # finding: `request.cookies["name"]`


@app.delete("/books/<int:book>")
def remove(book):
    note("removed %d" % book, request.cookies["name"])  # source
    return "", 204


@require_POST
def subscribe(request):
    mail = request.POST["mail"].strip().lower()  # source
    logger.info("subscribed: {}".format(mail))  # finding: `logger.info`
    return HttpResponse(status=204)


@api.post("/orders")
def order(order: Order, coupon: str):  # source
    shop_log.info("order of {} with {}", order.count, coupon)  # finding: `{!r}`
    logger.info("ordered: %s", order.isbn)  # finding: can write log entries
    return {"ok": True}
