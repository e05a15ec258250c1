from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

shop = Flask(__name__)
limiter = Limiter(get_remote_address, app=shop)


@shop.post("/login")
@limiter.limit("5/minute")
def log_in():
    return jsonify(check(request.json["name"], request.json["password"]))


@shop.get("/login")
def login_form():
    return jsonify({"fields": ["name", "password"]})


@shop.post("/orders")
def order():
    return jsonify(place(request.json))
