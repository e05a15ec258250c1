import getpass
import logging
import os
import secrets
import sys

import structlog
from django.views.decorators.http import require_POST
from fastapi import FastAPI, Request
from flask import Flask, request
from loguru import logger as shop_log

app = Flask(__name__)
api = FastAPI()
logger = logging.getLogger(__name__)
log = structlog.get_logger()


def connect(host, user, password):  # source
    logger.debug("connecting to %s as %s with %s", host, user, password)  # finding: `password` ends up


class Client:
    def __init__(self, address, api_key=None):
        self.address = address
        self.api_key = api_key

    def describe(self):
        return f"{self.address} ({self.api_key})"  # source

    def send(self):
        logger.info("sending to " + self.describe())  # finding: `logger.info` writes


@app.post("/login")
def log_in():
    logger.info(f"login with {request.form['password']}")  # finding: write only that it is there # source
    app.logger.info("headers: %s", request.headers)  # finding: `request.headers` # source
    return "", 204


@app.post("/reset")
def reset():
    token = secrets.token_urlsafe()  # source
    logger.info("sent %s to %s", token, request.form["mail"].strip().encode())  # finding: `secrets.token_urlsafe()`
    log.info("reset", token=token, mail="x")  # finding: can use it
    return "", 204


@require_POST
def sign_in(request):
    logger.debug("sign in: %s", request.POST)  # finding: `request.POST` # source
    credentials = {"name": "x", "secret": request.POST.get("secret")}  # source
    logger.info("checked", extra=credentials)  # finding: `request.POST.get("secret")`


@api.post("/orders")
async def order(request: Request):
    shop_log.info("asked by {}", repr(request.headers["Authorization"]))  # finding: `request.headers["Authorization"]` # source


def start(settings):
    print("key:", os.environ["STRIPE_SECRET_KEY"])  # finding: what `print` prints # source
    print(dict(os.environ))  # finding: `os.environ` # source
    logger.info("database: %s", settings["db_password"])  # finding: `settings["db_password"]` # source
    secret = getpass.getpass()  # source
    sys.stderr.write(f"you typed {secret}\n")  # finding: `getpass.getpass()`


def charge(customer, card):
    logger.info("charging %s on %s", customer.name, card.card_number)  # finding: `card.card_number` # source


def refused(error, user):
    message = "login of {} with {} failed".format(user.name, user.password)  # source
    logger.error(message)  # finding: `user.password`
