from flask import Blueprint, jsonify, request
from flask_login import login_required

admin = Blueprint("admin", __name__)


@admin.before_request
@login_required
def guard():
    return None


@admin.post("/prices")
@login_required
def prices():
    return jsonify(store(request.json))


@admin.post("/taxes")
@login_required
def taxes():
    return jsonify(store(request.json))


@admin.post("/discounts")
def discounts():
    return jsonify(store(request.json))
