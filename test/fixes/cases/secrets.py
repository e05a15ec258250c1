import requests
from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = "Zk3vQ9xLm2Rt7Wy4Bn8Pc1Hd6Js5Fg0"

API_TOKEN = "k9Xv2mQ7Lw4tR8yBc1Zs6nHd3fGj5pAe"
DB_PASSWORD: str = "mT7#qL2$xV9@nR4!"  # of the shop
stripe_api_key = 'rB5zN8wQ1vK4mX7cT2yL9pJ6hD3sG0fA'


class Settings:
    JWT_SECRET = "x4Vn8Qm2Lz7Wk9Rt5Bc1Yp6Hd3Js0FgA"
    _auth_token = "p6Hd3Js0FgAx4Vn8Qm2Lz7Wk9Rt5Bc1Y"


class Client:
    def __init__(self, url):
        self.url = url
        self.webhook_secret = "Lz7Wk9Rt5Bc1Yp6Hd3Js0FgAx4Vn8Qm2"

    def read(self):
        headers = {"Authorization": f"Bearer {self.webhook_secret}"}
        return requests.get(self.url, headers=headers, timeout=5)


def connect(driver):
    smtp_password = "vB8!nM2@kL5#qW9$"
    return driver.connect(password=smtp_password)


def sign(signer, body):
    signingSecret = "Rt5Bc1Yp6Hd3Js0FgAx4Vn8Qm2Lz7Wk9"
    return signer.sign(body, signingSecret)


class OtherClient:
    # Another secret of the same name: which one would the variable hold?
    STRIPE_API_KEY = "pJ6hD3sG0fArB5zN8wQ1vK4mX7cT2yL9"
    client_secret = "h6Hd3Js0FgAx4Vn8Qm2Lz7Wk9Rt5Bc1Y"


def refresh(session):
    session.refresh_token = "c1Zs6nHd3fGj5pAek9Xv2mQ7Lw4tR8yB"
    return session


def of_two(signer):
    first = second = "yB8!nM2@kL5#qW9$zP3"
    return signer.sign(first, second)
