import logging
import os
import shutil
import tempfile
from pathlib import Path

REPORT = "/tmp/shop-report.csv"
logging.getLogger().addHandler(logging.FileHandler("/tmp/shop.log"))  # finding: overwritten


def export(rows):
    with open(REPORT, "w") as file:  # finding: known to every account
        file.writelines(rows)
    return REPORT


def save(text, path="/tmp/shop.txt"):
    with open(path, "w") as file:  # finding: known to every account
        file.write(text)


def convert(picture):
    name = tempfile.mktemp(suffix=".png")  # finding: `tempfile.mkstemp()`
    with open(name, "wb") as file:
        file.write(picture)
    return name


def lock():
    path = f"/tmp/shop-{os.getpid()}.lock"
    with open(path, "w") as file:  # finding: makes it first
        file.write("locked")


def cache(text):
    Path("/tmp/shop-cache.json").write_text(text)  # finding: `tempfile.mkdtemp()`
    target = os.path.join(tempfile.gettempdir(), "shop-cache.bak")
    shutil.copyfile("/srv/shop/cache.json", target)  # finding: another file overwritten


def state():
    return os.open("/tmp/shop.state", os.O_RDWR | os.O_CREAT)  # finding: makes it first


def scratch():
    return tempfile.NamedTemporaryFile(suffix=".csv").name  # finding: gone as soon as
