# Faults as they were shipped, and what mended them.

import ipaddress
import os
import posixpath
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from urllib.parse import urlparse, unquote
import requests
from flask import Flask, request, abort, send_file, redirect, jsonify, Response

app = Flask(__name__)


# === artifact path, before
def artifact_root():
    return "/srv/mlruns"


@app.get("/artifact")
def get_artifact():
    path = request.args["path"]
    full = os.path.abspath(os.path.join(artifact_root(), path))
    return send_file(full)  # finding


# === artifact path, after
class InvalidPath(ValueError):
    pass


def validate_path_is_safe(path):
    if (
        path != unquote(path)
        or ".." in path.split("/")
        or pathlib.PureWindowsPath(path).is_absolute()
        or PurePosixPath(path).is_absolute()
    ):
        raise InvalidPath(path)
    return path


@app.get("/artifact")
def get_artifact():
    path = validate_path_is_safe(request.args["path"])
    return send_file(os.path.join("/srv/mlruns", path))


# === static assets, commonprefix
@app.get("/a")
def a():
    root = os.path.realpath("/srv/static")
    full = os.path.realpath(os.path.join(root, request.args["f"]))
    if os.path.commonprefix([root, full]) != root:
        abort(404)
    return send_file(full)  # finding


# === containment helper with booleans
def is_within(directory, target):
    directory = os.path.abspath(directory)
    target = os.path.abspath(target)
    return os.path.commonpath([directory, target]) == directory


@app.post("/extract")
def extract():
    with zipfile.ZipFile(request.files["f"].stream) as z:
        for name in z.namelist():
            dest = os.path.join("/srv/out", name)
            if not is_within("/srv/out", dest):
                raise ValueError(name)
            with open(dest, "wb") as out:
                out.write(z.read(name))
    return ""


@app.post("/extract2")
def extract2():
    with zipfile.ZipFile(request.files["f"].stream) as z:
        for name in z.namelist():
            dest = os.path.join("/srv/out", name)
            with open(dest, "wb") as out:  # finding
                out.write(z.read(name))
    return ""


# === url validation with dns
def is_public(url):
    parts = urlparse(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    try:
        infos = socket.getaddrinfo(parts.hostname, None)
    except socket.gaierror:
        return False
    for info in infos:
        ip = ipaddress.ip_address(info[4][0])
        if ip.is_private or ip.is_loopback or ip.is_link_local:
            return False
    return True


def scheme_only(url):
    return urlparse(url).scheme in ("http", "https")


@app.post("/hook")
def hook():
    url = request.json["url"]
    if not is_public(url):
        abort(400)
    return requests.post(url, json={}, timeout=5).text


@app.post("/hook2")
def hook2():
    url = request.json["url"]
    if not scheme_only(url):
        abort(400)
    return requests.post(url, json={}, timeout=5).text  # finding


BLOCKED = ["localhost", "127.0.0.1"]


@app.post("/hook3")
def hook3():
    url = request.json["url"]
    if any(b in url for b in BLOCKED):
        abort(400)
    return requests.post(url, json={}, timeout=5).text  # finding


# === git url
GIT_URL = re.compile(r"^https://github\.com/[\w-]+/[\w.-]+$")


@app.post("/clone")
def clone():
    url = request.json["url"]
    if not GIT_URL.match(url):
        abort(400)
    subprocess.run(["git", "clone", url, "/srv/repo"], check=True)
    subprocess.run(f"git clone {url} /srv/repo", shell=True)
    return ""


@app.post("/clone2")
def clone2():
    url = request.json["url"]
    subprocess.run(f"git clone {url} /srv/repo", shell=True)  # finding
    return ""


# === binary path
@app.post("/bin")
def binary():
    path = request.json["path"]
    out = subprocess.run([path, "--version"], capture_output=True)  # finding
    return out.stdout


ALLOWED_BINS = {"pg_dump": "/usr/bin/pg_dump", "psql": "/usr/bin/psql"}


@app.post("/bin2")
def binary2():
    name = request.json["name"]
    if name not in ALLOWED_BINS:
        abort(400)
    out = subprocess.run([ALLOWED_BINS[name], "--version"], capture_output=True)
    return jsonify(out=out.stdout.decode())


# === upload name
@app.post("/up")
def up():
    f = request.files["file"]
    name = f.filename.replace("..", "")
    f.save(os.path.join("/srv/up", name))  # finding: path-traversal
    return ""


# === temp dir use
@app.post("/tmp")
def tmp():
    with tempfile.TemporaryDirectory() as d:
        p = os.path.join(d, "upload.bin")
        request.files["file"].save(p)
        return send_file(p)


# === redirect back helper
from urllib.parse import urljoin


def is_safe_redirect(target):
    host = urlparse(request.host_url)
    test = urlparse(urljoin(request.host_url, target))
    return test.scheme in {"http", "https"} and host.netloc == test.netloc


def back(default="/"):
    for target in (request.args.get("next"), request.referrer):
        if target and is_safe_redirect(target):
            return redirect(target)
    return redirect(default)


@app.get("/login")
def login():
    return back()


@app.get("/login2")
def login2():
    target = request.args.get("next")
    parsed = urlparse(target)
    if parsed.netloc and parsed.netloc != request.host:
        abort(400)
    return redirect(target)


# === reflected error
@app.errorhandler(404)
def missing(e):
    return f"<p>No page {request.path}</p>", 404  # finding


@app.errorhandler(405)
def method(e):
    return jsonify(path=request.path), 405


# === sandbox of names
import builtins

SAFE = {"sum": sum, "max": max}


@app.post("/calc")
def calc():
    fn = SAFE.get(request.json["fn"])
    if fn is None:
        abort(400)
    return jsonify(fn(request.json["values"]))


@app.post("/calc2")
def calc2():
    fn = getattr(builtins, request.json["fn"])
    return jsonify(fn(request.json["values"]))  # finding
