import getpass
import hashlib
import hmac
import os

import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from flask import Flask, abort, request
from werkzeug.security import generate_password_hash

shop = Flask(__name__)
SECRET = os.environ["CALLBACK_SECRET"].encode()


@shop.post("/callback")
def callback():
    expected = hmac.new(SECRET, request.data, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get("X-Signature", "")):
        abort(403)
    return "", 204


def one_time_password(key, counter):
    return hmac.new(key, counter.to_bytes(8, "big"), hashlib.sha1).digest()


def is_same_text(one, other):
    left = hashlib.md5(one, usedforsecurity=False).digest()
    right = hashlib.md5(other, usedforsecurity=False).digest()
    return hmac.compare_digest(left, right)


def is_same_key(one, other):
    return hmac.compare_digest(hashlib.new("sha256", one).digest(), hashlib.sha512(other).digest())


def sign_release(pem, data):
    key = serialization.load_pem_private_key(pem, password=None)
    return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def open_box(key, data):
    scheme = padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)
    return key.decrypt(data, scheme)


@shop.get("/books/<isbn>")
def book(isbn):
    text = describe(isbn)
    etag = hashlib.md5(text.encode()).hexdigest()
    if request.headers.get("If-None-Match") == etag:
        return "", 304
    return text, 200, {"ETag": etag}


@shop.get("/avatar")
def avatar():
    email = request.args["email"].strip().lower()
    return {"picture": "https://www.gravatar.com/avatar/" + hashlib.md5(email.encode()).hexdigest()}


@shop.post("/register")
def register():
    password = request.form["password"]
    if is_leaked(password):
        abort(400)
    store(request.form["name"], generate_password_hash(password))
    return "", 201


def is_leaked(password):
    digest = hashlib.sha1(password.encode()).hexdigest().upper()
    answer = requests.get("https://api.pwnedpasswords.com/range/" + digest[:5], timeout=5)
    return digest[5:] in answer.text


def is_complete(path, checksum):
    with open(path, "rb") as file:
        return hashlib.sha1(file.read()).hexdigest() == checksum


def add_admin(name):
    password = getpass.getpass()
    salt = os.urandom(16)
    store(name, salt + hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1))
    print("key", hashlib.md5(name.encode()).hexdigest())
