import os
import uuid
from pathlib import Path

import aiofiles
import magic
from django import forms
from django.core.files.storage import default_storage
from django.core.validators import FileExtensionValidator
from django.db import models
from django.http import HttpResponse
from django.views.decorators.http import require_POST
from fastapi import FastAPI, HTTPException, UploadFile
from flask import Flask, abort, request
from PIL import Image
from werkzeug.utils import secure_filename

app = Flask(__name__)
api = FastAPI()

PICTURES = "static/pictures"
ENDINGS = {".png", ".jpg"}


def is_picture(name):
    return "." in name and os.path.splitext(name)[1].lower() in ENDINGS


@app.post("/pictures")
def add_picture():
    picture = request.files["picture"]
    if not is_picture(picture.filename):
        abort(400)
    picture.save(os.path.join(PICTURES, secure_filename(picture.filename)))
    return "", 201


@app.post("/avatars")
def add_avatar():
    avatar = request.files["avatar"]
    avatar.save(os.path.join(PICTURES, f"{uuid.uuid4()}.png"))
    return "", 201


@app.post("/covers")
def add_cover():
    cover = request.files["cover"]
    ending = Path(cover.filename).suffix.lower()
    if ending not in ENDINGS:
        abort(400)
    cover.save(f"{PICTURES}/{uuid.uuid4()}{ending}")
    return "", 201


@app.post("/photos")
def add_photo():
    photo = request.files["photo"]
    Image.open(photo.stream).verify()
    photo.save(os.path.join(PICTURES, secure_filename(photo.filename)))
    return "", 201


class InvoiceForm(forms.Form):
    invoice = forms.FileField(validators=[FileExtensionValidator(["pdf"])])


class Invoice(models.Model):
    file = models.FileField(upload_to="invoices")


@require_POST
def add_invoice(request):
    form = InvoiceForm(request.POST, request.FILES)
    if form.is_valid():
        Invoice.objects.create(file=form.cleaned_data["invoice"])
    return HttpResponse(status=201)


@require_POST
def add_scan(request):
    scan = request.FILES["scan"]
    if magic.from_buffer(scan.read(2048), mime=True) != "application/pdf":
        return HttpResponse(status=400)
    default_storage.save("scans/" + scan.name, scan)
    return HttpResponse(status=201)


@api.post("/notes")
async def add_note(note: UploadFile):
    if not note.filename.endswith(".txt"):
        raise HTTPException(400, "text only")
    name = Path(note.filename).name
    async with aiofiles.open(f"static/notes/{name}", "wb") as file:
        await file.write(await note.read())


@api.post("/lines")
async def lines(note: UploadFile):
    text = await note.read()
    return {"name": note.filename, "lines": text.count(b"\n")}
