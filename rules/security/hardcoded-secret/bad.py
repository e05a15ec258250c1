import os
from datetime import datetime, timedelta, timezone

import jwt
import psycopg2
import requests
from cryptography.fernet import Fernet
from flask import Flask, abort, request
from pydantic import BaseModel, SecretStr

app = Flask(__name__)
app.secret_key = "correct-horse-9-battery"  # finding: app.secret_key
app.config["SECRET_KEY"] = "k8Jr2!vQ0zLx7_pW"  # finding: app.config

DATABASE_URL = "postgresql://shop:Tr4ffic-Cone@db.shop-internal.net:5432/orders"  # finding: password in this address
SIGNING_SECRET = os.environ.get("SIGNING_SECRET", "shop-signing-secret")  # finding: Fail at the start
MAIL_API_KEY = os.getenv("MAIL_API_KEY") or "9f2c81d7be0441a6a3c55d90e1f7b284"  # finding: Fail at the start
BOX = Fernet(b"Zk1vT0lDSm9RZ2JXc1lhUmR4TnVIcEVtTGZDdGlLcVU=")  # finding: Fernet
WAREHOUSE_PASSWORD = "Gr33n-Forklift"  # finding: psycopg2.connect


class Mail(BaseModel):
    host: str = "smtp.shop-internal.net"
    smtp_password: SecretStr = SecretStr("b4rcode&Scanner")  # finding: smtp_password


PAYMENT = {
    "endpoint": "https://pay.partner.net/v2",
    "client_secret": "q7Lw0TzB3xN8vKc5Rj2HfY6mPd4SgA1u",  # finding: client_secret
}


def warehouse():
    return psycopg2.connect(
        host="warehouse.shop-internal.net", user="stock", password=WAREHOUSE_PASSWORD
    )


def session_token(user):
    claims = {"sub": user.id, "exp": datetime.now(timezone.utc) + timedelta(hours=1)}
    return jwt.encode(claims, "secret", algorithm="HS256")  # finding: jwt.encode


def parcels(number):
    return requests.get(
        f"https://parcels.partner.net/v1/{number}",
        auth=("shop", "Gr8Parcels"),  # finding: signs in
        timeout=5,
    ).json()


def notify(text, token="3d9A0bC7-kQx81Zr5TnW2"):  # finding: required argument
    headers = {"Authorization": "Bearer 0aX93kLmQ7vRt5Yz1PwN8sDf"}  # finding: token in this header
    requests.post(f"https://chat.partner.net/{token}", headers=headers, json={"text": text}, timeout=5)


@app.post("/admin/reindex")
def reindex():
    if request.form.get("password") != "l3tm3in!now":  # finding: hmac.compare_digest
        abort(403)
    return "", 204


def door_code():
    half = "7fQ2"
    return unlock(api_key=half + "xT90bLw4Kd81")  # missed: a secret put together from parts
