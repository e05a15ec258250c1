import base64
import getpass
import hashlib

import bcrypt
import psycopg2
import requests
from argon2 import PasswordHasher
from flask import Flask, abort, request
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
hasher = PasswordHasher()

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    # Read only: whoever signs in gets a new one.
    "django.contrib.auth.hashers.MD5PasswordHasher",
]


class TestingConfig:
    BCRYPT_ROUNDS = bcrypt.gensalt(rounds=4)


@app.post("/register")
def register():
    if request.form["password"] != request.form["confirm_password"]:
        abort(400)
    keep(request.form["name"], generate_password_hash(request.form["password"]))
    return "", 201


@app.post("/login")
def login():
    user = find(request.form["name"])
    if user is None or not check_password_hash(user.password, request.form["password"]):
        abort(401)
    return "", 204


def long_password(password):
    return bcrypt.hashpw(base64.b64encode(hashlib.sha256(password.encode()).digest()), bcrypt.gensalt(12))


def verify_old(user, password):
    if user.old_hash == hashlib.sha1(password.encode()).hexdigest():
        user.set_password(password)
        return True
    return False


def is_leaked(password):
    digest = hashlib.sha1(password.encode()).hexdigest().upper()
    answer = requests.get(f"https://api.pwnedpasswords.com/range/{digest[:5]}", timeout=5)
    return digest[5:] in answer.text


def digest_answer(user, realm, password, nonce):
    secret = hashlib.md5(f"{user}:{realm}:{password}".encode()).hexdigest()
    return hashlib.md5(f"{secret}:{nonce}".encode()).hexdigest()


def fingerprint(token, password_reset_url):
    return hashlib.sha256(token.encode()).hexdigest(), hashlib.md5(password_reset_url.encode()).hexdigest()


def etag(text, path):
    digest = hashlib.sha256(text.encode())
    digest.update(path.read_bytes())
    return digest.hexdigest()


def color_of(password):
    return hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()[:2]


def is_strong(password, name):
    return len(password) >= 12 and password != name and password not in {"password1234"}


def has_changed(old, new_password):
    return old.password != new_password


def add_admin():
    password = getpass.getpass()
    if password != getpass.getpass("again: "):
        raise SystemExit("not the same")
    keep("admin", hasher.hash(password))


def key_of(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)


def open_store(password):
    return psycopg2.connect(host="db.shop-internal.net", user="shop", password=password)
