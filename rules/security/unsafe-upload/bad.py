import os
import uuid
from pathlib import Path

import aiofiles
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import HttpResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI, UploadFile
from flask import Flask, abort, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
api = FastAPI()

PICTURES = "static/pictures"


@app.post("/pictures")
def add_picture():
    picture = request.files["picture"]  # source
    picture.save(os.path.join(PICTURES, secure_filename(picture.filename)))  # finding: keeps the upload under the ending
    return "", 201


@app.post("/avatars")
def add_avatar():
    if "avatar" not in request.files:
        abort(400)
    avatar = request.files["avatar"]  # source
    ending = os.path.splitext(avatar.filename)[1]
    avatar.save(os.path.join(PICTURES, secure_filename(f"{uuid.uuid4()}{ending}")))  # finding: `avatar.save`
    return "", 201


# What the browser says of it is up to the visitor.
@app.post("/covers")
def add_cover():
    cover = request.files["cover"]  # source
    if cover.content_type not in ("image/png", "image/jpeg"):
        abort(400)
    name = secure_filename(cover.filename)
    cover.save(f"{PICTURES}/{name}")  # finding: a page or a program
    return "", 201


@require_POST
def add_invoice(request):
    invoice = request.FILES["invoice"]  # source
    FileSystemStorage().save(invoice.name, invoice)  # finding: those you accept
    return HttpResponse(status=201)


@require_POST
def add_scan(request):
    scan = request.FILES["scan"]  # source
    with open(f"media/scans/{scan.name}", "wb") as file:  # finding: `request.FILES["scan"]` brings
        for chunk in scan.chunks():
            file.write(chunk)
    default_storage.save("scans/" + scan.name, scan)  # finding: `default_storage.save`
    return HttpResponse(status=201)


@api.post("/notes")
async def add_note(note: UploadFile):
    name = Path(note.filename).name  # source
    async with aiofiles.open(f"static/notes/{name}", "wb") as file:  # finding: `aiofiles.open`
        await file.write(await note.read())


@api.post("/maps")
async def add_map(plan: UploadFile):
    Path("static/maps", os.path.basename(plan.filename)).write_bytes(await plan.read())  # source # finding: the ending that
