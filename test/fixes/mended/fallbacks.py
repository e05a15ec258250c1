import os
from os import environ

SECRET_KEY = os.environ["SECRET_KEY"]
API_TOKEN = os.environ["SHOP_API_TOKEN"]
DB_PASSWORD = environ["DB_PASSWORD"]
JWT_SECRET: str = os.environ["JWT_SECRET"]


class Config:
    SECRET_KEY = os.environ['SECRET_KEY']
    API_TOKEN = os.environ["API_TOKEN"]  # of the shop


def connect(driver):
    password = os.environ["DB_PASSWORD"]
    return driver.connect(password=password)


def sign(signer, body):
    return signer.sign(body, os.environ["SIGNING_SECRET"])


DATABASE = {
    "USER": os.getenv("DB_USER", "shop"),
    "PASSWORD": os.environ["DB_PASSWORD"],
}
MAIL = {"password": environ["MAIL_PASSWORD"]}
WEBHOOK_SECRET = os.environ["WEBHOOK_SECRET"]
TOKENS = [os.environ.get("FIRST_TOKEN", "Lz7Wk9Rt5Bc1Yp6Hd3Js0FgAx4Vn8Qm2")]
