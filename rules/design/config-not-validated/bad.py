import os
from os import environ

import requests
from flask import Flask, request

SHOP_NAME = os.environ["SHOP_NAME"]
SHOP_MAIL = os.environ["SHOP_MAIL"]

app = Flask(SHOP_NAME)
app.secret_key = os.environ.get("SHOP_SECRET")  # finding: Where `SHOP_SECRET` is not set


@app.post("/pay")
def pay():
    key = os.environ["PAYMENT_KEY"]  # finding: asks for `os.environ["PAYMENT_KEY"]` while a visitor waits
    return charge(request.form["amount"], key)


def charge(amount, key):
    url = environ["PAYMENT_URL"] + "/charges"  # finding: Read it at the start, as `SHOP_NAME` is
    answer = requests.post(url, json={"amount": amount}, auth=(key, ""), timeout=10)
    return answer.json()
