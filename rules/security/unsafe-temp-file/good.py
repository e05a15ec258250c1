import os
import shutil
import tempfile
import uuid
from pathlib import Path

FOLDER = Path("/srv/shop/tmp")


def export(rows):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
        file.writelines(rows)
    return file.name


def convert(picture):
    handle, name = tempfile.mkstemp(suffix=".png")
    with os.fdopen(handle, "wb") as file:
        file.write(picture)
    return name


def lock():
    with open("/tmp/shop.lock", "x") as file:
        file.write(str(os.getpid()))
    return os.open("/tmp/shop.state", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)


def cache(text):
    folder = tempfile.mkdtemp()
    Path(folder, "cache.json").write_text(text)
    (FOLDER / "cache.json").write_text(text)
    with open(os.path.join(folder, "cache.bak"), "w") as file:
        file.write(text)


def unguessable(text):
    with open(f"/tmp/shop-{uuid.uuid4()}.txt", "w") as file:
        file.write(text)


def read_report():
    with open("/tmp/shop-report.csv") as file:
        lines = file.readlines()
    shutil.copyfile("/tmp/shop-report.csv", FOLDER / "report.csv")
    return lines


def scratch_name():
    return tempfile.NamedTemporaryFile(delete=False).name
