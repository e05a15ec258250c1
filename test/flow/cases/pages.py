# What becomes HTML.

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


# === xss
@app.get("/a")
def a():
    return "<h1>" + request.args["name"] + "</h1>"  # finding


@app.get("/b")
def b():
    return f"<h1>{escape(request.args['name'])}</h1>"


@app.get("/c")
def c():
    return f"<h1>{html.escape(request.args['name'])}</h1>"


@app.get("/d")
def d():
    return jsonify(name=request.args["name"])


@app.get("/e")
def e():
    return Response(request.args["name"], mimetype="text/plain")


@app.get("/f")
def f():
    r = make_response("Hi " + request.args["name"])  # finding
    return r


@app.get("/g")
def g():
    r = make_response("Hi " + request.args["name"])
    r.headers["Content-Type"] = "text/plain"
    return r


@app.get("/h")
def h():
    return Markup("<b>%s</b>") % request.args["name"]


@app.get("/i")
def i():
    return Markup("<b>%s</b>" % request.args["name"])  # finding


@app.get("/j")
def j():
    return render_template_string("<p>{{ n }}</p>", n=request.args["name"])


@app.get("/k")
def k():
    return {"name": request.args["name"]}


@app.get("/l")
def l():
    name = request.args["name"].replace("<", "&lt;").replace(">", "&gt;")
    return "<h1>" + name + "</h1>"




# === JSON within a page ends the script that it stands in
@app.get("/page")
def page():
    state = {"q": request.args["q"]}
    return "<html><script>var state = " + json.dumps(state) + ";</script></html>"  # finding: cross-site-scripting


@app.get("/escaped")
def escaped():
    state = {"q": str(escape(request.args["q"]))}
    return "<html><script>var state = " + json.dumps(state) + ";</script></html>"


@app.get("/harmless")
def harmless():
    state = json.dumps({"q": request.args["q"]}).replace("<", "\\u003c")
    return "<html><script>var state = " + state + ";</script></html>"


# === what Tornado is told that it sends
import tornado.web


class Find(tornado.web.RequestHandler):
    def get(self):
        self.set_header("Content-Type", "text/plain")
        self.write(self.get_argument("q"))

    def post(self):
        self.set_header("X-Powered-By", "text/plain")
        self.write(self.get_argument("q"))  # finding: cross-site-scripting


app = tornado.web.Application([("/find", Find)])
