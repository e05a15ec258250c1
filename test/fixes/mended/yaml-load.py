"""Uploads of settings as YAML."""

import yaml
import yaml as y
from flask import Flask, request
from yaml import Loader, load
from yaml import safe_load

app = Flask(__name__)


@app.post("/a")
def plain():
    return {"settings": yaml.safe_load(request.data)}


@app.post("/b")
def positional():
    settings = yaml.safe_load(request.data)  # from the editor
    return {"settings": settings}


@app.post("/c")
def without_loader():
    return {"settings": yaml.safe_load(request.data)}


@app.post("/d")
def full():
    return {"settings": yaml.safe_load(request.get_data())}


@app.post("/e")
def unsafe():
    return {"settings": yaml.safe_load(request.get_data())}


@app.post("/f")
def documents():
    return {"settings": list(yaml.safe_load_all(request.data))}


@app.post("/g")
def full_documents():
    return {"settings": list(yaml.safe_load_all(request.data))}


@app.post("/h")
def renamed():
    return {"settings": y.safe_load(request.data)}


@app.post("/i")
def imported():
    return {"settings": safe_load(request.data)}


@app.post("/j")
def several_lines():
    settings = yaml.safe_load(
        request.data,
    )
    return {"settings": settings}


@app.post("/k")
def through_a_variable():
    text = request.form["settings"]
    if not text:
        return {}
    return {"name": yaml.safe_load(text)["name"]}
