import os

from fastapi import FastAPI
from flask import Flask
from starlette.middleware.sessions import SessionMiddleware


class Config:
    SESSION_COOKIE_SECURE = True


class LocalConfig(Config):
    SESSION_COOKIE_SECURE = False


def create_app():
    app = Flask(__name__)
    app.config.from_object(Config)
    if app.config["TESTING"]:
        app.config["SESSION_COOKIE_SECURE"] = False
    return app


prices = FastAPI()
prices.add_middleware(SessionMiddleware, secret_key=os.environ["KEY"], https_only=True)
