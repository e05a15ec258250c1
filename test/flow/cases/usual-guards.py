# === addresses
import ipaddress, re, socket, requests, httpx, urllib.request
from urllib.parse import urlparse, urlsplit, urljoin, quote
from flask import Flask, request, abort, redirect, url_for, current_app
app = Flask(__name__)
ALLOWED_HOSTS = {"api.example.com", "cdn.example.com"}
ALLOWED = ["https://api.example.com/", "https://cdn.example.com/"]
SERVICES = {"a": "https://a.example", "b": "https://b.example"}


@app.get("/g1")
def g1():
    url = request.args["url"]
    parsed = urlparse(url)
    if parsed.scheme not in ("http", "https") or parsed.hostname not in ALLOWED_HOSTS:
        abort(400)
    return requests.get(url, timeout=5).text


@app.get("/g2")
def g2():
    url = request.args["url"]
    if urlsplit(url).netloc not in ALLOWED_HOSTS:
        return "no", 400
    return httpx.get(url).text


@app.get("/g3")
def g3():
    url = request.args["url"]
    if not any(url.startswith(prefix) for prefix in ALLOWED):
        abort(400)
    return requests.get(url, timeout=5).text


@app.get("/g4")
def g4():
    service = request.args["s"]
    base = SERVICES.get(service)
    if base is None:
        abort(404)
    return requests.get(base + "/status", timeout=5).text


@app.get("/g5")
def g5():
    item = request.args["id"]
    return requests.get(f"https://api.example.com/items/{item}", timeout=5).text


@app.get("/g6")
def g6():
    return requests.get(f"https://api.example.com/items/{quote(request.args['id'])}", timeout=5).text

def is_safe(url):
    host = urlparse(url).hostname
    if not host:
        return False
    for info in socket.getaddrinfo(host, None):
        ip = ipaddress.ip_address(info[4][0])
        if ip.is_private or ip.is_loopback or ip.is_link_local:
            return False
    return True


@app.get("/g7")
def g7():
    url = request.args["url"]
    if not is_safe(url):
        abort(400)
    return requests.get(url, timeout=5).text


@app.get("/g8")
def g8():
    url = request.args["url"]
    host = urlparse(url).hostname or ""
    if not (host == "example.com" or host.endswith(".example.com")):
        abort(400)
    return requests.get(url, timeout=5).text


@app.get("/g9")
def g9():
    url = request.args["url"]
    if not re.match(r"^https://(www\.)?example\.com/", url):
        abort(400)
    return requests.get(url, timeout=5).text


@app.get("/g10")
def g10():
    path = request.args["path"]
    return requests.get(current_app.config["BACKEND"] + "/x", params={"p": path}, timeout=5).text


@app.get("/g11")
def g11():
    host = request.args["host"]
    allowed = current_app.config["HOSTS"]
    if host in allowed:
        return requests.get("https://" + host + "/", timeout=5).text
    abort(400)


@app.get("/g12")
def g12():
    port = int(request.args["port"])
    return requests.get(f"http://localhost:{port}/metrics", timeout=5).text


@app.get("/g13")
def g13():
    u = urlparse(request.args["url"])
    if u.hostname in ALLOWED_HOSTS and u.scheme == "https":
        return urllib.request.urlopen(u.geturl(), timeout=5).read()
    return ""


@app.get("/b1")
def b1():
    return requests.get(request.args["url"], timeout=5).text  # finding


@app.get("/b2")
def b2():
    url = request.args["url"]
    if not url.startswith("https://"):
        abort(400)
    return requests.get(url, timeout=5).text  # finding


@app.get("/b3")
def b3():
    url = request.args["url"]
    if "example.com" not in url:
        abort(400)
    return requests.get(url, timeout=5).text  # finding


@app.get("/b4")
def b4():
    return requests.get("https://" + request.args["host"] + "/x", timeout=5).text  # finding


@app.get("/b5")
def b5():
    return requests.get(urljoin("https://example.com/", request.args["p"]), timeout=5).text  # finding


@app.get("/b6")
def b6():
    url = request.args["url"]
    if not url.startswith("https://example.com"):
        abort(400)
    return requests.get(url, timeout=5).text  # finding


@app.get("/b7")
def b7():
    with requests.Session() as s:
        return s.request("GET", url=request.args["url"], timeout=5).text  # finding


@app.get("/b8")
def b8():
    req = urllib.request.Request(request.args["url"])
    return urllib.request.urlopen(req, timeout=5).read()  # finding

# === queries
import sqlite3, psycopg2, re, uuid
from psycopg2 import sql
from django.db import connection
from flask import Flask, request, abort, g
from sqlalchemy import create_engine, text, column, desc, asc
app = Flask(__name__)
db = sqlite3.connect("x.db")
pg = psycopg2.connect("")  # finding: connection-per-request
engine = create_engine("sqlite://")
COLUMNS = ("name", "price", "created")
SORTS = {"name": "name ASC", "price": "price DESC"}


@app.get("/g1")
def g1():
    order = request.args.get("order", "name")
    if order not in COLUMNS:
        order = "name"
    return db.execute(f"SELECT * FROM books ORDER BY {order}").fetchall()


@app.get("/g2")
def g2():
    order = SORTS.get(request.args.get("order"), "name ASC")
    return db.execute("SELECT * FROM books ORDER BY " + order).fetchall()


@app.get("/g3")
def g3():
    ids = [int(x) for x in request.args.getlist("id")]
    return db.execute("SELECT * FROM books WHERE id IN (%s)" % ",".join(map(str, ids))).fetchall()


@app.get("/g4")
def g4():
    ids = request.args.getlist("id")
    marks = ", ".join("?" for _ in ids)
    return db.execute(f"SELECT * FROM books WHERE id IN ({marks})", ids).fetchall()


@app.get("/g5")
def g5():
    q = "SELECT * FROM books WHERE 1=1"
    params = []
    if request.args.get("name"):
        q += " AND name = ?"
        params.append(request.args["name"])
    if request.args.get("year"):
        q += " AND year = ?"
        params.append(request.args["year"])
    return db.execute(q, params).fetchall()


@app.get("/g6")
def g6():
    cur = pg.cursor()
    cur.execute(sql.SQL("SELECT * FROM {} WHERE a = %s").format(sql.Identifier(request.args["t"])), (request.args["a"],))
    return cur.fetchall()


@app.get("/g7")
def g7():
    direction = "DESC" if request.args.get("dir") == "desc" else "ASC"
    return db.execute(f"SELECT * FROM books ORDER BY name {direction}").fetchall()


@app.get("/g8")
def g8():
    table = request.args["t"]
    if not re.fullmatch(r"[A-Za-z_]+", table):
        abort(400)
    return db.execute(f"SELECT * FROM {table}").fetchall()


@app.get("/g9")
def g9():
    limit = min(int(request.args.get("limit", 10)), 100)
    return db.execute("SELECT * FROM books LIMIT %d" % limit).fetchall()


@app.get("/g10")
def g10():
    with engine.connect() as c:
        return c.execute(text("SELECT * FROM b WHERE n = :n"), {"n": request.args["n"]}).fetchall()


@app.get("/g11")
def g11():
    key = str(uuid.UUID(request.args["key"]))
    return db.execute("SELECT * FROM b WHERE k = '" + key + "'").fetchall()


@app.get("/g12")
def g12():
    name = request.args["n"]
    if not name.isidentifier():
        abort(400)
    return db.execute("SELECT " + name + " FROM b").fetchall()

def where(filters):
    parts, values = [], []
    for key, value in filters.items():
        if key in COLUMNS:
            parts.append(f"{key} = ?")
            values.append(value)
    return " AND ".join(parts), values


@app.get("/g13")
def g13():
    clause, values = where(request.args)
    return db.execute(f"SELECT * FROM books WHERE {clause}", values).fetchall()


@app.get("/g14")
def g14():
    cur = connection.cursor()
    cur.execute("SELECT * FROM t WHERE a = %s", [request.args["a"]])
    table = connection.ops.quote_name(request.args["t"])
    cur.execute(f"SELECT * FROM {table}")
    return ""


@app.get("/g15")
def g15():
    col = next((c for c in COLUMNS if c == request.args.get("c")), "name")
    return db.execute(f"SELECT {col} FROM b").fetchall()


@app.get("/g16")
def g16():
    fields = [f for f in request.args.get("fields", "").split(",") if f in COLUMNS]
    return db.execute("SELECT {} FROM b".format(", ".join(fields))).fetchall()


@app.get("/g17")
def g17():
    try:
        page = int(request.args.get("page"))
    except (TypeError, ValueError):
        page = 1
    return db.execute("SELECT * FROM b OFFSET " + str(page * 10)).fetchall()


@app.get("/b1")
def b1():
    q = "SELECT * FROM books WHERE 1=1"
    if request.args.get("name"):
        q += " AND name = '%s'" % request.args["name"]
    return db.execute(q).fetchall()  # finding




@app.get("/b3")
def b3():
    db.executescript("DELETE FROM b WHERE n = '" + request.args["n"] + "'")  # finding
    return ""


@app.get("/b4")
def b4():
    parts = [f"{k} = '{v}'" for k, v in request.args.items()]
    return db.execute("SELECT * FROM b WHERE " + " AND ".join(parts)).fetchall()  # finding


@app.get("/b5")
def b5():
    t = request.args["t"]
    if not re.match(r"[a-z]+", t):
        abort(400)
    return db.execute(f"SELECT * FROM {t}").fetchall()  # finding


@app.get("/b6")
def b6():
    clause = " OR ".join("n LIKE '%{}%'".format(w) for w in request.args["q"].split())
    return db.execute("SELECT * FROM b WHERE " + clause).fetchall()  # finding

# === redirects
from urllib.parse import urlparse, urljoin
from flask import Flask, request, redirect, url_for, abort, make_response
from django.utils.http import url_has_allowed_host_and_scheme
from django.http import HttpResponseRedirect
from django.shortcuts import redirect as dredirect, resolve_url
app = Flask(__name__)

def is_safe_url(target):
    ref_url = urlparse(request.host_url)
    test_url = urlparse(urljoin(request.host_url, target))
    return test_url.scheme in ("http", "https") and ref_url.netloc == test_url.netloc


@app.get("/g1")
def g1():
    nxt = request.args.get("next")
    if not nxt or not is_safe_url(nxt):
        nxt = url_for("index")
    return redirect(nxt)


@app.get("/g2")
def g2():
    nxt = request.args.get("next", "")
    if urlparse(nxt).netloc != "":
        nxt = "/"
    return redirect(nxt)


@app.get("/g3")
def g3():
    nxt = request.args.get("next", "")
    if not nxt.startswith("/") or nxt.startswith("//"):
        nxt = "/"
    return redirect(nxt)


@app.get("/g4")
def g4():
    return redirect(url_for("page", name=request.args["n"]))


@app.get("/g5")
def g5():
    return redirect("/page/" + request.args["n"])


@app.get("/g6")
def g6():
    return redirect(f"/login?next={request.path}")

def dj1(request):
    nxt = request.GET.get("next")
    if not url_has_allowed_host_and_scheme(nxt, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        nxt = resolve_url("home")
    return HttpResponseRedirect(nxt)

def dj2(request):
    return dredirect("detail", pk=request.GET["pk"])


@app.get("/g7")
def g7():
    targets = {"home": "/", "cart": "/cart"}
    return redirect(targets.get(request.args["t"], "/"))


@app.get("/g8")
def g8():
    url = request.args.get("url", "")
    if urlparse(url).hostname in ("example.com", "www.example.com"):
        return redirect(url)
    return redirect("/")


@app.get("/g9")
def g9():
    return redirect(request.url.replace("http://", "https://", 1))


@app.get("/g10")
def g10():
    target = request.args.get("next") or "/"
    parts = urlparse(target)
    if parts.scheme or parts.netloc:
        abort(400)
    return redirect(target)


@app.get("/g11")
def g11():
    return redirect(request.full_path)


@app.get("/b1")
def b1():
    return redirect(request.args["next"])  # finding


@app.get("/b2")
def b2():
    nxt = request.args.get("next")
    if nxt and nxt.startswith("/"):
        return redirect(nxt)  # finding
    return ""


@app.get("/b3")
def b3():
    return redirect("https://" + request.args["d"])  # finding


@app.get("/b4")
def b4():
    r = make_response("", 302)
    r.headers["Location"] = request.args["next"]  # finding
    return r

def dj3(request):
    return HttpResponseRedirect(request.GET["next"])  # finding

def dj4(request):
    return dredirect(request.POST.get("next", "/"))  # finding




# === the host that was asked, as Starlette tells it
from urllib.parse import urljoin, urlsplit
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse
app = FastAPI()
@app.get("/a")
def a(request: Request, next: str = "/"):
    url = urljoin(str(request.base_url), next)
    if urlsplit(url).netloc != request.url.netloc:
        raise HTTPException(400)
    return RedirectResponse(url)
@app.get("/b")
def b(request: Request, next: str = "/"):
    url = urljoin(str(request.base_url), next)
    if urlsplit(url).netloc != request.url.netloc:
        print(url)
    return RedirectResponse(url)  # finding
