from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

shop = Flask(__name__)
limiter = Limiter(get_remote_address, app=shop)


@shop.post("/search")
@limiter.limit("30/minute")
def search():
    return jsonify(find(request.json["words"]))


@shop.post("/login")
def log_in():  # finding: `search`
    return jsonify(check(request.json["name"], request.json["password"]))


@shop.route("/password/reset", methods=["POST"])
def reset_password():  # finding: as fast as one likes
    return jsonify(mail(request.json["address"]))


@shop.get("/catalogue")
def catalogue():
    return jsonify([])
