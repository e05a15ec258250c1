import os
import subprocess
from subprocess import check_output

from flask import Flask, request

app = Flask(__name__)


@app.get("/a")
def formatted():
    host = request.args["host"]
    subprocess.run(["ping", "-c", "1", host], check=True)
    return {}


@app.get("/b")
def quoted():
    name = request.args["name"]
    subprocess.call(["convert", name, "out.png"])
    return {}


@app.get("/c")
def output():
    return subprocess.check_output(["git", "log", "--author", request.args['who']])


@app.get("/d")
def imported():
    branch = request.args["branch"]
    return check_output(["git", "checkout", branch], text=True)


@app.get("/e")
def option():
    path = request.args["path"]
    subprocess.check_call(["tar", "-x", "--file", path, "-C", "/srv/data"])
    return {}


@app.get("/f")
def opened():
    user = request.args["user"]
    child = subprocess.Popen(
        ["id", user],
        stdout=subprocess.PIPE,
    )
    return child.communicate()[0]


@app.get("/g")
def in_a_variable():
    word = request.args["word"]
    command = ["grep", "-r", word, "/srv/pages"]
    found = subprocess.run(command, capture_output=True)
    return found.stdout


@app.get("/h")
def old_way():
    name = request.args["name"]
    subprocess.run(["mkdir", f"/srv/{name}"], check=False)
    return {}


@app.get("/i")
def double_quotes():
    title = request.args["title"]
    subprocess.run(["notify-send", title, "now"])
    return {}


@app.get("/j")
def in_the_middle():
    size = request.args["size"]
    subprocess.run(["convert", "in.png", "-resize", f"{size}x100", "out.png"])
    return {}


@app.get("/k")
def two_values():
    old, new = request.args["old"], request.args["new"]
    subprocess.run(["mv", f"/srv/files/{old}", f"/srv/files/{new}"], cwd="/srv")
    return {}


# These need the shell, or let a visitor choose the program: they stay as they are.


@app.get("/x")
def pipe():
    word = request.args["word"]
    return subprocess.check_output(f"ps aux | grep {word}", shell=True)


@app.get("/y")
def program():
    tool = request.args["tool"]
    return subprocess.check_output(f"{tool} --version", shell=True)


@app.get("/z")
def status():
    name = request.args["name"]
    if os.system("test -e /srv/" + name) != 0:
        return {}, 404
    return {}
