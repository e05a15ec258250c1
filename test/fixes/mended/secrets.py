import os
import requests
from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

API_TOKEN = os.environ["API_TOKEN"]
DB_PASSWORD: str = os.environ["DB_PASSWORD"]  # of the shop
stripe_api_key = 'rB5zN8wQ1vK4mX7cT2yL9pJ6hD3sG0fA'


class Settings:
    JWT_SECRET = os.environ["JWT_SECRET"]
    _auth_token = os.environ["AUTH_TOKEN"]


class Client:
    def __init__(self, url):
        self.url = url
        self.webhook_secret = os.environ["WEBHOOK_SECRET"]

    def read(self):
        headers = {"Authorization": f"Bearer {self.webhook_secret}"}
        return requests.get(self.url, headers=headers, timeout=5)


def connect(driver):
    smtp_password = os.environ["SMTP_PASSWORD"]
    return driver.connect(password=smtp_password)


def sign(signer, body):
    signingSecret = os.environ["SIGNING_SECRET"]
    return signer.sign(body, signingSecret)


class OtherClient:
    # Another secret of the same name: which one would the variable hold?
    STRIPE_API_KEY = "pJ6hD3sG0fArB5zN8wQ1vK4mX7cT2yL9"
    client_secret = os.environ["CLIENT_SECRET"]


def refresh(session):
    session.refresh_token = os.environ["REFRESH_TOKEN"]
    return session


def of_two(signer):
    first = second = "yB8!nM2@kL5#qW9$zP3"
    return signer.sign(first, second)
