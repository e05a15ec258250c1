# What small web applications do with files, addresses and pages: uploads, downloads, proxies, redirects.

import io, json, os, shutil, tempfile, zipfile, csv
from pathlib import Path
import requests, httpx
from flask import Flask, Response, abort, flash, jsonify, make_response, redirect, render_template, request, send_file, session, url_for
from werkzeug.utils import secure_filename

app = Flask(__name__)
UPLOADS = os.environ.get("UPLOADS", "/srv/uploads")
app.config["UPLOADS"] = UPLOADS
ALLOWED = {"png"}


def allowed(filename):
    return "." in filename and filename.rsplit(".", 1)[1].lower() in ALLOWED


@app.route("/", methods=["GET", "POST"])
def upload():
    if request.method == "POST":
        if "file" not in request.files:
            flash("no file")
            return redirect(request.url)
        file = request.files["file"]
        file.save(file.filename)  # finding: path-traversal
        if file and allowed(file.filename):
            name = secure_filename(file.filename)
            file.save(os.path.join(app.config["UPLOADS"], name))
            return redirect(url_for("download", name=name))
    return "<form></form>"


@app.route("/pictures", methods=["POST"])
def pictures():
    file = request.files["file"]
    ending = file.filename.rsplit(".", 1)[-1].lower()
    if ending not in ALLOWED:
        abort(400)
    file.save(os.path.join(UPLOADS, f"{session['user']}.{ending}"))
    with tempfile.NamedTemporaryFile(suffix=".csv") as kept:
        file.save(kept.name)
        shutil.copy(kept.name, "/srv/last.csv")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.zip"
        file.save(path)
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
            archive.extractall(request.form["folder"])  # finding: path-traversal
    shutil.move(UPLOADS + "/new", UPLOADS + "/" + request.form["name"])  # finding: path-traversal
    return "ok"


@app.route("/csv")
def as_csv():
    out = io.StringIO()
    csv.writer(out).writerow([request.args["a"]])
    answer = make_response(out.getvalue())
    answer.headers["Content-Type"] = "text/csv"
    return answer


@app.route("/proxy/<owner>/<name>")
def proxy(owner, name):
    answer = requests.get("https://api.example.com/repos/{}/{}".format(owner, name), timeout=3)
    requests.get("https://api.example.com/repos/%s/%s" % (owner, name), timeout=3)
    requests.post("https://oauth.example.com/token", data={"code": request.args["code"]}, timeout=3)
    requests.request("GET", request.args["to"], timeout=3)  # finding: server-side-request-forgery
    httpx.get(url=request.args["to"])  # finding: server-side-request-forgery
    httpx.Client().stream("GET", request.args["to"])  # finding: server-side-request-forgery
    return Response(answer.content, answer.status_code, content_type=answer.headers["content-type"])


@app.route("/report")
def report():
    path = {"pdf": "a.pdf", "csv": "a.csv"}[request.args.get("kind", "pdf")]
    return send_file(path, download_name=request.args.get("name"))


@app.route("/download/<path:name>")
def download(name):
    if ".." in name or name.startswith("/"):
        abort(404)
    return send_file(os.path.join(UPLOADS, name))


@app.route("/echo")
def echo():
    return jsonify({"q": request.args["q"]}), 200


@app.route("/whole")
def whole():
    return request.args["q"]  # finding: cross-site-scripting


@app.route("/data")
def data():
    return json.dumps({"q": request.args["q"]})


@app.route("/unknown")
def unknown():
    return compute(request.args["q"])


@app.route("/language/<language>")
def language(language):
    answer = make_response(redirect(request.referrer or url_for("index")))
    answer.set_cookie("seen", "yes")
    return answer


@app.route("/state")
def state():
    return redirect(f"https://accounts.example.com/authorize?state={request.args['state']}")


@app.route("/out")
def out():
    return redirect(location=request.args["to"])  # finding: open-redirect


@app.errorhandler(404)
def missing(error):
    return render_template("missing.html", path=request.path), 404
