# === a key that was written after what came from outside holds what was written
import base64, os, urllib.parse
from flask import Flask, request
app = Flask(__name__)

@app.get("/a")
def a():
    m = dict(request.args)
    m.update(c="ls")
    return "%d" % os.system(m["c"])
@app.get("/b")
def b():
    m = request.args.to_dict()
    m["c"] = "ls"
    os.system(m["d"])  # finding
    return "%d" % os.system(m["c"])
@app.get("/c")
def c():
    m = {**request.args, "c": "ls"}
    return "%d" % os.system(m["c"])
@app.get("/d")
def d():
    m = {"c": "ls", **request.args}
    return "%d" % os.system(m["c"])  # finding
@app.get("/e")
def e():
    m = {"c": "ls"}
    m[request.args["key"]] = request.args["value"]
    return "%d" % os.system(m["c"])  # finding
@app.get("/f")
def f():
    m = {"c": "ls"}
    m.update(request.args)
    return "%d" % os.system(m["c"])  # finding
@app.get("/g")
def g():
    m = {}
    if request.args.get("fixed"):
        m["c"] = "ls"
    else:
        m[request.args["key"]] = request.args["value"]
    return "%d" % os.system(m["c"])  # finding
@app.get("/h")
def h():
    data = request.get_json()
    data["c"] = "ls"
    for key in data:
        os.system(key)  # finding
    for value in data.values():
        os.system(value)  # finding
    return "%d" % os.system(data["c"])
@app.get("/i")
def i():
    data = request.get_json()
    data["c"] = data["c"].strip()
    return "%d" % os.system(data["c"])  # finding

# === what an encoder writes ends no command and no text
import base64, os, urllib.parse
from flask import Flask, request
app = Flask(__name__)
@app.get("/a")
def a():
    return "%d" % os.system("echo " + base64.b64encode(request.data).decode() + " | wc -c")
@app.get("/b")
def b():
    text = base64.b64encode(request.data).decode()
    return "%d" % os.system(base64.b64decode(text))  # finding
@app.get("/c")
def c():
    return "%d" % os.system("curl https://a.example/" + urllib.parse.quote(request.args["q"]))
@app.get("/d")
def d():
    return "%d" % os.system("curl https://a.example/" + urllib.parse.quote(request.args["q"], safe="/;"))  # finding
@app.get("/e")
def e():
    return "%d" % os.system("curl https://a.example/" + urllib.parse.unquote(urllib.parse.quote(request.args["q"])))  # finding

# === what one way has written, the other has not
import os
from flask import Flask, request
app = Flask(__name__)
@app.get("/a")
def a():
    line = request.json
    if line["kind"] == "event":
        line["kind"] = "debug"
    if line["kind"] == "results":
        os.system(line["text"])  # finding
@app.get("/b")
def b():
    for line in request.json:
        if line["kind"] == "event":
            line["kind"] = "debug"
        os.system(line["kind"])  # finding
@app.get("/c")
def c():
    line = request.json or {}
    line["kind"] = "debug"
    os.system(line["kind"])
    os.system(line["text"])  # finding
@app.get("/d")
def d():
    line = request.json or {"kind": "debug"}
    os.system(line["kind"])  # finding
