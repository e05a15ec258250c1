import base64
import json
import os
from datetime import datetime, timedelta, timezone

import jwt
import requests

KEY = os.environ["JWT_KEY"]
KEYS = {"shop": KEY, "stock": os.environ["STOCK_KEY"]}
LIFETIME = timedelta(minutes=30)


class Letters:
    def decode(self, text, options=None):
        return base64.b64decode(text), options


def read(token):
    return jwt.decode(token, KEY, algorithms=["HS256"], audience="shop")


def key_of(token):
    return KEYS[jwt.get_unverified_header(token)["kid"]]


def read_from_any(token):
    issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
    return jwt.decode(token, KEYS[issuer], algorithms=["HS256"])


def read_by_issuer(token):
    claims = jwt.decode(token, options={"verify_signature": False})
    return verified(token, KEYS[claims["iss"]])


def verified(token, key):
    return jwt.decode(token, key, algorithms=["HS256"])


def refresh(token):
    claims = jwt.decode(token, KEY, algorithms=["HS256"], options={"verify_exp": False})
    return issue(claims["sub"])


def identity(code):
    answer = requests.post("https://login.example.com/token", data={"code": code}, timeout=5)
    return jwt.decode(answer.json()["id_token"], options={"verify_signature": False})


def issue(user_id, **claims):
    now = datetime.now(timezone.utc)
    payload = {"sub": user_id, "iat": now, **claims}
    payload.update({"exp": now + LIFETIME})
    return jwt.encode(payload, KEY, algorithm="HS256")


def issue_again(claims):
    return jwt.encode(claims, KEY, algorithm="HS256")


def letter(text):
    body, _ = Letters().decode(text, options={"verify_signature": False})
    return json.loads(body)
