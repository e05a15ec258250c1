from flask import Flask, jsonify, request
from pony.orm import count, db_session, select

from vinyl.models import Customer, Label, Record

app = Flask(__name__)


@app.get("/collectors")
@db_session
def customer():
    found = Customer.get(email=request.args["email"])
    return jsonify(found.name)


@app.get("/codes")
@db_session
def codes():
    wanted = request.args["code"]
    return jsonify([r.id for r in select(r for r in Record if r.catalogue_code == wanted)[:20]])


@app.get("/labels/<name>")
@db_session
def label(name):
    label = Label.get(name=name)
    records = Record.select(lambda record: record.label == label).limit(20)
    return jsonify([record.id for record in records])


@app.post("/check")
@db_session
def check():
    return jsonify([Record.get(barcode=code) is not None for code in request.json])  # finding: n-plus-one-query


@app.get("/owners")
@db_session
def owners():
    # Pony reads the owners of all records at once.
    return jsonify([{"id": record.id, "owner": record.owner.name} for record in Record.select().limit(50)])


@app.get("/count")
@db_session
def number():
    return jsonify(count(r for r in Record if r.pressed > 1970))
