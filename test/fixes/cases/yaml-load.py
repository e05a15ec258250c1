"""Uploads of settings as YAML."""

import yaml
import yaml as y
from flask import Flask, request
from yaml import Loader, load

app = Flask(__name__)


@app.post("/a")
def plain():
    return {"settings": yaml.load(request.data, Loader=yaml.Loader)}


@app.post("/b")
def positional():
    settings = yaml.load(request.data, yaml.UnsafeLoader)  # from the editor
    return {"settings": settings}


@app.post("/c")
def without_loader():
    return {"settings": yaml.load(request.data)}


@app.post("/d")
def full():
    return {"settings": yaml.full_load(request.get_data())}


@app.post("/e")
def unsafe():
    return {"settings": yaml.unsafe_load(request.get_data())}


@app.post("/f")
def documents():
    return {"settings": list(yaml.load_all(request.data, Loader=yaml.FullLoader))}


@app.post("/g")
def full_documents():
    return {"settings": list(yaml.full_load_all(request.data))}


@app.post("/h")
def renamed():
    return {"settings": y.load(request.data, Loader=y.Loader)}


@app.post("/i")
def imported():
    return {"settings": load(request.data, Loader=Loader)}


@app.post("/j")
def several_lines():
    settings = yaml.load(
        request.data,
        Loader=yaml.Loader,
    )
    return {"settings": settings}


@app.post("/k")
def through_a_variable():
    text = request.form["settings"]
    if not text:
        return {}
    return {"name": yaml.load(text, Loader=yaml.FullLoader)["name"]}
