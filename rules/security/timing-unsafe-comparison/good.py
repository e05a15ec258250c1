import enum
import hashlib
import hmac
import os
import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC
from django.utils.crypto import constant_time_compare, salted_hmac
from flask import Flask, abort, request

shop = Flask(__name__)
KEY = os.environ["WEBHOOK_KEY"].encode()
KNOWN = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"


@shop.post("/hooks/payment")
def payment():
    expected = hmac.new(KEY, request.data, hashlib.sha256).hexdigest()
    given = request.headers.get("X-Signature", "")
    if given == "" or not hmac.compare_digest(expected, given):
        abort(403)
    return "", 204


@shop.post("/hooks/push")
def push():
    signature = request.headers.get("X-Hub-Signature-256")
    if signature is None or len(signature) != len("sha256=") + 64:
        abort(400)
    expected = "sha256=" + hmac.new(KEY, request.get_data(), "sha256").hexdigest()
    if secrets.compare_digest(expected, signature):
        return "", 204
    return "", 403


def self_test():
    mac = hmac.new(b"key", b"The quick brown fox jumps over the lazy dog", "sha256").hexdigest()
    assert mac == os.environ.get("EXPECTED", KNOWN)
    return mac == KNOWN


def is_same_document(one, other):
    blind = secrets.token_bytes(32)
    return hmac.digest(blind, one, "sha256") == hmac.digest(blind, other, "sha256")


def is_valid_tag(value, tag):
    return constant_time_compare(salted_hmac("tag", value).hexdigest(), tag)


def is_valid_number(number, signature):
    mac = HMAC(KEY, hashes.SHA256())
    mac.update(number.encode())
    try:
        mac.verify(signature)
    except InvalidSignature:
        return False
    return True


def is_unchanged(path, checksum):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest() == checksum


def is_version(version):
    version = version.strip().lower()
    mac = hmac.new(KEY, version.encode(), "sha256").hexdigest()
    return version == request.args["version"], mac


def algorithm_of(mac):
    return "short" if hmac.new(KEY, mac, "sha1").digest_size == len(mac) else "long"


@shop.get("/stock")
def stock():
    given = request.headers.get("X-Api-Key", "")
    if not hmac.compare_digest(given, os.environ["STOCK_API_KEY"]):
        abort(403)
    return "", 204


def change_password(form, account, token_count):
    if form["password"] != form["password_again"] or account.api_token == "":
        abort(400)
    return account.token_type == form["type"] and token_count == account.token_count


class KeyKind(enum.Enum):
    PRIVATE_KEY = 1
    PUBLIC_KEY = 2


def file_of(stored):
    return "private.pem" if stored.kind == KeyKind.PRIVATE_KEY else "public.pem"
