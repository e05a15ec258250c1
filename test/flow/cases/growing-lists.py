# === the first of a list stays the first
import subprocess
from flask import Flask, request
app = Flask(__name__)
BASE = ["ls", "-l"]
def opts():
    return ["-a"] if app.debug else ["-b"]
@app.get("/a")
def a():
    subprocess.call("ls -l".split() + [request.args["d"]])
    subprocess.call(BASE + [request.args["d"]])
    subprocess.call(["ls", *opts(), request.args["d"]])
    subprocess.call(["ls"] + opts() + [request.args["d"]])
    cmd = list(BASE)
    cmd.append(request.args["d"])
    subprocess.call(cmd)
    cmd = BASE.copy()
    cmd += [request.args["d"]]
    subprocess.call(cmd)
    cmd = app.config["CMD"] + [request.args["d"]]
    subprocess.call(cmd)
    cmd = ["ls"]
    for x in request.args.getlist("x"):
        cmd.extend(["-x", x])
    subprocess.call(cmd)
    return ""
@app.get("/a2")
def a2():
    subprocess.call([*BASE, request.args["d"]])
    subprocess.call([*opts(), request.args["d"]])
    subprocess.call([*app.config["X"], request.args["d"]])
    subprocess.call((*BASE, request.args["d"]))
    subprocess.call(("ls",) + (request.args["d"],))
    subprocess.call(("ls",) + tuple(request.args.getlist("d")))
    return ""



@app.get("/b")
def b():
    subprocess.call([request.args["p"], "-x"])  # finding
    cmd = []
    cmd.append(request.args["p"])
    subprocess.call(cmd)  # finding
    subprocess.call([request.args["p"]] + BASE)  # finding
    subprocess.call(request.args["p"].split() + ["-l"])  # finding
    cmd = []
    if app.debug:
        cmd.append("sudo")
    cmd.append(request.args["p"])
    subprocess.call(cmd)  # finding
    cmd = ["a"]
    cmd.insert(0, request.args["p"])
    subprocess.call(cmd)  # finding
    cmd = ["ls", "-l"]
    cmd[0] = request.args["p"]
    subprocess.call(cmd)  # finding
    cmd = ["ls", request.args["p"]]
    cmd.reverse()
    subprocess.call(cmd)  # finding
    cmd = ["ls", request.args["p"]]
    cmd.pop(0)
    subprocess.call(cmd)  # finding
    subprocess.call([*request.args.getlist("p"), "-x"])  # finding
    return ""
