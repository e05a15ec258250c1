# === the text of a path is asked, and the path is opened
import os, pathlib
from flask import request, Flask
app = Flask(__name__)
ROOT = pathlib.Path("/srv/books")

@app.get("/a")
def a():
    x = pathlib.Path(request.args["q"]).resolve()
    if not str(x).startswith("/srv/books/"):
        raise ValueError
    return open(x).read()

@app.get("/b")
def b():
    x = pathlib.Path("/srv/books", request.args["q"]).resolve()
    if not str(x).startswith(str(ROOT) + os.sep):
        raise ValueError
    return x.read_text()

@app.get("/c")
def c():
    x = os.path.abspath(os.path.join("/srv/books", request.args["q"]))
    if not str(x).startswith("/srv/books/"):
        raise ValueError
    return open(x).read()

@app.get("/d")
def d():
    x = os.path.abspath(os.path.join("/srv/books", request.args["q"]))
    if not x.startswith("/srv/books/"):
        raise ValueError
    return open(x).read()

@app.get("/e")
def e():
    x = pathlib.Path(request.args["q"]).resolve()
    if not x.as_posix().startswith("/srv/books/"):
        raise ValueError
    return open(str(x)).read()
@app.get("/f")
def f():
    x = pathlib.Path(request.args["q"]).resolve()
    if not os.fspath(x).startswith("/srv/books/"):
        raise ValueError
    return open(os.fspath(x)).read()

@app.get("/g")
def g():
    x = pathlib.Path(request.args["q"]).resolve()
    if not f"{x}".startswith("/srv/books/"):
        raise ValueError
    return x.read_bytes()

@app.get("/h")
def h():
    x = pathlib.Path(request.args["q"])
    if not str(x).startswith("/srv/books/"):
        raise ValueError
    return x.read_bytes()  # finding

@app.get("/i")
def i():
    x = (ROOT / request.args["q"]).resolve()
    if ROOT in x.parents:
        return x.read_bytes()
    if str(x).startswith("/srv"):
        return x.read_bytes()
    return x.read_bytes()  # finding

@app.get("/j")
def j():
    name = request.args["q"]
    full = os.path.realpath(os.path.join("/srv", name))
    if os.path.commonprefix([full, "/srv"]) != "/srv":
        raise ValueError
    return open(full).read()  # finding

@app.get("/k")
def k():
    name = str(request.args.get("q"))
    if name not in ("a", "b"):
        raise ValueError
    return open("/srv/" + name).read()
@app.get("/l")
def l():
    name = request.args.get("q")
    if str(name) not in ("a", "b"):
        raise ValueError
    return open("/srv/" + name).read()
@app.get("/m")
def m():
    base = os.path.abspath("/srv")
    full = os.path.abspath(os.path.join(base, request.args["q"]))
    if full.startswith(base + os.sep) is False:
        raise ValueError
    return open(full).read()
@app.get("/n")
def n():
    base = os.path.abspath("/srv")
    full = os.path.abspath(os.path.join(base, request.args["q"]))
    ok = full.startswith(base + os.sep)
    if ok is not True:
        raise ValueError
    return open(full).read()
@app.get("/o")
def o():
    base = os.path.abspath("/srv")
    full = os.path.abspath(os.path.join(base, request.args["q"]))
    if full[:len(base)] != base:
        raise ValueError
    return open(full).read()
@app.get("/p")
def p():
    base = pathlib.Path("/srv").resolve()
    try:
        full = (base / request.args["q"]).resolve()
        full.relative_to(base)
    except ValueError:
        return "no"
    with full.open() as f:
        return f.read()
@app.get("/q")
def q():
    base = pathlib.Path("/srv").resolve()
    full = (base / request.args["q"]).resolve(strict=True)
    if not full.is_file() or base not in full.parents:
        return "no"
    with full.open() as f:
        return f.read()
@app.get("/r")
def r():
    base = pathlib.Path("/srv").resolve()
    full = (base / request.args["q"]).resolve(strict=True)
    if os.path.commonpath((str(base), str(full))) != str(base):
        return "no"
    return full.read_text()
# What is found out of the part after the whole was made holds for the whole.
def joined_first(folder, name):
    part = os.path.normpath(name)
    full = os.path.join(folder, part)
    if os.path.isabs(part) or part == ".." or part.startswith("../"):
        raise ValueError
    return full
@app.get("/s")
def s():
    return open(joined_first("/srv", request.args["q"])).read()
@app.get("/t")
def t():
    full = os.path.normpath(os.path.join("/srv/static", request.args["q"]))
    # Letter by letter, but with the separator.
    if os.path.commonprefix([full, "/srv/static/"]) != "/srv/static/":
        raise ValueError
    return open(full).read()
@app.get("/u")
def u():
    full = os.path.normpath(os.path.join("/srv/static", request.args["q"]))
    if os.path.commonprefix([full, "/srv/static"]) != "/srv/static":
        raise ValueError
    return open(full).read()  # finding
