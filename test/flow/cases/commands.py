# What a shell or a program is given.

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


# === command
@app.post("/a")
def a():
    host = request.form["host"]
    subprocess.run(["ping", "-c", "1", host])
    subprocess.run("ping -c 1 " + shlex.quote(host), shell=True)
    os.system("ping -c 1 " + host)  # finding
    return ""


@app.post("/b")
def b():
    host = request.form["host"]
    try:
        ipaddress.ip_address(host)
    except ValueError:
        abort(400)
    os.system("ping -c 1 " + host)
    return ""


@app.post("/c")
def c():
    host = request.form["host"]
    cmd = ["sh", "-c", "ping -c 1 " + host]
    subprocess.check_output(cmd)  # finding
    return ""


@app.post("/d")
def d():
    tool = request.form["tool"]
    subprocess.run([tool, "--version"])  # finding
    return ""


TOOLS = {"git": "/usr/bin/git", "hg": "/usr/bin/hg"}


@app.post("/e")
def e():
    tool = TOOLS[request.form["tool"]]
    subprocess.run([tool, "--version"])
    return ""


def valid_host(h):
    return bool(re.fullmatch(r"[a-z0-9.-]{1,253}", h))


@app.post("/f")
def f():
    host = request.form["host"]
    if not valid_host(host):
        return "bad", 400
    os.popen(f"dig {host}").read()
    return ""


def check_host(h):
    if not re.match(r"^[a-z0-9.-]+$", h):
        raise ValueError(h)


@app.post("/g")
def g():
    host = request.form["host"]
    check_host(host)
    os.popen(f"dig {host}").read()
    return ""


@app.post("/h")
def h():
    port = int(request.form["port"])
    os.system(f"nc -z localhost {port}")
    return ""


@app.post("/i")
def i():
    n = request.form["n"]
    if not n.isdigit():
        abort(400)
    os.system(f"head -n {n} /var/log/x")
    return ""


@app.post("/j")
def j():
    n = request.form["n"]
    if n.isdigit():
        pass
    os.system(f"head -n {n} /var/log/x")  # finding
    return ""


