import hmac
import os

from flask import Blueprint, abort, jsonify, request
from flask_login import login_required

accounts = Blueprint("accounts", __name__)


@accounts.get("/account")
@login_required
def account():
    return jsonify(load())


@accounts.post("/account")
@login_required
def change():
    return jsonify(store(request.json))


@accounts.delete("/account")
@login_required
def close():
    return "", 204


@accounts.post("/login")
def log_in():
    return jsonify(check(request.json))


@accounts.post("/payments")
def paid():
    given = request.headers.get("X-Signature", "")
    if not hmac.compare_digest(given, expected(request.data, os.environ["KEY"])):
        abort(403)
    return "", 204
