import io
import os
import re
import shutil
import tarfile
import uuid
import zipfile
from pathlib import Path

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_POST
from fastapi import FastAPI, HTTPException, UploadFile
from fastapi.responses import FileResponse as SentFile
from flask import Flask, abort, request, send_file, send_from_directory
from shop import records
from werkzeug.utils import safe_join, secure_filename

app = Flask(__name__)
api = FastAPI()

BOOKS = "/srv/books"
UPLOADS = Path("/srv/uploads").resolve()
REPORTS = {"sales": "/srv/reports/sales.csv", "stock": "/srv/reports/stock.csv"}
FORMATS = {".png", ".jpg"}


@app.get("/books")
def book():
    path = os.path.realpath(os.path.join(BOOKS, request.args["name"]))
    if not path.startswith(BOOKS + os.sep):
        abort(404)
    with open(path, encoding="utf-8") as file:
        return {"text": file.read()}


@app.get("/covers/<path:name>")
def cover(name):
    return send_from_directory(f"{BOOKS}/covers", name)


@app.get("/thumbnails/<path:name>")
def thumbnail(name):
    path = safe_join(BOOKS, "thumbnails", name)
    if path is None:
        abort(404)
    return send_file(path)


@app.post("/covers")
def add_cover():
    picture = request.files["picture"]
    if not picture.filename.endswith(".png"):
        abort(400)
    picture.save(os.path.join(BOOKS, "covers", secure_filename(picture.filename)))
    return "", 201


@app.post("/pictures")
def add_picture():
    picture = request.files["picture"]
    ending = Path(picture.filename).suffix
    if ending not in FORMATS:
        abort(400)
    picture.save(UPLOADS / f"{uuid.uuid4()}{ending}")
    return "", 201


@app.post("/sounds")
def add_sound():
    sound = request.files["sound"]
    if not sound.filename.endswith(".ogg"):
        abort(400)
    sound.save(UPLOADS / Path(sound.filename).name)
    with open(os.path.join(BOOKS, os.path.basename(sound.filename)), "wb") as file:
        file.write(sound.read())
    return "", 201


def inside(path):
    resolved = path.resolve()
    if not resolved.is_relative_to(UPLOADS):
        raise PermissionError("outside of the folder")
    return resolved


@app.post("/shelves")
def write_shelf():
    path = inside(UPLOADS / request.form["title"])
    path.write_text(request.form["text"])
    return "", 201


@app.get("/shelves")
def read_shelf():
    title = request.args["title"]
    if ".." in title or title.startswith("/"):
        abort(400)
    return {"text": (UPLOADS / title).read_text()}


@app.get("/chapters/<int:number>")
def chapter(number):
    part = int(request.args.get("part", "1"))
    return send_file(f"{BOOKS}/{number}/{part}.txt")


@app.get("/reports")
def report():
    return send_file(REPORTS.get(request.args["name"], REPORTS["sales"]))


@app.get("/lists/<name>")
def list_of(name):
    if name not in os.listdir(BOOKS):
        abort(404)
    return send_file(os.path.join(BOOKS, name))


@app.get("/scans/<name>")
def scan(name):
    if not re.fullmatch(r"[a-z0-9-]+", name):
        abort(404)
    return send_file(f"{BOOKS}/scans/{name}.png")


@app.get("/kept/<name>")
def kept(name):
    row = records.find(name)
    return send_file(row.path)


@app.post("/echo")
def echo():
    return send_file(io.BytesIO(request.get_data()), download_name=request.args["name"])


@app.post("/log")
def log():
    with open("/srv/log.txt", "a", encoding=None) as file:
        file.write(request.form["line"])
    return "", 204


@app.post("/backups")
def restore_backup():
    with tarfile.open(fileobj=request.files["backup"].stream) as backup:
        backup.extractall("/srv/restored", filter="data")
    with tarfile.open(fileobj=request.files["other"].stream) as other:
        other.extractall("/srv/restored", members=[m for m in other if m.isfile() and "/" not in m.name])
    return "", 204


@app.post("/photos")
def add_photos():
    with zipfile.ZipFile(request.files["photos"].stream) as photos:
        photos.extractall("/srv/photos")
    return "", 201


@app.post("/clean")
def clean():
    folder = request.form["folder"]
    app.logger.info("asked to clean %r", folder)
    folder = "/srv/cache"
    shutil.rmtree(folder)
    return "", 204


@app.post("/names")
def rename():
    ending = os.path.splitext(request.form["name"])[1]
    path = f"{BOOKS}/{uuid.uuid4()}{ending}"
    os.rename(f"{BOOKS}/new", path)
    return "", 204


@app.get("/pages")
def page():
    path = os.path.abspath(os.path.join(BOOKS, request.args["page"]))
    if os.path.commonpath([BOOKS, path]) != BOOKS:
        abort(404)
    return send_file(path)


@require_POST
def keep(request: HttpRequest):
    upload = request.FILES["upload"]
    if not upload.name.endswith(".pdf"):
        raise PermissionError("only documents")
    with open("/srv/kept/" + upload.name, "wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return FileResponse(open("/srv/thanks.pdf", "rb"))


@api.post("/notes")
def add_note(note: UploadFile):
    if not (note.filename or "").endswith(".txt"):
        raise HTTPException(400)
    (UPLOADS / secure_filename(note.filename or "note")).write_bytes(note.file.read())


@api.get("/notes/{name:path}")
def note(name: str):
    path = (UPLOADS / name).resolve()
    if not path.is_relative_to(UPLOADS) or not path.is_file():
        raise HTTPException(404)
    return SentFile(path)
