import os
from datetime import datetime, timedelta, timezone

import jwt
from fastapi import FastAPI, Header
from flask import Flask, request
from jose import jwt as jose_jwt

SECRET = "our-shop-2024"
KEY = os.environ["JWT_KEY"]
OPTIONS = {"verify_signature": False}
shop = Flask(__name__)
api = FastAPI()


@shop.get("/me")
def me():
    return jwt.decode(request.headers["Token"], options=OPTIONS)  # finding: signature is not checked


@api.get("/orders")
async def orders(token: str = Header()):
    claims = jwt.decode(token, KEY, algorithms=["HS256", "none"])  # finding: no signature at all
    return {"user": claims["sub"]}


@api.get("/stock")
async def stock(token: str = Header()):
    return jwt.decode(token, KEY, algorithms=["HS256", "RS256"])  # finding: the public key


def read_old(token):
    return jwt.decode(token, KEY, verify=False)  # finding: leave the verification on


def read(token):
    return jwt.decode(token, KEY, algorithms=["HS256"], options={"verify_exp": False})  # finding: `verify_exp` on


def log_in(user):
    expires = datetime.now(timezone.utc) + timedelta(hours=1)
    payload = {"sub": user.id, "exp": expires}
    return jwt.encode(payload, SECRET, algorithm="HS256")  # finding: stands in the code


def remember(user):
    payload = {"sub": user.id}
    payload["name"] = user.name
    return jwt.encode(payload, KEY, algorithm="HS256")  # finding: never expires


def hand_over(user):
    expires = datetime.now(timezone.utc) + timedelta(minutes=5)
    return jwt.encode({"sub": user.id, "exp": expires}, None, algorithm="none")  # finding: bears no signature


def open_letter(token):
    return jose_jwt.get_unverified_claims(token)["sub"]  # finding: anybody can write
