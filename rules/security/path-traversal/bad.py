import os
import shutil
import tarfile
import zipfile
from pathlib import Path

import aiofiles
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET
from fastapi import FastAPI, UploadFile
from fastapi.responses import FileResponse as SentFile
from flask import Flask, request, send_file

app = Flask(__name__)
api = FastAPI()

BOOKS = "/srv/books"
UPLOADS = Path("/srv/uploads")


@app.get("/books")
def book():
    name = request.args["name"]  # source
    with open(os.path.join(BOOKS, name), encoding="utf-8") as file:  # finding: which file `open` works on
        return {"text": file.read()}


@app.get("/covers/<path:name>")
def cover(name):  # source
    return send_file(f"{BOOKS}/covers/{name}.png")  # finding: `send_file`


@app.post("/covers")
def add_cover():
    picture = request.files["picture"]  # source
    picture.save(os.path.join(BOOKS, "covers", picture.filename))  # finding: take only the name
    return "", 201


def shelf(title):
    return UPLOADS / title / "shelf.txt"


@app.post("/shelves")
def write_shelf():
    path = shelf(request.form["title"])  # source
    path.write_text(request.form["text"])  # finding: `path.write_text`
    return "", 201


@app.delete("/exports")
def remove_export():
    folder = os.path.normpath(BOOKS + "/exports/" + request.args["folder"])  # source
    shutil.rmtree(folder)  # finding: still below your folder
    return "", 204


@app.post("/backups")
def restore_backup():
    upload = request.files["backup"]  # source
    with tarfile.open(fileobj=upload.stream) as backup:
        backup.extractall("/srv/restored")  # finding: `filter="data"`
    return "", 204


@app.post("/photos")
def add_photos():
    with zipfile.ZipFile(request.files["photos"].stream) as photos:  # source
        for name in photos.namelist():
            with open(f"/srv/photos/{name}", "wb") as file:  # finding: which file `open`
                file.write(photos.read(name))
    return "", 201


@require_GET
def invoice(request: HttpRequest):
    number = request.GET.get("number", "1")  # source
    return FileResponse(open("/srv/invoices/" + number + ".pdf", "rb"))  # finding: `request.GET.get("number", "1")`


@api.post("/notes")
async def add_note(note: UploadFile):
    async with aiofiles.open(f"/srv/notes/{note.filename}", "wb") as file:  # finding: `note.filename` # source
        await file.write(await note.read())


@api.get("/reports")
def report(name: str):  # source
    return SentFile(UPLOADS.joinpath("reports", name))  # finding: `name` decides
