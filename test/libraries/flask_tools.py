# The standard library and serializers: commands, evaluation, deserialization, what makes text safe.

import subprocess, os, shlex, asyncio, pickle, yaml, marshal, dill, cloudpickle, joblib, json, re, uuid, ast, importlib, sys, argparse, requests, httpx, code
import jsonpickle, numpy as np, torch, pandas as pd
from flask import Flask, request, Blueprint, abort, g, session, current_app, render_template
from werkzeug.utils import secure_filename
from ruamel.yaml import YAML
import ruamel.yaml

bp = Blueprint("x", __name__)
ALLOWED = {"a": "ls", "b": "df"}


@bp.route("/a/<name>", methods=["GET", "POST"])
def a(name):
    subprocess.run(["ls", name])  # finding: missing-timeout
    subprocess.run("ls " + name)  # finding: command-injection
    subprocess.run(args="ls " + name, shell=True)  # finding: command-injection
    subprocess.Popen(["/bin/" + name])  # finding: command-injection
    subprocess.check_output("ls %s" % shlex.quote(name), shell=True)
    os.system("ls " + ALLOWED[name])
    os.system("ls " + ALLOWED.get(name, "x"))
    os.execv(name, ["x"])  # finding: command-injection
    subprocess.getoutput(f"ls {name}")  # finding: command-injection
    out = subprocess.run(["cat", name], capture_output=True, text=True).stdout
    os.system("echo " + out)
    n = int(name)
    os.system(f"head -n {n} x")
    u = uuid.UUID(name)
    os.system(f"ls {u}")
    os.system("ls %d" % name)
    if name in ("a", "b"):
        os.system("ls " + name)
    if re.fullmatch("[a-z]+", name):
        os.system("ls " + name)
    if not name.isalnum():
        abort(404)
    os.system("ls " + name)
    return ""


@bp.post("/b")
def b():
    subprocess.run(["true"])  # finding: missing-timeout
    data = request.get_data()
    pickle.loads(data)  # finding: unsafe-deserialization
    cloudpickle.loads(data)  # finding: unsafe-deserialization
    dill.loads(data)  # finding: unsafe-deserialization
    marshal.loads(data)  # finding: unsafe-deserialization
    jsonpickle.decode(data)  # finding: unsafe-deserialization
    yaml.load(data)  # finding: unsafe-deserialization
    yaml.load(data, Loader=yaml.FullLoader)  # finding: unsafe-deserialization
    yaml.load(data, yaml.SafeLoader)
    yaml.load(data, Loader=yaml.CSafeLoader)
    yaml.safe_load(data)
    YAML(typ="safe").load(data)
    ruamel.yaml.load(data, Loader=ruamel.yaml.Loader)  # finding: unsafe-deserialization
    f = request.files["f"]
    np.load(f)
    np.load(f, allow_pickle=True)  # finding: unsafe-deserialization
    torch.load(f)
    torch.load(f, weights_only=False)  # finding: unsafe-deserialization
    pd.read_pickle(f)  # finding: unsafe-deserialization
    joblib.load(f.stream)  # finding: unsafe-deserialization
    pickle.load(open("x.pkl", "rb"))
    pickle.Unpickler(f).load()  # finding: unsafe-deserialization
    x = json.loads(data)
    eval(x["a"])  # finding: code-injection
    ast.literal_eval(x["a"])
    exec(compile(x["a"], "x", "exec"))  # finding: code-injection
    importlib.import_module(x["m"])  # finding: code-injection
    eval("1+" + str(len(data)))
    eval(str(int(x["a"])))
    cfg = yaml.load(data, Loader=yaml.SafeLoader)
    os.system(cfg["cmd"])  # finding: command-injection
    return ""


@bp.route("/c")
def c():
    page = request.args.get("page", 1, type=int)
    os.system(f"head {page}")  # finding: missing-timeout
    r = requests.get("https://x/" + request.args["q"], timeout=3)
    os.system("ls " + str(r.status_code))
    pickle.loads(r.content)  # finding: unsafe-deserialization
    pickle.loads(httpx.get("https://x").content)  # finding: unsafe-deserialization
    key = request.args.get("key")
    value = current_app.config.get(key)
    os.system("ls " + secure_filename(key))  # finding: command-injection
    h = request.headers["X-A"]
    os.system("ls " + h)  # finding: command-injection
    os.system("ls " + request.cookies.get("x", ""))  # finding: command-injection
    os.system("ls " + request.remote_addr)
    return render_template("x", value=value)


async def sub(request):
    await asyncio.create_subprocess_shell("ls")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("x")
    args = p.parse_args()
    os.system("ls " + args.x)  # finding: command-injection
    eval(input())  # finding: code-injection
    for arg in sys.argv[1:]:
        subprocess.call("ls " + arg, shell=True)  # finding: command-injection
