"""Settings that visitors send as Python literals."""

import json
import os

from fastapi import FastAPI
from flask import Flask, request

app = Flask(__name__)
api = FastAPI()


@app.get("/a")
def parameter():
    return {"limits": eval(request.args["limits"])}


@app.get("/b")
def looked_up():
    return {"limits": eval(request.args.get("limits", "{}"))}


@app.post("/c")
def in_a_variable():
    text = request.form["point"]
    x, y = eval(text)
    return {"x": x, "y": y}


@app.post("/d")
def body():
    return json.dumps(eval(request.form["values"]))


@app.post("/e")
def decoded():
    values = eval(request.get_data().decode())
    return {"sum": sum(values)}


@app.post("/f")
def in_a_loop():
    return {"rows": [eval(row) for row in request.form.getlist("row")]}


@api.get("/g")
def typed(numbers: str):
    return {"numbers": eval(numbers)}  # a list


@api.post("/h")
def nested(point: str):
    return {"length": len(eval(point))}


@app.get("/i")
def cookie():
    return {"seen": eval(request.cookies["seen"])}


@app.get("/j")
def header():
    flags = eval(
        request.headers["X-Flags"]
    )
    return {"flags": flags, "home": os.sep}


@app.post("/y")
def raw_bytes():
    return {"values": eval(request.data)}


@app.get("/z")
def program():
    return {"result": eval("2 * " + request.args["x"])}
