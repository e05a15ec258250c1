# === a short list is gone through item by item
import os
from flask import Flask, request
app = Flask(__name__)

def pick(values, default):
    for v in values:
        if v:
            return v
    return default

@app.route("/1")
def t1():
    os.system(pick([None, request.args.get("c")], "ls"))  # finding
    os.system(pick(["ls", request.args.get("c")], "ls"))
    return ""

@app.route("/2")
def t2():
    last = ""
    for x in (request.args["a"], "ls"):
        last = x
    os.system(last)
    for x in ("ls", request.args["a"]):
        last = x
    os.system(last)  # finding
    return ""

@app.route("/3")
def t3():
    for x in (request.args["a"], "ls"):
        if x == "ls":
            continue
        os.system(x)  # finding
    return ""

@app.route("/4")
def t4():
    a, b = request.args["a"], request.args["b"]
    for x in (a, b):
        if not x.isalnum():
            return "no"
    os.system(a + b)
    return ""

@app.route("/5")
def t5():
    parts = []
    for x in ("ls", request.args["a"]):
        parts.append(x)
    os.system(parts[0])
    os.system(" ".join(parts))  # finding
    return ""

@app.route("/6")
def t6():
    for key, value in (("a", "ls"), ("b", request.args["b"])):
        if key == "a":
            os.system(value)
        else:
            os.system(value)  # finding
    return ""

@app.route("/7")
def t7():
    for x in [request.args["a"], "b"]:
        for y in [x, "c"]:
            os.system(y)  # finding
            break
    return ""
