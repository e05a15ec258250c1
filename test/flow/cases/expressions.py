# Queries, expressions and code made of what a visitor sends.

import os
import re
import json
import random
import secrets
import hashlib
import string
import importlib
import ast
import ldap
import ldap3
import lxml.etree
import xml.etree.ElementTree as ET
import xml.sax
import xml.dom.minidom
import defusedxml.ElementTree
import jinja2
import logging
import traceback
from flask import Flask, request, session, make_response, abort, jsonify, render_template_string, render_template
from pymongo import MongoClient
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.asymmetric import rsa
from Crypto.Cipher import AES, DES

app = Flask(__name__)
mongo = MongoClient()
users = mongo.shop.users
log = logging.getLogger(__name__)


# === nosql
@app.post("/a")
def a():
    body = request.get_json()
    return jsonify(users.find_one({"name": body["name"], "password": body["password"]}))  # finding


@app.post("/b")
def b():
    body = request.get_json()
    return jsonify(users.find_one({"name": str(body["name"])}))


@app.get("/c")
def c():
    return jsonify(users.find_one({"name": request.args["name"]}))


@app.post("/d")
def d():
    return jsonify(list(users.find(request.get_json())))  # finding


@app.post("/e")
def e():
    q = json.loads(request.args["filter"])
    return jsonify(list(users.find(q)))  # finding


@app.post("/f")
def f():
    name = request.get_json()["name"]
    if not isinstance(name, str):
        abort(400)
    return jsonify(users.find_one({"name": name}))


@app.get("/g")
def g():
    return jsonify(list(users.find({"$where": "this.name == '" + request.args["name"] + "'"})))  # finding


# === code
@app.post("/a")
def a():
    return str(eval(request.form["expr"]))  # finding


@app.post("/c")
def c():
    expr = request.form["expr"]
    if not re.fullmatch(r"[0-9+\-*/ ().]+", expr):
        abort(400)
    return str(eval(expr))


HANDLERS = {"a": "app.handlers.a", "b": "app.handlers.b"}


@app.post("/d")
def d():
    module = importlib.import_module(HANDLERS[request.form["h"]])
    return module.run()


@app.post("/e")
def e():
    module = importlib.import_module("app.handlers." + request.form["h"])  # finding
    return module.run()


@app.post("/f")
def f():
    exec("x = " + repr(int(request.form["n"])))
    return ""


class Actions:
    def start(self):
        return "s"

    def stop(self):
        return "t"


@app.post("/g")
def g():
    return getattr(Actions(), request.form["action"])()  # finding


@app.post("/h")
def h():
    name = request.form["action"]
    if name not in ("start", "stop"):
        abort(404)
    return getattr(Actions(), name)()


# === ldap
@app.get("/a")
def a():
    c = ldap.initialize("ldap://x")
    user = request.args["user"]
    return str(c.search_s("dc=x", ldap.SCOPE_SUBTREE, f"(uid={user})"))  # finding


@app.get("/b")
def b():
    c = ldap.initialize("ldap://x")
    user = ldap.filter.escape_filter_chars(request.args["user"])
    return str(c.search_s("dc=x", ldap.SCOPE_SUBTREE, f"(uid={user})"))


@app.get("/c")
def c():
    conn = ldap3.Connection(ldap3.Server("x"))
    conn.search("dc=x", "(uid=%s)" % request.args["user"])  # finding
    return ""


@app.get("/d")
def d():
    from ldap3.utils.conv import escape_filter_chars
    conn = ldap3.Connection(ldap3.Server("x"))
    conn.search("dc=x", "(uid=%s)" % escape_filter_chars(request.args["user"]))
    return ""


# === xpath
@app.get("/a")
def a():
    root = lxml.etree.parse("u.xml").getroot()
    return str(root.xpath("//user[@name='" + request.args["n"] + "']"))  # finding


@app.get("/b")
def b():
    root = lxml.etree.parse("u.xml").getroot()
    return str(root.xpath("//user[@name=$n]", n=request.args["n"]))


@app.get("/c")
def c():
    root = ET.parse("u.xml").getroot()
    return str(root.findall(f"./user[@name='{request.args['n']}']"))  # finding


@app.get("/d")
def d():
    root = lxml.etree.parse("u.xml").getroot()
    n = request.args["n"]
    if not n.isalnum():
        abort(400)
    return str(root.xpath(f"//user[@name='{n}']"))


@app.get("/e")
def e():
    root = lxml.etree.parse("u.xml").getroot()
    n = request.args["n"]
    if "'" in n:
        abort(400)
    return str(root.xpath(f"//user[@name='{n}']"))


# === template
@app.get("/a")
def a():
    return render_template_string("Hello " + request.args["n"])  # finding


@app.get("/b")
def b():
    return render_template_string("Hello {{ n }}", n=request.args["n"])


@app.get("/c")
def c():
    return jinja2.Environment().from_string(request.args["t"]).render()  # finding


@app.get("/d")
def d():
    return jinja2.Template("Hi {{ n }}", autoescape=True).render(n=request.args["n"])


@app.get("/e")
def e():
    from jinja2.sandbox import SandboxedEnvironment
    return SandboxedEnvironment(autoescape=True).from_string(request.args["t"]).render()


@app.get("/f")
def f():
    return render_template(request.args["page"] + ".html")


