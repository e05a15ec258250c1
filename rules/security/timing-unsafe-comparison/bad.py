import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC
from django.http import HttpResponse, HttpResponseForbidden
from fastapi import FastAPI, HTTPException, Request
from flask import Flask, abort, request

shop = Flask(__name__)
api = FastAPI()
KEY = os.environ["WEBHOOK_KEY"].encode()


@shop.post("/hooks/payment")
def payment():
    expected = hmac.new(KEY, request.data, hashlib.sha256).hexdigest()
    if request.headers.get("X-Signature") != expected:  # finding: `hmac.compare_digest`
        abort(403)
    return "", 204


@shop.post("/hooks/push")
def push():
    digest = hmac.new(KEY, request.get_data(), "sha256")
    expected = "sha256=" + digest.hexdigest()
    if not expected == request.headers["X-Hub-Signature-256"]:  # finding: `==` stops at the first difference
        abort(403)
    return "", 204


def sign(data):
    return base64.b64encode(hmac.digest(KEY, data, "sha256")).decode()


@api.post("/hooks/stock")
async def stock(call: Request):
    signature = call.headers["x-signature"]
    if sign(await call.body()) != signature:  # finding: `!=` stops at the first difference
        raise HTTPException(403)


class Links:
    def __init__(self, key):
        self.key = key

    def tag(self, path):
        mac = hmac.new(self.key, digestmod=hashlib.sha256)
        mac.update(path.encode())
        return mac.hexdigest()[:20]

    def is_valid(self, path, tag):
        return tag == self.tag(path)  # finding: how much of a signature was guessed


def invoice(request, number):
    mac = HMAC(KEY, hashes.SHA256())
    mac.update(number.encode())
    if mac.finalize().hex() == request.GET["tag"]:  # finding: `hmac.compare_digest`
        return HttpResponse(f"Invoice {number}")
    return HttpResponseForbidden()


class Session:
    def __init__(self, data):
        self.mac = hmac.new(KEY, data, "sha256").hexdigest()

    def is_valid(self, mac):
        return self.mac == mac  # missed: kept in an attribute


@shop.get("/stock")
def stock():
    if request.headers.get("X-Api-Key") != os.environ["STOCK_API_KEY"]:  # finding: `os.environ["STOCK_API_KEY"]` was guessed
        abort(403)
    return "", 204


def find_session(account, token):
    return account if account.api_token == token else None  # finding: `account.api_token` was guessed
