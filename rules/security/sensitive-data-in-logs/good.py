import hashlib
import logging
import os
import secrets

import structlog
from django.views.decorators.http import require_POST
from fastapi import FastAPI, Request
from flask import Flask, request
from pydantic import SecretStr

app = Flask(__name__)
api = FastAPI()
logger = logging.getLogger(__name__)
log = structlog.get_logger()

PASSWORD_FIELD = "password"


def masked(text):
    return text[:2] + "***"


def connect(host, user, password, use_token=False, token_count=0):
    logger.debug("connecting to %s as %s", host, user)
    logger.debug("password given: %s, of %d characters", bool(password), len(password))
    logger.debug("password %s, token %s", "set" if password else "missing", password is not None)
    logger.debug("use_token=%s, token_count=%d", use_token, token_count)
    logger.debug("password is %s", masked(password))


class Client:
    def __init__(self, address, api_key: SecretStr, secret_name):
        self.address = address
        self.api_key = api_key
        self.secret_name = secret_name

    def send(self, key_id, page_token):
        logger.info("sending to %s with %s", self.address, self.api_key)
        logger.info("secret %s, key %s, page %s", self.secret_name, key_id, page_token)

    def refresh(self, access_token):
        logger.info("token ends in %s", access_token[-4:])
        logger.info("token %s", hashlib.sha256(access_token.encode()).hexdigest())


@app.post("/login")
def log_in():
    password = request.form["password"]
    logger.warning("wrong password for %r", request.form["name"])
    password = "***"
    logger.info("login with %s", password)
    logger.info("agent %s", request.headers["User-Agent"])
    logger.info("fields %s", sorted(request.form))
    return "", 204


@app.post("/orders")
def order():
    number = secrets.token_hex(8)
    logger.info("order %s", number)
    log.info("ordered", number=number)
    return number


@require_POST
def sign_in(request):
    shown = {name: "***" for name in request.POST}
    logger.debug("sign in: %r", shown)
    logger.info("no csrf token in %s", PASSWORD_FIELD)


@api.post("/orders")
async def buy(request: Request):
    logger.info("asked by %r", request.headers.get("X-Request-Id"))


def start(settings):
    print("region:", os.environ["AWS_REGION"], "debug:", settings["debug"])
    print("has key:", "STRIPE_SECRET_KEY" in os.environ)
    logger.info("timeout of tokens: %s", settings["token_lifetime"])


def make_key():
    key = secrets.token_urlsafe()
    print(f"Put this into your settings: {key}")


def tokenize(source):
    tokens = source.split()
    for token in tokens:
        logger.debug("token %s", token)
    return tokens


def next_token(tokens, token):
    logger.debug("after %s", token)
    return tokens[0]
