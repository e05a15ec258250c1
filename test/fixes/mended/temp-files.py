import os
import tempfile
import tempfile as temporary
from tempfile import mktemp
from tempfile import NamedTemporaryFile


def write_at_once(rows):
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.writelines(rows)


def with_suffix(rows):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".csv", delete=False) as file:  # for the mail
        file.writelines(rows)
    return file.name


def with_words(body):
    file = tempfile.NamedTemporaryFile("wb", suffix=".bin", dir="/var/spool/shop", delete=False)
    file.write(body)
    return file


def by_alias(body):
    with temporary.NamedTemporaryFile('wb', prefix='shop-', delete=False) as file:
        file.write(body)


def imported(body):
    with NamedTemporaryFile("w+", suffix=".txt", prefix="note-", delete=False) as file:
        file.write(body)


def two_steps(body):
    handle, path = tempfile.mkstemp()
    os.close(handle)
    with open(path, "wb") as file:
        file.write(body)
    os.remove(path)


def two_steps_with_suffix(rows):
    handle, path = tempfile.mkstemp(".csv")
    os.close(handle)
    with open(path, "w") as file:
        file.writelines(rows)
    if os.path.getsize(path) == 0:
        os.unlink(path)


def in_a_block(rows):
    if rows:
        handle, name = tempfile.mkstemp(suffix=".csv", prefix="rows-")
        os.close(handle)
        with open(name, "w") as file:
            file.writelines(rows)


def several_lines(body):
    handle, path = tempfile.mkstemp(
        suffix=".json",
        dir="/var/spool/shop",
    )
    os.close(handle)
    with open(path, "w") as file:
        file.write(body)


def two_steps_by_alias(body):
    handle, path = temporary.mkstemp()
    os.close(handle)
    with open(path, "wb") as file:
        file.write(body)


class Report:
    def save(self, body):
        handle, target = tempfile.mkstemp(".pdf")
        os.close(handle)
        with open(target, "wb") as file:
            file.write(body)
        return os.path.getsize(target)


def a_folder():
    path = tempfile.mktemp()
    os.mkdir(path)
    return path


def handed_on(draw):
    path = tempfile.mktemp(".png")
    draw(path)
    with open(path, "rb") as file:
        return file.read()
