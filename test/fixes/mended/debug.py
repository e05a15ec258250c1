import bottle
import uvicorn
from dash import Dash
from fastapi import FastAPI
from flask import Flask
from quart import Quart
from sanic import Sanic
from starlette.applications import Starlette
from tornado.web import Application

app = Flask(__name__)
app.config["DEBUG"] = True
other = Flask("other")
other.config.update(TESTING=False, DEBUG=False)
api = FastAPI(title="Shop")
star = Starlette()
web = Application([], autoreload=False)
quart = Quart(__name__)
sanic = Sanic("shop")
dash = Dash(__name__)


def serve():
    app.run(host="127.0.0.1")


def serve_alone():
    other.run()  # on the way out


def serve_several_lines():
    quart.run(
        port=8000,
    )


def serve_sanic():
    sanic.run(port=80)


def serve_dash():
    dash.run()


def serve_bottle():
    bottle.debug(False)
    bottle.run(port=80)


def serve_api():
    uvicorn.run(api, port=80)
