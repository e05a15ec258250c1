import os

from fastapi import FastAPI
from flask import Flask
from starlette.middleware.sessions import SessionMiddleware

billing = Flask(__name__)
billing.config.update(
    SECRET_KEY=os.environ["SECRET_KEY"],
    SESSION_COOKIE_SECURE=False,  # finding: `SESSION_COOKIE_SECURE = True`
)
billing.config["REMEMBER_COOKIE_HTTPONLY"] = False  # finding: any script on the page

prices = FastAPI()
prices.add_middleware(SessionMiddleware, secret_key=os.environ["KEY"], https_only=False)  # finding: `https_only=True`
