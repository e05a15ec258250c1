import os
import subprocess
from subprocess import check_output

from flask import Flask, request

app = Flask(__name__)


@app.get("/a")
def formatted():
    host = request.args["host"]
    subprocess.run(f"ping -c 1 {host}", shell=True, check=True)
    return {}


@app.get("/b")
def quoted():
    name = request.args["name"]
    subprocess.call("convert '" + name + "' out.png", shell=True)
    return {}


@app.get("/c")
def output():
    return subprocess.check_output(f"git log --author {request.args['who']}", shell=True)


@app.get("/d")
def imported():
    branch = request.args["branch"]
    return check_output("git checkout %s" % branch, shell=True, text=True)


@app.get("/e")
def option():
    path = request.args["path"]
    subprocess.check_call(f"tar -x --file {path} -C /srv/data", shell=True)
    return {}


@app.get("/f")
def opened():
    user = request.args["user"]
    child = subprocess.Popen(
        "id {}".format(user),
        shell=True,
        stdout=subprocess.PIPE,
    )
    return child.communicate()[0]


@app.get("/g")
def in_a_variable():
    word = request.args["word"]
    command = f"grep -r {word} /srv/pages"
    found = subprocess.run(command, shell=True, capture_output=True)
    return found.stdout


@app.get("/h")
def old_way():
    name = request.args["name"]
    os.system("mkdir /srv/" + name)
    return {}


@app.get("/i")
def double_quotes():
    title = request.args["title"]
    subprocess.run(f'notify-send "{title}" now', shell=True)
    return {}


@app.get("/j")
def in_the_middle():
    size = request.args["size"]
    subprocess.run("convert in.png -resize " + size + "x100 out.png", shell=True)
    return {}


@app.get("/k")
def two_values():
    old, new = request.args["old"], request.args["new"]
    subprocess.run(f"mv /srv/files/{old} /srv/files/{new}", cwd="/srv", shell=True)
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
