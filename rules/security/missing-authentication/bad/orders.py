from flask import Blueprint, jsonify, request
from flask_login import login_required

orders = Blueprint("orders", __name__)


@orders.get("/orders")
@login_required
def all_orders():
    return jsonify(load())


@orders.post("/orders")
@login_required
def place():
    return jsonify(store(request.json)), 201


@orders.route("/orders/<int:number>", methods=["DELETE"])
def remove(number):  # finding: `@login_required`
    delete(number)
    return "", 204
