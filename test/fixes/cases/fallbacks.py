import os
from os import environ

SECRET_KEY = os.environ.get("SECRET_KEY", "Zk3vQ9xLm2Rt7Wy4Bn8Pc1Hd6Js5Fg0")
API_TOKEN = os.getenv("SHOP_API_TOKEN", "k9Xv2mQ7Lw4tR8yBc1Zs6nHd3fGj5pAe")
DB_PASSWORD = environ.get("DB_PASSWORD", "mT7#qL2$xV9@nR4!")
JWT_SECRET: str = os.environ.get(
    "JWT_SECRET",
    "x4Vn8Qm2Lz7Wk9Rt5Bc1Yp6Hd3Js0FgA",
)


class Config:
    SECRET_KEY = os.environ.get('SECRET_KEY', 'rB5zN8wQ1vK4mX7cT2yL9pJ6hD3sG0fA')
    API_TOKEN = os.getenv("API_TOKEN", "p6Hd3Js0FgAx4Vn8Qm2Lz7Wk9Rt5Bc1Y")  # of the shop


def connect(driver):
    password = os.environ.get("DB_PASSWORD", "vB8!nM2@kL5#qW9$")
    return driver.connect(password=password)


def sign(signer, body):
    return signer.sign(body, os.environ.get("SIGNING_SECRET", "Rt5Bc1Yp6Hd3Js0FgAx4Vn8Qm2Lz7Wk9"))


DATABASE = {
    "USER": os.getenv("DB_USER", "shop"),
    "PASSWORD": os.getenv("DB_PASSWORD", "yB8!nM2@kL5#qW9$"),
}
MAIL = {"password": environ.get("MAIL_PASSWORD", "h7#kL2$xV9@nR4!mT")}
WEBHOOK_SECRET = os.environ.get("WEBHOOK_SECRET", "w9Rt5Bc1Yp6Hd3Js0FgAx4Vn8Qm2Lz7W")
TOKENS = [os.environ.get("FIRST_TOKEN", "Lz7Wk9Rt5Bc1Yp6Hd3Js0FgAx4Vn8Qm2")]
