import io
import tarfile

from flask import Flask, request

app = Flask(__name__)


@app.post("/a")
def plain():
    with tarfile.open(fileobj=request.files["archive"].stream) as archive:
        archive.extractall("/srv/uploads", filter="data")
    return {}


@app.post("/b")
def named():
    archive = tarfile.open(fileobj=request.files["archive"].stream)
    archive.extractall(path="/srv/uploads", filter="data")  # all of it
    return {}


@app.post("/c")
def nowhere():
    tarfile.open(fileobj=request.files["archive"].stream).extractall(filter="data")
    return {}


@app.post("/d")
def from_bytes():
    data = io.BytesIO(request.get_data())
    with tarfile.open(fileobj=data, mode="r:gz") as archive:
        archive.extractall("/srv/uploads", filter="data")
    return {}


@app.post("/e")
def several_lines():
    with tarfile.open(fileobj=request.files["archive"].stream) as archive:
        archive.extractall(
            "/srv/uploads",
            numeric_owner=True,
            filter="data",
        )
    return {}


@app.post("/f")
def one_file():
    with tarfile.open(fileobj=request.files["archive"].stream) as archive:
        archive.extract(request.form["member"], "/srv/uploads", filter="data")
    return {}


@app.post("/g")
def one_by_one():
    with tarfile.open(fileobj=request.files["archive"].stream) as archive:
        for member in archive.getmembers():
            archive.extract(member, path="/srv/uploads", filter="data")
    return {}


@app.post("/h")
def on_disk():
    upload = request.files["archive"]
    upload.save("/srv/in.tar")
    with tarfile.TarFile(fileobj=upload.stream) as archive:
        archive.extractall("/srv/uploads", filter="data")
    return {}


@app.post("/i")
def spread_out():
    with tarfile.open(fileobj=request.files["archive"].stream) as archive:
        archive.extractall(
            path="/srv/uploads",
            filter="data"
        )
    return {}


@app.post("/j")
def in_a_try():
    try:
        with tarfile.open(fileobj=io.BytesIO(request.data)) as archive:
            archive.extractall("/srv/uploads", numeric_owner=False, filter="data")
    except tarfile.TarError:
        return {}, 400
    return {}
