import hashlib
import hmac
import os

from flask import Flask, abort, request

app = Flask(__name__)
KEY = os.environb[b"WEBHOOK_KEY"]
API_TOKEN = os.environ["API_TOKEN"]


def sign(body):
    return hmac.new(KEY, body, hashlib.sha256).hexdigest()


@app.post("/a")
def hook():
    expected = hmac.new(KEY, request.data, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers["X-Signature"], expected):
        abort(403)
    return {}


@app.post("/b")
def returned():
    return {"ok": hmac.compare_digest(sign(request.data), request.headers["X-Signature"])}


@app.post("/c")
def with_default():
    given = request.headers.get("X-Signature", "")
    if hmac.compare_digest(given, sign(request.data)):
        return {}
    abort(403)


@app.post("/d")
def asked_first():
    given = request.headers.get("X-Signature")
    if not given:
        abort(401)
    if not hmac.compare_digest(given, sign(request.data)):
        abort(403)
    return {}


def raw(body, signature):
    return hmac.compare_digest(hmac.new(KEY, body, hashlib.sha256).digest(), signature)


def short(body, signature):
    mac = hmac.digest(KEY, body, "sha256")
    return hmac.compare_digest(mac, signature)


def negated(body, signature):
    if not hmac.compare_digest(sign(body), signature):
        raise ValueError("wrong signature")


def one_of_several(body, signature, is_test):
    return is_test or hmac.compare_digest(signature, sign(body))


def several_lines(body, headers):
    if (
        headers["X-Version"] == "2"
        and hmac.compare_digest(headers["X-Signature"], sign(body))  # since May
    ):
        return True
    return False


class Gate:
    def __init__(self, secret_key: str) -> None:
        self.secret_key = secret_key

    def opens(self, given: str) -> bool:
        return hmac.compare_digest(given, self.secret_key)


def token_fits(given: str) -> bool:
    return hmac.compare_digest(given, API_TOKEN)


def environment(given: str) -> bool:
    return hmac.compare_digest(given, os.environ["SERVICE_TOKEN"])


@app.post("/z")
def may_be_missing():
    return {"ok": request.headers.get("X-Signature") == sign(request.data)}
