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
other.config.update(TESTING=False, DEBUG=True)
api = FastAPI(title="Shop", debug=True)
star = Starlette(debug=True)
web = Application([], debug=True, autoreload=False)
quart = Quart(__name__)
sanic = Sanic("shop")
dash = Dash(__name__)


def serve():
    app.run(host="127.0.0.1", debug=True)


def serve_alone():
    other.run(debug=True)  # on the way out


def serve_several_lines():
    quart.run(
        port=8000,
        debug=True,
    )


def serve_sanic():
    sanic.run(debug=True, port=80)


def serve_dash():
    dash.run(debug=True)


def serve_bottle():
    bottle.debug(True)
    bottle.run(port=80, debug=True)


def serve_api():
    uvicorn.run(api, port=80)
