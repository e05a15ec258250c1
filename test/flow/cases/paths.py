# Paths: what keeps them below a folder, and what does not.

import os
import re
import shlex
import subprocess
import pickle
import yaml
import json
import html
import requests
import urllib.request
import urllib.parse
import ipaddress
import logging
import tarfile
import zipfile
import tempfile
import uuid
from pathlib import Path
from urllib.parse import urlparse, urljoin
from flask import Flask, request, redirect, make_response, render_template_string, send_file, send_from_directory, abort, url_for, jsonify, Response
from markupsafe import escape, Markup
from werkzeug.utils import secure_filename

app = Flask(__name__)
logger = logging.getLogger(__name__)
BASE = Path("/srv/files").resolve()


# === path: resolve then relative_to
@app.get("/a")
def a():
    target = (BASE / request.args["name"]).resolve()
    try:
        target.relative_to(BASE)
    except ValueError:
        abort(404)
    return target.read_text()


@app.get("/b")
def b():
    target = (BASE / request.args["name"]).resolve()
    if BASE not in target.parents:
        abort(404)
    return target.read_text()


@app.get("/c")
def c():
    target = (BASE / request.args["name"]).resolve()
    if not target.is_relative_to(BASE):
        abort(404)
    return send_file(target)


@app.get("/d")
def d():
    target = BASE / request.args["name"]
    if not target.is_relative_to(BASE):
        abort(404)
    return send_file(target)  # finding


# === path: os.path ways
@app.get("/a")
def a():
    path = os.path.abspath(os.path.join("/srv/files", request.args["name"]))
    if not path.startswith("/srv/files" + os.sep):
        abort(403)
    return open(path).read()


@app.get("/b")
def b():
    path = os.path.realpath(os.path.join("/srv/files", request.args["name"]))
    if os.path.commonpath([path, "/srv/files"]) != "/srv/files":
        abort(403)
    return open(path).read()


@app.get("/c")
def c():
    name = os.path.basename(request.args["name"])
    return open(os.path.join("/srv/files", name)).read()


@app.get("/d")
def d():
    name = request.args["name"]
    if ".." in name or name.startswith("/"):
        abort(403)
    return open(os.path.join("/srv/files", name)).read()


@app.get("/e")
def e():
    name = request.args["name"].replace("../", "")
    return open(os.path.join("/srv/files", name)).read()  # finding


@app.get("/f")
def f():
    path = os.path.join("/srv/files", request.args["name"])
    if not path.startswith("/srv/files"):
        abort(403)
    return open(path).read()  # finding


@app.get("/g")
def g():
    name = secure_filename(request.args["name"])
    return send_file(os.path.join("/srv/files", name))


@app.get("/h")
def h():
    name = request.args["name"]
    if name not in os.listdir("/srv/files"):
        abort(404)
    return open(os.path.join("/srv/files", name)).read()


@app.get("/i")
def i():
    name = request.args["name"]
    if not re.fullmatch(r"[A-Za-z0-9_-]+\.txt", name):
        abort(404)
    return open(os.path.join("/srv/files", name)).read()


@app.get("/j")
def j():
    name = request.args["name"]
    if not re.match(r"[A-Za-z0-9_-]+", name):
        abort(404)
    return open(os.path.join("/srv/files", name)).read()  # finding


@app.get("/k")
def k():
    key = uuid.UUID(request.args["id"])
    return open(f"/srv/files/{key}.json").read()


@app.get("/l")
def l():
    name = request.args["name"]
    for part in Path(name).parts:
        if part in ("..", "/"):
            abort(400)
    return open(os.path.join("/srv/files", name)).read()


@app.get("/m")
def m():
    f = request.files["file"]
    f.save(os.path.join("/srv/files", f.filename))  # finding
    f.save(os.path.join("/srv/files", f"{uuid.uuid4().hex}"))
    return "ok"


@app.get("/n")
def n():
    f = request.files["file"]
    ext = os.path.splitext(f.filename)[1].lower()
    if ext not in {".png", ".jpg"}:
        abort(400)
    f.save(os.path.join("/srv/files", uuid.uuid4().hex + ext))
    return "ok"


# === path helper that raises
class Forbidden(Exception):
    pass


def safe_path(base, name):
    path = os.path.realpath(os.path.join(base, name))
    if not path.startswith(os.path.realpath(base) + os.sep):
        raise Forbidden(name)
    return path


def unsafe_path(base, name):
    path = os.path.join(base, name)
    if not os.path.exists(path):
        raise Forbidden(name)
    return path


@app.get("/a")
def a():
    return open(safe_path("/srv/files", request.args["n"])).read()


@app.get("/b")
def b():
    return open(unsafe_path("/srv/files", request.args["n"])).read()  # finding


# === archives
@app.post("/a")
def a():
    with zipfile.ZipFile(request.files["f"].stream) as z:
        for info in z.infolist():
            with z.open(info) as src, open(os.path.join("/srv", info.filename), "wb") as dst:  # finding
                dst.write(src.read())
    return ""


@app.post("/b")
def b():
    with tarfile.open(fileobj=request.files["f"].stream) as t:
        t.extractall("/srv")  # finding
    return ""


@app.post("/c")
def c():
    with tarfile.open(fileobj=request.files["f"].stream) as t:
        t.extractall("/srv", filter="data")
    return ""


@app.post("/d")
def d():
    with tarfile.open(fileobj=request.files["f"].stream) as t:
        for m in t.getmembers():
            dest = os.path.realpath(os.path.join("/srv", m.name))
            if not dest.startswith("/srv/"):
                raise ValueError("bad member")
        t.extractall("/srv")
    return ""




# === archives: which of them, and each member
import io
import shutil
import sys

import requests


@app.post("/a")
def a():
    with tarfile.open(fileobj=io.BytesIO(request.data)) as t:
        for m in t.getmembers():
            dest = os.path.realpath(os.path.join("/srv", m.name))
            if not dest.startswith("/srv/") or m.issym() or m.islnk():
                raise ValueError("bad member")
            t.extract(m, "/srv")
    return ""


@app.post("/b")
def b():
    with tarfile.open(fileobj=io.BytesIO(request.data)) as t:
        t.extract("manifest.json", "/srv")
        for m in t.getmembers():
            t.extract(m, "/srv")  # finding: path-traversal
    return ""


@app.post("/c")
def c():
    kept = os.path.join("/srv", secure_filename(request.files["f"].filename))
    request.files["f"].save(kept)  # finding: unsafe-upload
    with tarfile.open(kept) as t:
        t.extractall("/srv/unpacked")  # finding: path-traversal
    return ""


def fetch():
    answer = requests.get("https://mirror.bookshop.io/books.tar", timeout=5)
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as t:
        t.extractall("/srv/books")  # finding: path-traversal
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as t:
        t.extractall("/srv/books", filter="data")


def main():
    with tarfile.open(sys.argv[1]) as t:
        t.extractall("/srv/books")  # finding: path-traversal
    with tarfile.open("/srv/own.tar") as t:
        t.extractall("/srv/books")
    shutil.unpack_archive(sys.argv[1], "/srv/books", filter="data")
    shutil.unpack_archive(sys.argv[1], "/srv/books", "zip")


# === a path below a folder of the host's own
@app.get("/go")
def go():
    return redirect(urljoin(request.host_url, "/books/" + request.args["next"]))


@app.get("/leave")
def leave():
    return redirect(urljoin(request.host_url, "/" + request.args["next"]))  # finding: open-redirect


# === another way of writing the same path
@app.get("/slashed")
def slashed():
    path = request.args["path"]
    if os.path.isabs(path) or ".." in path.replace("\\", "/").split("/"):
        abort(400)
    return send_file(os.path.join("/srv/files", path))


@app.get("/cut")
def cut():
    path = request.args["path"]
    if ".." in path.replace("..", "").split("/"):
        abort(400)
    return send_file(os.path.join("/srv/files", path))  # finding


# === what takes a path, or the file itself
import configparser
import gzip
import io
import sqlite3
import xml.etree.ElementTree as ElementTree

import numpy as np
import pandas as pd
from PIL import Image


@app.post("/readers")
def readers():
    gzip.open("/srv/" + request.args["f"])  # finding: path-traversal
    gzip.open(request.files["f"])
    gzip.open(io.BytesIO(request.data))
    sqlite3.connect("/srv/%s.db" % request.args["f"])  # finding: path-traversal
    Image.open(request.args["f"])  # finding: path-traversal
    picture = Image.open(request.files["f"])
    picture.resize((1, 2)).save("/srv/" + request.form["n"])  # finding: path-traversal
    picture.save(io.BytesIO(), "PNG")
    pd.read_csv("/srv/" + request.form["f"])  # finding: path-traversal
    pd.read_csv(request.files["f"])
    pd.read_csv(request.files["f"].stream)
    pd.read_json(io.StringIO(request.form["j"]))
    np.load(f"/srv/{request.args['f']}.npy")  # finding: path-traversal
    ElementTree.parse("/srv/" + request.args["x"])  # finding: path-traversal
    ElementTree.parse(request.stream)
    settings = configparser.ConfigParser()
    settings.read("/srv/" + request.args["f"])  # finding: path-traversal
    return ""
