import os
from functools import lru_cache

import requests
from flask import Flask, request

PAYMENT_URL = os.environ["PAYMENT_URL"]
SHOP_NAME = os.environ["SHOP_NAME"]

app = Flask(SHOP_NAME)
app.secret_key = os.environ["SHOP_SECRET"]
app.config["SENTRY_DSN"] = os.environ.get("SENTRY_DSN")


def payment_key():
    return os.environ["PAYMENT_KEY"]


if not payment_key():
    raise SystemExit("PAYMENT_KEY is empty.")


@lru_cache
def limits():
    return int(os.environ["PAYMENT_LIMIT"])


@app.post("/pay")
def pay():
    if int(request.form["amount"]) > limits():
        return {"error": "Too much."}, 400
    answer = requests.post(PAYMENT_URL, auth=(payment_key(), ""), timeout=10)
    return answer.json()


@app.post("/mail")
def mail():
    if "MAIL_URL" not in os.environ:
        return {"error": "This shop sends no mail."}, 404
    requests.post(os.environ["MAIL_URL"], timeout=10)
    return {"sent": True}


@app.get("/version")
def version():
    try:
        return {"version": os.environ["SHOP_VERSION"]}
    except KeyError:
        return {"version": "unknown"}


@app.get("/home")
def home():
    return {"home": os.environ["HOME"], "region": os.environ.get("REGION", "eu")}


@app.cli.command("import-books")
def import_books():
    requests.get(os.environ["BOOKS_URL"], timeout=60)
