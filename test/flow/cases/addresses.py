# Where requests and redirects lead.

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


# === ssrf
ALLOWED = {"api.example.com", "cdn.example.com"}


@app.get("/a")
def a():
    url = request.args["url"]
    return requests.get(url, timeout=3).text  # finding


@app.get("/b")
def b():
    url = request.args["url"]
    if urlparse(url).hostname not in ALLOWED:
        abort(400)
    return requests.get(url, timeout=3).text


@app.get("/c")
def c():
    user = request.args["user"]
    return requests.get("https://api.example.com/users/" + urllib.parse.quote(user, safe=""), timeout=3).text


@app.get("/d")
def d():
    host = request.args["host"]
    return requests.get(f"https://{host}/status", timeout=3).text  # finding


@app.get("/e")
def e():
    host = request.args["host"]
    return requests.get(f"https://{host}.example.com/status", timeout=3).text  # finding


@app.get("/f")
def f():
    url = request.args["url"]
    if not url.startswith("https://api.example.com/"):
        abort(400)
    return requests.get(url, timeout=3).text


@app.get("/g")
def g():
    url = request.args["url"]
    if not url.startswith("https://api.example.com"):
        abort(400)
    return requests.get(url, timeout=3).text  # finding


@app.get("/h")
def h():
    return requests.get("https://api.example.com/search", params={"q": request.args["q"]}, timeout=3).text


@app.get("/i")
def i():
    region = request.args["region"]
    if region not in ("eu", "us"):
        region = "eu"
    return requests.get(f"https://{region}.example.com/", timeout=3).text


# === redirect
def is_safe_url(target):
    ref_url = urlparse(request.host_url)
    test_url = urlparse(urljoin(request.host_url, target))
    return test_url.scheme in ("http", "https") and ref_url.netloc == test_url.netloc


@app.get("/a")
def a():
    return redirect(request.args.get("next") or "/")  # finding


@app.get("/b")
def b():
    target = request.args.get("next")
    if not target or not is_safe_url(target):
        target = url_for("index")
    return redirect(target)


@app.get("/c")
def c():
    target = request.args.get("next", "/")
    if not target.startswith("/"):
        abort(400)
    return redirect(target)  # finding


@app.get("/d")
def d():
    target = request.args.get("next", "/")
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        abort(400)
    return redirect(target)


@app.get("/e")
def e():
    target = request.args.get("next", "/")
    if urlparse(target).netloc != "":
        abort(400)
    return redirect(target)


@app.get("/f")
def f():
    return redirect(url_for("profile", name=request.args["name"]))


@app.get("/g")
def g():
    return redirect("/users/" + request.args["name"])


# === w
@app.get("/e")
def e():
    target = request.args["next"]
    parts = urlparse(target)
    if parts.scheme or parts.netloc:
        abort(400)
    return redirect(target)
# === ssrf guard
import socket, ipaddress, requests
def check(host):
    ip = ipaddress.ip_address(socket.gethostbyname(host))
    if ip.is_private or ip.is_loopback:
        raise ValueError("no")

@app.get("/e")
def e():
    url = request.args["url"]
    check(urlparse(url).hostname)
    return requests.get(url, timeout=3).text

@app.get("/f")
def f():
    host = request.args["host"]
    ipaddress.ip_address(host)
    return requests.get(f"http://{host}/", timeout=3).text  # finding
@app.get("/g")
def g():
    host = request.args["host"]
    ip = ipaddress.ip_address(host)
    if not ip.is_global:
        abort(400)
    return requests.get(f"http://{host}/", timeout=3).text


# === networks that must not be asked
import socket

NETWORKS = [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("127.0.0.0/8")]


def address_of(url):
    return ipaddress.ip_address(socket.gethostbyname(urlparse(url).hostname))


async def is_open(url):
    address = address_of(url)
    return not any(address in network for network in NETWORKS)


@app.get("/one-by-one")
def one_by_one():
    url = request.args["url"]
    for network in NETWORKS:
        if address_of(url) in network:
            abort(403)
    return requests.get(url, timeout=5).text


@app.get("/at-once")
async def at_once():
    url = request.args["url"]
    if not await is_open(url):
        abort(403)
    return requests.get(url, timeout=5).text


@app.get("/another")
async def another():
    url = request.args["url"]
    if not await is_open(request.args["other"]):
        abort(403)
    return requests.get(url, timeout=5).text  # finding


@app.get("/the-wrong-way")
async def the_wrong_way():
    url = request.args["url"]
    if await is_open(url):
        abort(403)
    return requests.get(url, timeout=5).text  # missed: a list of what may be asked looks the same
