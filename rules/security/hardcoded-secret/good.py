import enum
import hashlib
import hmac
import os
import sys

import jwt
import psycopg2
import requests
from flask import Flask, abort, request

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY", "")

API_KEY_HEADER = "X-Api-Key"
PASSWORD_FIELD = "new_password2"
TOKEN_URL = "https://login.partner.net/oauth2/v2.0/token"
ACCESS_TOKEN = "access_token"
SESSION_TOKEN = "__Host-session-7a1f"
DB_PASSWORD = "DB_PASSWORD"
PRIVATE_KEY = "/etc/shop/keys/private.pem"
ARMOUR = "-----BEGIN PRIVATE KEY-----"
PUBLIC_KEY = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEx0aG1zbrqkqHSvN0QFmCwW2wJmF8dGzJpW3"
STRIPE_PUBLISHABLE_KEY = "pk_live_9sT2vXk4LmQ8rWz1BnYd6HfJ"
CLIENT_ID = "0oa1b2c3d4e5f6g7h8i9"
TENANT = "7d9f1c52-5c0e-4a4b-9d1f-2f6f2c1b7e11"
RELEASE_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
PAD_TOKEN = "<|endoftext_0x1F|>"
SMTP_PASSWORD = "${SMTP_PASSWORD}"
REDIS_URL = os.environ.get("REDIS_URL", "redis://:devpassword1@localhost:6379/0")
STORE_URL = "postgresql://{user}:{password}@db.shop-internal.net/orders"
EXAMPLE_URL = "amqp://shop:s3cr3t-pw@broker.example.com"
SMS_TOKEN = os.environ.get("SMS_TOKEN", "your-token-here")
DEFAULT_KEY = "please-set-a-secret"
SIGNING_KEY = os.environ.get("SIGNING_KEY", "please-set-a-secret")
if SIGNING_KEY == "please-set-a-secret" and "--dev" not in sys.argv:
    raise SystemExit("SIGNING_KEY is not set")


class Problem(enum.Enum):
    INVALID_PASSWORD = "E1042_bad_password"
    EXPIRED_TOKEN = "E1043_expired_token"
    API_KEY = "apiKey2Missing99"


class TestingConfig:
    SECRET_KEY = "f81Kd0-2mXq9zT7"
    ADMIN_PASSWORD = "adm1n-Of-Tests"


def local_store():
    return psycopg2.connect(host="localhost", user="shop", password="Gr33n-Forklift")


def store(password, token=None, api_key=""):
    return psycopg2.connect(host="db.shop-internal.net", user="shop", password=password)


def telegram_secret(bot_token):
    return hmac.new(b"WebAppData", bot_token.encode(), hashlib.sha256).digest()


def read_session(token):
    return jwt.decode(token, os.environ["SESSION_KEY"], algorithms=["HS256"])


def check_new_password(password):
    if password == "password123":
        raise ValueError("too common")
    if password == "":
        raise ValueError("missing")


def kind_of(token, grant_type):
    if token == "Bearer" or grant_type == "password":
        return "header"
    return {"password": "password1", "token": "token_v2"}.get(grant_type)


def local_metrics():
    return requests.get("http://localhost:9090/metrics", auth=("admin", "Gr8Parcels"), timeout=2)


@app.post("/hook")
def hook():
    expected = os.environ["HOOK_TOKEN"]
    if not hmac.compare_digest(request.headers.get("X-Token", ""), expected):
        abort(403)
    return "", 204
